/**
 * A transport whose code is loaded when it is first opened: pages that do not use it never download it.
 * It does not know which one it is.
 */
import {
  TransportError,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../transports/transport.js';

export class LazyTransport implements Transport {
  readonly destination: Destination | undefined;
  readonly relayedReader: string | undefined;
  readonly readerName: string | undefined;
  private readonly load: () => Promise<Transport>;
  private inner: Transport | undefined;
  /** Counts openings, so that a close while loading is noticed. */
  private opening = 0;

  /**
   * @param load Called when it is opened, until it succeeds once.
   * @param destination Where it leads, for those that go over a network.
   * @param relayedReader The reader, for those that reach it through somebody else.
   * @param readerName The reader, for those that go over no network.
   */
  constructor(
    load: () => Promise<Transport>,
    destination: Destination | undefined,
    relayedReader?: string,
    readerName?: string,
  ) {
    this.load = load;
    this.destination = destination;
    this.relayedReader = relayedReader;
    this.readerName = readerName;
  }

  get readerModel(): string | undefined {
    return this.inner?.readerModel;
  }

  /** @throws {TransportError} `unreachable` also where its code cannot be loaded. */
  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const opening = ++this.opening;
    this.inner ??= await this.load().catch((cause: unknown) => {
      throw cause instanceof TransportError
        ? cause
        : new TransportError('unreachable', 'The code for this kind of connection could not be loaded.', { cause });
    });
    options?.signal?.throwIfAborted();
    if (opening !== this.opening)
      throw new TransportError('not-open', 'The transport was closed while it was being opened.');
    await this.inner.open(to, options);
  }

  send(bytes: Uint8Array): void | Promise<void> {
    if (!this.inner) throw new TransportError('not-open', 'The transport is not open.');
    return this.inner.send(bytes);
  }

  onArrival(listener: () => void): () => void {
    return this.inner?.onArrival?.(listener) ?? (() => undefined);
  }

  close(): void {
    this.opening++;
    this.inner?.close();
  }

  abandon(): void {
    this.opening++;
    if (this.inner?.abandon) this.inner.abandon();
    else this.inner?.close();
  }
}
