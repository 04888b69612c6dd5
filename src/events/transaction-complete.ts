/** The event `magtek-transaction-complete`. */
import type { TransactionResult } from '../transactions/transaction.js';

/** A sale is over. Dispatched on the reader element. */
export class MagtekTransactionCompleteEvent extends CustomEvent<TransactionResult> {
  static readonly type = 'magtek-transaction-complete';

  constructor(detail: TransactionResult) {
    super(MagtekTransactionCompleteEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-transaction-complete': MagtekTransactionCompleteEvent;
  }
}
