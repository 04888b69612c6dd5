/** The event `magtek-touch`. */
import type { TouchData } from '../mms/views/touch.js';

/** The idle reader's screen was touched, where such events are switched on. Dispatched on the reader element. */
export class MagtekTouchEvent extends CustomEvent<TouchData> {
  static readonly type = 'magtek-touch';

  constructor(detail: TouchData) {
    super(MagtekTouchEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-touch': MagtekTouchEvent;
  }
}
