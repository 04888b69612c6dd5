/**
 * A way to a reader that can be slow to open, be shut, or be cut: what a network does to a connection.
 * It does not know what is sent.
 */
import {
  TransportError,
  type OpenOptions,
  type Transport,
  type TransportErrorCode,
  type TransportSink,
} from '../../src/transports/transport.js';

export class Gate implements Transport {
  /** Why the next opening fails; undefined to let it through. */
  refusal: TransportErrorCode | undefined;
  /** Set for openings that never end. */
  isSlow = false;
  private readonly inner: Transport;
  private sink: TransportSink | undefined;

  constructor(inner: Transport) {
    this.inner = inner;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    if (this.isSlow) await aborted(options?.signal);
    if (this.refusal) throw new TransportError(this.refusal, words[this.refusal] ?? '');
    await this.inner.open(to, options);
    this.sink = to;
  }

  send(bytes: Uint8Array): void {
    void this.inner.send(bytes);
  }

  close(): void {
    this.inner.close();
  }

  /** Ends the connection as a network does, and keeps it so. */
  cut(): void {
    const { sink } = this;
    this.refusal = 'unreachable';
    // The reader is told last: the other way round it would seem to be closed on purpose.
    sink?.close({ kind: 'lost', code: 1006 });
    this.inner.close();
  }
}

const words: Readonly<Partial<Record<TransportErrorCode, string>>> = {
  unreachable: 'wss://reader.example:8443 does not answer.',
  'open-elsewhere': 'wss://reader.example:8443 is open in another tab.',
};

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
