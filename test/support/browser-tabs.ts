/** The tabs of a browser: they share a storage and names, and are told of each other's changes, each in the same moment. */
import type { Environment } from '../../src/connection/environment.js';
import { storageOf } from './storage-of.js';

interface Tab {
  readonly listeners: Set<(key?: string | null) => void>;
  readonly releases: Set<() => void>;
}

export class BrowserTabs {
  readonly items = new Map<string, string>();
  /** Keys in the order in which they were written or removed. */
  readonly writes: string[] = [];
  private readonly storage = storageOf(this.items);
  private readonly held = new Map<string, Promise<void>>();
  private readonly tabs = new Set<Tab>();

  /** What a page in a new tab has; `crash` ends the page without a word. */
  tab(): { readonly environment: Partial<Environment>; readonly crash: () => void } {
    const tab: Tab = { listeners: new Set(), releases: new Set() };
    const { items, storage } = this;
    this.tabs.add(tab);
    return {
      environment: {
        uniqueId: () => crypto.randomUUID(),
        lastingStorage: {
          ...storage,
          get length() {
            return items.size;
          },
          setItem: (key, value) => {
            storage.setItem(key, value);
            this.tell(tab, key);
          },
          removeItem: (key) => {
            storage.removeItem(key);
            this.tell(tab, key);
          },
        },
        onStored: (listener) => {
          tab.listeners.add(listener);
          return () => tab.listeners.delete(listener);
        },
        hold: (name) => {
          let release: () => void = () => undefined;
          this.held.set(name, new Promise((resolve) => (release = resolve)));
          tab.releases.add(release);
          return release;
        },
        whenFree: (name) => this.held.get(name) ?? Promise.resolve(),
      },
      crash: () => {
        this.tabs.delete(tab);
        for (const release of tab.releases) release();
      },
    };
  }

  private tell(by: Tab, key: string): void {
    this.writes.push(key);
    for (const tab of this.tabs) if (tab !== by) for (const listener of tab.listeners) listener(key);
  }
}

/** The memory of one tab is not that of another, but both are played in one process. */
export function isInAnotherTab(transactionId: string): void {
  const memory = globalThis as Record<symbol, Map<string, unknown> | undefined>;
  memory[Symbol.for('magtek-elements/started-transactions')]?.delete(transactionId);
}
