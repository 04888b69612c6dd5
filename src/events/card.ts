/** The event `magtek-card`. */
import type { CardDetail } from '../transactions/card.js';

/** A card was presented, inserted, swiped, removed or detected. Dispatched on the reader element. */
export class MagtekCardEvent extends CustomEvent<CardDetail> {
  static readonly type = 'magtek-card';

  constructor(detail: CardDetail) {
    super(MagtekCardEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-card': MagtekCardEvent;
  }
}
