/**
 * Sales without an outcome, as they are kept in a storage that tabs share. It does not know when one is put there or
 * removed, and what the storage throws is passed on.
 *
 * Tabs are processes of their own, and a storage has no transactions: who reads a list, changes it and writes it back undoes what
 * another has written in between. So each sale has a key of its own wherever the names of a storage can be listed.
 */
import type { ReaderStorage } from '../connection/environment.js';
import type { UnresolvedTransaction } from './contract.js';

const LIST = 'magtek-elements/unresolved';
const EACH = `${LIST}/`;

/** In the place of a sale of the old list that is settled: the list itself is never written again. */
const SETTLED = '';

/** Sales in a storage. */
export interface StoredSales {
  read(): readonly UnresolvedTransaction[];
  put(item: UnresolvedTransaction): void;
  remove(transactionId: string): void;
}

/** The safest way that the storage has. */
export const storedSales = (storage: ReaderStorage): StoredSales =>
  storage.key && storage.length !== undefined ? new SalesApart(storage) : new SalesInOneList(storage);

/** Whether a change of this key may be one of the sales; without a key, everything may have changed. */
export const isSalesKey = (key: string | null | undefined): boolean =>
  key === undefined || key === null || key === LIST || key.startsWith(EACH);

/** Each under a key of its own, oldest first; those of the one list that was there before are read too. */
class SalesApart implements StoredSales {
  private readonly storage: ReaderStorage;

  constructor(storage: ReaderStorage) {
    this.storage = storage;
  }

  read(): readonly UnresolvedTransaction[] {
    const { storage } = this;
    const isUnsettled = ({ transactionId }: UnresolvedTransaction): boolean =>
      storage.getItem(EACH + transactionId) !== SETTLED;
    const items = new Map(
      readList(storage)
        .filter(isUnsettled)
        .map((item) => [item.transactionId, item]),
    );
    for (const key of keysOf(storage)) {
      const [item] = parse(`[${storage.getItem(key) ?? ''}]`);
      if (item && key === EACH + item.transactionId) items.set(item.transactionId, item);
    }
    return [...items.values()].sort((one, other) => one.startedAt - other.startedAt);
  }

  put(item: UnresolvedTransaction): void {
    this.storage.setItem(EACH + item.transactionId, JSON.stringify(item));
  }

  remove(transactionId: string): void {
    const { storage } = this;
    const old = readList(storage).map((item) => item.transactionId);
    if (!old.includes(transactionId)) return storage.removeItem(EACH + transactionId);
    storage.setItem(EACH + transactionId, SETTLED);
    if (!old.every((id) => storage.getItem(EACH + id) === SETTLED)) return;
    // In this order: what is settled must not come back where the page ends in between.
    storage.removeItem(LIST);
    for (const id of old) storage.removeItem(EACH + id);
  }
}

/** All under one key, where names cannot be listed: for storages that one page uses at a time. */
class SalesInOneList implements StoredSales {
  private readonly storage: ReaderStorage;

  constructor(storage: ReaderStorage) {
    this.storage = storage;
  }

  read(): readonly UnresolvedTransaction[] {
    return readList(this.storage);
  }

  put(item: UnresolvedTransaction): void {
    const items = new Map(this.read().map((each) => [each.transactionId, each]));
    this.write([...items.set(item.transactionId, item).values()]);
  }

  remove(transactionId: string): void {
    this.write(this.read().filter((item) => item.transactionId !== transactionId));
  }

  private write(items: readonly UnresolvedTransaction[]): void {
    if (items.length === 0) this.storage.removeItem(LIST);
    else this.storage.setItem(LIST, JSON.stringify(items));
  }
}

/** Listed before any is read: names move when another is removed. */
function keysOf(storage: ReaderStorage): readonly string[] {
  const keys = Array.from({ length: storage.length ?? 0 }, (_, index) => storage.key?.(index) ?? '');
  return keys.filter((key) => key.startsWith(EACH));
}

const readList = (storage: ReaderStorage): readonly UnresolvedTransaction[] => parse(storage.getItem(LIST));

/** What a text holds; anything else than what was written here is as good as nothing. */
function parse(text: string | null): readonly UnresolvedTransaction[] {
  let items: unknown;
  try {
    items = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(items) ? items.filter(isUnresolved) : [];
}

/** The last moment of a date, in milliseconds since 1970. */
const LATEST = 8.64e15;

function isUnresolved(item: unknown): item is UnresolvedTransaction {
  const { transactionId, amount, currency, startedAt, phase, arqc } = (item ?? {}) as Record<string, unknown>;
  return (
    [transactionId, amount, currency, phase].every((value) => typeof value === 'string') &&
    typeof startedAt === 'number' &&
    Math.abs(startedAt) <= LATEST &&
    typeof arqc === 'boolean'
  );
}
