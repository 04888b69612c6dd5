/**
 * The amounts of a sale: what they are made of, as decimal text. Never a float.
 */
import { MmsError } from '../mms/error.js';
import { unitsOf, type AmountCurrency } from '../mms/emv/amount.js';
import { amountsOfUnits, totalOf, type Amounts, type AmountUnits } from '../mms/emv/amounts.js';

export type { Amounts } from '../mms/emv/amounts.js';

/** The amounts of a sale that has one. */
export const plainAmounts = (amount: string, currency: AmountCurrency): Amounts => amountsOf({ amount }, currency);

/** The amounts that a sale is started with. */
export interface AmountOptions {
  /** Goods, services and cashback. */
  readonly amount: string;
  readonly otherAmount?: string;
  readonly tip?: string;
  readonly tax?: string;
  readonly surcharge?: string;
}

/**
 * What they come to.
 * @throws {MmsError} `bad-value` naming the amount.
 */
export function amountsOf(options: AmountOptions, currency: AmountCurrency): Amounts {
  const { amount, otherAmount = '0', tip = '0', tax = '0', surcharge = '0' } = options;
  const units = {
    cashback: unitsOf(otherAmount, currency, 'otherAmount'),
    tip: unitsOf(tip, currency, 'tip'),
    tax: unitsOf(tax, currency, 'tax'),
    surcharge: unitsOf(surcharge, currency, 'surcharge'),
  };
  const base = unitsOf(amount, currency) - units.cashback;
  if (base < 0n) throw new MmsError('bad-value', 0, 'otherAmount must not be more than amount, which it is a part of');
  return summed({ ...units, base }, currency);
}

/** The same amounts with what the cardholder has chosen at the reader, in minor units. */
export function withChosenTip(amounts: Amounts, tip: bigint, currency: AmountCurrency): Amounts {
  const units = (name: keyof Amounts): bigint => unitsOf(amounts[name], currency);
  const { base, tax, surcharge, cashback } = {
    base: units('base'),
    tax: units('tax'),
    surcharge: units('surcharge'),
    cashback: units('cashback'),
  };
  return summed({ base, tip, tax, surcharge, cashback }, currency);
}

function summed(units: AmountUnits, currency: AmountCurrency): Amounts {
  if (totalOf(units) > MOST)
    throw new MmsError('bad-value', 0, 'amount has more than 12 digits with all that is added to it');
  return amountsOfUnits(units, currency);
}

/** Twelve digits, in minor units. */
export const MOST = 999_999_999_999n;

/** What a reader was started with. */
export interface SentAmounts {
  /** 9F02: what the reader adds itself is not in it. */
  readonly amount: string;
  /** Tax that the reader adds. */
  readonly tax: string;
  /** Whether the cardholder is asked for a tip. */
  readonly asksTip: boolean;
}
