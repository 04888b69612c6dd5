/**
 * The transports that the attribute `transport` can name. Each is loaded when it is first opened: pages that do not use it
 * never download it.
 */
import type { BrokerCredentials, TopicPatterns } from '../transports/broker-options.js';
import { destinationOf } from '../transports/network-address.js';
import { TransportError, type Transport } from '../transports/transport.js';
import { LazyTransport } from './lazy-transport.js';

/** What a named transport is told by the element. */
export interface NamedTransportOptions {
  /** Where it is, for those that go over a network. */
  readonly url: string;
  /** Which reader, where there are several. */
  readonly device: string;
  /** Asked whenever it is opened: they may have been renewed. */
  readonly credentials: () => BrokerCredentials | undefined;
  readonly topics: TopicPatterns | undefined;
  readonly allowInsecure: boolean;
  /** Whether another tab must not take the reader over now. */
  readonly isBusy: () => boolean;
}

interface Kind {
  readonly load: (options: NamedTransportOptions) => Promise<Transport>;
  /** Whether it goes over a network, to `url`. */
  readonly usesUrl: boolean;
  /** Whether somebody else stands between, so that only an answer shows that the reader is there. */
  readonly isRelayed?: true;
}

const loadDevices = (): Promise<typeof import('./device-readers.js')> => import('./device-readers.js');

const kinds: Readonly<Record<string, Kind>> = {
  hid: { load: async (options) => (await loadDevices()).usbReader(options), usesUrl: false },
  serial: { load: async (options) => (await loadDevices()).serialReader(options), usesUrl: false },
  ble: { load: async (options) => (await loadDevices()).bluetoothReader(options), usesUrl: false },
  mqtt: {
    load: async ({ url, device, credentials, topics, allowInsecure }) => {
      const { MqttTransport } = await import('../transports/mqtt.js');
      const options = {
        device,
        topics,
        allowInsecure,
        get credentials() {
          return credentials();
        },
      };
      return new MqttTransport(url, options);
    },
    usesUrl: true,
    isRelayed: true,
  },
};

/** A transport by its name. Opening it fails with `bad-address` where there is none of that name. */
export function namedTransport(name: string, options: NamedTransportOptions): Transport {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  return new LazyTransport(
    () => {
      if (kind) return kind.load(options);
      const known = Object.keys(kinds).join(', ');
      throw new TransportError(
        'bad-address',
        `There is no transport “${name}”: use one of ${known}, or none with a url.`,
      );
    },
    kind?.usesUrl === true ? destinationOf(options.url) : undefined,
    kind?.isRelayed === true ? options.device : undefined,
    `${name} ${options.device}`.trim(),
  );
}
