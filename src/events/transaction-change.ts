/** The event `magtek-transaction-change`. */
import type { TransactionUpdate } from '../transactions/transaction.js';

/** A sale has entered another phase. Dispatched on the reader element. */
export class MagtekTransactionChangeEvent extends CustomEvent<TransactionUpdate> {
  static readonly type = 'magtek-transaction-change';

  constructor(detail: TransactionUpdate) {
    super(MagtekTransactionChangeEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-transaction-change': MagtekTransactionChangeEvent;
  }
}
