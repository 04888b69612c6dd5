/** The typed event classes, for the entries that publish them. */
export { MagtekStateChangeEvent } from './state-change.js';
export { MagtekMessageEvent } from './message.js';
export { MagtekResponseEvent } from './response.js';
export { MagtekNotificationEvent } from './notification.js';
export { MagtekCardEvent } from './card.js';
export { MagtekCardDataEvent } from './card-data.js';
export { MagtekDisplayEvent } from './display.js';
export { MagtekTransactionChangeEvent } from './transaction-change.js';
export { MagtekTransactionCompleteEvent } from './transaction-complete.js';
export { MagtekErrorEvent } from './error.js';
export { MagtekAuthorizeEvent, type AuthorizeDetail } from './authorize.js';
export { MagtekPinEvent } from './pin.js';
export { MagtekBarcodeEvent } from './barcode.js';
export { MagtekSignatureEvent } from './signature.js';
export { MagtekTouchEvent } from './touch.js';
export { MagtekHealthEvent } from './health.js';
export { MagtekSelectionRequestEvent } from './selection-request.js';
export { MagtekFleetSelectEvent, type FleetSelectDetail } from './fleet-select.js';
