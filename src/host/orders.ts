/**
 * The amount of an order by the shop's own records: it wins over what a page says.
 */
import { canonicalAmount } from './minor-units.js';
import { Refusal } from './refusal.js';

/** What is to be paid. */
export interface OrderAmount {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
}

/**
 * Looks up what is to be paid under a transaction id, in the shop's own orders; undefined where there is no such order. A text is
 * the amount in the currency of the page: shops with more than one currency give both.
 */
export type AmountOf = (
  transactionId: string,
) => OrderAmount | string | null | undefined | Promise<OrderAmount | string | null | undefined>;

/**
 * @throws {Refusal} where there is no order, or the page asks for something else than it says.
 * @throws {Error} where `amountOf` fails or gives no amount.
 */
export async function checkOrder(
  amountOf: AmountOf,
  sale: OrderAmount & { readonly transactionId: string },
): Promise<void> {
  const order = await amountOf(sale.transactionId);
  if (order === undefined || order === null) throw new Refusal('unknown-order', 'transactionId');
  const { amount, currency } = typeof order === 'string' ? { amount: order, currency: sale.currency } : order;
  if (typeof amount !== 'string') throw new TypeError('amountOf must give the amount as decimal text');
  if (currency !== sale.currency) throw new Refusal('currency-mismatch', 'currency');
  if (canonicalAmount(amount, currency) !== sale.amount) throw new Refusal('amount-mismatch', 'amount');
}
