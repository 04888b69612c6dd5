/** A way to a simulated reader that a test can cut, and behind which another reader can be put. */
import type { SimulatedReader } from '../../src/simulator/index.js';
import { SimulatedTransport } from '../../src/simulator/index.js';
import type { OpenOptions, Transport, TransportSink } from '../../src/transports/transport.js';

export class CuttableTransport implements Transport {
  /** Who is found at the next opening. */
  reader: SimulatedReader;
  private inner: SimulatedTransport | undefined;
  private sink: TransportSink | undefined;

  constructor(reader: SimulatedReader) {
    this.reader = reader;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.sink = to;
    this.inner = new SimulatedTransport(this.reader);
    await this.inner.open(
      {
        message: (bytes) => this.sink?.message(bytes),
        noise: (data) => this.sink?.noise(data),
        close: (reason) => this.sink?.close(reason),
      },
      options,
    );
  }

  get readerModel(): string | undefined {
    return this.inner?.readerModel;
  }

  send(bytes: Uint8Array): void {
    this.inner?.send(bytes);
  }

  close(): void {
    this.inner?.close();
  }

  /** Ends the connection as a network does. */
  cut(): void {
    const { sink } = this;
    this.sink = undefined;
    this.inner?.close();
    sink?.close({ kind: 'lost', text: 'Cut.' });
  }
}
