/** The events of a client: the DOM events of the elements without their prefix. Types only. */
import type { Direction, MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import type { NotificationReadings } from '../mms/views/notification.js';
import type { SelectionPrompt } from '../mms/views/selection.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { ReaderSnapshot, ReaderState } from '../connection/connection-state.js';
import type { Health, HealthDetail } from '../mms/views/health.js';
import type { CardDataDetail } from '../transactions/card.js';
import type { ReaderError } from '../connection/reader-error.js';
import type {
  ResolvedTransaction,
  ReversalRequest,
  TransactionResult,
  TransactionUpdate,
} from '../transactions/transaction.js';
import type { UnresolvedTransaction } from '../transactions/unresolved.js';

export interface StateDetail {
  readonly state: ReaderState;
  readonly previous: ReaderState;
  /** Why, where the new state is the result of something going wrong. */
  readonly error?: ReaderError;
}

export interface MessageDetail {
  readonly direction: Direction;
  /** The message in clear: for the page's own code, never for display. */
  readonly message: MmsMessage;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface ResponseDetail {
  readonly request: MmsRequest;
  readonly response: MmsResponse;
  /** From sending the request to the arrival of the response. */
  readonly milliseconds: number;
}

export interface NotificationDetail {
  readonly notification: MmsNotification;
}

export interface DisplayDetail {
  readonly text: string;
  /** The screen was cleared. */
  readonly clear: boolean;
}

/** A choice that a reader without a display asks its host to offer. The shape of the prompt is not published. */
export interface SelectionRequestDetail extends SelectionPrompt {
  /**
   * Tells the reader which line was chosen, counted from 0; the first answer counts, of this and of `dismiss`.
   * @throws {ReaderError} `rejected` where the reader does not wait for a choice any more, and as `request`.
   */
  readonly select: (index: number) => Promise<void>;
  /**
   * Tells the reader that nothing was chosen, because the cardholder cancelled or the time was over: it aborts the transaction
   * [DP 1802], and the sale ends as `cancelled` or `timed-out`.
   * @throws {ReaderError} as `select`.
   */
  readonly dismiss: (why: 'cancelled' | 'timed-out') => Promise<void>;
}

export interface ErrorDetail {
  readonly error: ReaderError;
}

/** What views need to know of a client, frozen; a new one for each change. */
export interface ClientSnapshot extends ReaderSnapshot {
  /** What the reader has reported of its condition and still holds, newest last; absent where that is nothing. */
  readonly health?: Health;
  /** Sales with this reader whose outcome nobody knows, oldest first; absent where there are none. */
  readonly unresolved?: readonly UnresolvedTransaction[];
}

/** What is told as it was read; the rest comes with more than that. */
type AsRead = Omit<NotificationReadings, 'card-data' | 'display' | 'selection-request'>;

/** Names for `subscribe` and what listeners get. */
export interface ClientEvents extends AsRead {
  readonly state: StateDetail;
  /** The state, or what is known of it, has changed: the next try to reconnect, for example. */
  readonly snapshot: ClientSnapshot;
  readonly message: MessageDetail;
  readonly response: ResponseDetail;
  readonly notification: NotificationDetail;
  readonly 'card-data': CardDataDetail;
  readonly display: DisplayDetail;
  readonly 'selection-request': SelectionRequestDetail;
  /** A signature was drawn and fetched. */
  readonly signature: SignatureData;
  readonly health: HealthDetail;
  readonly transaction: TransactionUpdate;
  readonly 'transaction-complete': TransactionResult;
  /** A sale without an outcome has one now, or was settled by a person; or money that had to be given back was (`reversalNeeded`). */
  readonly 'transaction-resolved': ResolvedTransaction;
  /** The host approved a sale and the card refused it: the money must be given back. After a reload once more, with `again`. */
  readonly 'reversal-needed': ReversalRequest;
  readonly error: ErrorDetail;
}
