/**
 * The amounts of a sale: what they are made of, as decimal text. Never a float.
 */
import { amountOfUnits, unitsOf, type AmountCurrency } from '../mms/emv/amount.js';

/** What an amount is made of, as decimal texts with all decimals of the currency; `total` is the sum of the others. */
export interface Amounts {
  /** Goods and services. */
  readonly base: string;
  readonly tip: string;
  readonly tax: string;
  readonly surcharge: string;
  /** Paid out in cash. */
  readonly cashback: string;
  /** What the card is charged. */
  readonly total: string;
}

/** The amounts of a sale that has one. */
export function plainAmounts(amount: string, currency: AmountCurrency): Amounts {
  const canonical = (decimal: string): string => amountOfUnits(unitsOf(decimal, currency), currency);
  const [total, none] = [canonical(amount), canonical('0')];
  return Object.freeze({ base: total, tip: none, tax: none, surcharge: none, cashback: none, total });
}
