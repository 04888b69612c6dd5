/**
 * The key serial numbers that a reader has used: DUKPT uses each once, so card data that come with one of them again are a
 * repeat, and a host that is asked about them would charge the card of another sale.
 *
 * What was given to a sale is used up for every reader, tab and page load that shares the storage. What was only heard, as
 * data of a sale that somebody else runs at the same reader, is remembered by the client that heard it: in another tab it may
 * be the card of the sale there. It holds no card data.
 */
import { toHex } from '../mms/hex.js';
import { timeIn, type Environment, type ReaderStorage } from '../connection/environment.js';
import type { CardDataDetail } from './card.js';
import { storedKeys, type StoredKeys } from './stored-keys.js';

/** Shared by all copies of this package in a page. */
const SHARED = Symbol.for('magtek-elements/used-card-data');

export class UsedKeys {
  private readonly environment: Environment;
  private readonly stored: StoredKeys | undefined;
  private readonly heardHere = new Set<string>();

  constructor(environment: Environment, storage: ReaderStorage | undefined) {
    this.environment = environment;
    this.stored = storage && storedKeys(storage);
  }

  /** Whether these card data were heard before; never where they have no key serial number. */
  isUsed(data: CardDataDetail): boolean {
    const name = nameOf(data);
    if (name === undefined) return false;
    return this.heardHere.has(name) || usedInPage().has(name) || this.isStored(name);
  }

  /** Remembers that these card data came to this client. */
  heard(data: CardDataDetail): void {
    const name = nameOf(data);
    if (name !== undefined) this.heardHere.add(name);
  }

  /** Uses them up for ever, before the host is asked. Never throws: a sale is under way. */
  use(data: CardDataDetail): void {
    const name = nameOf(data);
    if (name === undefined) return;
    usedInPage().add(name);
    try {
      this.stored?.add(name, timeIn(this.environment));
    } catch {
      // Full or forbidden: it is remembered for as long as the page lives.
    }
  }

  private isStored(name: string): boolean {
    try {
      return this.stored?.has(name) === true;
    } catch {
      return false;
    }
  }
}

/** Whether both are the same reading of a card, which may be sent more than once. */
export function isSameCardData(one: CardDataDetail, other: CardDataDetail): boolean {
  const name = nameOf(one);
  return name === undefined ? toHex(one.bytes) === toHex(other.bytes) : name === nameOf(other);
}

/** ARQC and batch of one reading may share a key. */
function nameOf({ kind, serialNumber, ksn }: CardDataDetail): string | undefined {
  return ksn === '' ? undefined : `${kind}/${encodeURIComponent(serialNumber)}/${ksn}`;
}

function usedInPage(): Set<string> {
  const place = globalThis as Record<symbol, Set<string> | undefined>;
  return (place[SHARED] ??= new Set());
}
