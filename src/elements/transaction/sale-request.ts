/**
 * From the properties of the element to what its client is asked for: the options of a sale, and the hooks of the host. A listener
 * of the page goes before an address, and may forbid it.
 * It does not judge values: the client does, before anything is sent.
 */
import type { ReaderClient } from '../../client/reader-client.js';
import type { StartTransactionOptions } from '../../transactions/start-options.js';
import type { Authorize, AuthorizeRequest, Inquire, ReversalRequest, Reverse } from '../../transactions/transaction.js';
import { askAt, firstOf, inquireAt, reverseAt, reverseUrlOf } from './host.js';

type Kept = Pick<StartTransactionOptions, 'type' | 'flow' | 'fallback' | 'timeout' | 'showOutcome' | 'allowClearData'>;

/** The properties of the element that a sale is made of. An empty text is not given. */
export interface SaleSettings extends Required<Kept> {
  readonly amount: string;
  readonly otherAmount: string;
  readonly tip: string;
  readonly tax: string;
  readonly surcharge: string;
  readonly tipOptions: string;
  readonly currency: string;
  readonly accept: string;
  readonly transactionId: string;
  readonly originalReference: string;
  readonly authorizeUrl: string;
  readonly statusUrl: string;
  readonly reverseUrl: string;
  /** Addresses are relative to its base. */
  readonly ownerDocument: Document;
}

/** Ways to present a card that are taken away: none is guessed, and the sale is refused. */
export const waysOrEmpty = (ways: string | null | undefined): string => ways ?? '';

/** What a sale need not have: amounts beside the amount, and names. */
const optional = [
  'otherAmount',
  'tip',
  'tax',
  'surcharge',
  'tipOptions',
  'transactionId',
  'originalReference',
] as const;

/** Properties that say which sale it is. */
export const valuesOfSale = ['amount', ...optional, 'currency', 'type'] as const;

/** Those of the optional ones that are not empty. */
export const given = (sale: SaleSettings): Partial<Record<(typeof optional)[number], string>> =>
  Object.fromEntries(optional.flatMap((name) => (sale[name] === '' ? [] : [[name, sale[name]]])));

/** @throws {ReaderError} `bad-option` for an address that cannot be used. */
export function saleOptions(sale: SaleSettings, client: ReaderClient): StartTransactionOptions {
  const { amount, currency, type, flow, fallback, timeout, showOutcome, allowClearData, authorizeUrl } = sale;
  return {
    amount,
    // Without one, the reader would take its own.
    currency,
    // A purchase with cashback is one of its own.
    ...(type === 'purchase' ? {} : { type }),
    flow,
    fallback,
    accept: waysOrEmpty(sale.accept),
    timeout,
    showOutcome,
    allowClearData,
    ...given(sale),
    ...(authorizeUrl === ''
      ? {}
      : {
          authorize: firstOf<AuthorizeRequest, ReturnType<Authorize>>(
            (asked) => client.authorize(asked),
            askAt(authorizeUrl, baseOf(sale)),
          ),
        }),
    ...reverseOf(sale, client),
  };
}

const baseOf = ({ ownerDocument }: SaleSettings): string => ownerDocument.baseURI;

/** Where money is given back; empty where that is not known. */
export const reverseAddress = ({ reverseUrl, authorizeUrl }: SaleSettings): string =>
  reverseUrl || reverseUrlOf(authorizeUrl);

/** The address alone; nothing where none is known. @throws {ReaderError} `bad-option` where it cannot be used. */
export function reverseByAddress(sale: SaleSettings): Reverse | undefined {
  const address = reverseAddress(sale);
  return address === '' ? undefined : reverseAt(address, baseOf(sale));
}

/** Nothing where no address is known: the client has its own hook. @throws {ReaderError} `bad-option` where it cannot be used. */
export function reverseOf(sale: SaleSettings, client: ReaderClient): { readonly reverse?: Reverse } {
  const reverse = reverseByAddress(sale);
  return reverse
    ? { reverse: firstOf<ReversalRequest, ReturnType<Reverse>>((asked) => client.reverse(asked), reverse) }
    : {};
}

/** @throws {ReaderError} `bad-option` for an address that cannot be used. */
export function inquireOf(sale: SaleSettings, client: ReaderClient): Inquire {
  const { statusUrl } = sale;
  const first: Inquire = (asked) => client.inquire(asked);
  return statusUrl === '' ? first : firstOf(first, inquireAt(statusUrl, baseOf(sale)));
}
