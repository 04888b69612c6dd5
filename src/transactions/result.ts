/**
 * The result of a sale from its terms, its evidence, and what was kept of it.
 */
import { decideOutcome, type Evidence } from './outcome.js';
import type { Terms } from './state.js';
import type { TransactionResult } from './contract.js';

/** What a result has besides the outcome. */
export type Known = Pick<TransactionResult, 'arqc' | 'batch' | 'error'>;

export function resultOf(terms: Terms, evidence: Evidence, known: Known): TransactionResult {
  const { transactionId, amount, currency, outcomeCodes } = terms;
  return Object.freeze({ transactionId, ...decideOutcome(evidence, outcomeCodes), amount, currency, ...known });
}
