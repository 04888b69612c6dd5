/**
 * A transport that opens only where no other reader of this page has the same address open: a reader may take one client
 * only, and two would not know of each other's commands.
 */
import { TransportError, type OpenOptions, type Transport, type TransportSink } from '../../transports/transport.js';

/** Shared by all copies of this package in a page. */
const KEY = Symbol.for('magtek-elements/open-addresses');

const openAddresses = (): Map<string, Transport> => {
  const place = globalThis as Record<symbol, Map<string, Transport> | undefined>;
  return (place[KEY] ??= new Map<string, Transport>());
};

export class ExclusiveTransport implements Transport {
  private readonly inner: Transport;
  private readonly address: string;

  /** @param address What must not be open twice. */
  constructor(inner: Transport, address: string) {
    this.inner = inner;
    this.address = URL.canParse(address) ? new URL(address).href : address;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const open = openAddresses();
    if ((open.get(this.address) ?? this) !== this) {
      throw new TransportError('already-open', `The address is ${this.address}.`);
    }
    open.set(this.address, this);
    const sink: TransportSink = {
      message: (bytes) => {
        to.message(bytes);
      },
      noise: (data) => {
        to.noise(data);
      },
      close: (reason) => {
        this.release();
        to.close(reason);
      },
    };
    try {
      await this.inner.open(sink, options);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  send(bytes: Uint8Array): void {
    this.inner.send(bytes);
  }

  close(): void {
    this.release();
    this.inner.close();
  }

  private release(): void {
    const open = openAddresses();
    if (open.get(this.address) === this) open.delete(this.address);
  }
}
