/**
 * Listens to the details of many readers, beside their statuses. A broker may forbid them and allow the statuses, and some end a
 * connection for that; so they are asked for over one of their own, and what becomes of it changes nothing of the fleet.
 */
import type { ReaderDetails } from './broker-options.js';
import { leaseConnection, untilAborted, type Broker, type BrokerLease, type BrokerLoss } from './mqtt-connection.js';
import { detailsTopic, pathOfDetails, readDetailsText, type DetailsFault } from './reader-details.js';
import { TransportError } from './transport.js';

/** Hears of details. */
export interface DetailsListener {
  /** What is known of a reader; undefined where it was removed from the broker. */
  readonly told: (path: string, details: ReaderDetails | undefined) => void;
  /** Something else is there: it was ignored. */
  readonly ignored: (path: string, fault: DetailsFault) => void;
  /** The broker does not let this user hear details. */
  readonly refused: () => void;
}

/** Milliseconds before they are asked for again after a loss. */
const PAUSE = 10_000;

export class FleetDetails {
  private readonly listener: DetailsListener;
  private lease: BrokerLease | undefined;
  private opening: AbortController | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private isRefused = false;
  /** Readers of which the broker has some. */
  private readonly known = new Set<string>();

  constructor(listener: DetailsListener) {
    this.listener = listener;
  }

  /** Begins to listen, and goes on until it is closed. */
  open(broker: Broker, patterns: readonly string[]): void {
    if (this.isRefused) return;
    const opening = (this.opening = new AbortController());
    this.listen(broker, patterns, opening).catch((error: unknown) => {
      if (!opening.signal.aborted) this.failed(error, broker, patterns);
    });
  }

  /** Removes those of a reader from the broker, where it has some. @throws {TransportError} as `BrokerLease.forget` */
  async forget(path: string): Promise<void> {
    if (this.known.has(path)) await this.lease?.forget(detailsTopic(path));
  }

  close(): void {
    this.opening?.abort(new TransportError('not-open', 'The fleet was closed.'));
    this.opening = undefined;
    this.release();
  }

  private async listen(broker: Broker, patterns: readonly string[], { signal }: AbortController): Promise<void> {
    const filters = patterns.map(detailsTopic);
    const onLost = ({ error, text }: BrokerLoss): void => {
      if (!signal.aborted) this.failed(error ?? new TransportError('unreachable', text ?? ''), broker, patterns);
    };
    const lease = await leaseConnection(broker, { filters, topics: [], onLost, isApart: true }, signal);
    this.lease = lease;
    const subscribed = filters.map((filter) =>
      lease.subscribe(filter, ({ topic, text }) => {
        const path = pathOfDetails(topic);
        if (path !== undefined) this.hear(path, text);
      }),
    );
    await untilAborted(Promise.all(subscribed), signal);
  }

  private hear(path: string, text: string): void {
    // An empty retained message is none (MQTT 3.1.1 section 3.3.1.3).
    if (text === '') {
      this.known.delete(path);
      this.listener.told(path, undefined);
      return;
    }
    this.known.add(path);
    const details = readDetailsText(text);
    if (typeof details === 'string') this.listener.ignored(path, details);
    else this.listener.told(path, details);
  }

  private failed(error: unknown, broker: Broker, patterns: readonly string[]): void {
    // A loss is told to the lease and to what waits for its subscription: the second time nobody listens any more.
    this.opening?.abort(error);
    this.release();
    if (error instanceof TransportError && error.code === 'not-authorized') {
      this.isRefused = true;
      this.listener.refused();
      return;
    }
    this.pause = setTimeout(() => this.open(broker, patterns), PAUSE);
  }

  private release(): void {
    clearTimeout(this.pause);
    this.known.clear();
    this.lease?.release();
    this.lease = undefined;
  }
}
