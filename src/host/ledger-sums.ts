/**
 * The amount of a sale that was paid back.
 */
import type { OperationRecord, SaleRecord } from './ledger.js';
import { minorUnits } from './minor-units.js';

/** What the gateway took: the amount asked for, or the part of it that was approved. */
export const takenAmount = ({ amount, authorizedAmount }: SaleRecord): string => authorizedAmount ?? amount;

/** Minor units that were paid back, and that are being paid back. */
export function paidBack({ currency }: SaleRecord, operations: readonly OperationRecord[]): bigint {
  return operations
    .filter(({ kind, state }) => kind === 'refund' && state !== 'declined')
    .reduce((sum, { amount }) => sum + minorUnits(amount, currency), 0n);
}

/** Whether nothing is left to be paid back. */
export const isPaidBack = (sale: SaleRecord, operations: readonly OperationRecord[]): boolean =>
  paidBack(sale, operations) >= minorUnits(takenAmount(sale), sale.currency);
