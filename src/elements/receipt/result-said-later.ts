/** The result of a sale whose outcome was unknown when it ended, from what the host or a person has said of it since. */
import { present } from '../../connection/present.js';
import type { ResolvedTransaction, SaleFacts } from '../../transactions/contract.js';
import { settledFacts, settledResult } from '../../transactions/settled-result.js';
import type { ReceiptSource } from './receipt-data.js';

/**
 * Undefined where nothing was said of its outcome, or where the receipt shows another sale: a cashier who settles an earlier one must
 * not hand its receipt to the customer of now.
 */
export function resultSaidLater(
  sale: ResolvedTransaction,
  shown: ReceiptSource | undefined,
): ReceiptSource | undefined {
  const { transactionId, reversalNeeded, approved, decision } = sale;
  if (reversalNeeded || (shown && shown.transactionId !== transactionId)) return undefined;
  const { card, emv } = (shown ?? {}) as Partial<SaleFacts>;
  if (decision) {
    // Of the card the host may say more than was known; what it does not say stays.
    const result = settledResult(sale, decision, {});
    return { ...result, ...present({ card }), ...(emv || result.emv ? { emv: { ...emv, ...result.emv } } : {}) };
  }
  if (approved === undefined) return undefined;
  const outcome = approved ? 'approved' : 'declined';
  return { ...settledFacts(sale), ...present({ card, emv }), outcome, reason: '' };
}
