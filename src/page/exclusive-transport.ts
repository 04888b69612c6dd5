/**
 * A transport that opens only where nobody else in this browser has the same address open: a reader may take one client
 * only, and two would not know of each other's commands. Another element of the page is refused; another tab can be asked to
 * make room.
 */
import {
  TransportError,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../transports/transport.js';
import { shownAddress } from '../transports/network-address.js';
import type { Unsubscribe } from '../connection/environment.js';
import { takeTabLock, type TabLock, type TabLockRefusal } from './tab-lock.js';

/** Shared by all copies of this package in a page. */
const KEY = Symbol.for('magtek-elements/open-addresses');

interface OpenAddresses {
  /** Who has an address open, or is opening it. */
  readonly owners: Map<string, Owner>;
  /** What must have ended before an address can be opened again. */
  readonly ending: Map<string, Promise<unknown>>;
  /** Who wants to know when an address is free again. */
  readonly waiting: Map<string, Set<() => void>>;
}

interface Owner extends Transport {
  /** Gives the address up, where nobody needs it any more; whether it did. */
  readonly leave: () => boolean;
}

const openAddresses = (): OpenAddresses => {
  const place = globalThis as Record<symbol, OpenAddresses | undefined>;
  return (place[KEY] ??= { owners: new Map(), ending: new Map(), waiting: new Map() });
};

/** A transport that can tell when it has really ended. */
export interface EndingTransport extends Transport {
  /** Resolves when what was closed last no longer occupies the reader; absent where a close is enough. */
  readonly closed?: Promise<void>;
}

export class ExclusiveTransport implements Owner {
  readonly leave: () => boolean;
  private readonly inner: EndingTransport;
  private readonly address: string;
  private readonly isBusy: () => boolean;
  private lock: TabLock | undefined;
  private isTakenOver = false;
  /** Closed by this page. */
  private isGivenUp = false;
  /** Settles when the last try to open has come to its end, also one that was given up. */
  private opening: Promise<unknown> | undefined;
  /** Counts tries to open, so that one that was given up is noticed. */
  private attempt = 0;

  /**
   * @param address What only one may have open: where the reader is.
   * @param isBusy Whether another tab must not take the connection over now.
   * @param leave Closes the connection where its element is out of the page already; whether it did. Another element that is
   * made in its place does not wait for what a page keeps for a moment.
   */
  constructor(inner: EndingTransport, address: string, isBusy: () => boolean, leave: () => boolean = () => false) {
    this.inner = inner;
    this.address = address;
    this.isBusy = isBusy;
    this.leave = leave;
  }

  get destination(): Destination | undefined {
    return this.inner.destination;
  }

  get relayedReader(): string | undefined {
    return this.inner.relayedReader;
  }

  get readerName(): string | undefined {
    return this.inner.readerName;
  }

  get readerModel(): string | undefined {
    return this.inner.readerModel;
  }

  /** Calls `listener` once, when another element of this page has given the address up; soon, where it has already. */
  whenFree(listener: () => void): Unsubscribe {
    const { owners, waiting } = openAddresses();
    if (!owners.has(this.address)) queueMicrotask(listener);
    const listeners = waiting.get(this.address) ?? new Set();
    waiting.set(this.address, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  async open(to: TransportSink, options: OpenOptions = {}): Promise<void> {
    const { owners } = openAddresses();
    const owner = owners.get(this.address);
    const shown = shownAddress(this.address);
    if (owner && owner !== this && !owner.leave())
      throw new TransportError('already-open', `Another reader element of this page has ${shown} open.`, {
        because: { code: 'open-in-page', values: { address: shown } },
      });
    owners.set(this.address, this);
    this.isTakenOver = false;
    this.isGivenUp = false;
    const opening = this.openAlone(to, options, ++this.attempt);
    const settled = opening.catch(() => undefined);
    this.opening = settled;
    try {
      await opening;
    } finally {
      if (this.opening === settled) this.opening = undefined;
    }
  }

  send(bytes: Uint8Array): void | Promise<void> {
    return this.inner.send(bytes);
  }

  onArrival(listener: () => void): () => void {
    return this.inner.onArrival?.(listener) ?? (() => undefined);
  }

  close(): void {
    this.giveUp();
    this.inner.close();
    this.release();
  }

  abandon(): void {
    this.giveUp();
    // Given up without waiting for the end of the socket, before which the page may be frozen: a page that holds a lock which
    // another one asks for is thrown out of the cache.
    void this.lock?.release();
    this.lock = undefined;
    if (this.inner.abandon) this.inner.abandon();
    else this.inner.close();
    this.release();
  }

  private giveUp(): void {
    this.attempt++;
    this.isGivenUp = true;
  }

  /** Opens it when whoever had the address before has really let go, also where that was still being opened. */
  private async openAlone(to: TransportSink, options: OpenOptions, attempt: number): Promise<void> {
    const { ending } = openAddresses();
    try {
      for (let before = ending.get(this.address); before; before = ending.get(this.address)) {
        await before;
        this.checkCurrent(options, attempt);
      }
      const lock = await this.takeLock(options);
      // Given up meanwhile: whoever comes next waits until this try has ended.
      if (attempt !== this.attempt) await lock.release();
      else this.lock = lock;
      this.checkCurrent(options, attempt);
      await this.inner.open(this.sinkFor(to), options);
    } catch (error) {
      if (attempt === this.attempt) this.release();
      throw this.wasTakenOver() ? elsewhere('taken') : error;
    }
  }

  private checkCurrent({ signal }: OpenOptions, attempt: number): void {
    signal?.throwIfAborted();
    if (attempt !== this.attempt)
      throw new TransportError('not-open', 'The transport was closed while it was being opened.');
  }

  private sinkFor(to: TransportSink): TransportSink {
    return {
      message: (bytes) => to.message(bytes),
      noise: (data, because) => to.noise(data, because),
      close: (reason) => {
        // Lost, and perhaps opened again soon: nobody who waits is called.
        this.release(this.isGivenUp);
        to.close(this.wasTakenOver() ? { kind: 'taken-over' } : reason);
      },
    };
  }

  private wasTakenOver(): boolean {
    return this.isTakenOver;
  }

  private async takeLock({ takeOver = false }: OpenOptions): Promise<TabLock> {
    const lock = await takeTabLock(`magtek-elements/${this.address}`, {
      takeOver,
      isBusy: this.isBusy,
      makeRoom: async () => {
        this.isTakenOver = true;
        this.close();
        await openAddresses().ending.get(this.address);
      },
    });
    if (typeof lock === 'string') throw elsewhere(lock);
    return lock;
  }

  /** Gives the address up at once in this page, and for other tabs when the socket is closed. */
  private release(isFree = true): void {
    const { owners, ending, waiting } = openAddresses();
    const { lock, opening } = this;
    this.lock = undefined;
    if (lock || opening) {
      const closed = Promise.resolve(this.inner.closed).then(() => lock?.release());
      const ended = Promise.all([ending.get(this.address), opening, closed]);
      ending.set(this.address, ended);
      void ended.then(() => {
        if (ending.get(this.address) === ended) ending.delete(this.address);
      });
    }
    if (owners.get(this.address) !== this) return;
    owners.delete(this.address);
    if (!isFree) return;
    const listeners = [...(waiting.get(this.address) ?? [])];
    waiting.delete(this.address);
    for (const listener of listeners) listener();
  }
}

/** Why a reader cannot be had that another tab has. */
export const elsewhere = (why: TabLockRefusal): TransportError =>
  new TransportError(
    'open-elsewhere',
    why === 'busy'
      ? 'Another tab or window is in the middle of a sale or refund with it.'
      : 'Another tab or window of this browser has it open.',
    { because: { code: why === 'busy' ? 'sale-elsewhere' : 'open-elsewhere' } },
  );
