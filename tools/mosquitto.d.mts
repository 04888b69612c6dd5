/** Types of `mosquitto.mjs` for tests. */

export interface BrokerOptions {
  /** Whether retained messages outlive a restart. Default false. */
  readonly persistence?: boolean;
  /** Passwords by name; nobody else gets in. Default everybody gets in. */
  readonly users?: Readonly<Record<string, string>>;
  /** Lines of an access control file. */
  readonly acl?: string;
  /** Says nothing of single messages, of which there may be millions. Default false. */
  readonly isQuiet?: boolean;
  /** Key and certificate in PEM: the TCP listener is encrypted with them. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface Broker {
  /** `ws://127.0.0.1:…` */
  readonly url: string;
  /** `mqtt://127.0.0.1:…`, or `mqtts:` with TLS. */
  readonly tcpUrl: string;
  /** What it has said, a line an entry. It is heard a moment after it happened. */
  log(): readonly string[];
  /** Its process, while it runs. */
  pid(): number | undefined;
  /** How many clients it has let in, and how many are there now. Read from the log. */
  connections(): { readonly accepted: number; readonly open: number };
  /** Ends it; `hard` without a word to anybody. */
  stop(options?: { readonly hard?: boolean }): Promise<void>;
  /** Starts it again on the same ports. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Connections stay and nothing travels any more. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Why there is no broker; undefined where there is one. `npm test` installs it where that is possible. */
export function whyNoBroker(): string | undefined;

export function startMosquitto(options?: BrokerOptions): Promise<Broker>;

/** Path of mosquitto, where it is there. */
export function findMosquitto(): string | undefined;

/** Ports that nobody listens to just now. */
export function freePorts(): Promise<{ readonly tcp: number; readonly ws: number }>;
