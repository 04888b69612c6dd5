/**
 * Amounts: decimal text to the twelve packed digits of EMV (n 12, minor units) and back, without floating point.
 * It does not know which currency a sale is in.
 */
import { MmsError } from '../error.js';
import { parseHex, toHex } from '../hex.js';

/** What is needed of a currency: how many decimals ISO 4217 gives it. */
export interface AmountCurrency {
  readonly exponent: number;
}

/** Bytes and digits of an amount [EMV Book 3, annex A: 9F02, 9F03]. */
export const LENGTH = 6;
export const DIGITS = 12;

/**
 * Six bytes of packed digits in minor units, right-aligned.
 *
 * @param decimal Digits, with a point and at most as many decimals as the currency has: `4.60`, `4.6`, `4`; for the yen `460`.
 * @param field What the error calls the amount.
 * @throws {MmsError} `bad-value` where the text is not of that form or has more than twelve digits in minor units.
 */
export function encodeAmount(decimal: string, { exponent }: AmountCurrency, field = 'amount'): Uint8Array {
  // A number would be turned into text by the expression, and may have lost digits before.
  const match = typeof decimal === 'string' ? /^([0-9]+)(?:\.([0-9]+))?$/.exec(decimal) : null;
  const [, whole, decimals = ''] = match ?? [];
  if (whole === undefined) throw new MmsError('bad-value', 0, `${field} must be decimal digits such as 4.60`);
  if (decimals.length > exponent) {
    throw new MmsError('bad-value', 0, `${field} may have at most ${String(exponent)} decimals in this currency`);
  }
  const digits = (whole + decimals.padEnd(exponent, '0')).replace(/^0+/, '');
  if (digits.length > DIGITS) throw new MmsError('bad-value', 0, `${field} has more than ${String(DIGITS)} digits`);
  return parseHex(digits.padStart(DIGITS, '0'));
}

/**
 * Decimal text of six bytes of packed digits, with all decimals of the currency: `4.60`.
 * @throws {MmsError} `bad-value` where the bytes are not twelve digits.
 */
export function decodeAmount(bytes: Uint8Array, { exponent }: AmountCurrency): string {
  const digits = toHex(bytes);
  if (bytes.length !== LENGTH || !/^[0-9]*$/.test(digits)) {
    throw new MmsError('bad-value', 0, `an amount must be ${String(DIGITS)} packed digits`);
  }
  const point = DIGITS - exponent;
  const whole = digits.slice(0, point).replace(/^0+(?=.)/, '');
  return exponent === 0 ? whole : `${whole}.${digits.slice(point)}`;
}

/**
 * An amount in minor units, cents of a dollar or whole yen, to count with.
 * @throws {MmsError} as {@link encodeAmount}.
 */
export const unitsOf = (decimal: string, currency: AmountCurrency, field?: string): bigint =>
  BigInt(toHex(encodeAmount(decimal, currency, field)));

/** Decimal text of minor units, with all decimals of the currency. */
export const amountOfUnits = (units: bigint, currency: AmountCurrency): string =>
  decodeAmount(parseHex(units.toString().padStart(DIGITS, '0')), currency);
