/** A transport that a test plays the reader on: it records what is sent and delivers what the test says. */
import { decodeMessage } from '../../src/mms/decode.js';
import { toMessage } from '../../src/mms/encode.js';
import { parseHex } from '../../src/mms/hex.js';
import type { MmsRequest } from '../../src/mms/message.js';
import type { TlvInput } from '../../src/mms/tlv.js';
import {
  TransportError,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../../src/transports/transport.js';

export class FakeTransport implements Transport {
  readonly sent: Uint8Array[] = [];
  /** How often `open` was called. */
  opened = 0;
  closed = 0;
  /** What `open` waits for; tests replace it to be slow or to fail. */
  opening: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve();
  /** Called for each message sent. */
  onSend: (request: MmsRequest) => void = () => undefined;
  /** Called when this side closes. */
  onClose: () => void = () => undefined;
  private sink: TransportSink | undefined;

  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    this.opened++;
    await Promise.race([
      this.opening(signal),
      new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      }),
    ]);
    this.sink = to;
  }

  send(bytes: Uint8Array): void {
    if (!this.sink) throw new TransportError('not-open', 'not open');
    this.sent.push(bytes);
    this.onSend(decodeMessage(bytes) as MmsRequest);
  }

  close(): void {
    this.closed++;
    const { sink } = this;
    this.sink = undefined;
    this.onClose();
    sink?.close({ kind: 'requested' });
  }

  /** Delivers a message, given as bytes or hexadecimal text. */
  deliver(message: Uint8Array | string): void {
    this.sink?.message(typeof message === 'string' ? parseHex(message) : message);
  }

  noise(data: string | Uint8Array): void {
    this.sink?.noise(data);
  }

  /** Ends the connection from the other side. */
  lose(code = 1006, text?: string): void {
    const { sink } = this;
    this.sink = undefined;
    sink?.close({ kind: 'lost', code, ...(text === undefined ? {} : { text }) });
  }

  /** Answers a request. */
  answer(request: MmsRequest, { summary = 0, detail = '000000', payload = [] as readonly TlvInput[] } = {}): void {
    const { reference, id } = request;
    this.deliver(toMessage({ kind: 'response', reference, id, status: { summary, detail }, payload }).bytes);
  }
}
