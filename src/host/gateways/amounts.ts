/**
 * Amounts as processors want them: a decimal number, or whole cents. Which of them is the processor's choice, and a wrong one
 * charges a hundredth or a hundredfold.
 */
import { amountOfUnits, currencyOf, minorUnits } from '../minor-units.js';

/** `dollars`: 4.60 is the number 4.6. `cents`: it is 460. */
export type AmountUnit = 'dollars' | 'cents';

/**
 * The currency of a merchant's account, USD where none is given.
 * @throws {RangeError} for one that is not listed: sales in it would all be declined
 */
export function accountCurrency(code = 'USD'): string {
  currencyOf(code);
  return code;
}

/** The number that a service gets. Its decimal text is exact: an amount has at most twelve digits. */
export const toService = (amount: string, currency: string, unit: AmountUnit): number =>
  unit === 'cents' ? Number(minorUnits(amount, currency)) : Number(amount);

/** Decimal text of what a service says; text that is not an amount stays as it is, for the host to find out. */
export function fromService(amount: string, currency: string, unit: AmountUnit): string {
  return unit === 'cents' && /^[0-9]{1,12}$/.test(amount) ? amountOfUnits(BigInt(amount), currency) : amount;
}
