/**
 * The parts of the amount of a sale, and their sum: the same for the page and for its host. Never a float.
 */
import { amountOfUnits, type AmountCurrency } from './amount.js';

/** What an amount is made of, as decimal texts with all decimals of the currency; `total` is the sum of the others. */
export interface Amounts {
  /** Goods and services. */
  readonly base: string;
  /** For the staff: given to the start, or chosen at the reader. */
  readonly tip: string;
  /** Tax that is not in `base`. */
  readonly tax: string;
  /** Charged for the way of payment. */
  readonly surcharge: string;
  /** Paid out in cash. */
  readonly cashback: string;
  /** What the card is charged. */
  readonly total: string;
}

/** A part of the total. */
export type AmountPart = Exclude<keyof Amounts, 'total'>;

/** The parts in minor units. */
export type AmountUnits = Readonly<Record<AmountPart, bigint>>;

/** Minor units of the total. */
export const totalOf = ({ base, tip, tax, surcharge, cashback }: AmountUnits): bigint =>
  base + tip + tax + surcharge + cashback;

/** The parts and their total as texts. */
export function amountsOfUnits(units: AmountUnits, currency: AmountCurrency): Amounts {
  const text = (value: bigint): string => amountOfUnits(value, currency);
  return Object.freeze({
    base: text(units.base),
    tip: text(units.tip),
    tax: text(units.tax),
    surcharge: text(units.surcharge),
    cashback: text(units.cashback),
    total: text(totalOf(units)),
  });
}
