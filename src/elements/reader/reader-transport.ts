/**
 * The transport that the properties of a reader element name: a simulated reader, one by name, or a WebSocket. A reader at an
 * address is opened by one tab at a time.
 */
import { ExclusiveTransport } from '../../page/exclusive-transport.js';
import { LazySimulatedTransport } from '../../page/lazy-simulated-transport.js';
import { namedTransport } from '../../page/named-transport.js';
import type { BrokerCredentials, TopicPatterns } from '../../transports/broker-options.js';
import type { Transport } from '../../transports/transport.js';
import { WebSocketTransport, type WebSocketFrames } from '../../transports/web-socket.js';
import { addressOf } from './reader-options.js';

/** What it is made of. */
export interface TransportProperties {
  readonly url: string;
  readonly simulated: boolean;
  readonly frames: WebSocketFrames;
  readonly allowInsecure: boolean;
  readonly device: string;
  readonly topics: TopicPatterns | undefined;
  /** Read when the connection is opened. */
  readonly credentials: BrokerCredentials | undefined;
  /** A sale that is running. */
  readonly transaction: unknown;
}

/**
 * @param name That of a transport other than a WebSocket.
 * @param leave Called when another element of the page wants the same reader; whether this one is gone.
 */
export function readerTransport(
  reader: TransportProperties,
  name: string | undefined,
  leave: () => boolean,
): Transport {
  const { frames, allowInsecure, device, topics } = reader;
  const url = addressOf(reader.url);
  const isBusy = (): boolean => reader.transaction !== undefined;
  if (reader.simulated) return new LazySimulatedTransport();
  if (name !== undefined) {
    const credentials = (): BrokerCredentials | undefined => reader.credentials;
    const named = namedTransport(name, { url, device, credentials, topics, allowInsecure, isBusy });
    const { destination } = named;
    return destination ? new ExclusiveTransport(named, `${destination.url} ${device}`, isBusy, leave) : named;
  }
  const socket = new WebSocketTransport(url, { frames, allowInsecure });
  return new ExclusiveTransport(socket, socket.destination?.url ?? url, isBusy, leave);
}
