/** The event `magtek-message`. */
import type { MessageDetail } from '../client/client-events.js';

/** A message travelled, in clear: for the page’s own code. It does not bubble, so that it reaches only who asks for it. Dispatched on the reader element. */
export class MagtekMessageEvent extends CustomEvent<MessageDetail> {
  static readonly type = 'magtek-message';

  constructor(detail: MessageDetail) {
    super(MagtekMessageEvent.type, { detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-message': MagtekMessageEvent;
  }
}
