/**
 * Connections to MQTT brokers, each shared by all that use the same broker with the same credentials: a page with a hundred
 * readers opens one. It knows topics and texts, and nothing of readers or of what is in messages.
 *
 * **Nothing is sent twice.** What is published goes out with QoS 0, at most once: with QoS 1 a broker may deliver a message
 * again, and may keep it for a reader that is away and deliver it an hour later; a payment would start twice, or when nobody
 * stands there any more. A command that gets lost is noticed, because it is not answered. A connection that is lost is
 * never opened again by the library: it ends with everything in it, and whoever needs it leases another one. The session is
 * clean, so that neither side keeps anything for later.
 *
 * **What is listened to comes with QoS 1**, where the publisher uses it too: a broker drops messages of QoS 0 when the page is
 * slow, and a card that was read must not get lost on the way. The price is that a message may come again. Within one clean
 * session it then has the DUP flag and the same packet identifier (MQTT 3.1.1, sections 3.3.1.1 and 4.3.2), and is dropped here.
 */
import type { BrokerCredentials } from './broker-options.js';
import { isMatch } from './mqtt-topics.js';
import { connect, type MqttClient, type MqttPacket } from './mqtt-library.js';
import { constructionError, type AddressName } from './network-address.js';
import { TransportError } from './transport.js';

export interface Broker {
  /** Its address, checked. */
  readonly url: string;
  readonly credentials?: BrokerCredentials | undefined;
}

/** What was published. */
export interface BrokerMessage {
  readonly topic: string;
  readonly text: string;
  /** Whether the broker had kept it: it was published before this page listened. */
  readonly isRetained: boolean;
}

export type BrokerListener = (message: BrokerMessage) => void;

/** One user's part of a connection. After `release` nothing is heard any more. */
export interface BrokerLease {
  /**
   * Listens; resolves when the broker has confirmed it.
   * @param filter a topic, or a pattern with `+`
   * @throws {TransportError} `not-authorized` when the broker refuses, `unreachable` when the connection ends before.
   */
  subscribe(filter: string, listener: BrokerListener): Promise<void>;
  /** Sends at most once; nothing tells whether it arrives. @throws {TransportError} `not-open` */
  publish(topic: string, text: string): void;
  release(): void;
}

/**
 * Seconds between signs of life. Twice as long as a hidden page's timers may sleep in Chromium, so that its broker does not
 * give it up. A dead connection is noticed much earlier: by a request that nobody answers.
 */
const KEEPALIVE = 120;

/** Milliseconds for the broker to say yes or no. */
const OPENING_PATIENCE = 20_000;

/** How many messages are remembered to tell repeated ones: more than a broker sends without an acknowledgement. */
const REMEMBERED = 256;

/** Return codes of CONNACK: bad user name or password, not authorized (MQTT 3.1.1, table 3.1). */
const REFUSALS: ReadonlySet<unknown> = new Set([4, 5]);

/** What the address of a broker is called. */
export const BROKER_ADDRESS: AddressName = { name: 'address of a broker', none: 'no-broker-address' };

const connections = new Map<string, SharedConnection>();

/**
 * A part of the connection to a broker, which is opened if nobody has it yet, and closed when the last one lets go.
 * @param onLost the connection has ended by itself, in words; nothing is heard after it
 * @throws {TransportError} `unreachable`, `not-authorized`, `mixed-content` or `bad-address`; the signal's reason when aborted
 */
export async function leaseConnection(
  broker: Broker,
  onLost: (text: string) => void,
  signal?: AbortSignal,
): Promise<BrokerLease> {
  signal?.throwIfAborted();
  const key = JSON.stringify([broker.url, broker.credentials?.username, broker.credentials?.password]);
  let connection = connections.get(key);
  if (!connection) {
    const made = new SharedConnection(broker, () => {
      if (connections.get(key) === made) connections.delete(key);
    });
    connections.set(key, (connection = made));
  }
  return connection.lease(onLost, signal);
}

interface Lease {
  readonly onLost: (text: string) => void;
  /** What it listens to: one listener for each call. */
  readonly listeners: { readonly filter: string; readonly listener: BrokerListener }[];
}

class SharedConnection {
  private readonly client: MqttClient;
  private readonly forget: () => void;
  private readonly opened: Promise<void>;
  private readonly leases = new Set<Lease>();
  /** Listeners by filter, in the order in which they came. */
  private readonly listeners = new Map<string, Set<BrokerListener>>();
  /** What arrived last, by packet identifier. */
  private readonly recent = new Map<number, string>();
  private isOpen = false;
  private isOver = false;

