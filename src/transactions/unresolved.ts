/**
 * Sales whose end nobody here has seen, kept over a reload so that the page can show and resolve them.
 * It holds no card data, and it knows neither how a sale is resolved nor how it lies in the storage.
 */
import type { ReaderStorage } from '../connection/environment.js';
import type { UnresolvedTransaction } from './contract.js';
import { storedSales, type StoredSales } from './stored-sales.js';

export type { UnresolvedTransaction } from './contract.js';

/** Shared by all copies of this package in a page. */
const SHARED = Symbol.for('magtek-elements/unstored-transactions');

/** What could not be written to a storage, by transaction id; undefined where an entry could not be removed. */
type Unstored = Map<string, UnresolvedTransaction | undefined>;

export class UnresolvedTransactions {
  private readonly stored: StoredSales | undefined;
  /** Of all clients of the page that share the storage: it may be full, or forbidden. */
  private readonly unstored: Unstored;

  constructor(storage: ReaderStorage | undefined) {
    this.stored = storage && storedSales(storage);
    this.unstored = unstoredOf(storage);
  }

  /** Those of all readers, tabs and page loads that share the storage. */
  get list(): readonly UnresolvedTransaction[] {
    const items = new Map(this.read().map((item) => [item.transactionId, item]));
    for (const [id, item] of this.unstored) {
      if (item) items.set(id, item);
      else items.delete(id);
    }
    return [...items.values()];
  }

  has(transactionId: string): boolean {
    return this.list.some((item) => item.transactionId === transactionId);
  }

  /** Whether nobody but this page knows it. */
  isUnstored(transactionId: string): boolean {
    return this.unstored.get(transactionId) !== undefined;
  }

  put(item: UnresolvedTransaction): void {
    this.unstored.delete(item.transactionId);
    this.unstored.set(item.transactionId, item);
    this.write();
  }

  /**
   * Puts it again where another page has removed it or written an older state of it. One with the same id and another owner stays:
   * two pages that each put their own would never end.
   */
  keep(item: UnresolvedTransaction): void {
    const there = this.list.find(({ transactionId }) => transactionId === item.transactionId);
    const isOther = there !== undefined && there.owner !== item.owner;
    if (!isOther && JSON.stringify(there) !== JSON.stringify(item)) this.put(item);
  }

  remove(transactionId: string): void {
    if (!this.has(transactionId)) return;
    if (this.stored) this.unstored.set(transactionId, undefined);
    else this.unstored.delete(transactionId);
    this.write();
  }

  private read(): readonly UnresolvedTransaction[] {
    try {
      return this.stored?.read() ?? [];
    } catch {
      return [];
    }
  }

  /** Never throws: a sale is under way. What cannot be written now is with what is written next. */
  private write(): void {
    const { stored, unstored } = this;
    if (!stored) return;
    for (const [id, item] of unstored) {
      try {
        if (item) stored.put(item);
        else stored.remove(id);
        unstored.delete(id);
      } catch {
        // It stays in memory.
      }
    }
  }
}

function unstoredOf(storage: ReaderStorage | undefined): Unstored {
  const place = globalThis as Record<symbol, WeakMap<ReaderStorage, Unstored> | undefined>;
  const all = (place[SHARED] ??= new WeakMap());
  // By the map where there is no storage: another copy of this package has it too.
  const key = (storage ?? all) as ReaderStorage;
  const unstored = all.get(key) ?? new Map<string, UnresolvedTransaction | undefined>();
  all.set(key, unstored);
  return unstored;
}
