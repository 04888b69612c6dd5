/**
 * The sales with the reader of an element that are not settled: whose outcome nobody knows, and whose money must be given back. Takes up
 * what a page before could not give back, and draws what people can do, with code that is loaded when there is such a sale.
 * How they are settled is up to the client.
 */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { isOpen } from '../../connection/connection-state.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { ResolvedTransaction } from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import type { ReaderController } from '../context/reader-controller.js';
import { LazyPart } from '../shared/lazy-part.js';
import { inquireOf, reverseAddress, reverseByAddress, reverseOf, type SaleSettings } from './sale-request.js';
import type { SaleLanguage } from './sale-templates.js';
import type { SettlingPart } from './settling-part.js';

export class UnsettledSales {
  private readonly host: LitElement & SaleSettings;
  private readonly reader: ReaderController;
  private readonly language: SaleLanguage;
  private readonly lazy: LazyPart<SettlingPart>;
  /** Id of the sale that is shown and whose outcome nobody knows; empty where there is none. */
  unknownId = '';
  /** What this element has taken up that a page before had to give back, each with the address at which that is done. */
  private readonly takenUp = new Set<string>();

  constructor(host: LitElement & SaleSettings, reader: ReaderController, language: SaleLanguage) {
    this.host = host;
    this.reader = reader;
    this.language = language;
    this.lazy = new LazyPart<SettlingPart>(host, async () => {
      const { SettlingPart } = await import('./settling-part.js');
      return new SettlingPart(host, language, {
        asking: (client) => ({ inquire: inquireOf(host, client), ...reverseOf(host, client) }),
        telling: (client) => reverseOf(host, client),
      });
    });
  }

  /** The oldest with this reader whose outcome nobody knows. */
  get first(): UnresolvedTransaction | undefined {
    return this.reader.snapshot.unresolved?.find(({ reversalNeeded }) => !reversalNeeded);
  }

  /** The one that is shown or named here, also where the element has come to another reader. */
  get own(): UnresolvedTransaction | undefined {
    const id = this.unknownId || this.host.transactionId;
    if (id === '') return undefined;
    return this.reader.client?.unresolvedTransactions.find(({ transactionId }) => transactionId === id);
  }

  /** Those with this reader, oldest first, and its own. */
  private get all(): readonly UnresolvedTransaction[] {
    const { own } = this;
    const { unresolved = [] } = this.reader.snapshot;
    return !own || unresolved.some(({ transactionId }) => transactionId === own.transactionId)
      ? unresolved
      : [...unresolved, own];
  }

  /** Whether a person is settling one without an outcome just now: what comes of it is shown here. */
  get isAtWork(): boolean {
    return this.lazy.part?.isAtWork === true;
  }

  /** Whether there is something to draw, one of them or what `isNeeded` besides, and the code for it is not there yet. */
  isLoading(isNeeded: boolean): boolean {
    return !this.lazy.part && (isNeeded || this.all.length > 0);
  }

  /** Loads what is drawn of them. @returns When that is there, or not to be had. */
  need(): Promise<void> {
    return this.lazy.need();
  }

  /** What a page before had to give back and could not: once, and again where it is told of another address. */
  takeUp(): void {
    const { host, reader, takenUp } = this;
    const { client } = reader;
    for (const { transactionId } of client ? this.list(true) : []) {
      const name = JSON.stringify([transactionId, reverseAddress(host)]);
      if (takenUp.has(name)) continue;
      takenUp.add(name);
      try {
        client?.takeUpReversal(transactionId, reverseByAddress(host));
      } catch (cause) {
        // An address that cannot be used is refused, and shown, where somebody presses a button.
        if (!(cause instanceof ReaderError)) throw cause;
      }
    }
  }

  /** There is another reader: what was taken up is taken up again. */
  follow(): void {
    this.takenUp.clear();
  }

  /** The first whose outcome nobody knows; undefined where there is none. */
  withoutOutcome(): TemplateResult | typeof nothing | undefined {
    const { client, snapshot } = this.reader;
    const [sale, ...others] = this.list();
    if (!client || !sale) return undefined;
    // Stopping this reader does nothing about a sale of another one.
    const canStop = sale === this.first && isOpen(snapshot.state);
    return this.draw((part) => part.withoutOutcome(client, sale, others.length, canStop), 'recovery.title');
  }

  /** The first whose money must be given back, or the last that was. */
  owed(givenBack: ResolvedTransaction | undefined): TemplateResult | typeof nothing {
    const { client } = this.reader;
    const [sale, ...others] = this.list(true);
    if (client && sale) return this.draw((part) => part.owed(client, sale, others.length), 'reversal.title');
    return givenBack ? this.draw((part) => part.givenBack(givenBack)) : nothing;
  }

  /** How one was settled that has no outcome of a host. */
  settled(settled: ResolvedTransaction): TemplateResult | typeof nothing {
    return this.draw((part) => part.settled(settled));
  }

  /** The button that cancels somebody else's sale at the reader. */
  cancelOther(cancelled: () => void, refused: (cause: unknown) => void): TemplateResult | typeof nothing {
    const { client } = this.reader;
    return client ? this.draw((part) => part.cancelOther(client, cancelled, refused)) : nothing;
  }

  /** Those whose outcome nobody knows; or those whose money must be given back. */
  private list(isOwed = false): readonly UnresolvedTransaction[] {
    return this.all.filter(({ reversalNeeded = false }) => reversalNeeded === isOwed);
  }

  /** What is shown of a sale that people must settle, or have settled; where that cannot be loaded, what it is about. */
  private draw(
    show: (part: SettlingPart) => TemplateResult,
    title?: 'recovery.title' | 'reversal.title',
  ): TemplateResult | typeof nothing {
    const { part, isMissing } = this.lazy;
    if (part) return show(part);
    void this.need();
    if (!isMissing) return nothing;
    const { text } = this.language;
    return html`<div class="error" part="error" role="alert">
      ${title === undefined ? nothing : html`<p><strong>${text(title)}</strong></p>`}
      <p>${text('part.missing')}</p>
    </div>`;
  }
}
