/**
 * The contract of a sale with those who ask for one: its phases, its facts and its result, and how a host is asked. Types only.
 */
import type { TransactionType } from '../mms/commands/start-transaction.js';
import type { CardBrand } from '../mms/views/card-brand.js';
import type { EntryMode } from '../mms/views/card-data.js';
import type { EmvFacts } from '../mms/views/emv-facts.js';
import type { Because } from '../connection/because.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { Amounts } from './amounts.js';
import type { CardDataDetail } from './card.js';
import type { DecidedOutcome, Decision } from './outcome.js';

/** How far a sale has come. */
export type TransactionPhase = 'starting' | 'waiting-for-card' | 'reading' | 'authorizing' | 'finishing' | 'done';

/** What a sale is. */
export type SaleType = TransactionType;

/**
 * How the reader is set: `quick-chip`, it answers the card itself and the host decides alone; `full-emv`, it waits for the host's
 * answer, and card and host must agree.
 */
export type Flow = 'quick-chip' | 'full-emv';

/**
 * Who has a card tried in another way that could not be read as it should be: `off`, the reader alone, as it is set; `host`, this page
 * too. See `StartTransactionOptions.fallback`.
 */
export type FallbackMode = 'off' | 'host';

/** Why a sale needs another attempt at the reader: the stripe of a chip card was swiped, or the chip could not be read. */
export type AttemptReason = 'chip-swiped' | 'chip-unreadable';

/** An attempt at the reader of a sale with `fallback: 'host'`: a start of its own. */
export interface SaleAttempt {
  /** From 1. */
  readonly number: number;
  /** How a card may be presented: `insert tap`. */
  readonly accept: string;
  /** Why the one before was not the last; absent in the first. */
  readonly because?: AttemptReason;
}

/** The attempts of a sale with `fallback: 'host'`. */
export interface SaleAttempts {
  /** How often the reader was started for the sale. */
  readonly count: number;
  /** Why another one was needed, in order. */
  readonly because: readonly AttemptReason[];
}

/** The stripe was read in place of a chip. */
export interface StripeFallback {
  /** `technical`: the chip could not be read. `msr`: what DFDF53 calls fallback to the stripe. */
  readonly kind: 'technical' | 'msr';
  /** Who says so: the `reader`, in its card data (DFDF53); or the `page`, which has counted the attempts. */
  readonly saidBy: 'reader' | 'page';
}

/** The card of a sale, as receipts show it. */
export interface CardFacts {
  /** At most the first six and last four digits; empty where the reader sent none. */
  readonly maskedPan: string;
  /** Empty where the reader does not leave them. */
  readonly last4: string;
  readonly brand?: CardBrand;
  readonly entryMode: EntryMode;
}

/** What is known of a sale: the card once one was read, all else from the beginning. */
export interface SaleFacts {
  /** Version of these facts: a change of their meaning makes it 2. */
  readonly schema: 1;
  readonly transactionId: string;
  readonly type: SaleType;
  /** Of a refund: which earlier sale it gives back, as the page has named it for the host. */
  readonly originalReference?: string;
  /** When it was started: ISO 8601 in UTC, `2026-11-28T23:41:00.000Z`. */
  readonly dateTime: string;
  /** What the host is asked for: `amounts.total`, and as it was given to the start where that is all. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly amounts: Amounts;
  /** Of a sale with `fallback: 'host'`, from its first start on. */
  readonly attempts?: SaleAttempts;
  /** Of a sale with `fallback: 'host'` whose card was a stripe in place of a chip. Otherwise `arqc.fallback` alone says it. */
  readonly fallback?: StripeFallback;
  readonly card?: CardFacts;
  /** What receipts show of a chip card, as far as the reader or the host gives it in clear. */
  readonly emv?: EmvFacts;
}

/** What a host is asked. */
export interface AuthorizeRequest extends SaleFacts {
  /** The encrypted card data. They never contain the card number in clear. */
  readonly arqc: CardDataDetail;
  /** Aborted when the answer does not matter any more. */
  readonly signal: AbortSignal;
}

