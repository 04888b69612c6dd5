/**
 * Connections to MQTT brokers, each shared by all that use the same broker with the same credentials: a page with a hundred
 * readers opens one. It knows topics and texts, and nothing of readers or of what is in messages.
 *
 * **Nothing is sent twice.** What is published goes out with QoS 0, at most once: with QoS 1 a broker may deliver a message
 * again, and may keep it for a reader that is away and deliver it an hour later; a payment would start twice, or when nobody
 * stands there any more. A command that gets lost is noticed, because it is not answered. A connection that is lost is
 * never opened again by the library: it ends with everything in it, and whoever needs it leases another one. The session is
 * clean, so that neither side keeps anything for later. Where the broker speaks MQTT 5, a command carries the seconds after which
 * it is not handed on any more.
 *
 * **What is listened to comes with QoS 1**, where the publisher uses it too: a broker drops messages of QoS 0 when the page is
 * slow, and a card that was read must not get lost on the way. The price is that a message may come again. Within one clean
 * session it then has the DUP flag and the same packet identifier (MQTT 3.1.1, sections 3.3.1.1 and 4.3.2), and is dropped here.
 *
 * **One forbidden topic must not take the others with it.** Some brokers end the connection for it. What was under way then is
 * asked for again over a connection of its own, until it is certain which topic it was: that one fails, the others go on.
 */
import type { BrokerCredentials } from './broker-options.js';
import { ignore, type MqttClient, type MqttPacket } from './mqtt-library.js';
import { BrokerMemory, unsafeCharacterIn, type Verdict } from './mqtt-memory.js';
import { LARGEST_PACKET, openMqtt, type MqttOpened, type MqttSocketConstructor } from './mqtt-opening.js';
import { isRefusal, type MqttEnd } from './mqtt-refusal.js';
import { isMatch } from './mqtt-topics.js';
import { TransportError, type CloseReason } from './transport.js';

export interface Broker {
  /** Its address, checked. */
  readonly url: string;
  readonly credentials?: BrokerCredentials | undefined;
  /** The class for its WebSocket; in Node, where the library has one of its own, without it less is known of a failure. */
  readonly WebSocket?: MqttSocketConstructor | undefined;
  /** Certificates of the authorities to trust, in PEM; in Node only. */
  readonly ca?: string | undefined;
}

/** What was published. */
export interface BrokerMessage {
  readonly topic: string;
  readonly text: string;
  /** Whether the broker had kept it: it was published before this page listened. */
  readonly isRetained: boolean;
}

export type BrokerListener = (message: BrokerMessage) => void;

/** Why a connection has ended by itself. */
export type BrokerLoss = Pick<CloseReason, 'text' | 'because' | 'error'>;

/** What a lease is for. */
export interface LeaseOptions {
  /** What it will listen to. */
  readonly filters: readonly string[];
  /** What it may publish to. */
  readonly topics: readonly string[];
  /** The connection has ended by itself; nothing is heard after it. */
  readonly onLost: (loss: BrokerLoss) => void;
  /** Over a connection of its own: what is asked for is often forbidden, and a sale may be running over the other. Default false. */
  readonly isApart?: boolean;
}

/** One user's part of a connection. After `release` nothing is heard any more. */
export interface BrokerLease {
  /** Whether the broker has shown itself to be one that never delivers what it has kept to a pattern: RabbitMQ before 3.13. */
  readonly keepsFromPatterns: boolean;
  /**
   * Listens; resolves when the broker has confirmed it.
   * @param filter a topic, or a pattern with `+`
   * @throws {TransportError} `not-authorized` when the broker refuses, `unreachable` when the connection ends before.
   */
  subscribe(filter: string, listener: BrokerListener): Promise<void>;
  /** Sends at most once; nothing tells whether it arrives. @throws {TransportError} `not-open` */
  publish(topic: string, text: string): void;
  /** Removes what the broker keeps of a topic; resolves when it has confirmed that. @throws {TransportError} `not-authorized`, `unreachable` */
  forget(topic: string): Promise<void>;
  /** What was published to a topic was answered: it is allowed. */
  answered(topic: string): void;
  release(): void;
}

