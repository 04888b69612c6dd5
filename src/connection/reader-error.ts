/**
 * The one error of this layer, with a remedy for each code.
 * It does not know how an error is shown.
 */
import type { ResponseStatus } from '../mms/message.js';
import { redactWords } from '../mms/redact.js';
import type { Because } from './because.js';
import { remedyOf } from '../transports/transport.js';
import type { DetailCode } from './detail-code.js';
import { ERRORS_PAGE } from './help-address.js';

interface ErrorKind {
  /** What happened, in a sentence. */
  readonly message: string;
  /** What the person can do next. */
  readonly help: string;
  /** Whether the same call may succeed when it is made again without changing anything. */
  readonly retryable: boolean;
}

/** Every code that a {@link ReaderError} can have, with its default message and remedy. */
export const readerErrors = {
  timeout: {
    message: 'The reader did not answer in time.',
    help: 'Check that the reader is on and idle. The command may still have been carried out: look at the reader before sending it again.',
    retryable: false,
  },
  aborted: {
    message: 'The request was given up by this page.',
    help: 'If it had been sent already, the reader may still carry it out.',
    retryable: true,
  },
  'connection-lost': {
    message: 'The connection to the reader was lost.',
    help: 'Check the reader’s power and network, then connect again. A command that was under way may have been carried out: nothing is sent again by itself.',
    retryable: false,
  },
  'not-connected': {
    message: 'There is no connection to the reader.',
    help: 'Open the connection first.',
    retryable: true,
  },
  unreachable: {
    message: 'The reader could not be reached.',
    help: 'Check the address, and that the reader is on and in the same network. If the address begins with wss, open the same address with https in a new tab and accept its certificate: a page cannot tell an untrusted certificate from a reader that is off.',
    retryable: true,
  },
  offline: {
    message: 'This device has no network.',
    help: 'Connect it to the network of the reader. The connection is opened again as soon as the network is back.',
    retryable: true,
  },
  'mixed-content': {
    message: 'This page was loaded over https and may not open unencrypted connections.',
    help: 'Use a wss address; every reader that speaks WebSocket can be given a certificate. Over ws, such a page can reach this computer itself (localhost), and in Chrome and Edge also a private number such as 192.168.1.7 or a name that ends in .local.',
    retryable: false,
  },
  'permission-needed': {
    message: 'The browser may have to ask whether this page may reach devices of the local network.',
    help: 'Open the connection with a click and allow it if the browser asks. Once that has worked, it is opened by itself. Where the page is in a frame, the page around must pass the permission on: <iframe allow="local-network; loopback-network">.',
    retryable: true,
  },
  'permission-denied': {
    message: 'The browser does not let this page reach devices of the local network.',
    help: 'Where the page is in a frame, the page around must pass the permission on: <iframe allow="local-network; loopback-network">. Otherwise allow “local network”, and for this computer “apps on device”, for this page in the browser’s site settings (the icon beside the address): the connection is then opened by itself.',
    retryable: false,
  },
  'blocked-by-policy': {
    message: 'The security policy of this page forbids the connection.',
    help: "Add the address of the reader to connect-src in the Content-Security-Policy that the page is served with: connect-src 'self' wss://reader.example.",
    retryable: false,
  },
  'certificate-suspected': {
    message: 'The reader answers, but the browser does not seem to trust its certificate.',
    help: 'Open the address of the reader with https in a new tab and accept its certificate, then come back: the connection is tried again. To be rid of the warning, give the reader a certificate that this computer trusts.',
    retryable: true,
  },
  'host-not-allowed': {
    message: 'This page does not allow connections to this host.',
    help: 'Use an address whose host is in the allow-hosts attribute of the reader element, or add the host to it.',
    retryable: false,
  },
  'bad-url': {
    message: 'The address of the reader cannot be used.',
    help: 'Set the url attribute to an address such as wss://reader.example or ws://127.0.0.1:8080.',
    retryable: false,
  },
  'insecure-url': {
    message: 'The address of the reader is not encrypted.',
    help: 'Use a wss address. Unencrypted ws is accepted for this computer only (localhost), or where the allow-insecure attribute is set; from a page loaded over https, browsers open it for few addresses only.',
    retryable: false,
  },
  'in-use': {
    message: 'This reader is in use elsewhere in this browser.',
    help: 'In one page, keep one reader element for each reader and point the other elements to it with their for attribute. If another tab or window uses it, close it there, or take the connection over.',
    retryable: false,
  },
  'not-chosen': {
    message: 'No reader has been chosen for this page yet.',
    help: 'Plug the reader in, open the connection with a click, and choose the reader in the list that the browser shows. Later the page opens it without asking.',
    retryable: true,
  },
  'other-reader': {
    message: 'Another reader is plugged in now.',
    help: 'It is not used by itself. Plug the one from before in again, or open the connection with a click to use this one.',
    retryable: false,
  },
  'not-authorized': {
    message: 'The broker does not let this page in.',
    help: 'Check the user name and password of this page, and what the broker’s access control allows it. It is not tried again by itself.',
    retryable: false,
  },
  'broker-path': {
    message: 'There is no MQTT broker at this address.',
    help: 'Check the path of the address: RabbitMQ is reached at /ws, NATS at /mqtt, others as they are set.',
    retryable: true,
  },
  'broker-version': {
    message: 'The broker speaks no version of MQTT that this page speaks.',
    help: 'Let the broker speak MQTT 5 or 3.1.1. It is not tried again by itself.',
    retryable: false,
  },
  unsupported: {
    message: 'This browser cannot reach the reader in this way.',
    help: 'Readers on USB, serial ports and Bluetooth need Chrome or Edge on a computer and a page loaded over https. Otherwise connect the reader over the network.',
    retryable: false,
  },
  'bad-hex': {
    message: 'The command is not valid hexadecimal.',
    help: 'Use pairs of the digits 0 to 9 and A to F.',
    retryable: false,
  },
  'bad-message': {
    message: 'These bytes are not an MMS message.',
    help: 'Compare the bytes with the command list. Nothing is sent, and what arrived broken is not used.',
    retryable: false,
  },
  rejected: {
    message: 'The reader refused the command.',
    help: 'The detail names the reason. Finish or cancel what the reader is doing, or correct the parameters.',
    retryable: false,
  },
  'not-completed': {
    message: 'The reader ended this without a result.',
    help: 'The cardholder may have cancelled, or the time was over. Ask and start it again.',
    retryable: true,
  },
  'bad-file': {
    message: 'This file cannot be sent to the reader.',
    help: 'The detail says what is wrong with it. Nothing has been sent.',
    retryable: false,
  },
  'bad-amount': {
    message: 'The amount cannot be charged.',
    help: 'Give the amount as a decimal text such as “4.60”, above zero, with no more decimals than the currency has, and the currency as its three-letter code.',
    retryable: false,
  },
  'clear-card-data': {
    message: 'The reader has sent card data in clear.',
    help: 'Nothing of them is given to the host or the form. Have the encryption and the masking of the reader set up again by whoever prepared it. A page that is meant to take such data says so with allow-clear-data.',
    retryable: false,
  },
  'bad-option': {
    message: 'An option cannot be used.',
    help: 'The detail names the option and what it accepts.',
    retryable: false,
  },
  'transaction-in-progress': {
    message: 'Another sale or refund is running.',
    help: 'Wait until it is over, or cancel it.',
    retryable: true,
  },
  'duplicate-transaction': {
    message: 'This transaction id has been used before.',
    help: 'Ask the host how that transaction ended. Use a new id only for another sale or refund: the same one would be made twice.',
    retryable: false,
  },
  'authorize-failed': {
    message: 'The host’s decision could not be obtained.',
    help: 'Ask the host whether the transaction was approved before trying again.',
    retryable: false,
  },
  'unresolved-transaction': {
    message: 'Nobody knows yet how a sale or refund with this reader ended.',
    help: 'Find out before the next one: cancel what the reader still does, ask the host, or enter what you have found out.',
    retryable: false,
  },
  'inquire-failed': {
    message: 'The host could not be asked how the transaction ended.',
    help: 'Ask again in a moment, or find out at the host yourself. Do not start it again before you know.',
    retryable: true,
  },
  'amounts-differ': {
    message: 'The tip, the tax and the total that the reader sent do not add up.',
    help: 'No host was asked for money. Check which tip and tax the reader is set to ask for by itself, then start again.',
    retryable: false,
  },
  'reversal-failed': {
    message: 'The host approved what the card refused, and did not say that it reversed it.',
    help: 'Reverse it at the host: look it up by its id.',
    retryable: false,
  },
  'card-data-used': {
    message: 'The reader sent card data that were used in an earlier transaction.',
    help: 'They do not belong to this transaction, and the host was not asked about them. It goes on: present the card. If it happens again, look for a broker or a relay that delivers messages twice.',
    retryable: false,
  },
  'part-missing': {
    message: 'Code that this needs could not be loaded.',
    help: 'Nothing was sent. Try again; if that does not help, reload the page.',
    retryable: true,
  },
  'listener-failed': {
    message: 'A listener of this page threw an error.',
    help: 'See the cause. Other listeners were still called.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorKind>;

/**
 * Other words for an error where a broker stands between the page and the reader: what failed decides what to look at. The name
 * of each begins with the code of its error.
 */
const brokerErrors = {
  'unreachable-broker': {
    message: 'The broker could not be reached.',
    help: 'Check the address of the broker, that it is running, and that this network lets the page reach it. If the address begins with wss, open the same address with https in a new tab and see whether its certificate is trusted. The reader has nothing to do with it.',
  },
  'unreachable-behind-broker': {
    message: 'The broker is there, but the reader behind it could not be reached.',
    help: 'Check that the reader, or the bridge that publishes it, is on and connected to the broker, that its path is spelled as there, and that this page may send it commands.',
  },
  'connection-lost-broker': {
    message: 'The connection to the broker was lost.',
    help: 'It is opened again by itself. A command that was under way may have been carried out: nothing is sent again by itself. Where it happens again and again, look at the broker and the network of this page, not at the reader.',
  },
} as const satisfies Record<string, Pick<ErrorKind, 'message' | 'help'>>;

/** Names of {@link brokerErrors}. */
export type BrokerErrorName = keyof typeof brokerErrors;

/** Details that say that the broker failed, or the reader behind it: what is added to the code. */
const placeOf: Readonly<Partial<Record<DetailCode, 'broker' | 'behind-broker'>>> = {
  'broker-not-reached': 'broker',
  'broker-busy': 'broker',
  'broker-lost': 'broker',
  'reader-not-at-broker': 'behind-broker',
  'reader-silent': 'behind-broker',
};

/** Which of {@link brokerErrors} has the words; undefined where those of the code fit. */
function brokerErrorName(code: ReaderErrorCode, detail: DetailCode | undefined): BrokerErrorName | undefined {
  const place = detail && placeOf[detail];
  const name = `${code}-${place ?? ''}`;
  return Object.hasOwn(brokerErrors, name) ? (name as BrokerErrorName) : undefined;
}

/** Stable kebab-case reason of a {@link ReaderError}. */
export type ReaderErrorCode = keyof typeof readerErrors;

export interface ReaderErrorOptions {
  /** More about this one case; never card data. */
  readonly detail?: string | undefined;
  /** What `detail` says, as data. */
  readonly because?: Because<DetailCode> | undefined;
  /** The error behind this one. */
  readonly cause?: unknown;
  /** What the reader answered, where it refused. */
  readonly status?: ResponseStatus;
  /** Whether whoever uses the reader would make room if asked. */
  readonly canTakeOver?: boolean;
}

/** What is particular to an error may come from a reader, a host or a person. A key serial number may have digits like a card's. */
function withoutCardNumbers({ detail = '', because }: ReaderErrorOptions): Pick<ReaderErrorOptions, 'because'> & {
  readonly detail: string;
} {
  if (because?.code === 'ksn') return { detail, because };
  const values = Object.entries(because?.values ?? {}).map(([name, value]) => [name, redactWords(value)] as const);
  return {
    detail: redactWords(detail),
    because: because?.values ? { ...because, values: Object.fromEntries(values) } : because,
  };
}

/** Why the client could not do what was asked, and what to do about it. */
export class ReaderError extends Error {
  readonly code: ReaderErrorCode;
  /** What happened, in one sentence that is the same for all errors with these words; `message` adds the detail. */
  readonly summary: string;
  /** What is particular to this case, for people; never card data. Empty where there is nothing to add. */
  readonly detail: string;
  /** What `detail` says, as data for other languages; absent where only the English text is there, or `status` says it. */
  declare readonly because?: Because<DetailCode>;
  /** Whether the same call may succeed when it is simply made again. False where it might make a payment twice. */
  readonly retryable: boolean;
  /** What the person can do next. */
  readonly help: string;
  /** Address of the documentation of this code, the same for all errors with it. */
  readonly url: string;
  /** The words that were used instead of those of the code; absent where they are those of the code. */
  declare readonly wording?: BrokerErrorName;
  /** What the reader answered; present with the code `rejected`. */
  declare readonly status?: ResponseStatus;
  /** Whether `connect({ takeOver: true })` would help: another tab has the reader. Present with the code `in-use`. */
  declare readonly canTakeOver?: boolean;

  constructor(code: ReaderErrorCode, options: ReaderErrorOptions = {}) {
    const { cause, status, canTakeOver } = options;
    const { detail, because } = withoutCardNumbers(options);
    const kind: ErrorKind = readerErrors[code];
    const wording = brokerErrorName(code, because?.code);
    const { message, help } = wording === undefined ? kind : brokerErrors[wording];
    super(detail === '' ? message : `${message} ${detail}`, cause === undefined ? {} : { cause });
    this.name = 'ReaderError';
    this.code = code;
    this.summary = message;
    this.detail = detail;
    this.retryable = kind.retryable;
    this.help = (because && remedyOf(because.code)) ?? help;
    this.url = `${ERRORS_PAGE}#${code}`;
    if (wording !== undefined) this.wording = wording;
    if (because !== undefined) this.because = because;
    if (status !== undefined) this.status = status;
    if (canTakeOver !== undefined) this.canTakeOver = canTakeOver;
  }
}

/** The reader has answered that it does not do what was asked. */
export const rejected = (status: ResponseStatus): ReaderError =>
  new ReaderError('rejected', { detail: `${status.text}.`, status });
