/** The event `magtek-display`. */
import type { DisplayDetail } from '../client/client-events.js';

/** What the reader shows, or asks its host to show. Dispatched on the reader element. */
export class MagtekDisplayEvent extends CustomEvent<DisplayDetail> {
  static readonly type = 'magtek-display';

  constructor(detail: DisplayDetail) {
    super(MagtekDisplayEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-display': MagtekDisplayEvent;
  }
}
