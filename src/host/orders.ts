/**
 * The amount of an order by the shop's own records: it wins over what a page says.
 */
import { minorUnits } from './minor-units.js';
import { Refusal } from './refusal.js';
import type { SaleAmounts } from './sale-amounts.js';

/** What is to be paid. */
export interface OrderAmount {
  /** Decimal text: what the order comes to, tax included, without the parts below. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /**
   * The tip that is accepted on top, decimal text: `amounts.tip` for whatever the cardholder chose. Absent: `amount` is all, and
   * a sale with more or less is refused.
   */
  readonly tip?: string;
  /** The cash that is paid out on top, decimal text: what the shop has agreed to. Absent: as for `tip`. */
  readonly cashback?: string;
}

/** What the page says of a sale that `amountOf` is asked about. */
export interface AskedAmounts {
  /** They add up to what is asked for. Without more from the page the base is all. */
  readonly amounts: SaleAmounts;
  /** ISO 4217 code. */
  readonly currency: string;
}

/**
 * Looks up what is to be paid under a transaction id, in the shop's own orders; undefined where there is no such order. A text is
 * the amount in the currency of the page: shops with more than one currency give both.
 */
export type AmountOf = (
  transactionId: string,
  asked: AskedAmounts,
) => OrderAmount | string | null | undefined | Promise<OrderAmount | string | null | undefined>;

/** A sale as far as its order is concerned, with all decimals of its currency. */
export interface SaleOfOrder extends AskedAmounts {
  readonly transactionId: string;
}

/**
 * @throws {Refusal} where there is no order, or the page asks for something else than it says.
 * @throws {Error} where `amountOf` fails or gives no amount.
 */
export async function checkOrder(amountOf: AmountOf, sale: SaleOfOrder): Promise<void> {
  const { transactionId, amounts, currency } = sale;
  const found = await amountOf(transactionId, { amounts, currency });
  if (found === undefined || found === null) throw new Refusal('unknown-order', 'transactionId');
  const order = typeof found === 'string' ? { amount: found, currency } : found;
  if (order.currency !== currency) throw new Refusal('currency-mismatch', 'currency');
  const due =
    unitsOf('amount', order) + acceptedUnits('tip', order, amounts) + acceptedUnits('cashback', order, amounts);
  if (due !== minorUnits(amounts.total, currency)) throw new Refusal('amount-mismatch', 'amount');
}

type Part = 'tip' | 'cashback';

/** What an order accepts on top of its amount. It must be that very part of the sale: else another part would hide in it. */
function acceptedUnits(part: Part, order: OrderAmount, amounts: SaleAmounts): bigint {
  if (order[part] === undefined) return 0n;
  const accepted = unitsOf(part, order);
  if (accepted !== minorUnits(amounts[part], order.currency)) throw new Refusal('amount-mismatch', `amounts.${part}`);
  return accepted;
}

function unitsOf(name: 'amount' | Part, order: OrderAmount): bigint {
  const value: unknown = order[name];
  if (typeof value !== 'string') throw new TypeError(`amountOf must give ${name} as decimal text`);
  return minorUnits(value, order.currency);
}
