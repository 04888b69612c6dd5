/** The event `magtek-authorize`. */
import type { AuthorizeRequest } from '../transactions/contract.js';
import type { Decision } from '../transactions/outcome.js';

/** A sale as far as it is known, and its encrypted card data. */
export type AuthorizeDetail = Omit<AuthorizeRequest, 'signal'>;

/**
 * A card was read and the host is to decide. A listener answers with `respondWith`; without one the outcome is `deferred`.
 * Cancelling the event forbids everybody else to answer: the `authorize` property of the reader and `authorize-url`.
 * Dispatched on the reader element.
 */
export class MagtekAuthorizeEvent extends CustomEvent<AuthorizeDetail> {
  static readonly type = 'magtek-authorize';
  private answer: Promise<Decision | boolean> | undefined;

  constructor(detail: AuthorizeDetail) {
    super(MagtekAuthorizeEvent.type, { detail, bubbles: true, composed: true, cancelable: true });
  }

  /**
   * Says who decides. The promise must come during the dispatch; it may take its time to settle. A rejection makes the
   * outcome `unknown`, never `declined`.
   *
   * @throws {Error} `InvalidStateError` when the event was answered already, or is over.
   */
  respondWith(answer: Promise<Decision | boolean> | Decision | boolean): void {
    if (this.answer || this.eventPhase === Event.NONE) {
      throw new DOMException('The event was answered already, or is over.', 'InvalidStateError');
    }
    this.answer = Promise.resolve(answer);
    this.preventDefault();
    this.stopImmediatePropagation();
  }

  /** What a listener answered; undefined where none did. */
  get response(): Promise<Decision | boolean> | undefined {
    return this.answer;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-authorize': MagtekAuthorizeEvent;
  }
}
