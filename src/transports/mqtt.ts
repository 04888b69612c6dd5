/**
 * Entry `magtek-elements/transports/mqtt`. MMS through an MQTT broker: one message a publish, as hexadecimal text, below the
 * path of the reader [PJ]. It knows nothing of what is in the messages, or of when to connect again.
 *
 * It publishes commands and nothing else: whether the reader is there is told by the reader, or by what publishes for it, as a
 * retained status with a last will. A page has no such status, so it leaves no will.
 */
import { toHex } from '../mms/hex.js';
import type { BrokerCredentials, Presence, TopicPatterns } from './broker-options.js';
import { receiveText } from './hex-text.js';
import {
  leaseConnection,
  untilAborted,
  type BrokerLease,
  type BrokerLoss,
  type BrokerMessage,
} from './mqtt-connection.js';
import { BROKER_ADDRESS, type MqttSocketConstructor } from './mqtt-opening.js';
import { presenceOf, readerTopics } from './mqtt-topics.js';
import { checkAddress, destinationOf } from './network-address.js';
import { platformWebSocket } from './web-socket.js';
import { TransportError, type Destination, type OpenOptions, type Transport, type TransportSink } from './transport.js';

export type { BrokerCredentials, TopicPatterns } from './broker-options.js';

export interface MqttTransportOptions {
  /** Path of the reader at the broker, e.g. `MagTek/Shop12/DynaFlexIIPED/B571AF2`. */
  readonly device: string;
  /** Default none. They go to the broker and nowhere else. */
  readonly credentials?: BrokerCredentials | undefined;
  /** Topics of a reader that is set to others than usual. */
  readonly topics?: TopicPatterns | undefined;
  /** Accepts unencrypted addresses of other hosts than this computer. Default false. */
  readonly allowInsecure?: boolean;
  /**
   * The class for the WebSocket to the broker instead of the platform's. In Node that of the package `ws`: with it the codes are
   * known with which brokers such as RabbitMQ say why they close.
   */
  readonly WebSocket?: MqttSocketConstructor | undefined;
  /** In Node: certificates of the authorities to trust at `mqtts:` instead of the well-known ones, in PEM. */
  readonly ca?: string | undefined;
}

/** What browsers can reach, and what Node can besides. */
const SCHEMES = ['wss:', 'ws:', 'mqtts:', 'mqtt:'];
const BROWSER_SCHEMES = SCHEMES.slice(0, 2);

/** Levels of a path that names a model: the vendor's first one, a group, model, serial number. */
const LEAST_LEVELS = 4;

/** Whether this platform has sockets of its own. */
const hasSockets = (): boolean => 'process' in globalThis && !('document' in globalThis);

/** The address of a broker, if it may be used. @throws {TransportError} `bad-address` or `insecure-address` */
export const checkBroker = (url: string, allowInsecure: boolean): string =>
  checkAddress(url, {
    schemes: hasSockets() ? SCHEMES : BROWSER_SCHEMES,
    name: BROKER_ADDRESS,
    allowInsecure,
  });

/** The class to use for the WebSocket; undefined in Node, where the library has one of its own. */
export const socketClass = (given: MqttSocketConstructor | undefined): MqttSocketConstructor | undefined =>
  given ?? (hasSockets() ? undefined : platformWebSocket());

/** One opening, until it is closed or lost. */
interface Session {
  readonly sink: TransportSink;
  /** Ends what is under way. */
  readonly controller: AbortController;
  lease?: BrokerLease;
  command?: string;
  presence: Presence;
  isOpen: boolean;
}

/**
 * A reader behind an MQTT broker. Several share one connection where broker and credentials are the same.
 *
 * Commands are published with QoS 0 and are never retained: at most once, and never later. A message of the reader that the
 * broker has kept is dropped: it is from before this page listened, and as an answer it could decide the wrong sale.
 */
export class MqttTransport implements Transport {
  /** The address of the broker as given. */
  readonly url: string;
  private readonly options: MqttTransportOptions;
  private session: Session | undefined;

