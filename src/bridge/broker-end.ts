/**
 * The reader's side of a broker: where commands for one reader arrive, and where its messages and its status go.
 * It moves whole messages as hexadecimal text. It knows nothing of what is in them, and not when to connect again.
 *
 * A command may start a payment, so none may arrive twice or late. Commands are taken with QoS 0, at most once, in a session
 * that ends with its connection: the broker keeps none for a reader that is away. Retained ones are not asked for, and are
 * dropped if they come all the same, as are those marked as sent again, and those that may have been under way for too long.
 * Answers go out with QoS 1 so that a broker under load slows down instead of dropping them; none is sent again over another
 * connection.
 */
import { createHash } from 'node:crypto';
import type { IPublishPacket } from 'mqtt';
import { WebSocket } from 'ws';
import { toHex } from '../mms/hex.js';
import { receiveText } from '../transports/hex-text.js';
import { checkBroker } from '../transports/mqtt.js';
import { isRenamed } from '../transports/mqtt-connection.js';
import { ignore, type MqttClient } from '../transports/mqtt-library.js';
import { unsafeCharacterIn } from '../transports/mqtt-memory.js';
import { openMqtt, type MqttOpened, type MqttSocketConstructor, type MqttVersion } from '../transports/mqtt-opening.js';
import { isRefusal, isTakenOver, type MqttEnd } from '../transports/mqtt-refusal.js';
import { PRESENCE_WORDS, presenceTopics, READER_STATUS, readerTopics } from '../transports/mqtt-topics.js';
import { destinationOf } from '../transports/network-address.js';
import {
  TransportError,
  type CloseReason,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../transports/transport.js';
import { Claim, type BridgeClash } from './claim.js';
import { Description } from './description.js';
import { Freshness } from './freshness.js';

/** A broker, and who we are there. */
export interface BrokerLogin {
  /** `mqtts:`, `mqtt:`, `wss:` or `ws:`; unencrypted ones for this computer only, unless {@link allowInsecure} is set. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Certificates of the authorities to trust instead of the well-known ones, in PEM. */
  readonly ca?: string;
  /** Accepts unencrypted addresses of other hosts. Default false. */
  readonly allowInsecure?: boolean;
}

export interface BrokerEndOptions extends BrokerLogin {
  /** Path of the reader, above its topics. */
  readonly path: string;
  /** Takes the reader over from another bridge that publishes it. Default false: then this one gives up. */
  readonly takeOver?: boolean;
  /** Whether a sale runs at the reader, as far as is known. */
  readonly isSelling: () => boolean;
  /** Gets why a command was not taken. */
  readonly dropped: (why: string) => void;
  /** Gets why a message of the reader was not published. */
  readonly unsent: (why: string) => void;
  /** Hears of another bridge for the same reader. */
  readonly clashed: (clash: BridgeClash) => void;
}

/** Milliseconds that the broker may take to let us in. */
const OPENING_PATIENCE = 10_000;
/** Milliseconds that it may take to confirm the last status. */
const CLOSING_PATIENCE = 2_000;
/** Seconds: the broker publishes the last will after one and a half times as long without a word (MQTT 5 section 3.1.2.10). */
const KEEP_ALIVE = 20;
/** Unconfirmed messages that a broker takes unless it says otherwise (MQTT 5 section 3.2.2.3.3). */
const MOST_UNCONFIRMED = 65_535;
/** How the status is published: kept for pages that come later. */
const KEPT = { qos: 1, retain: true } as const;
/** Lowest reason code that means a refusal (MQTT 5 section 2.4). */
const REFUSALS = 0x80;
/** Milliseconds between two statuses: brokers lose what they keep, and keep it of readers that are gone. */
const STATUS_PERIOD = 60_000;
/**
 * Milliseconds after which the last will of our connection before has come: RabbitMQ publishes it when that connection ends, now and then
 * after the status of the one that took its place.
 */
const LATE_WILL = 3_000;
/** Milliseconds: many bridges of a group do not all answer a question at once. */
const LONGEST_PAUSE = 1_000;

/** One connection to a broker at a time, for one reader. After `close` it can be opened again. */
export class BrokerEnd implements Transport {
  private readonly options: BrokerEndOptions;
  private readonly claim: Claim;
  private client: MqttClient | undefined;
  private opened: MqttOpened | undefined;
  private freshness: Freshness | undefined;
  private sink: TransportSink | undefined;
  private isReaderThere = false;
  private lastClosed: Promise<void> = Promise.resolve();
  /** Messages that wait for the broker to confirm others. */
  private outbox: string[] = [];
  private unconfirmed = 0;
  /** How many the broker lets us have unconfirmed (MQTT 5 section 3.2.2.3.3); the library does not keep to it. */
  private mostUnconfirmed = MOST_UNCONFIRMED;
  private repeating: ReturnType<typeof setTimeout> | undefined;
  /** Whether questions after this bridge may be heard here; some brokers end a connection that asks for too much. */
  private hearsQuestions = true;
  private isAskingForQuestions = false;
  private readonly description: Description;

  constructor(options: BrokerEndOptions) {
    this.options = options;
    this.description = new Description(options.path, options.unsent);
    this.claim = new Claim(options.path);
  }

  get destination(): Destination | undefined {
    return destinationOf(this.options.url);
  }

  /** The version that is spoken; undefined while it is not open. */
  get version(): MqttVersion | undefined {
    return this.opened?.version;
  }

  /** Resolves when what was closed last has told the broker so, or cannot be waited for any longer. */
  get closed(): Promise<void> {
    return this.lastClosed;
  }

  private get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /**
   * Resolves when commands are heard and the status that was announced last is known to the broker.
   * @throws {TransportError} `bad-address`, `insecure-address`, `not-authorized`, `broker-path`, `broker-version`; `already-open`
   * where another bridge publishes this reader; `unreachable` with what the broker said.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The broker is open already or being opened.');
    const { url, allowInsecure = false } = this.options;
    const address = checkBroker(url, allowInsecure);
    readerTopics(this.options.path);
    this.sink = to;
    try {
      await this.lastClosed;
      signal?.throwIfAborted();
      await this.makeSureOfTheReader(address, signal);
      this.throwIfClosed(to);
      await this.openClient(address, to, signal);
    } catch (error) {
      if (this.sink === to) {
        this.client?.end(true);
        this.release();
      }
      throw error;
    }
  }

  /** Publishes a message of the reader. */
  send(bytes: Uint8Array): void {
    if (!this.isOpen) throw new TransportError('not-open', 'The broker is not open.');
    this.outbox.push(toHex(bytes));
    this.empty();
  }

  /** Tells pages, also those that come later, whether the reader is there; an absent broker is told when it comes back. */
  announce(isThere: boolean): void {
    this.isReaderThere = isThere;
    this.publishStatus();
  }

  /** Keeps details of the reader at the broker; an absent broker gets them when it comes back. */
  describe(text: string): void {
    this.description.set(text);
  }

  close(): void {
    const { client, sink, isOpen } = this;
    if (isOpen) this.announce(false);
    this.release();
    if (client) this.lastClosed = isOpen ? finished(client) : Promise.resolve(void client.end(true));
    if (isOpen) sink?.close({ kind: 'requested' });
  }

  private get status(): string {
    return this.isReaderThere ? READER_STATUS.there : READER_STATUS.gone;
  }

  private publishStatus(): void {
    if (!this.opened) return;
    this.opened.client.publish(readerTopics(this.options.path).status, this.status, KEPT, ignore);
    // Not all bridges in the same second.
    this.repeat(STATUS_PERIOD * (0.9 + 0.2 * Math.random()));
  }

  /** Publishes the status again after some milliseconds, instead of when that was due. */
  private repeat(after: number): void {
    clearTimeout(this.repeating);
    this.repeating = setTimeout(() => this.publishStatus(), after);
  }

  private throwIfClosed(to: TransportSink): void {
    if (this.sink !== to) throw new TransportError('not-open', 'It was closed meanwhile.');
  }

  /** @throws {TransportError} `already-open` where another bridge publishes this reader and is not to be replaced. */
  private async makeSureOfTheReader(address: string, signal: AbortSignal | undefined): Promise<void> {
    if (!this.claim.isDue) return;
    const { takeOver = false, clashed } = this.options;
    const opened = await openMqtt(address, { ...this.login(), clientId: this.claim.clientId, prepare: ignore }, signal);
    const result = await this.claim.settle(opened.client, takeOver);
    opened.client.end(true);
    signal?.throwIfAborted();
    if (result === 'refused') {
      clashed('refused');
      throw new TransportError('already-open', `Another bridge publishes ${this.options.path} at this broker.`);
    }
    if (result === 'taken') clashed('took-over');
  }

  private login() {
    const { username, password, ca } = this.options;
    return {
      ...(username === undefined ? {} : { credentials: { username, ...(password === undefined ? {} : { password }) } }),
      ca,
      keepAlive: KEEP_ALIVE,
      patience: OPENING_PATIENCE,
      WebSocket: socketTrusting(ca),
    };
  }

  private async openClient(address: string, to: TransportSink, signal: AbortSignal | undefined): Promise<void> {
    const topics = readerTopics(this.options.path);
    const opened = await openMqtt(
      address,
      {
        ...this.login(),
        // The same for everybody who publishes this reader: the broker ends the older one, and no command runs at two bridges.
        clientId: `magtek${createHash('sha256').update(this.options.path).digest('hex').slice(0, 17)}`,
        will: { topic: topics.status, payload: Buffer.from(READER_STATUS.gone), qos: 1, retain: true },
        // From the first moment: a command may follow the status at once.
        prepare: (client) => {
          client.on('message', (topic, payload, packet) => {
            if (this.client === client) this.take(topic, payload, packet as unknown as IPublishPacket, to);
          });
        },
      },
      signal,
    );
    const { client, connack } = opened;
    if (this.sink !== to) client.end(true);
    this.throwIfClosed(to);
    this.client = client;
    const { status } = this;
    this.freshness = new Freshness(client);
    await ready(opened, topics, status, signal);
    this.throwIfClosed(to);
    this.opened = opened;
    this.claim.opened();
    this.outbox = [];
    this.unconfirmed = 0;
    // One place is for the status, one for the details.
    this.mostUnconfirmed = Math.max(1, (connack.properties?.receiveMaximum ?? MOST_UNCONFIRMED) - 2);
    this.watch(opened, to);
    this.hearQuestions(client);
    // The reader may have come or gone meanwhile.
    if (this.status !== status) this.publishStatus();
    this.repeat(LATE_WILL);
  }

  private empty(): void {
    const { client } = this;
    while (client && this.unconfirmed < this.mostUnconfirmed) {
      const text = this.outbox.shift();
      if (text === undefined) return;
      this.unconfirmed++;
      client.publish(readerTopics(this.options.path).message, text, { qos: 1 }, (error) => {
        if (this.client !== client) return;
        if (error) this.options.unsent(`the broker did not take it: ${error.message}`);
        this.unconfirmed--;
        this.empty();
      });
    }
  }

  private take(topic: string, payload: Uint8Array, packet: IPublishPacket, to: TransportSink): void {
    const { path, dropped } = this.options;
    const { command } = readerTopics(path);
    const text = Buffer.from(payload).toString();
    if (topic === command) {
      const why = whyNot(packet) ?? this.freshness?.whyNot();
      if (why === undefined) receiveText(text, to);
      else dropped(why);
      return;
    }
    if (isRenamed(command, topic)) {
      dropped(`it came as ${topic}: this broker changes the name, because of “${unsafeCharacterIn(path) ?? ''}” in it`);
      return;
    }
    const { own, group } = presenceTopics(path);
    if (topic !== own && topic !== group) return;
    if (text === PRESENCE_WORDS.details) this.description.repeat();
    if (this.claim.isRival(text)) this.options.clashed('rivalled');
    const answer = this.claim.answerTo(text, this.options.isSelling());
    if (answer === 'gone') this.giveWay(to);
    else if (answer !== undefined) {
      this.client?.publish(own, answer, { qos: 0 }, ignore);
      setTimeout(() => this.publishStatus(), Math.random() * LONGEST_PAUSE);
    }
  }

  /** Another bridge has been told to take the reader over, and says so. */
  private giveWay(to: TransportSink): void {
    const { client } = this;
    this.options.clashed('replaced');
    this.release();
    client?.end(true);
    to.close(this.replaced());
  }

  private replaced(): CloseReason {
    return { kind: 'taken-over', text: `Another bridge publishes ${this.options.path} now.` };
  }

  /** Not every user may: then nobody asks, and this bridge works all the same. */
  private hearQuestions(client: MqttClient): void {
    // One after the other: where the broker ends the connection, it is known over what.
    const describe = (): void => {
      this.isAskingForQuestions = false;
      if (this.client === client) this.description.opened(client);
    };
    if (!this.hearsQuestions) return describe();
    const { own, group } = presenceTopics(this.options.path);
    this.isAskingForQuestions = true;
    let open = group === undefined ? 1 : 2;
    for (const topic of [own, group]) {
      if (topic === undefined) continue;
      client.subscribe(topic, { qos: 0 }, () => {
        if (--open === 0 && this.client === client && client.connected) describe();
      });
    }
  }

  /** Waits for the end of a connection. */
  private watch({ client, end }: MqttOpened, to: TransportSink): void {
    client.on('close', () => {
      // What has not been sent yet must not be sent to a broker that comes back.
      client.end(true);
      if (this.client !== client) return;
      if (this.isAskingForQuestions) this.hearsQuestions = false;
      this.description.lost(isRefusal(end));
      this.claim.lost();
      this.release();
      if (isTakenOver(end)) {
        this.options.clashed('replaced');
        to.close(this.replaced());
      } else to.close({ kind: 'lost', ...lossOf(end) });
    });
  }

  private release(): void {
    clearTimeout(this.repeating);
    this.freshness?.stop();
    this.freshness = undefined;
    this.description.closed();
    this.client = undefined;
    this.opened = undefined;
    this.sink = undefined;
    this.isAskingForQuestions = false;
  }
}

/** What is known of a loss, for people. */
const lossOf = ({ socket, error }: MqttEnd): Partial<CloseReason> =>
  socket && socket.code !== ABNORMAL_CLOSURE
    ? { code: socket.code, text: socket.reason }
    : { text: error?.message ?? 'The connection to the broker was lost.', because: { code: 'broker-lost' } };

/** Close code of a WebSocket that ended without a close frame (RFC 6455 section 7.4.1). */
const ABNORMAL_CLOSURE = 1006;

function whyNot({ retain, dup }: IPublishPacket): string | undefined {
  if (retain) return 'it was kept by the broker, from nobody knows when';
  return dup ? 'it may have arrived before' : undefined;
}

/** A class for WebSockets that trust these authorities. */
function socketTrusting(ca: string | undefined): MqttSocketConstructor {
  return class extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { perMessageDeflate: false, ...(ca === undefined ? {} : { ca }) });
    }
  };
}