/**
 * Seconds of silence after which a broker may take this page for gone, and half as long again. Twice as long as a hidden page's
 * timers may sleep in Chromium. A dead connection is noticed much earlier: by a request that nobody answers.
 */
const KEEPALIVE = 120;

/**
 * Milliseconds between signs of life. RabbitMQ and nginx end a WebSocket on which nothing has come for 60 s, whatever was agreed
 * with the broker. A page that has been hidden for long sends one a minute, as its timers sleep: docs/mqtt.md says what to set.
 */
const PING_PERIOD = 25_000;

/** Milliseconds for the broker to say yes or no to an opening. */
const OPENING_PATIENCE = 20_000;

/** Milliseconds for it to confirm a subscription. One that it answers with what is not an answer is never confirmed. */
const SUBSCRIBING_PATIENCE = 15_000;

/**
 * Seconds after which a broker that speaks MQTT 5 hands a command on no more: less than a page waits for an answer, so that a
 * start never comes out of a broker's queue when its page has given the sale up.
 */
const COMMAND_EXPIRY = 4;

/** Milliseconds after a publish in which the end of a connection may be the broker's answer to it. */
const ANSWERING_TIME = 2_000;

/** How many messages are remembered to tell repeated ones: more than a broker sends without an acknowledgement. */
const REMEMBERED = 256;

/** Bytes that are passed on of a packet that is too large. */
const SHOWN_OF_TOO_LARGE = 1_024;

const connections = new Map<string, SharedConnection>();
const memories = new Map<string, BrokerMemory>();

/**
 * A part of the connection to a broker, which is opened if nobody has it yet, and closed when the last one lets go.
 * @throws {TransportError} `unreachable`, `not-authorized`, `broker-path`, `broker-version`, `mixed-content` or `bad-address`;
 * the signal's reason when aborted
 */
export async function leaseConnection(
  broker: Broker,
  options: LeaseOptions,
  signal?: AbortSignal,
): Promise<BrokerLease> {
  signal?.throwIfAborted();
  const key = JSON.stringify([broker.url, broker.credentials?.username, broker.credentials?.password, broker.ca]);
  let memory = memories.get(key);
  if (!memory) memories.set(key, (memory = new BrokerMemory()));
  if (options.isApart === true || memory.needsOwnConnection(options.filters, options.topics))
    return new SharedConnection(broker, memory, ignore).lease(options, signal);
  let connection = connections.get(key);
  if (!connection) {
    const made = new SharedConnection(broker, memory, () => {
      if (connections.get(key) === made) connections.delete(key);
    });
    connections.set(key, (connection = made));
  }
  return connection.lease(options, signal);
}

interface Lease extends LeaseOptions {
  /** What it listens to: one listener for each call. */
  readonly listeners: { readonly filter: string; readonly listener: BrokerListener }[];
}

class SharedConnection {
  private client: MqttClient | undefined;
  private readonly memory: BrokerMemory;
  private readonly forget: () => void;
  private readonly opened: Promise<MqttOpened>;
  private readonly opening = new AbortController();
  private readonly leases = new Set<Lease>();
  /** Listeners by filter, in the order in which they came. */
  private readonly listeners = new Map<string, Set<BrokerListener>>();
  /** Filters that the broker has not confirmed yet, and how often each was asked for. */
  private readonly pending = new Map<string, number>();
  /** When something was published last, by topic; only what the end of the connection may be an answer to. */
  private readonly published = new Map<string, number>();
  /** What arrived last, by packet identifier. */
  private readonly recent = new Map<number, string>();
  private pings: ReturnType<typeof setInterval> | undefined;
  private isOver = false;

  constructor(broker: Broker, memory: BrokerMemory, forget: () => void) {
    this.memory = memory;
    this.forget = forget;
    this.opened = this.open(broker);
    // Those who wait are told one by one.
    this.opened.catch(ignore);
  }

  async lease(options: LeaseOptions, signal: AbortSignal | undefined): Promise<BrokerLease> {
    const lease: Lease = { ...options, listeners: [] };
    this.leases.add(lease);
    let opened: MqttOpened;
    try {
      opened = await untilAborted(this.opened, signal);
    } catch (error) {
      this.release(lease);
      throw error;
    }
    return {
      keepsFromPatterns: opened.refusedNewer === 'silently',
      subscribe: (filter, listener) => this.subscribe(lease, filter, listener),
      publish: (topic, text) => this.publish(lease, topic, text),
      forget: (topic) => this.remove(lease, topic),
      answered: (topic) => {
        this.published.delete(topic);
        this.memory.allowed(topic, false);
      },
      release: () => this.release(lease),
    };
  }

