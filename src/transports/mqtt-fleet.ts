/**
 * The readers of a broker, by the statuses that are published of them: which there are, and which of them are there.
 * It opens and is lost like a way to one reader, so that what keeps such a connection keeps this one too; but it carries no
 * messages, and knows nothing of what readers say.
 */
import { checkBroker } from './mqtt.js';
import type { BrokerCredentials, Presence, TopicPatterns } from './broker-options.js';
import { leaseConnection, untilAborted, type BrokerLease } from './mqtt-connection.js';
import { ALL_READERS, pathOfStatus, presenceOf, statusFilter } from './mqtt-topics.js';
import { destinationOf } from './network-address.js';
import { TransportError, type Destination, type OpenOptions, type Transport, type TransportSink } from './transport.js';

export interface MqttFleetOptions {
  /** Paths of the readers, with `+` for a level that may be any, e.g. `MagTek/Shop12/+/+`. Default all below `MagTek`. */
  readonly readers?: string | undefined;
  readonly credentials?: BrokerCredentials | undefined;
  /** Topics of readers that are set to others than usual. */
  readonly topics?: TopicPatterns | undefined;
  /** Accepts unencrypted addresses of other hosts than this computer. Default false. */
  readonly allowInsecure?: boolean;
}

/** Hears of one reader. `undefined`: its status was removed from the broker, and with it the reader from the fleet. */
export type PresenceListener = (path: string, presence: Presence | undefined) => void;

/** Listens to the statuses of many readers at one broker. */
export class MqttFleet implements Transport {
  private readonly url: string;
  private readonly options: MqttFleetOptions;
  private readonly heard: PresenceListener;
  private lease: BrokerLease | undefined;
  private opening: AbortController | undefined;
  private sink: TransportSink | undefined;

  /** @param url Address of the broker: `wss:` or `ws:`; in Node also `mqtts:` or `mqtt:`. Checked when it is opened. */
  constructor(url: string, options: MqttFleetOptions, heard: PresenceListener) {
    this.url = url;
    this.options = options;
    this.heard = heard;
  }

  get destination(): Destination | undefined {
    return destinationOf(this.url);
  }

  /**
   * Resolves when the broker has confirmed that the statuses are heard; it tells those that it has kept then or soon after.
   * @throws {TransportError} `unreachable`, `not-authorized`, `bad-address`, `insecure-address`, `mixed-content`, `already-open`.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.opening || this.lease) throw new TransportError('already-open', 'It is open already or being opened.');
    const opening = (this.opening = new AbortController());
    const abort = (): void => {
      opening.abort(signal?.reason);
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await this.subscribe(to, opening.signal);
      this.sink = to;
    } catch (error) {
      this.release();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (this.opening === opening) this.opening = undefined;
    }
  }

  /** Always refuses: there is nobody to send to. */
  send(): void {
    throw new TransportError('not-open', 'A fleet takes no messages: send them to one of its readers.');
  }

  close(): void {
    const { sink } = this;
    this.opening?.abort(new TransportError('not-open', 'It was closed while it was being opened.'));
    this.release();
    sink?.close({ kind: 'requested' });
  }

  private async subscribe(to: TransportSink, signal: AbortSignal): Promise<void> {
    const { readers = ALL_READERS, credentials, topics, allowInsecure = false } = this.options;
    const url = checkBroker(this.url, allowInsecure);
    const filter = statusFilter(readers, topics);
    const lost = (text: string): void => {
      const wasOpen = this.sink !== undefined;
      this.release();
      if (wasOpen) to.close({ kind: 'lost', text });
      else this.opening?.abort(new TransportError('unreachable', text));
    };
    const lease = await leaseConnection({ url, credentials }, lost, signal);
    this.lease = lease;
    const subscribed = lease.subscribe(filter, ({ topic, text }) => {
      const path = pathOfStatus(topic, topics);
      // An empty retained message is none: so a status is removed (MQTT 3.1.1 section 3.3.1.3).
      if (path !== undefined) this.heard(path, text === '' ? undefined : presenceOf(text));
    });
    await untilAborted(subscribed, signal);
  }

  private release(): void {
    this.lease?.release();
    this.lease = undefined;
    this.sink = undefined;
  }
}
