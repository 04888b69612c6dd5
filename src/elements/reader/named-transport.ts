/**
 * The transports that the attribute `transport` can name. Each is loaded when it is first opened: pages that do not use it
 * never download it.
 */
import type { BrokerCredentials, TopicPatterns } from '../../transports/broker-options.js';
import { destinationOf } from '../../transports/network-address.js';
import {
  TransportError,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../../transports/transport.js';

/** What a named transport is told by the element. */
export interface NamedTransportOptions {
  /** Where it is, for those that go over a network. */
  readonly url: string;
  /** Which reader, where there are several. */
  readonly device: string;
  readonly credentials: BrokerCredentials | undefined;
  readonly topics: TopicPatterns | undefined;
  readonly allowInsecure: boolean;
}

interface Kind {
  readonly load: (options: NamedTransportOptions) => Promise<Transport>;
  /** Whether it goes over a network, to `url`. */
  readonly usesUrl: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  hid: {
    load: async ({ device }) => {
      const { HidTransport } = await import('../../transports/hid.js');
      return new HidTransport({ device });
    },
    usesUrl: false,
  },
  mqtt: {
    load: async ({ url, device, credentials, topics, allowInsecure }) => {
      const { MqttTransport } = await import('../../transports/mqtt.js');
      return new MqttTransport(url, { device, credentials, topics, allowInsecure });
    },
    usesUrl: true,
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

  get destination(): Destination | undefined {
    return this.kind?.usesUrl === true ? destinationOf(this.options.url) : undefined;
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

  private get kind(): Kind | undefined {
    return Object.hasOwn(kinds, this.name) ? kinds[this.name] : undefined;
  }

  private async load(): Promise<Transport> {
    const { kind } = this;
    if (!kind) {
      const known = Object.keys(kinds).join(' or ');
      throw new TransportError(
        'bad-address',
        `There is no transport “${this.name}”: use ${known}, or none with a url.`,
      );
    }
    try {
      return await kind.load(this.options);
    } catch (cause) {
      throw new TransportError('unreachable', `The transport “${this.name}” could not be loaded.`, { cause });
    }
  }
}
