/** The event `magtek-inquire`. */
import { AnsweredEvent } from './detail-event.js';
import type { Inquiry } from '../transactions/transaction.js';

export interface InquireDetail {
  readonly transactionId: string;
  /** As it was given to the start. */
  readonly amount: string;
  readonly currency: string;
  /** Of a refund: which earlier sale it gives back. */
  readonly originalReference?: string;
}

/**
 * Nobody here knows how a sale ended, and the host is to be asked. A listener answers with `respondWith`: a decision resolves the
 * sale, `{ unknown: true }` or a promise that rejects leaves it as it is. Cancelling the event forbids everybody else to ask: the `inquire` property of the
 * reader and `status-url`. Dispatched on the reader element.
 */
export class MagtekInquireEvent extends AnsweredEvent<InquireDetail, Inquiry | boolean> {
  static override readonly type = 'magtek-inquire';
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-inquire': MagtekInquireEvent;
  }
}
