/** The event `magtek-notification`. */
import type { NotificationDetail } from '../client/client-events.js';

/** The reader tells something unasked. Dispatched on the reader element. */
export class MagtekNotificationEvent extends CustomEvent<NotificationDetail> {
  static readonly type = 'magtek-notification';

  constructor(detail: NotificationDetail) {
    super(MagtekNotificationEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-notification': MagtekNotificationEvent;
  }
}
