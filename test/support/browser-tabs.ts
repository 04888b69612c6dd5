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
  /** Who holds each name, and behind them who waits for it, by what tells that they have it. */
  private readonly held = new Map<string, (() => void)[]>();
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
        hold: (name, taken) => {
          const release = this.hold(name, taken ?? (() => undefined));
          tab.releases.add(release);
          return release;
        },
        whenFree: (name) =>
          new Promise((resolve) => {
            const letGo = this.hold(name, () => {
              resolve();
              queueMicrotask(() => {
                letGo();
              });
            });
          }),
      },
      crash: () => {
        this.tabs.delete(tab);
        for (const release of tab.releases) release();
      },
    };
  }

  /** Whoever holds a name is told in a later task, as by Web Locks. */
  private hold(name: string, taken: () => void): () => void {
    const queue = this.held.get(name) ?? [];
    this.held.set(name, queue);
    const mine = (): void => {
      if (queue.includes(mine)) taken();
    };
    const next = (): void => {
      if (queue[0]) queueMicrotask(queue[0]);
    };
    queue.push(mine);
    if (queue.length === 1) next();
    return () => {
      const at = queue.indexOf(mine);
      if (at < 0) return;
      queue.splice(at, 1);
      if (at === 0) next();
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
