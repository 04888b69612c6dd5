/**
 * The key serial numbers that were used, in a storage that tabs share. What the storage throws is passed on.
 *
 * Each has a key of its own wherever the names of a storage can be listed: of a list that is read, changed and written back, another tab
 * may have written more in between, and a number that is forgotten could be used again.
 */
import type { ReaderStorage } from '../connection/environment.js';

const LIST = 'magtek-elements/used-card-data';
const EACH = `${LIST}/`;

/** How many are kept: those used last. */
export const KEPT = 10_000;

/** How many are added before those that are too many are looked for: it takes a look at each. */
const SWEEP = 100;

/** Key serial numbers in a storage, each with its reader as one name without spaces. */
export interface StoredKeys {
  has(name: string): boolean;
  /** @param at Milliseconds since 1970. */
  add(name: string, at: number): void;
}

/** The safest way that the storage has. */
export const storedKeys = (storage: ReaderStorage): StoredKeys =>
  storage.key && storage.length !== undefined ? new KeysApart(storage) : new KeysInOneList(storage);

/** Each under a key of its own, with the time; those of the one list that was there before count too. */
class KeysApart implements StoredKeys {
  private readonly storage: ReaderStorage;
  private added = 0;

  constructor(storage: ReaderStorage) {
    this.storage = storage;
  }

  has(name: string): boolean {
    return this.storage.getItem(EACH + name) !== null || readList(this.storage).includes(name);
  }

  add(name: string, at: number): void {
    // Before the first, so that a page that is loaded often keeps no more than another.
    if (this.added++ % SWEEP === 0) this.sweep();
    this.storage.setItem(EACH + name, String(at));
  }

  private sweep(): void {
    const { storage } = this;
    const keys = Array.from({ length: storage.length ?? 0 }, (_, index) => storage.key?.(index) ?? '');
    const own = keys.filter((key) => key.startsWith(EACH));
    if (own.length < KEPT) return;
    // Those of the list are older than all of them.
    storage.removeItem(LIST);
    const times = new Map(own.map((key) => [key, Number(storage.getItem(key))]));
    const oldest = own.sort((one, other) => (times.get(one) ?? 0) - (times.get(other) ?? 0));
    for (const key of oldest.slice(0, own.length - KEPT + SWEEP)) storage.removeItem(key);
  }
}

/** All under one key, where names cannot be listed: for storages that one page uses at a time. */
class KeysInOneList implements StoredKeys {
  private readonly storage: ReaderStorage;

  constructor(storage: ReaderStorage) {
    this.storage = storage;
  }

  has(name: string): boolean {
    return readList(this.storage).includes(name);
  }

  add(name: string): void {
    this.storage.setItem(LIST, [...readList(this.storage), name].slice(-KEPT).join(' '));
  }
}

const readList = (storage: ReaderStorage): readonly string[] => storage.getItem(LIST)?.split(' ') ?? [];
