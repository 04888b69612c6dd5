/** The event `magtek-inquire`. */
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
 * sale, `{ unknown: true }` leaves it as it is. Cancelling the event forbids everybody else to ask: the `inquire` property of the
 * reader and `status-url`. Dispatched on the reader element.
 */
export class MagtekInquireEvent extends CustomEvent<InquireDetail> {
  static readonly type = 'magtek-inquire';
  private answer: Promise<Inquiry | boolean> | undefined;

  constructor(detail: InquireDetail) {
    super(MagtekInquireEvent.type, { detail, bubbles: true, composed: true, cancelable: true });
  }

  /**
   * Says what the host knows. It must come during the dispatch; a promise may take its time to settle. One that rejects leaves the
   * sale as it is.
   *
   * @throws {Error} `InvalidStateError` when the event was answered already, or is over.
   */
  respondWith(answer: Promise<Inquiry | boolean> | Inquiry | boolean): void {
    if (this.answer || this.eventPhase === Event.NONE) {
      throw new DOMException('The event was answered already, or is over.', 'InvalidStateError');
    }
    this.answer = Promise.resolve(answer);
    this.preventDefault();
    this.stopImmediatePropagation();
  }

  /** What a listener answered; undefined where none did. */
  get response(): Promise<Inquiry | boolean> | undefined {
    return this.answer;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-inquire': MagtekInquireEvent;
  }
}
