/**
 * Shares something of a reader element with the elements inside, of which each is on its own: an error of one reaches neither the
 * reader nor the others.
 */
import { ContextProvider, type Context, type ContextCallback } from '@lit/context';
import type { LitElement } from 'lit';
import { report } from '../shared/report.js';

export class ReaderProvider<Value> extends ContextProvider<Context<unknown, Value>, LitElement> {
  private readonly guarded = new WeakMap<ContextCallback<Value>, ContextCallback<Value>>();

  override addCallback(callback: ContextCallback<Value>, consumerHost: Element, subscribe?: boolean): void {
    let guarded = this.guarded.get(callback);
    if (!guarded) {
      guarded = (value, unsubscribe) => {
        try {
          callback(value, unsubscribe);
        } catch (error) {
          report(error);
        }
      };
      // The same again for the same: that is how a consumer is known that asks once more.
      this.guarded.set(callback, guarded);
    }
    super.addCallback(guarded, consumerHost, subscribe);
  }
}
