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
}

const KEY = 'magtek-elements/unresolved';

export class UnresolvedTransactions {
  private readonly storage: ReaderStorage | undefined;
  /** Where nothing can be stored: a page may be forbidden to, or its storage full. */
  private unstored: readonly UnresolvedTransaction[] | undefined;

  constructor(storage: ReaderStorage | undefined) {
    this.storage = storage;
  }

  /** Those of all readers of this tab. */
  get list(): readonly UnresolvedTransaction[] {
    return this.unstored ?? this.read();
  }

  has(transactionId: string): boolean {
    return this.list.some((item) => item.transactionId === transactionId);
  }

  put(item: UnresolvedTransaction): void {
    this.write([...this.list.filter(({ transactionId }) => transactionId !== item.transactionId), item]);
  }

  remove(transactionId: string): void {
    if (this.has(transactionId)) this.write(this.list.filter((item) => item.transactionId !== transactionId));
  }

  private read(): readonly UnresolvedTransaction[] {
    try {
      return parse(this.storage?.getItem(KEY));
    } catch {
      return [];
    }
  }

  /** Never throws: a sale is under way. */
  private write(items: readonly UnresolvedTransaction[]): void {
    this.unstored = undefined;
    try {
      if (items.length === 0) this.storage?.removeItem(KEY);
      else this.storage?.setItem(KEY, JSON.stringify(items));
      if (!this.storage) this.unstored = items;
    } catch {
      this.unstored = items;
    }
  }
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
