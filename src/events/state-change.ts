/** The event `magtek-state-change`. */
import type { StateDetail } from '../client/client-events.js';

/** The state of the connection has changed. Dispatched on the reader element. */
export class MagtekStateChangeEvent extends CustomEvent<StateDetail> {
  static readonly type = 'magtek-state-change';

  constructor(detail: StateDetail) {
    super(MagtekStateChangeEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-state-change': MagtekStateChangeEvent;
  }
}
