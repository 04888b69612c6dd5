/** The event `magtek-barcode`. */
import type { BarcodeData } from '../mms/views/barcode.js';

/** A barcode was read. Its text is data of a stranger: show it as text, never follow it. Dispatched on the reader element. */
export class MagtekBarcodeEvent extends CustomEvent<BarcodeData> {
  static readonly type = 'magtek-barcode';

  constructor(detail: BarcodeData) {
    super(MagtekBarcodeEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-barcode': MagtekBarcodeEvent;
  }
}
