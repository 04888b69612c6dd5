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
export class MagtekStateChangeEvent extends CustomEvent<StateDetail> {
  static readonly type = 'magtek-state-change';

  constructor(detail: StateDetail) {
    super(MagtekStateChangeEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A message travelled, in clear: for the page’s own code. It does not bubble, so that it reaches only who asks for it. */
export class MagtekMessageEvent extends CustomEvent<MessageDetail> {
  static readonly type = 'magtek-message';

  constructor(detail: MessageDetail) {
    super(MagtekMessageEvent.type, { detail });
  }
}

/** The reader has answered a request of this page. */
export class MagtekResponseEvent extends CustomEvent<ResponseDetail> {
  static readonly type = 'magtek-response';

  constructor(detail: ResponseDetail) {
    super(MagtekResponseEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The reader tells something unasked. */
export class MagtekNotificationEvent extends CustomEvent<NotificationDetail> {
  static readonly type = 'magtek-notification';

  constructor(detail: NotificationDetail) {
    super(MagtekNotificationEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A card was presented, inserted, swiped, removed or detected. */
export class MagtekCardEvent extends CustomEvent<CardDetail> {
  static readonly type = 'magtek-card';

  constructor(detail: CardDetail) {
    super(MagtekCardEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The encrypted data of a card: an ARQC for the host, or the batch of a finished sale. */
export class MagtekCardDataEvent extends CustomEvent<CardDataDetail> {
  static readonly type = 'magtek-card-data';

  constructor(detail: CardDataDetail) {
    super(MagtekCardDataEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** What the reader shows, or asks its host to show. */
export class MagtekDisplayEvent extends CustomEvent<DisplayDetail> {
  static readonly type = 'magtek-display';

  constructor(detail: DisplayDetail) {
    super(MagtekDisplayEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A reader without a display asks for a choice of the cardholder, an application of the card for example. */
export class MagtekSelectionRequestEvent extends CustomEvent<SelectionRequestDetail> {
  static readonly type = 'magtek-selection-request';

  constructor(detail: SelectionRequestDetail) {
    super(MagtekSelectionRequestEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A PIN was entered at the reader: the encrypted block for the host, never the PIN. */
export class MagtekPinEvent extends CustomEvent<PinData> {
  static readonly type = 'magtek-pin';

  constructor(detail: PinData) {
    super(MagtekPinEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A barcode was read. Its text is data of a stranger: show it as text, never follow it. */
export class MagtekBarcodeEvent extends CustomEvent<BarcodeData> {
  static readonly type = 'magtek-barcode';

  constructor(detail: BarcodeData) {
    super(MagtekBarcodeEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A signature was drawn at the reader and fetched. */
export class MagtekSignatureEvent extends CustomEvent<SignatureData> {
  static readonly type = 'magtek-signature';

  constructor(detail: SignatureData) {
    super(MagtekSignatureEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The idle reader's screen was touched, where such events are switched on. */
export class MagtekTouchEvent extends CustomEvent<TouchData> {
  static readonly type = 'magtek-touch';

  constructor(detail: TouchData) {
    super(MagtekTouchEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A button on the reader's screen was pressed. */
export class MagtekButtonEvent extends CustomEvent<ButtonData> {
  static readonly type = 'magtek-button';

  constructor(detail: ButtonData) {
    super(MagtekButtonEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The reader has reported its battery, temperature, tampering, a lock or a restart. */
export class MagtekHealthEvent extends CustomEvent<HealthDetail> {
  static readonly type = 'magtek-health';

  constructor(detail: HealthDetail) {
    super(MagtekHealthEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A sale has entered another phase. */
export class MagtekTransactionChangeEvent extends CustomEvent<TransactionUpdate> {
  static readonly type = 'magtek-transaction-change';

  constructor(detail: TransactionUpdate) {
    super(MagtekTransactionChangeEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** A sale is over. */
export class MagtekTransactionCompleteEvent extends CustomEvent<TransactionResult> {
  static readonly type = 'magtek-transaction-complete';

  constructor(detail: TransactionResult) {
    super(MagtekTransactionCompleteEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** The host approved a sale and the card refused it (full EMV): the money must be given back. */
export class MagtekReversalNeededEvent extends CustomEvent<ReversalRequest> {
  static readonly type = 'magtek-reversal-needed';

  constructor(detail: ReversalRequest) {
    super(MagtekReversalNeededEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** Something went wrong; the detail says what to do. */
export class MagtekErrorEvent extends CustomEvent<ErrorDetail> {
  static readonly type = 'magtek-error';

  constructor(detail: ErrorDetail) {
    super(MagtekErrorEvent.type, { detail, bubbles: true, composed: true });
  }
}

/** It is known now how a sale ended that had no outcome: by the host, the reader, or a person. */
export class MagtekTransactionResolvedEvent extends CustomEvent<ResolvedTransaction> {
  static readonly type = 'magtek-transaction-resolved';

  constructor(detail: ResolvedTransaction) {
    super(MagtekTransactionResolvedEvent.type, { detail, bubbles: true, composed: true });
  }
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
