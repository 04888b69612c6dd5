/** The event `magtek-authorize`. */
import { AnsweredEvent } from './detail-event.js';
import type { AuthorizeRequest } from '../transactions/contract.js';
import type { Decision } from '../transactions/outcome.js';

/** A sale as far as it is known, and its encrypted card data. */
export type AuthorizeDetail = Omit<AuthorizeRequest, 'signal'>;

/**
 * A card was read and the host is to decide. A listener answers with `respondWith`; without one the outcome is `deferred`, and where
 * its promise rejects `unknown`, never `declined`.
 * Cancelling the event forbids everybody else to answer: the `authorize` property of the reader and `authorize-url`.
 * Dispatched on the reader element.
 */
export class MagtekAuthorizeEvent extends AnsweredEvent<AuthorizeDetail, Decision | boolean> {
  static override readonly type = 'magtek-authorize';
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-authorize': MagtekAuthorizeEvent;
  }
}
