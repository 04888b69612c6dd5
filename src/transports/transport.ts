/**
 * The interface of a transport: it moves whole MMS messages. It must not know what is in them, requests and answers, or when
 * to connect again.
 */

/** Why a transport closed. */
export interface CloseReason {
  /**
   * `requested`: `close()` was called here. `lost`: it was open and the other side or the network ended it.
   * `taken-over`: somebody else in this browser has taken the connection over.
   */
  readonly kind: 'requested' | 'lost' | 'taken-over';
  /** The transport's own code where it has one; for a WebSocket the close code (RFC 6455 section 7.4). */
  readonly code?: number;
  /** The words that came with it, as sent by the other side: data, never markup. */
  readonly text?: string;
  /** What the text says, as data, where it is the transport's own. */
  readonly because?: TransportBecause | undefined;
  /** Why it cannot be opened again as it is; absent where trying again may help. */
  readonly error?: TransportError | undefined;
}

/** Where a transport delivers. The calls come in order; none comes after `close`. */
export interface TransportSink {
  /** One whole message. */
  message(bytes: Uint8Array): void;
  /**
   * Something arrived that is not a message: text that is not hexadecimal, or raw bytes that make no sense here.
   * @param because Where the transport itself knows what is wrong: `data` is then its own words for it.
   */
  noise(data: string | Uint8Array, because?: TransportBecause): void;
  /** The transport was open and is so no longer. Not called when `open` rejects. */
  close(reason: CloseReason): void;
}

export interface OpenOptions {
  /** Aborting closes what is half open and rejects `open` with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Ends the connection of whoever else in this browser holds it, where the transport knows of others. Default false. */
  readonly takeOver?: boolean;
  /** Nobody has asked for this just now: the browser must not be made to show a chooser. Default false. */
  readonly unattended?: boolean;
  /**
   * Called with true when a person has to do something first, such as to choose a reader or to plug it in again, and with
   * false when that is over: no time limit counts in between.
   */
  readonly waiting?: (isWaiting: boolean) => void;
}

/** Where the other side of a network is. What a page may do, and what it can know of a failure, depends on it. */
export interface Destination {
  readonly url: string;
  /** Whether it is this computer, which needs no network. */
  readonly isLoopback: boolean;
}

/** One connection to one reader at a time. After `close` it can be opened again. */
export interface Transport {
  /** Where it leads; absent for one that goes over no network, and where the address cannot be used. */
  readonly destination?: Destination | undefined;
  /**
   * Names the reader where somebody else stands between, so that an open transport does not mean that the reader is there: it is
   * asked before the connection counts as ready. Absent where the other side is the reader.
   */
  readonly relayedReader?: string | undefined;
  /**
   * Names the reader where there is no {@link destination}, so that what is kept about it is found again after a reload. Absent
   * for one that lives and ends with the page.
   */
  readonly readerName?: string | undefined;
  /**
   * What the reader is, as the carrier says it while it is open: the product on USB, a part of the path at a broker. Absent where it
   * does not say.
   */
  readonly readerModel?: string | undefined;
  /**
   * Resolves when messages can be sent.
   * @throws {TransportError} when it cannot be opened; the signal's reason when aborted.
   */
  open(to: TransportSink, options?: OpenOptions): Promise<void>;
  /**
   * Sends one whole message.
   * @returns Nothing where that takes no time that counts; else a promise that resolves when all of it is sent, and never
   * rejects: a message that cannot be sent ends the connection.
   * @throws {TransportError} `not-open` when it is not open.
   */
  send(bytes: Uint8Array): void | Promise<void>;
  /** Closes at once; does nothing when it is closed already. */
  close(): void;
  /** As `close`, for a page that is being left: what it holds is free before this returns. Absent where `close` does that. */
  abandon?(): void;
  /**
   * Calls the listener when a reader comes that may be opened without asking, until the returned function is called. Absent
   * where the arrival of readers cannot be noticed.
   */
  onArrival?(listener: () => void): () => void;
}

/** Why a transport could not do what was asked. The client turns it into a `ReaderError` with a remedy. */
export type TransportErrorCode =
  | 'bad-address'
  | 'insecure-address'
  | 'mixed-content'
  | 'unreachable'
  | 'certificate-suspected'
  | 'not-open'
  | 'already-open'
  | 'open-elsewhere'
  | 'other-reader'
  | 'not-chosen'
  | 'not-authorized'
  | 'broker-path'
  | 'broker-version'
  | 'unsupported';

