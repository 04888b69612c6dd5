/**
 * Sales whose end nobody here has seen, kept over a reload so that the page can show and resolve them.
 * It holds no card data, and it does not know how a sale is resolved.
 */
import type { ReaderStorage } from '../connection/environment.js';
import type { UnresolvedTransaction } from './contract.js';

export type { UnresolvedTransaction } from './contract.js';

const KEY = 'magtek-elements/unresolved';

/** Shared by all copies of this package in a page. */
const SHARED = Symbol.for('magtek-elements/unstored-transactions');

/** What could not be written to a storage, by transaction id; undefined where an entry could not be removed. */
type Unstored = Map<string, UnresolvedTransaction | undefined>;

export class UnresolvedTransactions {
  private readonly storage: ReaderStorage | undefined;
  /** Of all clients of the page that share the storage: it may be full, or forbidden. */
  private readonly unstored: Unstored;

  constructor(storage: ReaderStorage | undefined) {
    this.storage = storage;
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

  put(item: UnresolvedTransaction): void {
    this.unstored.delete(item.transactionId);
    this.unstored.set(item.transactionId, item);
    this.write();
  }

  remove(transactionId: string): void {
    if (!this.has(transactionId)) return;
    if (this.storage) this.unstored.set(transactionId, undefined);
    else this.unstored.delete(transactionId);
    this.write();
  }

  private read(): readonly UnresolvedTransaction[] {
    try {
      return parse(this.storage?.getItem(KEY));
    } catch {
      return [];
    }
  }

  /** Never throws: a sale is under way. What cannot be written now is with what is written next. */
  private write(): void {
    const { list, storage } = this;
    if (!storage) return;
    try {
      if (list.length === 0) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(list));
      this.unstored.clear();
    } catch {
      // It stays in memory.
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

/** What the storage holds; anything else than what was written here is as good as nothing. */
function parse(text: string | null | undefined): UnresolvedTransaction[] {
  let items: unknown;
  try {
    items = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(items) ? items.filter(isUnresolved) : [];
}

function isUnresolved(item: unknown): item is UnresolvedTransaction {
  const { transactionId, amount, currency, startedAt, phase, arqc } = (item ?? {}) as Record<string, unknown>;
  return (
    [transactionId, amount, currency, phase].every((value) => typeof value === 'string') &&
    typeof startedAt === 'number' &&
    typeof arqc === 'boolean'
  );
}
