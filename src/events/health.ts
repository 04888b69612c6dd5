/** The event `magtek-health`. */
import type { HealthDetail } from '../client/health.js';

/** The reader has reported its battery, temperature, tampering, a lock or a restart. Dispatched on the reader element. */
export class MagtekHealthEvent extends CustomEvent<HealthDetail> {
  static readonly type = 'magtek-health';

  constructor(detail: HealthDetail) {
    super(MagtekHealthEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-health': MagtekHealthEvent;
  }
}
