/**
 * A host that approves less than it was asked for: the goods are not paid yet.
 */
import { amountOfUnits, unitsOf } from '../mms/emv/amount.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import type { TransactionResult } from './contract.js';
import type { DecidedOutcome } from './outcome.js';

/** Whether the host approved less than it was asked for. */
export const isPartlyApproved = ({ because }: Pick<DecidedOutcome, 'because'>): boolean =>
  because?.code === 'partly-approved';

/** Decimal text of what is left to be paid of such a sale. */
export function remainderOf({ amount, approvedAmount = '0', currency }: TransactionResult): string {
  const known = currencyByAlpha(currency);
  return known ? amountOfUnits(unitsOf(amount, known) - unitsOf(approvedAmount, known), known) : '';
}
