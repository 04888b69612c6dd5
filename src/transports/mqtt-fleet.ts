/**
 * The readers of a broker, by the statuses that are published of them: which there are, and which of them are there.
 * It opens and is lost like a way to one reader, so that what keeps such a connection keeps this one too; but it carries no
 * messages, and knows nothing of what readers say.
 */
import { checkBroker, socketClass } from './mqtt.js';
import type { BrokerCredentials, Presence, TopicPatterns } from './broker-options.js';
import { leaseConnection, untilAborted, type BrokerLease, type BrokerLoss } from './mqtt-connection.js';
import { FleetDetails, type DetailsListener } from './mqtt-fleet-details.js';
import type { MqttSocketConstructor } from './mqtt-opening.js';
import {
  BOTH_TREES,
  pathOfStatus,
  patternsIn,
  PRESENCE_WORDS,
  presenceOf,
  presenceTopics,
  readerTopics,
  statusFilter,
} from './mqtt-topics.js';
import { destinationOf } from './network-address.js';
import { TransportError, type Destination, type OpenOptions, type Transport, type TransportSink } from './transport.js';

export interface MqttFleetOptions {
  /**
   * Paths of the readers, with `+` for a level that may be any and commas between several, e.g. `MagTek/Shop12/+/+`. Default all
   * below `MagTek`, in both trees of the vendor. RabbitMQ before 3.13 names kept statuses for whole paths only.
   */
  readonly readers?: string | undefined;
  readonly credentials?: BrokerCredentials | undefined;
  /** Topics of readers that are set to others than usual. */
  readonly topics?: TopicPatterns | undefined;
  /** Accepts unencrypted addresses of other hosts than this computer. Default false. */
  readonly allowInsecure?: boolean;
  /** Asks the bridges of each group whether they are there. Default false: readers without a bridge do not know the question. */
  readonly asksPresence?: boolean;
  /** The broker does not let this user hear these of the readers; those of the other patterns and paths are heard. */
  readonly refused?: ((pattern: string) => void) | undefined;
  /** Hears what bridges publish of their readers beside their status; without it that is not asked for. */
  readonly details?: DetailsListener | undefined;
  /** The class for the WebSocket to the broker instead of the platform's. */
  readonly WebSocket?: MqttSocketConstructor | undefined;
  /** In Node: certificates of the authorities to trust at `mqtts:` instead of the well-known ones, in PEM. */
  readonly ca?: string | undefined;
}

/** Hears of one reader. `undefined`: its status was removed from the broker, and with it the reader from the fleet. */
export type PresenceListener = (path: string, presence: Presence | undefined) => void;

/** A pattern or path of readers, and the filter for their statuses. */
interface Asked {
  readonly pattern: string;
  readonly filter: string;
}

/** Milliseconds after which a bridge that has said before that it is there, again and again, has been silent for too long. */
const SILENCE = 150_000;
/** Milliseconds between two looks for such. */
const LOOK_PERIOD = 30_000;

/** Listens to the statuses of many readers at one broker. */
export class MqttFleet implements Transport {
  private readonly url: string;
  private readonly options: MqttFleetOptions;
  private readonly heard: PresenceListener;
  private lease: BrokerLease | undefined;
  private opening: AbortController | undefined;
  private sink: TransportSink | undefined;
  /** Readers of which was said that they are there since the opening: when, and how often. */
  private readonly alive = new Map<string, { at: number; times: number }>();
  private readonly asked = new Set<string>();
  /** Readers whose status has come. */
  private readonly known = new Set<string>();
  private look: ReturnType<typeof setInterval> | undefined;
  private isBlind = false;
  /** Filters that the broker has refused, while it allows others. */
  private readonly forbidden = new Set<string>();
  /** Filters are asked for one after the other: where one ends the connection, it is known which. */
  private isCareful = false;
  private readonly details: FleetDetails | undefined;

  /** @param url Address of the broker: `wss:` or `ws:`; in Node also `mqtts:` or `mqtt:`. Checked when it is opened. */
  constructor(url: string, options: MqttFleetOptions, heard: PresenceListener) {
    this.url = url;
    this.options = options;
    this.heard = heard;
    this.details = options.details && new FleetDetails(options.details);
  }

  get destination(): Destination | undefined {
    return destinationOf(this.url);
  }

  /** Whether patterns are listened to at a broker that never names kept statuses for a pattern: readers appear as they report. */
  get isBlindToKept(): boolean {
    return this.isBlind;
  }

  /**
   * Resolves when the broker has confirmed that the statuses are heard; it tells those that it has kept then or soon after.
   * @throws {TransportError} `unreachable`, `not-authorized`, `broker-path`, `broker-version`, `bad-address`, `insecure-address`,
   * `mixed-content`, `already-open`.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.opening || this.lease) throw new TransportError('already-open', 'It is open already or being opened.');
    const opening = (this.opening = new AbortController());
    const abort = (): void => opening.abort(signal?.reason);
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

  /**
   * Removes the status of a reader that is gone for good from the broker, and with it from every list; also its details, where
   * they are heard.
   * @throws {TransportError} `not-open`, `unreachable`; `not-authorized` where the broker says so, which few do
   */
  async remove(path: string): Promise<void> {
    const { lease } = this;
    if (!lease) throw new TransportError('not-open', 'The fleet is not open.');
    await lease.forget(readerTopics(path, this.options.topics).status);
    await this.details?.forget(path);
  }

