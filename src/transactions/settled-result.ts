/** The result of a sale whose outcome the host told later. */
import { currencyByAlpha } from '../mms/emv/currency.js';
import { plainAmounts, type Amounts } from './amounts.js';
import type { ResolvedTransaction, SaleFacts, TransactionResult } from './contract.js';
import type { Decision } from './outcome.js';
import { resultOf, type Known } from './result.js';

type Settled = Pick<
  ResolvedTransaction,
  'transactionId' | 'amount' | 'currency' | 'type' | 'originalReference' | 'amounts' | 'startedAt'
>;

/** What is known of a sale that was kept. */
export function settledFacts({ transactionId, amount, currency, type = 'purchase', ...kept }: Settled): SaleFacts {
  const { amounts = amountsOf(amount, currency), originalReference, startedAt } = kept;
  return {
    ...{ schema: 1, transactionId, type, dateTime: dateTimeOf(startedAt), amount, currency, amounts },
    ...(originalReference === undefined ? {} : { originalReference }),
  };
}

/** @param known Card data, where this page has read them: after a reload there are none. */
export function settledResult(
  sale: ResolvedTransaction,
  decision: Decision,
  known: Omit<Known, 'error'>,
): TransactionResult {
  const { card } = sale;
  // No reader has a part in it any more: a card that refused is all that counts beside the host.
  const evidence = { arqc: true, decision, ...(card === 'refused' ? { card } : {}) };
  const terms = {
    ...settledFacts(sale),
    flow: 'quick-chip',
    timeout: 0,
    authorizeTimeout: 0,
    outcomeCodes: {},
  } as const;
  return resultOf(terms, evidence, known);
}

/** Of a sale that was kept without them. */
function amountsOf(amount: string, currency: string): Amounts {
  const known = currencyByAlpha(currency);
  if (known) return plainAmounts(amount, known);
  return { base: amount, tip: '0', tax: '0', surcharge: '0', cashback: '0', total: amount };
}

// eslint-disable-next-line no-restricted-globals -- it writes a time down and does not ask for it
export const dateTimeOf = (time: number): string => new Date(time).toISOString();
