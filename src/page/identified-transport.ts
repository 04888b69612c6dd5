/**
 * A transport to a device that only its serial number distinguishes from another of its model: USB, serial ports. The reader
 * is asked for the number whenever it is opened, and after a loss another reader is refused, so that a till does not go on
 * with the reader of its neighbour. It does not know how the device is found, nor
 * what the question looks like.
 */
import { within } from '../transports/patience.js';
import {
  TransportError,
  type CloseReason,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../transports/transport.js';
import type { IdentityQuestion } from './serial-number.js';

/** Milliseconds for the reader to say its number. */
const PATIENCE = 2_000;

export class IdentifiedTransport implements Transport {
  private readonly inner: Transport;
  private readonly question: IdentityQuestion;
  /** Of the reader that is used until somebody asks for another; undefined where it does not say. */
  private serialNumber: string | undefined;

  constructor(inner: Transport, question: IdentityQuestion) {
    this.inner = inner;
    this.question = question;
  }

  get readerModel(): string | undefined {
    return this.inner.readerModel;
  }

  /** @throws {TransportError} `other-reader` where another reader is there after a loss; `unreachable` where it does not say. */
  async open(to: TransportSink, options: OpenOptions = {}): Promise<void> {
    // Somebody who asks for a connection means the reader that is there now.
    if (!options.unattended) this.serialNumber = undefined;
    let deliver: TransportSink = to;
    await this.inner.open(
      {
        message: (bytes) => deliver.message(bytes),
        noise: (data, because) => deliver.noise(data, because),
        close: (reason) => deliver.close(reason),
      },
      options,
    );
    const asked = new Promise<string | undefined>((resolve, reject) => {
      deliver = {
        message: (bytes) => {
          const answer = this.question.answerIn(bytes);
          if (answer) resolve(answer.serialNumber);
          else to.message(bytes);
        },
        noise: (data, because) => to.noise(data, because),
        close: (reason) => reject(closedMeanwhile(reason)),
      };
      void this.inner.send(this.question.bytes);
    });
    try {
      const serialNumber = await within(PATIENCE, asked).catch((cause: unknown) => {
        if (cause instanceof TransportError) throw cause;
        return undefined;
      });
      options.signal?.throwIfAborted();
      this.compare(serialNumber);
    } catch (error) {
      deliver = nowhere;
      this.inner.close();
      throw error;
    }
    deliver = to;
  }

  send(bytes: Uint8Array): void | Promise<void> {
    return this.inner.send(bytes);
  }

  close(): void {
    this.inner.close();
  }

  onArrival(listener: () => void): () => void {
    return this.inner.onArrival?.(listener) ?? (() => undefined);
  }

  private compare(is: string | undefined): void {
    const was = this.serialNumber;
    if (was === undefined) this.serialNumber = is;
    else if (is === undefined)
      throw new TransportError('unreachable', 'The reader did not say its serial number.', {
        because: { code: 'reader-unidentified' },
      });
    else if (is !== was)
      throw new TransportError('other-reader', `It was ${was}, now it is ${is}.`, {
        because: { code: 'another-reader', values: { was, is } },
      });
  }
}

const nowhere: TransportSink = { message: () => undefined, noise: () => undefined, close: () => undefined };

const closedMeanwhile = ({ kind, text, because }: CloseReason): TransportError =>
  kind === 'lost'
    ? new TransportError('unreachable', text ?? '', because ? { because } : {})
    : new TransportError('not-open', 'The transport was closed while it was being opened.');
