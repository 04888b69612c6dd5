/** The event `magtek-selection-request`. */
import type { SelectionRequestDetail } from '../client/client-events.js';

/** A reader without a display asks for a choice of the cardholder, an application of the card for example. Dispatched on the reader element. */
export class MagtekSelectionRequestEvent extends CustomEvent<SelectionRequestDetail> {
  static readonly type = 'magtek-selection-request';

  constructor(detail: SelectionRequestDetail) {
    super(MagtekSelectionRequestEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-selection-request': MagtekSelectionRequestEvent;
  }
}