  private async subscribe(to: TransportSink, signal: AbortSignal): Promise<void> {
    const { readers = BOTH_TREES, credentials, topics, allowInsecure = false, WebSocket, ca } = this.options;
    const url = checkBroker(this.url, allowInsecure);
    const patterns = patternsIn(readers);
    const asked = patterns.map((pattern) => ({ pattern, filter: statusFilter(pattern, topics) }));
    const allowed = asked.filter(({ filter }) => !this.forbidden.has(filter));
    const filters = allowed.map(({ filter }) => filter);
    if (filters.length === 0) throw new TransportError('bad-address', 'There is no path of a reader to listen to.');
    const lost = (loss: BrokerLoss): void => {
      const wasOpen = this.sink !== undefined;
      this.isCareful = true;
      const { text = '', because, error } = this.withoutForbidden(loss, allowed);
      this.release();
      if (wasOpen) to.close({ kind: 'lost', text, because, error });
      else this.opening?.abort(error ?? new TransportError('unreachable', text, { ...(because ? { because } : {}) }));
    };
    const asking = this.options.asksPresence ? patterns.flatMap(groupQuestion) : [];
    const broker = { url, credentials, WebSocket: socketClass(WebSocket), ca };
    const lease = await leaseConnection(broker, { filters, topics: asking, onLost: lost }, signal);
    this.lease = lease;
    this.isBlind = lease.keepsFromPatterns && patterns.some((pattern) => pattern.includes('+'));
    const subscribe = (filter: string): Promise<void> =>
      lease.subscribe(filter, ({ topic, text, isRetained }) => {
        const path = pathOfStatus(topic, topics);
        if (path === undefined) return;
        // An empty retained message is none: so a status is removed (MQTT 3.1.1 section 3.3.1.3).
        this.hear(path, text === '' ? undefined : presenceOf(text), isRetained);
      });
    const heard = await untilAborted(this.subscribeTo(allowed, subscribe), signal);
    // A reader of which nothing is kept is in the list all the same where it was named.
    for (const path of heard) if (!path.includes('+') && !this.known.has(path)) this.heard(path, 'unknown');
    for (const topic of asking) this.ask(topic);
    this.details?.open(broker, heard);
    this.look = setInterval(() => this.lookForSilence(), LOOK_PERIOD);
  }

  /**
   * Asks for all filters. Some brokers answer a forbidden one with a no, others with the end of the connection.
   * @returns the patterns that are heard
   * @throws {TransportError} where none is
   */
  private async subscribeTo(asked: readonly Asked[], subscribe: (filter: string) => Promise<void>): Promise<string[]> {
    const heard: string[] = [];
    const refused: Asked[] = [];
    let refusal: unknown;
    const one = async (each: Asked): Promise<void> => {
      try {
        await subscribe(each.filter);
        heard.push(each.pattern);
      } catch (error) {
        if (!(error instanceof TransportError) || error.code !== 'not-authorized') throw error;
        refusal = error;
        refused.push(each);
      }
    };
    if (this.isCareful) for (const each of asked) await one(each);
    else await Promise.all(asked.map(one));
    if (heard.length === 0) throw refusal;
    for (const each of refused) this.refuse(each);
    return heard;
  }

  /** A connection that has ended over one of several filters is opened again without it. */
  private withoutForbidden(loss: BrokerLoss, asked: readonly Asked[]): BrokerLoss {
    const { text = '', error } = loss;
    const because = error?.because;
    const topic = because?.code === 'broker-refuses-topic' ? because.values?.['topic'] : undefined;
    const found = asked.find(({ filter }) => filter === topic);
    if (!found || asked.length < 2) return loss;
    this.refuse(found);
    return { text };
  }

  private refuse({ pattern, filter }: Asked): void {
    this.forbidden.add(filter);
    this.options.refused?.(pattern);
  }

  private hear(path: string, presence: Presence | undefined, isRetained: boolean): void {
    this.known.add(path);
    if (presence === 'present' && !isRetained) {
      const times = (this.alive.get(path)?.times ?? 0) + 1;
      this.alive.set(path, { at: performance.now(), times });
    } else this.alive.delete(path);
    this.heard(path, presence === 'present' && isRetained ? 'unconfirmed' : presence);
    if (isRetained && this.options.asksPresence) for (const topic of groupQuestion(path)) this.ask(topic);
  }

  private ask(topic: string): void {
    if (this.asked.has(topic) || !this.lease) return;
    this.asked.add(topic);
    this.lease.publish(topic, PRESENCE_WORDS.who);
    // Others have told those that they have kept.
    if (this.isBlind && this.details) this.lease.publish(topic, PRESENCE_WORDS.details);
  }

  /** Bridges say from time to time that they are there. Readers without a bridge do not, and are not doubted. */
  private lookForSilence(): void {
    const now = performance.now();
    for (const [path, { at, times }] of this.alive) {
      if (times < 2 || now - at < SILENCE) continue;
      this.alive.delete(path);
      this.heard(path, 'unconfirmed');
    }
  }

  private release(): void {
    clearInterval(this.look);
    this.details?.close();
    this.alive.clear();
    this.known.clear();
    this.asked.clear();
    this.lease?.release();
    this.lease = undefined;
    this.sink = undefined;
  }
}

/** Where the bridges of a path's group are asked; none for a group that is a pattern itself. */
function groupQuestion(path: string): string[] {
  const { group } = presenceTopics(path);
  return group === undefined || group.includes('+') ? [] : [group];
}