  private async open({ url, credentials, WebSocket, ca }: Broker): Promise<MqttOpened> {
    try {
      const opened = await openMqtt(
        url,
        {
          clientId: newClientId(),
          credentials,
          keepAlive: KEEPALIVE,
          patience: OPENING_PATIENCE,
          WebSocket,
          ca,
          prepare: (client) => {
            client.on('message', (topic, payload, packet) => this.receive(topic, payload, packet));
          },
        },
        this.opening.signal,
      );
      const { client, end } = opened;
      this.client = client;
      client.on('error', () => this.end(end));
      client.on('close', () => this.end(end));
      this.pings = setInterval(() => client.sendPing(), PING_PERIOD);
      return opened;
    } catch (error) {
      this.isOver = true;
      this.forget();
      throw error;
    }
  }

  private subscribe(lease: Lease, filter: string, listener: BrokerListener): Promise<void> {
    const { client } = this;
    if (!client || !this.leases.has(lease)) return Promise.reject(ended());
    lease.listeners.push({ filter, listener });
    this.listeners.set(filter, (this.listeners.get(filter) ?? new Set()).add(listener));
    this.pending.set(filter, (this.pending.get(filter) ?? 0) + 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        // It has answered with what the library cannot read, and nothing after that is read either.
        this.end({ error: new Error('The broker did not confirm a subscription.'), reasonCode: NOT_AUTHORIZED });
      }, SUBSCRIBING_PATIENCE);
      // Asked for again although another listener has it: what is retained comes only after asking.
      client.subscribe(filter, { qos: 1 }, (error, granted = []) => {
        clearTimeout(timer);
        if (this.isOver) {
          // Why, the lease is told.
          reject(new TransportError('unreachable', LOST, { because: { code: 'broker-lost' } }));
          return;
        }
        const others = (this.pending.get(filter) ?? 1) - 1;
        if (others > 0) this.pending.set(filter, others);
        else this.pending.delete(filter);
        if (error || granted.some(({ qos }) => qos >= REFUSALS)) {
          // NATS says no more of a name that it does not take; those that take it forbid without a word.
          reject(unsafeCharacterIn(filter) === undefined ? forbidden(filter) : badName(filter));
          return;
        }
        this.memory.allowed(filter, true);
        resolve();
      });
    });
  }

  private publish(lease: Lease, topic: string, text: string): void {
    if (!this.client || !this.leases.has(lease)) throw ended();
    this.published.set(topic, performance.now());
    this.client.publish(topic, text, { qos: 0, properties: { messageExpiryInterval: COMMAND_EXPIRY } }, ignore);
  }

  private remove(lease: Lease, topic: string): Promise<void> {
    const { client } = this;
    if (!client || !this.leases.has(lease)) return Promise.reject(ended());
    this.published.set(topic, performance.now());
    return new Promise((resolve, reject) => {
      // A connection that is lost would leave it unsettled: the library never says so.
      const timer = setTimeout(() => {
        reject(new TransportError('unreachable', LOST, { because: { code: 'broker-lost' } }));
      }, SUBSCRIBING_PATIENCE);
      client.publish(topic, '', { qos: 1, retain: true }, (error) => {
        clearTimeout(timer);
        this.published.delete(topic);
        if (error) reject(forbidden(topic));
        else resolve();
      });
    });
  }

  private release(lease: Lease): void {
    if (!this.leases.delete(lease)) return;
    for (const { filter, listener } of lease.listeners) {
      const others = this.listeners.get(filter);
      others?.delete(listener);
      if (others?.size !== 0) continue;
      this.listeners.delete(filter);
      if (this.leases.size > 0) this.client?.unsubscribe(filter, ignore);
    }
    if (this.leases.size > 0) return;
    this.isOver = true;
    clearInterval(this.pings);
    this.forget();
    this.opening.abort(ended());
    this.client?.end(false);
  }

  /** It has ended by itself: everybody is told, once. */
  private end(how: MqttEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.pings);
    this.forget();
    const verdicts = this.memory.ended(this.suspects(), isRefusal(how));
    const leases = [...this.leases];
    this.leases.clear();
    this.listeners.clear();
    for (const { filters, topics, onLost } of leases) {
      const offence = [...filters, ...topics].find((topic) => verdicts.has(topic));
      const verdict = offence === undefined ? undefined : verdicts.get(offence);
      if (offence === undefined || verdict === undefined) onLost({ text: LOST, because: { code: 'broker-lost' } });
      else onLost(lossOver(offence, verdict, topics.includes(offence)));
    }
    this.client?.end(true);
  }

  /** The topics that the end of the connection may be an answer to. */
  private suspects(): string[] {
    const now = performance.now();
    const published = [...this.published].filter(([, at]) => now - at < ANSWERING_TIME).map(([topic]) => topic);
    return [...new Set([...this.pending.keys(), ...published])];
  }

  private receive(topic: string, payload: Uint8Array, packet: MqttPacket): void {
    // A broker of MQTT 5 keeps larger ones back. Of others the beginning is enough to see that it is not a message.
    const isTooLarge = payload.byteLength > LARGEST_PACKET;
    const shown = isTooLarge ? payload.subarray(0, SHOWN_OF_TOO_LARGE) : payload;
    const text = `${new TextDecoder().decode(shown)}${isTooLarge ? '…' : ''}`;
    if (this.isRepeated(topic, text, packet)) return;
    const message = { topic, text, isRetained: packet.retain };
    let isHeard = false;
    for (const [filter, listeners] of this.listeners) {
      if (!isMatch(filter, topic)) continue;
      isHeard = true;
      for (const listener of [...listeners]) listener(message);
    }
    if (!isHeard) this.notHeard(topic);
  }

  /** RabbitMQ makes a level of a dot, so that what was asked for comes under another name. */
  private notHeard(topic: string): void {
    for (const lease of [...this.leases]) {
      const filter = lease.listeners.map((one) => one.filter).find((one) => isRenamed(one, topic));
      if (filter === undefined) continue;
      this.release(lease);
      lease.onLost(lossOver(filter, 'bad-name', false));
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

/** Lowest reason code that means a refusal (MQTT 5 section 2.4); 3.1.1 has only this one (section 3.9.3). */
const REFUSALS = 0x80;
/** MQTT 5 section 2.4. */
const NOT_AUTHORIZED = 0x87;

const LOST = 'The connection to the broker was lost.';

const ended = (): TransportError => new TransportError('not-open', 'The connection has ended.');

const forbidden = (topic: string): TransportError =>
  new TransportError('not-authorized', `The broker does not let this page listen to ${topic}.`, {
    because: { code: 'broker-refuses-topic', values: { topic } },
  });

const forbiddenCommand = (topic: string): TransportError =>
  new TransportError('not-authorized', `The broker does not let this page publish to ${topic}.`, {
    because: { code: 'broker-refuses-command', values: { topic } },
  });

/** A broker that changes names, or ends the connection over them. */
const badName = (path: string): TransportError =>
  new TransportError('bad-address', `This broker does not take the name ${path}.`, {
    because: { code: 'broker-refuses-name', values: { path } },
  });

function lossOver(topic: string, verdict: Verdict, isPublished: boolean): BrokerLoss {
  const error = verdict === 'bad-name' ? badName(topic) : isPublished ? forbiddenCommand(topic) : forbidden(topic);
  return { text: error.message, because: error.because, error };
}

/** Whether a topic is what a broker makes of a filter that has dots or stars in it. */
export const isRenamed = (filter: string, topic: string): boolean =>
  /[.*]/.test(filter) && filter !== topic && isMatch(filter.replaceAll('.', '/').replaceAll('*', '+'), topic);

/** A name that no other client of the broker has: a broker ends the older one of two with the same. */
function newClientId(): string {
  const digits = crypto.getRandomValues(new Uint8Array(8));
  // At most 23 letters and digits are taken everywhere (MQTT 3.1.1 section 3.1.3.1).
  return `magtek${Array.from(digits, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The promise, or a rejection with the signal's reason, whichever comes first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