  constructor({ url, credentials }: Broker, forget: () => void) {
    this.forget = forget;
    try {
      this.client = connect(url, {
        clientId: newClientId(),
        ...credentials,
        clean: true,
        reconnectPeriod: 0,
        resubscribe: false,
        queueQoSZero: false,
        keepalive: KEEPALIVE,
        connectTimeout: OPENING_PATIENCE,
        // The others would start a worker from a blob, which strict pages refuse.
        timerVariant: 'native',
      });
    } catch (cause) {
      throw constructionError(url, BROKER_ADDRESS, cause);
    }
    this.opened = new Promise((resolve, reject) => {
      this.client.on('connect', () => {
        this.isOpen = true;
        resolve();
      });
      this.client.on('error', (error) => {
        reject(openingError(error));
        this.end('The connection to the broker failed.');
      });
      this.client.on('close', () => {
        reject(notReached());
        this.end('The connection to the broker was lost.');
      });
    });
    // Those who wait are told one by one.
    this.opened.catch(() => undefined);
    this.client.on('message', (topic, payload, packet) => {
      this.receive(topic, new TextDecoder().decode(payload), packet);
    });
  }

  async lease(onLost: (text: string) => void, signal: AbortSignal | undefined): Promise<BrokerLease> {
    const lease: Lease = { onLost, listeners: [] };
    this.leases.add(lease);
    try {
      await untilAborted(this.opened, signal);
    } catch (error) {
      this.release(lease);
      throw error;
    }
    return {
      subscribe: (filter, listener) => this.subscribe(lease, filter, listener),
      publish: (topic, text) => {
        this.publish(lease, topic, text);
      },
      release: () => {
        this.release(lease);
      },
    };
  }

  private subscribe(lease: Lease, filter: string, listener: BrokerListener): Promise<void> {
    if (!this.leases.has(lease)) return Promise.reject(new TransportError('not-open', 'The connection has ended.'));
    lease.listeners.push({ filter, listener });
    this.listeners.set(filter, (this.listeners.get(filter) ?? new Set()).add(listener));
    return new Promise((resolve, reject) => {
      // Asked for again although another listener has it: what is retained comes only after asking.
      this.client.subscribe(filter, { qos: 1 }, (error) => {
        if (!error) resolve();
        else if (this.isOver) reject(new TransportError('unreachable', 'The connection to the broker was lost.'));
        else
          reject(
            new TransportError('not-authorized', `The broker does not let this page listen to ${filter}.`, {
              because: { code: 'broker-refuses-topic', values: { topic: filter } },
            }),
          );
      });
    });
  }

  private publish(lease: Lease, topic: string, text: string): void {
    if (!this.leases.has(lease)) throw new TransportError('not-open', 'The connection has ended.');
    this.client.publish(topic, text, { qos: 0 }, ignore);
  }

  private release(lease: Lease): void {
    if (!this.leases.delete(lease)) return;
    for (const { filter, listener } of lease.listeners) {
      const others = this.listeners.get(filter);
      others?.delete(listener);
      if (others?.size !== 0) continue;
      this.listeners.delete(filter);
      if (this.leases.size > 0) this.client.unsubscribe(filter, ignore);
    }
    if (this.leases.size > 0) return;
    this.isOver = true;
    this.forget();
    // Half open it has nothing to say goodbye to.
    this.client.end(!this.isOpen);
  }

  /** It has ended by itself: everybody is told, once. */
  private end(text: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.forget();
    this.client.end(true);
    const leases = [...this.leases];
    this.leases.clear();
    this.listeners.clear();
    // Those who still wait for the opening hear of it there.
    if (this.isOpen) for (const { onLost } of leases) onLost(text);
  }

  private receive(topic: string, text: string, packet: MqttPacket): void {
    if (this.isRepeated(topic, text, packet)) return;
    const message = { topic, text, isRetained: packet.retain };
    for (const [filter, listeners] of this.listeners) {
      if (isMatch(filter, topic)) for (const listener of [...listeners]) listener(message);
    }
  }

  private isRepeated(topic: string, text: string, { dup, messageId }: MqttPacket): boolean {
    if (messageId === undefined) return false;
    const content = `${topic}\n${text}`;
    if (dup && this.recent.get(messageId) === content) return true;
    this.recent.delete(messageId);
    this.recent.set(messageId, content);
    const [oldest] = this.recent.keys();
    if (this.recent.size > REMEMBERED && oldest !== undefined) this.recent.delete(oldest);
    return false;
  }
}

/** Only that nobody waits for it: an end of the connection is heard anyway. */
const ignore = (): void => undefined;

/** A name that no other client of the broker has: a broker ends the older one of two with the same. */
function newClientId(): string {
  const digits = crypto.getRandomValues(new Uint8Array(8));
  // At most 23 letters and digits are taken everywhere (MQTT 3.1.1 section 3.1.3.1).
  return `magtek${Array.from(digits, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function openingError(cause: Error & { readonly code?: unknown }): TransportError {
  return REFUSALS.has(cause.code)
    ? new TransportError('not-authorized', 'The broker does not accept the user name or password.', {
        cause,
        because: { code: 'broker-refuses-user' },
      })
    : notReached({ cause });
}

const notReached = (options: ErrorOptions = {}): TransportError =>
  new TransportError('unreachable', 'The connection to the broker could not be opened.', {
    ...options,
    because: { code: 'broker-not-reached' },
  });

/** The promise, or a rejection with the signal's reason, whichever comes first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
