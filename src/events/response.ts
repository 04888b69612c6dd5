/** The event `magtek-response`. */
import type { ResponseDetail } from '../client/client-events.js';

/** The reader has answered a request of this page. Dispatched on the reader element. */
export class MagtekResponseEvent extends CustomEvent<ResponseDetail> {
  static readonly type = 'magtek-response';

  constructor(detail: ResponseDetail) {
    super(MagtekResponseEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-response': MagtekResponseEvent;
  }
}