/** What the message of an error says, so that it can be said in other languages; its values are named behind it. */
export type TransportDetailCode =
  /** `address` */
  | 'no-web-socket-address'
  /** `address` */
  | 'no-broker-address'
  | 'address-with-user'
  | 'address-with-fragment'
  /** `host` */
  | 'not-this-computer'
  | 'unencrypted-forbidden'
  | 'browser-refused'
  /** `code` of the close frame. */
  | 'closed-while-connecting'
  /** `address` */
  | 'open-in-page'
  | 'sale-elsewhere'
  | 'open-elsewhere'
  | 'usb-not-allowed'
  | 'usb-forbidden'
  | 'usb-none-chosen'
  | 'usb-open-already'
  | 'usb-not-opened'
  | 'usb-unplugged'
  | 'usb-stalled'
  /** `names` of what was chosen. */
  | 'usb-wrong-device'
  | 'no-web-hid'
  | 'serial-not-allowed'
  | 'serial-none-chosen'
  | 'serial-open-already'
  | 'serial-not-opened'
  | 'serial-unplugged'
  | 'serial-stalled'
  | 'no-web-serial'
  | 'ble-not-allowed'
  | 'ble-none-chosen'
  | 'ble-open-already'
  | 'ble-not-reached'
  | 'ble-lost'
  | 'ble-stalled'
  | 'no-web-bluetooth'
  | 'parts-lost'
  /** Serial numbers: the reader that it `was`, the one that it `is`. */
  | 'another-reader'
  | 'reader-unidentified'
  | 'no-more-clients'
  | 'broker-not-reached'
  | 'broker-busy'
  | 'broker-lost'
  | 'broker-no-version'
  /** `address` */
  | 'broker-not-at-path'
  | 'broker-refuses-user'
  /** `topic` */
  | 'broker-refuses-topic'
  /** `topic` */
  | 'broker-refuses-command'
  /** `path` */
  | 'broker-refuses-name'
  /** `device` */
  | 'reader-not-at-broker'
  /** `device` */
  | 'reader-silent';

/** Those that have a remedy of their own: that of the error's code speaks of a network. */
export type HelpedTransportDetailCode = Extract<
  TransportDetailCode,
  | `${'usb' | 'serial' | 'ble'}-${'stalled' | 'unplugged' | 'not-opened'}`
  | 'usb-forbidden'
  | 'usb-wrong-device'
  | 'parts-lost'
  | 'ble-not-allowed'
  | 'ble-none-chosen'
  | 'ble-not-reached'
  | 'ble-lost'
>;

/** What the words of a transport say, as data. */
export interface TransportBecause {
  readonly code: TransportDetailCode;
  readonly values?: Readonly<Record<string, string>>;
}

export interface TransportErrorOptions extends ErrorOptions {
  /** What the message says, as data. */
  readonly because?: TransportBecause;
}

/** Thrown by transports, and by nothing else. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  /** What the message says, as data; absent where it has no words in other languages. */
  declare readonly because?: TransportBecause;

  /** Recognises errors of other copies of this package too: a transport may come from one. */
  static override [Symbol.hasInstance](value: unknown): value is TransportError {
    return value instanceof Error && value.name === 'TransportError';
  }

  constructor(code: TransportErrorCode, message: string, { because, ...options }: TransportErrorOptions = {}) {
    super(message, options);
    this.name = 'TransportError';
    this.code = code;
    if (because !== undefined) this.because = because;
  }
}

const REMEDIES = Symbol.for('magtek-elements/remedies');
/** By the code of a detail; of all copies of this package: a transport may come from another one. Absent before there is one. */
const place = globalThis as { [REMEDIES]?: Map<string, string> | undefined };

/** Says what to do about single cases, where the remedy of the error's code would lead the wrong way. Not while a module is loaded. */
export function addRemedies(texts: Readonly<Record<string, string>>): void {
  const remedies = (place[REMEDIES] ??= new Map<string, string>());
  for (const [code, text] of Object.entries(texts)) remedies.set(code, text);
}

/** What to do about a case; undefined where that is what its error says. */
export const remedyOf = (code: string): string | undefined => place[REMEDIES]?.get(code);
