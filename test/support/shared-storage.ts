/** A storage that two tabs share: each is a process that sees what the other has written some time later, as browsers do it. */
import type { ReaderStorage } from '../../src/connection/environment.js';
import { storageOf } from './storage-of.js';

interface Write {
  readonly by: number;
  readonly key: string;
  /** Undefined where it is removed. */
  readonly value: string | undefined;
}

/** A storage as the tabs of a browser have it: one order of writes, of which a tab knows its own and the older ones it has heard of. */
export class SharedStorage {
  private readonly writes: Write[];
  private readonly heard = [0, 0];

  /** @param items What was there before. */
  constructor(items: Readonly<Record<string, string>> = {}) {
    this.writes = Object.entries(items).map(([key, value]) => ({ by: -1, key, value }));
    this.hearAll();
  }

  tab(by: number): ReaderStorage {
    const items = (): Map<string, string> => this.itemsIn(by);
    const write = (key: string, value?: string): void => void this.writes.push({ by, key, value });
    return {
      get length() {
        return items().size;
      },
      key: (index) => storageOf(items()).key?.(index) ?? null,
      getItem: (key) => items().get(key) ?? null,
      setItem: write,
      removeItem: write,
    };
  }

  /** A tab hears of the next writes. */
  hear(tab: number, count: number): void {
    this.heard[tab] = Math.min(this.writes.length, (this.heard[tab] ?? 0) + count);
  }

  hearAll(): void {
    for (const tab of this.heard.keys()) this.hear(tab, this.writes.length);
  }

  private itemsIn(tab: number): Map<string, string> {
    const items = new Map<string, string>();
    for (const [index, { by, key, value }] of this.writes.entries()) {
      if (by !== tab && index >= (this.heard[tab] ?? 0)) continue;
      if (value === undefined) items.delete(key);
      else items.set(key, value);
    }
    return items;
  }
}
