/** The event `magtek-signature`. */
import type { SignatureData } from '../mms/views/signature.js';

/** A signature was drawn at the reader and fetched. Dispatched on the reader element. */
export class MagtekSignatureEvent extends CustomEvent<SignatureData> {
  static readonly type = 'magtek-signature';

  constructor(detail: SignatureData) {
    super(MagtekSignatureEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-signature': MagtekSignatureEvent;
  }
}
