/**
 * The broker of a fleet: a connection that is kept, and what is heard over it. It loads what it needs when it is first opened, and
 * does not know how readers are shown.
 */
import { Connection } from '../../connection/connection.js';
import type { ReaderSnapshot } from '../../connection/connection-state.js';
import type { BrokerCredentials, Presence, ReaderDetails, TopicPatterns } from '../../transports/broker-options.js';
import { destinationOf } from '../../transports/network-address.js';
import { browserEnvironment } from '../../page/browser-environment.js';
import { LazyTransport } from '../../page/lazy-transport.js';

/** Which broker, and what is listened to there. */
export interface FleetBrokerOptions {
  readonly url: string;
  readonly readers: string;
  readonly topics: TopicPatterns | undefined;
  readonly allowInsecure: boolean;
  readonly asksPresence: boolean;
  readonly wantsDetails: boolean;
  /** Asked for each time that the broker is opened. */
  readonly credentials: () => BrokerCredentials | undefined;
}

/** Hears of the broker and its readers, until it is stopped or listens to another one. */
export interface FleetBrokerListener {
  changed(snapshot: ReaderSnapshot): void;
  /** Without a presence the reader was removed. */
  heard(path: string, presence: Presence | undefined): void;
  described(path: string, details: ReaderDetails | undefined): void;
  /** What is published as details of a reader is none. */
  ignored(path: string): void;
  /** This user may not see details. */
  refused(): void;
  /** This user may not see these readers, and sees others. */
  hidden(pattern: string): void;
}

export class FleetBroker {
  private readonly listener: FleetBrokerListener;
  private connection: Connection | undefined;
  /** What is used of the fleet of the transports. */
  private transport: { readonly isBlindToKept: boolean; remove(path: string): Promise<void> } | undefined;

  constructor(listener: FleetBrokerListener) {
    this.listener = listener;
  }

  /** Whether it listens, or tries to. */
  get isListening(): boolean {
    return this.connection !== undefined;
  }

  /** Whether it is one that never names kept statuses for a pattern. */
  get isBlindToKept(): boolean {
    return this.transport?.isBlindToKept === true;
  }

  /** Listens, instead of to what was listened to before. */
  listen({ url, readers, topics, allowInsecure, asksPresence, wantsDetails, credentials }: FleetBrokerOptions): void {
    this.stop();
    const { listener } = this;
    const isCurrent = (): boolean => this.connection === connection;
    const transport = new LazyTransport(async () => {
      const { MqttFleet } = await import('../../transports/mqtt-fleet.js');
      const options = {
        readers,
        topics,
        allowInsecure,
        asksPresence,
        get credentials() {
          return credentials();
        },
        refused: (pattern: string) => {
          if (isCurrent()) listener.hidden(pattern);
        },
        ...(wantsDetails ? { details: detailsTo(listener, isCurrent) } : {}),
      };
      const fleet = new MqttFleet(url, options, (path, presence) => {
        if (isCurrent()) listener.heard(path, presence);
      });
      if (isCurrent()) this.transport = fleet;
      return fleet;
    }, destinationOf(url));
    const connection = new Connection(transport, browserEnvironment(), 'auto', {
      changed: (snapshot) => {
        if (isCurrent()) listener.changed(snapshot);
      },
      closed: () => undefined,
      message: () => undefined,
      noise: () => undefined,
    });
    this.connection = connection;
    this.connect(true);
  }

  stop(): void {
    const { connection } = this;
    this.connection = undefined;
    this.transport = undefined;
    connection?.disconnect();
  }

  /** What goes wrong shows in the state. @param unattended Nobody has asked for it just now. */
  connect(unattended: boolean): void {
    this.connection?.connect({ persist: true, unattended }).catch(() => undefined);
  }

  /** @throws {TransportError} as `MqttFleet.remove` */
  async remove(path: string): Promise<void> {
    await this.transport?.remove(path);
  }
}

/** Passes on what is heard of details while it is wanted. */
const detailsTo = (listener: FleetBrokerListener, isCurrent: () => boolean) => ({
  told: (path: string, details: ReaderDetails | undefined): void => {
    if (isCurrent()) listener.described(path, details);
  },
  ignored: (path: string): void => {
    if (isCurrent()) listener.ignored(path);
  },
  refused: (): void => {
    if (isCurrent()) listener.refused();
  },
});
