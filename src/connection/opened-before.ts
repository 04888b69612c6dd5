/**
 * Remembers which destinations this page has reached although the browser had been given no permission: it asks nobody there,
 * and the next page load need not wait for a click. Kept per origin of the page by the storage itself; of an address only
 * scheme, host and port are kept.
 */
import type { Destination } from '../transports/transport.js';
import type { ReaderStorage } from './environment.js';

const keyOf = ({ url }: Destination): string => {
  const { protocol, host } = new URL(url);
  return `magtek-elements/opened/${protocol}//${host}`;
};

export class OpenedBefore {
  private readonly storage: ReaderStorage | undefined;
  /** What cannot be stored is remembered for as long as the page is there. */
  private readonly here = new Set<string>();

  constructor(storage: ReaderStorage | undefined) {
    this.storage = storage;
  }

  has(destination: Destination): boolean {
    const key = keyOf(destination);
    return this.here.has(key) || this.attempt((storage) => storage.getItem(key)) === '1';
  }

  add(destination: Destination): void {
    const key = keyOf(destination);
    this.here.add(key);
    this.attempt((storage) => storage.setItem(key, '1'));
  }

  delete(destination: Destination): void {
    const key = keyOf(destination);
    this.here.delete(key);
    this.attempt((storage) => storage.removeItem(key));
  }

  /** A storage that is full or forbidden keeps nothing. */
  private attempt<Result>(use: (storage: ReaderStorage) => Result): Result | undefined {
    try {
      return this.storage && use(this.storage);
    } catch {
      return undefined;
    }
  }
}
