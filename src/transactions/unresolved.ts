/**
 * Sales whose end nobody here has seen, kept over a reload so that the page can show and resolve them.
 * It holds no card data, and it does not know how a sale is resolved.
 */
import type { ReaderStorage } from '../connection/environment.js';
import type { TransactionPhase } from './contract.js';

/** A sale that was started and whose outcome is `unknown`. */
export interface UnresolvedTransaction {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  /** When it was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How far it had come when it was last seen. */
  readonly phase: TransactionPhase;
  /** Whether card data for the host had been read: then it may have been charged. */
  readonly arqc: boolean;
  /**
   * Present while it runs: when it must have ended at the latest, in milliseconds since 1970. Until then another tab may be
   * running it, and it is not unresolved.
   */
  readonly runningUntil?: number;
}

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
    this.unstored = storage ? unstoredOf(storage) : new Map<string, UnresolvedTransaction | undefined>();
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
    this.unstored.set(transactionId, undefined);
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

function unstoredOf(storage: ReaderStorage): Unstored {
  const place = globalThis as Record<symbol, WeakMap<ReaderStorage, Unstored> | undefined>;
  const all = (place[SHARED] ??= new WeakMap());
  const unstored = all.get(storage) ?? new Map<string, UnresolvedTransaction | undefined>();
  all.set(storage, unstored);
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
