/** A sale without an outcome, as it is kept. */
import type { UnresolvedTransaction } from '../../src/transactions/unresolved.js';

export const unresolvedSale = (
  transactionId: string,
  phase: UnresolvedTransaction['phase'] = 'reading',
): UnresolvedTransaction => ({
  transactionId,
  amount: '1.00',
  currency: 'EUR',
  startedAt: 1,
  phase,
  arqc: phase !== 'reading',
});
