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
  /** When it was started: ISO 8601 in UTC, `2026-11-28T23:41:00.000Z`. */
  readonly dateTime: string;
  /** What the host is asked for: `amounts.total`, and as it was given to the start where that is all. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly amounts: Amounts;
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

/** What the host has said about money; each where it said it. */
export interface HostFacts {
  /** Decimal text of what was approved: less than `amount` where the host approved a part. Absent unless it approved. */
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

/** How a sale ended. As JSON it is a {@link TransactionData}. */
export interface TransactionResult extends SaleFacts, HostFacts, DecidedOutcome {
  readonly arqc?: CardDataDetail;
  readonly batch?: CardDataDetail;
  /** What went wrong, where something did. */
  readonly error?: ReaderError;
  /** The same as plain data: `JSON.stringify` uses it. */
  toJSON(): TransactionData;
}

/** One step of a sale. */
export interface TransactionUpdate {
  readonly transactionId: string;
  readonly phase: TransactionPhase;
}