/** Resolves when the broker delivers commands and has the status; rejects with the words of whoever refused. */
function ready(
  { client, end }: MqttOpened,
  { command, status }: { readonly command: string; readonly status: string },
  words: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (how: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const refuse = (isForbidden: boolean, text: string): void => {
      settle(() => reject(new TransportError(isForbidden ? 'not-authorized' : 'unreachable', text, causeOf(end))));
    };
    const onAbort = (): void => settle(() => reject(signal?.reason as Error));
    let under = command;
    signal?.addEventListener('abort', onAbort, { once: true });
    client.on('close', () => {
      const unsafe = unsafeCharacterIn(under);
      if (isRefusal(end)) refuse(true, forbids(under === command, under));
      else if (unsafe !== undefined)
        refuse(false, `The broker ended the connection over ${under}; not every broker takes “${unsafe}” in a name.`);
      else refuse(false, end.error?.message ?? 'The broker ended the connection.');
    });
    client.subscribe(command, { qos: 0, rh: 2 }, (error, granted = []) => {
      if (isSettled) return;
      if (error || granted.some(({ qos }) => qos >= REFUSALS)) {
        // A connection that has ended says why by its end.
        setTimeout(() => refuse(true, forbids(true, command)));
        return;
      }
      under = status;
      client.publish(status, words, KEPT, (unpublished) => {
        if (unpublished) setTimeout(() => refuse(true, forbids(false, status)));
        else settle(resolve);
      });
    });
  });
}

const causeOf = ({ error }: MqttEnd): ErrorOptions => (error === undefined ? {} : { cause: error });

const forbids = (isHearing: boolean, topic: string): string =>
  isHearing
    ? `The broker does not let us hear the commands on ${topic}.`
    : `The broker does not let us publish the status on ${topic}.`;

/** Ends a connection once the broker has confirmed what was published; or after a moment. */
function finished(client: MqttClient): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      client.end(true, done);
    }, CLOSING_PATIENCE);
    client.end(false, done);
  });
}
