/**
 * Typed listeners without the DOM.
 * It does not know what the events mean.
 */

import type { Unsubscribe } from './environment.js';

/** A listener; the same function may be in several. */
interface Entry {
  readonly call: (detail: never) => void;
  readonly isObserver: boolean;
}

/**
 * Calls observers, then listeners, each in the order in which they came. One that throws does not keep the others from being
 * called.
 */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<Entry>>();
  private readonly onError: (error: unknown) => void;

  /** @param onError Gets what a listener throws. */
  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  subscribe<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Unsubscribe {
    return this.add(name, { call: listener, isObserver: false });
  }

  /** As {@link subscribe}, but called before all that subscribed: for those whose state listeners look at. */
  observe<Name extends keyof Events>(name: Name, observer: (detail: Events[Name]) => void): Unsubscribe {
    return this.add(name, { call: observer, isObserver: true });
  }

  /** How many listeners a name has. */
  count(name: keyof Events): number {
    return this.listeners.get(name)?.size ?? 0;
  }

  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    const entries = this.listeners.get(name);
    if (entries === undefined || entries.size === 0) return;
    // Copies: a listener may subscribe or unsubscribe while it is called.
    const all = [...entries];
    for (const isObserver of [true, false]) {
      for (const entry of all) {
        if (entry.isObserver !== isObserver || !entries.has(entry)) continue;
        try {
          (entry.call as (detail: Events[Name]) => void)(detail);
        } catch (error) {
          this.onError(error);
        }
      }
    }
  }

  private add(name: keyof Events, entry: Entry): Unsubscribe {
    const entries = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, entries.add(entry));
    return () => {
      entries.delete(entry);
    };
  }
}