/**
 * Asks the host: a decision or a boolean, at once or as a promise. Undefined, at once, means that this hook does not ask;
 * null that nobody is to be asked here, whatever other hooks there are. The outcome is then `deferred`. Anything else than a
 * decision makes it `unknown`.
 */
export type Authorize = (
  request: AuthorizeRequest,
) => Promise<Decision | boolean> | Decision | boolean | null | undefined;

/** How the card took the host's answer, as the reader's batch says it; `unknown` where nobody here has heard it. */
export type CardHeard = 'accepted' | 'refused' | 'unknown';

/** A sale that was started and whose outcome is `unknown`, or whose money must be given back. */
export interface UnresolvedTransaction {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  readonly type?: SaleType;
  readonly originalReference?: string;
  readonly amounts?: Amounts;
  /** When it was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How far it had come when it was last seen. */
  readonly phase: TransactionPhase;
  /** Whether card data for the host had been read: then it may have been charged. */
  readonly arqc: boolean;
  /**
   * What counts beside a host that says later that it approved: the card in full EMV, and whatever was heard that contradicts such
   * an answer. Absent where the host decides alone.
   */
  readonly card?: CardHeard;
  /** Its outcome is known: the host approved it and the card refused. Nobody has said yet that the money was given back. */
  readonly reversalNeeded?: true;
  /** Only this page knows of it: the storage is full or forbidden. When the page is gone, it is forgotten. */
  readonly unstored?: true;
  /** Names the reader: its address where it has one. Sales of readers that are not named are those of every reader. */
  readonly reader?: string;
  /** Present while it runs: names the run. The page that runs it holds that name, so that others know when it is gone. */
  readonly owner?: string;
  /**
   * Present while it runs: when it must have ended at the latest, in milliseconds since 1970. Pages that cannot know whether the
   * owner is there go by it.
   */
  readonly runningUntil?: number;
}

/** What a host is asked about a sale whose outcome is not known here. */
export interface InquireRequest {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  /** Of a refund: which earlier sale it gives back. */
  readonly originalReference?: string;
  /** Aborted when the answer does not matter any more. */
  readonly signal: AbortSignal;
}

/** What a host knows of a sale: its decision, or that it has none. `outcome` is how the host kit says it. */
export type Inquiry = Decision | { readonly unknown: true } | { readonly outcome: 'unknown' };

/**
 * Asks the host how a sale ended, at once or as a promise; a boolean is a decision. Undefined, at once, means that this hook
 * does not ask; null that nobody is to be asked here, whatever other hooks there are.
 */
export type Inquire = (request: InquireRequest) => Promise<Inquiry | boolean> | Inquiry | boolean | null | undefined;

/** What came of asking the host. */
export interface InquiryResult {
  readonly transactionId: string;
  /** `unknown`: the host does not know either, or not yet; or see `because`. */
  readonly outcome: 'approved' | 'declined' | 'unknown';
  /**
   * Why it is not what the host has decided. `card-refused`: the card refused the sale that the host approved, which is `declined`, and
   * the money must be given back. `card-silent`: it takes the card too, and nobody here has heard it, or what was heard contradicts the
   * host: `unknown` until a person settles it.
   */
  readonly because?: Because<'card-refused' | 'card-silent'>;
  /** What the host has decided; absent where that is unknown. */
  readonly decision?: Decision;
  /** Words of the host for people. */
  readonly message?: string;
}

/** How a sale without an outcome came to have one. */
export interface Resolution {
  /**
   * Who found out: the `host`; the `reader`, which accepted a cancel of a sale without card data; a person, by `hand`; or the
   * `page`, which says no more.
   */
  readonly via: 'host' | 'reader' | 'hand' | 'page';
  /** Whether money has moved; absent where the page does not say. */
  readonly approved?: boolean;
  /** What the host has decided, where it did. */
  readonly decision?: Decision;
  /** Who found out by hand. Card numbers in it are hidden. */
  readonly by?: string;
  /** How that person knows. Card numbers in it are hidden. */
  readonly how?: string;
}

/**
 * A sale that is not unresolved any more. Where it was one whose money had to be given back (`reversalNeeded`), the host has given it
 * back or somebody has settled that.
 */
