/**
 * The transports that the attribute `transport` can name. Each is loaded when it is first opened: pages that do not use it
 * never download it.
 */
import { TransportError, type OpenOptions, type Transport, type TransportSink } from '../../transports/transport.js';

/** What a named transport is told by the element. */
export interface NamedTransportOptions {
  /** Which reader, where there are several. */
  readonly device: string;
}

const factories: Readonly<Record<string, (options: NamedTransportOptions) => Promise<Transport>>> = {
  hid: async ({ device }) => {
    const { HidTransport } = await import('../../transports/hid.js');
    return new HidTransport({ device });
  },
};

/** A transport by its name. */
export class NamedTransport implements Transport {
  private readonly name: string;
  private readonly options: NamedTransportOptions;
  private inner: Transport | undefined;
  /** Counts openings, so that a close while loading is noticed. */
  private opening = 0;

  constructor(name: string, options: NamedTransportOptions) {
    this.name = name;
    this.options = options;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const opening = ++this.opening;
    this.inner ??= await this.load();
    options?.signal?.throwIfAborted();
    if (opening !== this.opening)
      throw new TransportError('not-open', 'The transport was closed while it was being opened.');
    await this.inner.open(to, options);
  }

  send(bytes: Uint8Array): void {
    if (!this.inner) throw new TransportError('not-open', 'The transport is not open.');
    this.inner.send(bytes);
  }

  close(): void {
    this.opening++;
    this.inner?.close();
  }

  private async load(): Promise<Transport> {
    const factory = Object.hasOwn(factories, this.name) ? factories[this.name] : undefined;
    if (!factory) {
      const known = Object.keys(factories).join(', ');
      throw new TransportError(
        'bad-address',
        `There is no transport “${this.name}”: use ${known}, or none with a url.`,
      );
    }
    try {
      return await factory(this.options);
    } catch (cause) {
      throw new TransportError('unreachable', `The transport “${this.name}” could not be loaded.`, { cause });
    }
  }
}
