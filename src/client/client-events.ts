/**
 * What a client tells its subscribers: the DOM events of the elements without their prefix.
 * Types only.
 */
import type { Direction, MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import type { TlvNode } from '../mms/tlv.js';
import type { BarcodeData } from '../mms/views/barcode.js';
import type { PinData } from '../mms/views/pin.js';
import type { SelectionPrompt } from '../mms/views/selection.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { TouchData } from '../mms/views/touch.js';
import type { ReaderSnapshot, ReaderState } from './connection-state.js';
import type { ReaderError } from './reader-error.js';
import type { TransactionResult, TransactionUpdate } from './transaction.js';

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

/** How a card meets the reader. */
export type CardInterface = 'contact' | 'contactless' | 'swipe' | 'manual' | 'barcode';

/** What a card did. */
export type CardAction = 'presented' | 'inserted' | 'removed' | 'swiped' | 'detected' | 'collision';

export interface CardDetail {
  readonly via: CardInterface;
  readonly action: CardAction;
  /** Whether the reader was waiting for a card or told it as a user event. */
  readonly during: 'idle' | 'transaction';
  /** Unique id of an NFC tag in hexadecimal, where the reader sent it. It identifies the tag: do not store it. */
  readonly uid?: string;
}

export interface CardDataDetail {
  readonly kind: 'arqc' | 'batch';
  readonly via: 'contact' | 'contactless' | 'swipe' | 'manual';
  /** The sale that it belongs to; empty where no sale was started here. */
  readonly transactionId: string;
  /** The container F9 as a tree. */
  readonly tlv: readonly TlvNode[];
  /** The whole blob as gateways expect it: two length bytes, F9, padding, MAC. */
  readonly bytes: Uint8Array;
  readonly serialNumber: string;
  /** At most the first six and last four digits; empty where the reader sent none. */
  readonly maskedPan: string;
  /** Key serial number of the encrypted data, in hexadecimal. */
  readonly ksn: string;
  /** Encryption type byte, in hexadecimal; its bits are not published. */
  readonly encryption: string;
}

export interface DisplayDetail {
  readonly text: string;
  /** The screen was cleared. */
  readonly clear: boolean;
}

/** A choice that a reader without a display asks its host to offer. The shape of the prompt is not published. */
export interface SelectionRequestDetail extends SelectionPrompt {
  /**
   * Tells the reader which line was chosen, counted from 0; the first call counts.
   * @throws {ReaderError} `rejected` where the reader does not wait for a choice any more, and as `request`.
   */
  readonly select: (index: number) => Promise<void>;
}

export interface ErrorDetail {
  readonly error: ReaderError;
}

/** Names for `subscribe` and what listeners get. */
export interface ClientEvents {
  readonly state: StateDetail;
  /** The state, or what is known of it, has changed: the next try to reconnect, for example. */
  readonly snapshot: ReaderSnapshot;
  readonly message: MessageDetail;
  readonly response: ResponseDetail;
  readonly notification: NotificationDetail;
  readonly card: CardDetail;
  readonly 'card-data': CardDataDetail;
  readonly display: DisplayDetail;
  readonly 'selection-request': SelectionRequestDetail;
  /** A PIN was entered: the encrypted block for the host. */
  readonly pin: PinData;
  readonly barcode: BarcodeData;
  /** A signature was drawn and fetched. */
  readonly signature: SignatureData;
  readonly touch: TouchData;
  readonly transaction: TransactionUpdate;
  readonly 'transaction-complete': TransactionResult;
  readonly error: ErrorDetail;
}
