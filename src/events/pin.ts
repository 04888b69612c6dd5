/** The event `magtek-pin`. */
import type { PinData } from '../mms/views/pin.js';

/** A PIN was entered at the reader: the encrypted block for the host, never the PIN. Dispatched on the reader element. */
export class MagtekPinEvent extends CustomEvent<PinData> {
  static readonly type = 'magtek-pin';

  constructor(detail: PinData) {
    super(MagtekPinEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-pin': MagtekPinEvent;
  }
}