export interface ResolvedTransaction
  extends
    Resolution,
    Pick<
      UnresolvedTransaction,
      | 'transactionId'
      | 'amount'
      | 'currency'
      | 'type'
      | 'originalReference'
      | 'amounts'
      | 'startedAt'
      | 'card'
      | 'reversalNeeded'
    > {}

/** A sale that the host approved and the card refused: the money must be given back. */
export interface ReversalRequest extends SaleFacts {
  /** What the host was asked about. Absent where the page was loaded anew since then: card data are not kept. */
  readonly arqc?: CardDataDetail;
  /** Holds what the host needs for the reversal, encrypted (F3) [DM p86]. A hook gets none with card data in clear that may not leave. */
  readonly batch?: CardDataDetail;
  /** It was told before, by a page that could not do it to its end: of the card nothing is known here any more. */
  readonly again?: true;
}

/**
 * Tells the host to take the money of a sale back, once: it is called again where it rejects, takes longer than a minute or does not
 * say `true` or `{approved: true}`, and after a reload. `signal` is aborted when this try is over. Undefined, at once, means that this
 * hook does not do it: then the sale is kept until {@link Resolution} says how it was settled. Null, at once, that it is done elsewhere
 * and not to be kept.
 */
export type Reverse = (
  request: ReversalRequest & { readonly signal?: AbortSignal },
) => Promise<Decision | boolean> | Decision | boolean | null | undefined;

/** What the host has said about money; each where it said it. */
export interface HostFacts {
  /** Decimal text of what was approved: less than `amount` where the host approved a part. Only with the outcome `approved`. */
  readonly approvedAmount?: string;
  /** Authorisation response code of the issuer (8A), two characters. */
  readonly responseCode?: string;
  /** Authorisation code of the issuer, for the receipt. */
  readonly authorizationCode?: string;
  /** By what the host finds the sale again, for the receipt. */
  readonly reference?: string;
}

/** The encrypted card data, as a host gets them. */
export interface CardDataText {
  /** How the card was read. */
  readonly via: CardDataDetail['via'];
  readonly serialNumber: string;
  /** At most the first six and last four digits. */
  readonly maskedPan: string;
  /** Key serial number of the encrypted data, in hexadecimal. */
  readonly ksn: string;
  /** Encryption type byte, in hexadecimal. */
  readonly encryption: string;
  /** The whole ARQC as gateways expect it, in hexadecimal: two length bytes, F9, padding, MAC. */
  readonly arqc: string;
}

/** A sale as far as it is known when it is written down. The outcome is missing while the host is being asked. */
export interface TransactionData extends SaleFacts, Partial<CardDataText>, HostFacts, Partial<DecidedOutcome> {
  /** The whole batch as the reader sent it, in hexadecimal, as the ARQC. */
  readonly batch?: string;
  readonly error?: { readonly code: string; readonly detail: string; readonly because?: Because<string> };
}

/** How a sale ended. `JSON.stringify` makes a {@link TransactionData} of it. */
export interface TransactionResult extends SaleFacts, HostFacts, DecidedOutcome {
  readonly arqc?: CardDataDetail;
  readonly batch?: CardDataDetail;
  /** What went wrong, where something did. */
  readonly error?: ReaderError;
}

/** One step of a sale. */
export interface TransactionUpdate {
  readonly transactionId: string;
  readonly phase: TransactionPhase;
  /** Of a sale with `fallback: 'host'`: the attempt that runs or is to come. With each one the phases begin again. */
  readonly attempt?: SaleAttempt;
}

/** How an unresolved sale is asked about. */
export interface InquiryOptions {
  /** Asks the host; default that of the client. */
  readonly inquire?: Inquire;
  /** Takes the money back where the host approved and the card had refused; default that of the client. */
  readonly reverse?: Reverse;
  readonly signal?: AbortSignal;
  /** Seconds that the host may take. Default 60. */
  readonly timeout?: number;
}

/** How money is given back. */
export interface ReversalOptions {
  /** Has the host give the money back; default that of the sale, or of the client. */
  readonly reverse?: Reverse;
}
