/**
 * Typed listeners without the DOM.
 * It does not know what the events mean.
 */

import type { Unsubscribe } from '../connection/environment.js';

/** Calls listeners in the order in which they subscribed. One that throws does not keep the others from being called. */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<(detail: never) => void>>();
  private readonly onError: (error: unknown) => void;

  /** @param onError Gets what a listener throws. */
  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  subscribe<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Unsubscribe {
    // Wrapped, so that the same function subscribed twice is called twice and removed once.
    const entry = (detail: Events[Name]): void => {
      listener(detail);
    };
    const entries = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, entries.add(entry));
    return () => {
      entries.delete(entry);
    };
  }

  /** How many listeners a name has. */
  count(name: keyof Events): number {
    return this.listeners.get(name)?.size ?? 0;
  }

  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    const entries = this.listeners.get(name) as Set<(detail: Events[Name]) => void> | undefined;
    if (entries === undefined || entries.size === 0) return;
    // A copy: a listener may subscribe or unsubscribe while it is called.
    for (const entry of [...entries]) {
      if (!entries.has(entry)) continue;
      try {
        entry(detail);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
