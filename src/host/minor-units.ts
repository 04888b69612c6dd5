/**
 * Amounts of orders, pages and gateways compared as whole minor units, never as floating point.
 */
import * as emv from '../mms/emv/amount.js';
import { currencyByAlpha } from '../mms/emv/currency.js';

/** Minor units: cents of a dollar, whole yen. */
export const minorUnits = (amount: string, currency: string): bigint => emv.unitsOf(amount, currencyOf(currency));

/**
 * The same amount with all decimals of its currency: `4.6` in euros is `4.60`.
 * @throws {MmsError} where it is not decimal text, or has more decimals than the currency.
 */
export const canonicalAmount = (amount: string, currency: string): string =>
  amountOfUnits(minorUnits(amount, currency), currency);

/** Decimal text of minor units, with all decimals of the currency. */
export const amountOfUnits = (units: bigint, currency: string): string =>
  emv.amountOfUnits(units, currencyOf(currency));

/** @throws {RangeError} for a currency that ISO 4217 does not list. */
export function currencyOf(alpha: string): { readonly exponent: number } {
  const currency = currencyByAlpha(alpha);
  if (!currency) throw new RangeError(`${alpha} is not a currency of ISO 4217`);
  return currency;
}
