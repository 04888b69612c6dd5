/**
 * A refund that a page has read from a card, for an earlier sale: money goes back where that sale took it from, under the rules of every
 * other refund. The card data are not used.
 */
import { minorUnits } from './minor-units.js';
import { endOf, operate, type OperationEnd, type OperationsOptions } from './operations.js';
import { Refusal } from './refusal.js';
import type { PostedRefund } from './schema.js';

/**
 * Gives back what the page asks for, once under its transaction id. The page’s result names that amount: one of zero is refused, as
 * nobody would see how much it was.
 * @throws {Refusal} where it is not asked for.
 */
export async function refundByCard(options: OperationsOptions, refund: PostedRefund): Promise<OperationEnd> {
  const { transactionId, originalReference, amount, currency } = refund;
  const sale = await options.sales.status(originalReference);
  if (!sale) throw new Refusal('not-found', 'originalReference');
  if (sale.currency !== currency) throw new Refusal('currency-mismatch', 'currency');
  if (minorUnits(amount, currency) === 0n) throw new Refusal('bad-body', 'amount');
  return operate(options, 'refund', originalReference, transactionId, { amount });
}

/** How it ended; undefined where there is no such refund of that sale. */
export async function refundStatus(
  { ledger }: OperationsOptions,
  transactionId: string,
  originalReference: string,
): Promise<OperationEnd | undefined> {
  const operations = await ledger.operations(originalReference);
  const found = operations.find(({ kind, key }) => kind === 'refund' && key === transactionId);
  return found && endOf(found);
}
