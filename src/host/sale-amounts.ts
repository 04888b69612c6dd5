/**
 * The parts of the total of a sale, as the page gives them: a tip that the cardholder chose at the reader is known to nobody else.
 */
import { amountsOfUnits, totalOf, type Amounts, type AmountUnits } from '../mms/emv/amounts.js';
import { currencyOf, minorUnits } from './minor-units.js';

/** Parts of a sale and their sum, as decimal texts with all decimals of the currency. */
export type SaleAmounts = Amounts;

/** Those of a sale of which only the total is known. */
export const plainAmounts = (total: string, currency: string): SaleAmounts =>
  amountsOfUnits(
    { base: minorUnits(total, currency), tip: 0n, tax: 0n, surcharge: 0n, cashback: 0n },
    currencyOf(currency),
  );

/**
 * The same with all decimals; undefined where they do not add up to the total, or that is not what is asked for.
 * @param total With all decimals.
 * @throws {MmsError} where one of them is not an amount of the currency.
 */
export function checkedAmounts(said: SaleAmounts, total: string, currency: string): SaleAmounts | undefined {
  const units = (name: keyof SaleAmounts): bigint => minorUnits(said[name], currency);
  const parts: AmountUnits = {
    ...{ base: units('base'), tip: units('tip'), tax: units('tax') },
    ...{ surcharge: units('surcharge'), cashback: units('cashback') },
  };
  const isRight = totalOf(parts) === units('total') && units('total') === minorUnits(total, currency);
  return isRight ? amountsOfUnits(parts, currencyOf(currency)) : undefined;
}