  /** @param url Address of the broker: `wss:` or `ws:`; in Node also `mqtts:` or `mqtt:`. Checked when it is opened. */
  constructor(url: string, options: MqttTransportOptions) {
    this.url = url;
    this.options = options;
  }

  get destination(): Destination | undefined {
    return destinationOf(this.url);
  }

  /** The broker is open long before anybody knows whether the reader is there. */
  get relayedReader(): string {
    return this.options.device;
  }

  /** The level before the serial number, as in the vendor's trees [PJ]. */
  get readerModel(): string | undefined {
    const levels = this.options.device.split('/');
    return levels.length < LEAST_LEVELS ? undefined : levels.at(-2) || undefined;
  }

  /**
   * Resolves when the broker has confirmed that this page hears the reader; whether it is there, only an answer tells.
   * @throws {TransportError} `unreachable` when the broker cannot be reached, or says that the reader is not there;
   * `not-authorized`, `broker-path`, `broker-version`, `bad-address`, `insecure-address`, `mixed-content`, `already-open`.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.session) throw new TransportError('already-open', 'The transport is open already or being opened.');
    const session: Session = {
      sink: to,
      controller: new AbortController(),
      presence: 'unknown',
      isOpen: false,
    };
    const abort = (): void => session.controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    this.session = session;
    try {
      await this.openSession(session);
    } catch (error) {
      this.release(session);
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  send(bytes: Uint8Array): void {
    const { session } = this;
    if (!session?.isOpen || session.command === undefined)
      throw new TransportError('not-open', 'The transport is not open.');
    session.lease?.publish(session.command, toHex(bytes));
  }

  close(): void {
    const { session } = this;
    if (!session) return;
    this.release(session);
    if (session.isOpen) session.sink.close({ kind: 'requested' });
    else
      session.controller.abort(new TransportError('not-open', 'The transport was closed while it was being opened.'));
  }

  private async openSession(session: Session): Promise<void> {
    const { device, credentials, topics: patterns, allowInsecure = false, WebSocket, ca } = this.options;
    const { signal } = session.controller;
    const url = checkBroker(this.url, allowInsecure);
    const topics = readerTopics(device, patterns);
    const lease = await leaseConnection(
      { url, credentials, WebSocket: socketClass(WebSocket), ca },
      {
        filters: [topics.status, topics.message],
        topics: [topics.command],
        onLost: (loss) => this.lose(session, loss),
      },
      signal,
    );
    session.lease = lease;
    session.command = topics.command;
    // First the status: what is retained of it has arrived when the second subscription is confirmed.
    const status = lease.subscribe(topics.status, (message) => this.hearStatus(session, message));
    const messages = lease.subscribe(topics.message, ({ text, isRetained }) => {
      if (isRetained) return;
      lease.answered(topics.command);
      if (session.isOpen) receiveText(text, session.sink);
    });
    await untilAborted(Promise.all([status, messages]), signal);
    if (session.presence === 'absent') throw absent(device);
    session.isOpen = true;
  }

  private hearStatus(session: Session, { text }: BrokerMessage): void {
    session.presence = presenceOf(text);
    if (session.presence !== 'absent' || !session.isOpen) return;
    const { message, because } = absent(this.options.device);
    this.lose(session, { text: message, because });
  }

  private lose(session: Session, { text = '', because, error }: BrokerLoss): void {
    const { isOpen } = session;
    this.release(session);
    if (isOpen) session.sink.close({ kind: 'lost', text, because, error });
    else
      session.controller.abort(error ?? new TransportError('unreachable', text, { ...(because ? { because } : {}) }));
  }

  /** Lets go of the connection: nothing that it still does is heard. */
  private release(session: Session): void {
    if (this.session === session) this.session = undefined;
    session.lease?.release();
  }
}

const absent = (device: string): TransportError =>
  new TransportError('unreachable', `The broker says that the reader ${device} is not connected to it.`, {
    because: { code: 'reader-not-at-broker', values: { device } },
  });
