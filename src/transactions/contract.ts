/**
 * What a sale is to those who ask for one: its phases, its result, and how a host is asked. Types only.
 */
import type { Because } from '../connection/because.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { CardDataDetail } from './card.js';
import type { Decision, Outcome, ReasonCode } from './outcome.js';

/** How far a sale has come. */
export type TransactionPhase = 'starting' | 'waiting-for-card' | 'reading' | 'authorizing' | 'finishing' | 'done';

/** What a host is asked. */
export interface AuthorizeRequest {
  readonly transactionId: string;
  /** As it was given to the start. */
  readonly amount: string;
  readonly currency: string;
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

/** How a sale ended. */
export interface TransactionResult {
  readonly transactionId: string;
  readonly outcome: Outcome;
  /** Why, for people: the host's own words where it sent some, else English. */
  readonly reason: string;
  /** Why, as data for other languages; absent where the reason is in the host's own words. */
  readonly because?: Because<ReasonCode>;
  readonly amount: string;
  readonly currency: string;
  readonly arqc?: CardDataDetail;
  readonly batch?: CardDataDetail;
  /** What went wrong, where something did. */
  readonly error?: ReaderError;
}

/** One step of a sale. */
export interface TransactionUpdate {
  readonly transactionId: string;
  readonly phase: TransactionPhase;
}
