/** The event `magtek-error`. */
import type { ErrorDetail } from '../client/client-events.js';

/** Something went wrong; the detail says what to do. Dispatched on the reader element. */
export class MagtekErrorEvent extends CustomEvent<ErrorDetail> {
  static readonly type = 'magtek-error';

  constructor(detail: ErrorDetail) {
    super(MagtekErrorEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-error': MagtekErrorEvent;
  }
}
