/**
 * The way to a simulated reader in the same page: no network, and everything still arrives later than it was sent.
 */
import { TransportError, type OpenOptions, type Transport, type TransportSink } from '../transports/transport.js';
import type { ReaderPort } from './links.js';
import type { SimulatedReader } from './simulated-reader.js';

export class SimulatedTransport implements Transport {
  readonly readerModel = 'Simulated reader';
  private readonly reader: SimulatedReader;
  private port: ReaderPort | undefined;
  private sink: TransportSink | undefined;

  constructor(reader: SimulatedReader) {
    this.reader = reader;
  }

  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The transport is open already or being opened.');
    this.sink = to;
    await Promise.resolve();
    if (signal?.aborted || this.sink !== to) {
      if (this.sink === to) this.sink = undefined;
      throw signal?.aborted
        ? signal.reason
        : new TransportError('not-open', 'The transport was closed while it was being opened.');
    }
    const port = this.reader.connect({
      deliver: (bytes) => {
        if (this.port === port) to.message(bytes);
      },
      drop: () => {
        if (this.port !== port) return;
        this.release();
        to.close({ kind: 'lost' });
      },
    });
    if (!port) {
      this.sink = undefined;
      throw new TransportError('unreachable', 'The simulated reader takes no more clients, or is restarting.', {
        because: { code: 'no-more-clients' },
      });
    }
    this.port = port;
  }

  send(bytes: Uint8Array): void {
    const { port } = this;
    if (!port) throw new TransportError('not-open', 'The transport is not open.');
    const copy = bytes.slice();
    queueMicrotask(() => {
      if (this.port === port) port.receive(copy);
    });
  }

  close(): void {
    const { port, sink } = this;
    this.release();
    port?.close();
    if (port) sink?.close({ kind: 'requested' });
  }

  private release(): void {
    this.port = undefined;
    this.sink = undefined;
  }
}
