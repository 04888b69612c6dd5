/**
 * The amount of a sale that was paid back.
 */
import type { OperationRecord, SaleRecord } from './ledger.js';
import { minorUnits } from './minor-units.js';

/** What the gateway took: the amount that was captured, or what was approved of the amount asked for. */
export function takenAmount({ amount, authorizedAmount }: SaleRecord, operations: readonly OperationRecord[]): string {
  const captured = operations.find(({ kind, state }) => kind === 'capture' && state === 'approved');
  return captured?.amount ?? authorizedAmount ?? amount;
}

/** Minor units that were paid back, and that are being paid back. */
export function paidBack({ currency }: SaleRecord, operations: readonly OperationRecord[]): bigint {
  return operations
    .filter(({ kind, state }) => kind === 'refund' && state !== 'declined')
    .reduce((sum, { amount }) => sum + minorUnits(amount, currency), 0n);
}

/** Minor units of what was taken and not paid back; below 0 where more is being paid back. */
export const unitsLeft = (sale: SaleRecord, operations: readonly OperationRecord[]): bigint =>
  minorUnits(takenAmount(sale, operations), sale.currency) - paidBack(sale, operations);

/** Whether nothing is left to be paid back. */
export const isPaidBack = (sale: SaleRecord, operations: readonly OperationRecord[]): boolean =>
  unitsLeft(sale, operations) <= 0n;
