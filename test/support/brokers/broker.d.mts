/** A broker that a test has started, of whichever kind. */

/** What a user of the broker may do, in filters of MQTT (`+`, `#`). */
export interface BrokerUser {
  readonly password: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export interface AnyBrokerOptions {
  /** By name; nobody else gets in. Default: everybody gets in and may do everything. */
  readonly users?: Readonly<Record<string, BrokerUser>>;
  /** Whether retained messages outlive a restart, where the broker can be told. Default true. */
  readonly persistence?: boolean;
}

export interface AnyBroker {
  readonly kind: BrokerKind;
  /** Its WebSocket address, with the path that it serves. */
  readonly url: string;
  /** `mqtt://127.0.0.1:…` */
  readonly tcpUrl: string;
  log(): readonly string[];
  pid(): number | undefined;
  stop(options?: { readonly hard?: boolean }): Promise<void>;
  start(): Promise<void>;
  /** Connections stay and nothing travels any more. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good and removes what it kept. */
  close(): Promise<void>;
}

export type BrokerKind = 'mosquitto' | 'rabbitmq' | 'nats' | 'aedes';
