/**
 * The parts of the total of a sale, as the page gives them: a tip that the cardholder chose at the reader is known to nobody else.
 */
import { canonicalAmount, minorUnits } from './minor-units.js';

/** Parts of a sale and their sum, as decimal texts with all decimals of the currency. */
export interface SaleAmounts {
  /** Goods and services. */
  readonly base: string;
  readonly tip: string;
  readonly tax: string;
  readonly surcharge: string;
  /** Paid out in cash. */
  readonly cashback: string;
  /** What the card is charged: the sum of the others. */
  readonly total: string;
}

const parts = ['base', 'tip', 'tax', 'surcharge', 'cashback'] as const;

/** Those of a sale of which only the total is known. */
export function plainAmounts(total: string, currency: string): SaleAmounts {
  const none = canonicalAmount('0', currency);
  return { base: total, tip: none, tax: none, surcharge: none, cashback: none, total };
}

/**
 * The same with all decimals; undefined where they do not add up to the total, or that is not what is asked for.
 * @param total With all decimals.
 * @throws {MmsError} where one of them is not an amount of the currency.
 */
export function checkedAmounts(said: SaleAmounts, total: string, currency: string): SaleAmounts | undefined {
  const text = (name: keyof SaleAmounts): string => canonicalAmount(said[name], currency);
  const sum = parts.reduce((units, name) => units + minorUnits(said[name], currency), 0n);
  if (text('total') !== total || sum !== minorUnits(total, currency)) return undefined;
  return {
    ...{ base: text('base'), tip: text('tip'), tax: text('tax') },
    ...{ surcharge: text('surcharge'), cashback: text('cashback'), total },
  };
}
