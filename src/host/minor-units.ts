/**
 * Amounts of orders, pages and gateways compared as whole minor units, never as floating point.
 */
import { decodeAmount, encodeAmount } from '../mms/emv/amount.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import { parseHex, toHex } from '../mms/hex.js';

/** Digits of an amount in EMV (n 12). */
const DIGITS = 12;

/** Minor units: cents of a dollar, whole yen. */
export const minorUnits = (amount: string, currency: string): bigint =>
  BigInt(toHex(encodeAmount(amount, currencyOf(currency))));

/**
 * The same amount with all decimals of its currency: `4.6` in euros is `4.60`.
 * @throws {MmsError} where it is not decimal text, or has more decimals than the currency.
 */
export const canonicalAmount = (amount: string, currency: string): string =>
  decodeAmount(encodeAmount(amount, currencyOf(currency)), currencyOf(currency));

/** Decimal text of minor units, with all decimals of the currency. */
export const amountOfUnits = (units: bigint, currency: string): string =>
  decodeAmount(parseHex(units.toString().padStart(DIGITS, '0')), currencyOf(currency));

/** @throws {RangeError} for a currency that ISO 4217 does not list. */
function currencyOf(alpha: string): { readonly exponent: number } {
  const currency = currencyByAlpha(alpha);
  if (!currency) throw new RangeError(`${alpha} is not a currency of ISO 4217`);
  return currency;
}
