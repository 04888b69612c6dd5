/** The event `magtek-card-data`. */
import type { CardDataDetail } from '../transactions/card.js';

/** The encrypted data of a card: an ARQC for the host, or the batch of a finished sale. Dispatched on the reader element. */
export class MagtekCardDataEvent extends CustomEvent<CardDataDetail> {
  static readonly type = 'magtek-card-data';

  constructor(detail: CardDataDetail) {
    super(MagtekCardDataEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-card-data': MagtekCardDataEvent;
  }
}
