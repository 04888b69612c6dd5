/**
 * The reader's side of a broker: where commands for one reader arrive, and where its messages and its status go.
 * It moves whole messages as hexadecimal text. It knows nothing of what is in them, and not when to connect again.
 *
 * A command may start a payment, so none may arrive twice or late. Commands are taken with QoS 0, at most once, in a session
 * that ends with its connection: the broker keeps none for a reader that is away. Retained ones are not asked for, and are
 * dropped if they come all the same, as are those marked as sent again. Answers go out with QoS 1 so that a broker under load
 * slows down instead of dropping them; none is sent again over another connection.
 */
import { createHash } from 'node:crypto';
import { connect, type IClientOptions, type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt';
import { toHex } from '../mms/hex.js';
import { receiveText } from '../transports/hex-text.js';
import { checkBroker } from '../transports/mqtt.js';
import { READER_STATUS, readerTopics, type ReaderTopics } from '../transports/mqtt-topics.js';
import { destinationOf } from '../transports/network-address.js';
import {
  TransportError,
  type CloseReason,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../transports/transport.js';

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
  /** Gets why a command was not taken. */
  readonly dropped: (why: string) => void;
  /** Gets why a message of the reader was not published. */
  readonly unsent: (why: string) => void;
}

/** Milliseconds that the broker may take to let us in. */
const OPENING_PATIENCE = 10_000;
/** Milliseconds that it may take to confirm the last status. */
const CLOSING_PATIENCE = 2_000;
/** Seconds: the broker publishes the last will after one and a half times as long without a word (MQTT 5 section 3.1.2.10). */
const KEEP_ALIVE = 20;
/** Bytes of the largest packet that is taken: the largest known message, a bitmap, has 214 KiB, here in hexadecimal [PJ]. */
const LARGEST_PACKET = 2_097_152;
/** Unconfirmed messages that a broker takes unless it says otherwise (MQTT 5 section 3.2.2.3.3). */
const MOST_UNCONFIRMED = 65_535;
/** How the status is published: kept for pages that come later. */
const KEPT = { qos: 1, retain: true } as const;
/** Lowest reason code that means a refusal (MQTT 5 section 2.4). */
const REFUSALS = 0x80;
/** Another client has come under the same name (MQTT 5 section 3.14.2.1). */
const SESSION_TAKEN_OVER = 0x8e;

/** One connection to a broker at a time, for one reader. After `close` it can be opened again. */
export class BrokerEnd implements Transport {
  private readonly options: BrokerEndOptions;
  private client: MqttClient | undefined;
  private sink: TransportSink | undefined;
  private isOpen = false;
  private isReaderThere = false;
  private lastClosed: Promise<void> = Promise.resolve();
  /** Messages that wait for the broker to confirm others. */
  private outbox: string[] = [];
  private unconfirmed = 0;
  /** How many the broker lets us have unconfirmed (MQTT 5 section 3.2.2.3.3); the library does not keep to it. */
  private mostUnconfirmed = MOST_UNCONFIRMED;

  constructor(options: BrokerEndOptions) {
    this.options = options;
  }

  get destination(): Destination | undefined {
    return destinationOf(this.options.url);
  }

  /** Resolves when what was closed last has told the broker so, or cannot be waited for any longer. */
  get closed(): Promise<void> {
    return this.lastClosed;
  }

  /**
   * Resolves when commands are heard and the status that was announced last is known to the broker.
   * @throws {TransportError} `bad-address`, `insecure-address`; `unreachable` with what the broker said.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The broker is open already or being opened.');
    const { url, allowInsecure = false, path } = this.options;
    const topics = readerTopics(path);
    const address = checkBroker(url, allowInsecure);
    this.sink = to;
    try {
      await this.lastClosed;
      signal?.throwIfAborted();
      if (this.sink !== to) throw new TransportError('not-open', 'It was closed meanwhile.');
      const client = connect(address, clientOptions(this.options, topics));
      this.client = client;
      const { status } = this;
      // From the first moment: a command may follow the status at once.
      this.hear(client, topics, to);
      const { properties } = await opened(client, topics, status, signal);
      // Closed in the same moment.
      if (this.client !== client) throw new TransportError('not-open', 'It was closed meanwhile.');
      this.isOpen = true;
      this.outbox = [];
      this.unconfirmed = 0;
      // One place is for the status.
      this.mostUnconfirmed = Math.max(1, (properties?.receiveMaximum ?? MOST_UNCONFIRMED) - 1);
      this.watch(client, to);
      // The reader came or went meanwhile.
      if (this.status !== status) this.announce(this.isReaderThere);
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
    if (this.isOpen) this.client?.publish(readerTopics(this.options.path).status, this.status, KEPT);
  }

  private get status(): string {
    return this.isReaderThere ? READER_STATUS.there : READER_STATUS.gone;
  }

  close(): void {
    const { client, sink, isOpen } = this;
    if (isOpen) this.announce(false);
    this.release();
    if (client) this.lastClosed = isOpen ? finished(client) : Promise.resolve(void client.end(true));
    if (isOpen) sink?.close({ kind: 'requested' });
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

  private hear(client: MqttClient, topics: ReaderTopics, to: TransportSink): void {
    client.on('message', (topic, payload, packet) => {
      if (this.client !== client || topic !== topics.command) return;
      const why = whyNot(packet);
      if (why === undefined) receiveText(payload.toString(), to);
      else this.options.dropped(why);
    });
  }

  /** Waits for the end of a connection that stands. */
  private watch(client: MqttClient, to: TransportSink): void {
    let reason: CloseReason = { kind: 'lost' };
    client.on('disconnect', ({ reasonCode = 0 }) => {
      if (reasonCode === SESSION_TAKEN_OVER) reason = { kind: 'taken-over' };
    });
    client.on('close', () => {
      // What has not been sent yet must not be sent to a broker that comes back.
      client.end(true);
      if (this.client !== client) return;
      this.release();
      to.close(reason);
    });
    // The library throws what nobody listens to; a close follows.
    client.on('error', ignore);
  }

  private release(): void {
    this.client = undefined;
    this.sink = undefined;
    this.isOpen = false;
  }
}

const ignore = (): void => undefined;

function whyNot({ retain, dup }: IPublishPacket): string | undefined {
  if (retain) return 'it was kept by the broker, from nobody knows when';
  return dup ? 'it may have arrived before' : undefined;
}

function clientOptions({ path, username, password, ca }: BrokerEndOptions, topics: ReaderTopics): IClientOptions {
  return {
    protocolVersion: 5,
    // The same for everybody who publishes this reader: the broker ends the older one, and no command runs at two bridges.
    clientId: `magtek${createHash('sha256').update(path).digest('hex').slice(0, 17)}`,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    keepalive: KEEP_ALIVE,
    connectTimeout: OPENING_PATIENCE,
    properties: { maximumPacketSize: LARGEST_PACKET },
    will: { topic: topics.status, payload: Buffer.from(READER_STATUS.gone), qos: 1, retain: true },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** Resolves when the broker delivers commands and has the status; rejects with the words of whoever refused. */
function opened(
  client: MqttClient,
  { command, status }: ReaderTopics,
  words: string,
  signal: AbortSignal | undefined,
): Promise<IConnackPacket> {
  return new Promise((resolve, reject) => {
    let why: unknown;
    const end = (settle: () => void): void => {
      signal?.removeEventListener('abort', onAbort);
      client.off('connect', onConnect).off('error', onError).off('close', onClose);
      // It may still fail while it is being ended.
      client.on('error', ignore);
      settle();
    };
    const refuse = (cause: unknown): void => {
      end(() => {
        reject(new TransportError('unreachable', wordsOf(cause), { cause }));
      });
    };
    const onAbort = (): void => {
      end(() => {
        reject(signal?.reason as Error);
      });
    };
    const onError = (error: unknown): void => {
      why ??= error;
    };
    const onClose = (): void => {
      refuse(why);
    };
    const onConnect = (connack: IConnackPacket): void => {
      client.subscribe(command, { qos: 0, rh: 2 }, (error, granted = []) => {
        if (error || granted.some(({ qos }) => qos >= REFUSALS)) {
          refuse(new Error(`The broker does not let us hear the commands on ${command}.`));
          return;
        }
        client.publish(status, words, KEPT, (unpublished) => {
          if (unpublished) refuse(new Error(`The broker does not let us publish the status on ${status}.`));
          else
            end(() => {
              resolve(connack);
            });
        });
      });
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    client.on('connect', onConnect).on('error', onError).on('close', onClose);
  });
}

const wordsOf = (cause: unknown): string => {
  if (cause instanceof AggregateError) return wordsOf(cause.errors[0]);
  return cause instanceof Error && cause.message !== '' ? cause.message : 'The broker ended the connection.';
};

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
