/**
 * The events of a client as DOM events, dispatched on the reader element: a class each, so that TypeScript knows its `detail`.
 * Those that do more than carry one have files of their own.
 */
import type {
  DisplayDetail,
  ErrorDetail,
  MessageDetail,
  NotificationDetail,
  ResponseDetail,
  SelectionRequestDetail,
  StateDetail,
} from '../client/client-events.js';
import { DetailEvent } from './detail-event.js';
import type { HealthDetail } from '../mms/views/health.js';
import type { BarcodeData } from '../mms/views/barcode.js';
import type { PinData } from '../mms/views/pin.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { ButtonData, TouchData } from '../mms/views/touch.js';
import type { CardDataDetail, CardDetail } from '../transactions/card.js';
import type {
  ResolvedTransaction,
  ReversalRequest,
  TransactionResult,
  TransactionUpdate,
} from '../transactions/transaction.js';

/** The state of the connection has changed. */
export class MagtekStateChangeEvent extends DetailEvent<StateDetail> {
  static override readonly type = 'magtek-state-change';
}

/** A message travelled, in clear: for the page’s own code. It does not bubble, so that it reaches only who asks for it. */
export class MagtekMessageEvent extends DetailEvent<MessageDetail> {
  static override readonly type = 'magtek-message';

  constructor(detail: MessageDetail) {
    super(detail, { bubbles: false, composed: false });
  }
}

/** The reader has answered a request of this page. */
export class MagtekResponseEvent extends DetailEvent<ResponseDetail> {
  static override readonly type = 'magtek-response';
}

/** The reader tells something unasked. */
export class MagtekNotificationEvent extends DetailEvent<NotificationDetail> {
  static override readonly type = 'magtek-notification';
}

/** A card was presented, inserted, swiped, removed or detected. */
export class MagtekCardEvent extends DetailEvent<CardDetail> {
  static override readonly type = 'magtek-card';
}

/** The encrypted data of a card: an ARQC for the host, or the batch of a finished sale. */
export class MagtekCardDataEvent extends DetailEvent<CardDataDetail> {
  static override readonly type = 'magtek-card-data';
}

/** What the reader shows, or asks its host to show. */
export class MagtekDisplayEvent extends DetailEvent<DisplayDetail> {
  static override readonly type = 'magtek-display';
}

/** A reader without a display asks for a choice of the cardholder, an application of the card for example. */
export class MagtekSelectionRequestEvent extends DetailEvent<SelectionRequestDetail> {
  static override readonly type = 'magtek-selection-request';
}

/** A PIN was entered at the reader: the encrypted block for the host, never the PIN. */
export class MagtekPinEvent extends DetailEvent<PinData> {
  static override readonly type = 'magtek-pin';
}

/** A barcode was read. Its text is data of a stranger: show it as text, never follow it. */
export class MagtekBarcodeEvent extends DetailEvent<BarcodeData> {
  static override readonly type = 'magtek-barcode';
}

/** A signature was drawn at the reader and fetched. */
export class MagtekSignatureEvent extends DetailEvent<SignatureData> {
  static override readonly type = 'magtek-signature';
}

/** The idle reader's screen was touched, where such events are switched on. */
export class MagtekTouchEvent extends DetailEvent<TouchData> {
  static override readonly type = 'magtek-touch';
}

/** A button on the reader's screen was pressed. */
export class MagtekButtonEvent extends DetailEvent<ButtonData> {
  static override readonly type = 'magtek-button';
}

/** The reader has reported its battery, temperature, tampering, a lock or a restart. */
export class MagtekHealthEvent extends DetailEvent<HealthDetail> {
  static override readonly type = 'magtek-health';
}

/** A sale has entered another phase. */
export class MagtekTransactionChangeEvent extends DetailEvent<TransactionUpdate> {
  static override readonly type = 'magtek-transaction-change';
}

/** A sale is over. */
export class MagtekTransactionCompleteEvent extends DetailEvent<TransactionResult> {
  static override readonly type = 'magtek-transaction-complete';
}

/** The host approved a sale and the card refused it (full EMV): the money must be given back. */
export class MagtekReversalNeededEvent extends DetailEvent<ReversalRequest> {
  static override readonly type = 'magtek-reversal-needed';
}

/** It is known now how a sale ended that had no outcome: by the host, the reader, or a person. */
export class MagtekTransactionResolvedEvent extends DetailEvent<ResolvedTransaction> {
  static override readonly type = 'magtek-transaction-resolved';
}

/** Something went wrong; the detail says what to do. */
export class MagtekErrorEvent extends DetailEvent<ErrorDetail> {
  static override readonly type = 'magtek-error';
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-state-change': MagtekStateChangeEvent;
    'magtek-message': MagtekMessageEvent;
    'magtek-response': MagtekResponseEvent;
    'magtek-notification': MagtekNotificationEvent;
    'magtek-card': MagtekCardEvent;
    'magtek-card-data': MagtekCardDataEvent;
    'magtek-display': MagtekDisplayEvent;
    'magtek-selection-request': MagtekSelectionRequestEvent;
    'magtek-pin': MagtekPinEvent;
    'magtek-barcode': MagtekBarcodeEvent;
    'magtek-signature': MagtekSignatureEvent;
    'magtek-touch': MagtekTouchEvent;
    'magtek-button': MagtekButtonEvent;
    'magtek-health': MagtekHealthEvent;
    'magtek-transaction-change': MagtekTransactionChangeEvent;
    'magtek-transaction-complete': MagtekTransactionCompleteEvent;
    'magtek-transaction-resolved': MagtekTransactionResolvedEvent;
    'magtek-reversal-needed': MagtekReversalNeededEvent;
    'magtek-error': MagtekErrorEvent;
  }
}
