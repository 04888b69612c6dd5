/**
 * Asks the host of a page about a sale: first the listeners of an event, then the function that the page has set on the reader.
 * Null where a listener has cancelled the event: then nobody else is asked either.
 */
import { MagtekAuthorizeEvent, MagtekInquireEvent, type AuthorizeDetail } from '../../events/index.js';
import type { Authorize, AuthorizeRequest, Inquire, InquireRequest } from '../../transactions/transaction.js';

/** Asks for a decision about a sale. */
export function askHost(
  reader: EventTarget & { readonly authorize: Authorize | undefined },
  request: AuthorizeRequest,
): ReturnType<Authorize> {
  const event = new MagtekAuthorizeEvent(detailOf(request));
  const isAllowed = reader.dispatchEvent(event);
  return event.response ?? (isAllowed ? reader.authorize?.(request) : null);
}

/** Asks how a sale ended. */
export function askHowItEnded(
  reader: EventTarget & { readonly inquire: Inquire | undefined },
  request: InquireRequest,
): ReturnType<Inquire> {
  const { transactionId, amount, currency, originalReference } = request;
  const event = new MagtekInquireEvent({
    ...{ transactionId, amount, currency },
    ...(originalReference === undefined ? {} : { originalReference }),
  });
  const isAllowed = reader.dispatchEvent(event);
  return event.response ?? (isAllowed ? reader.inquire?.(request) : null);
}

/** The detail of the event: the request without its abort signal, which is for the `authorize` function alone. */
const detailOf = (request: AuthorizeRequest): AuthorizeDetail =>
  Object.fromEntries(Object.entries(request).filter(([name]) => name !== 'signal')) as unknown as AuthorizeDetail;
