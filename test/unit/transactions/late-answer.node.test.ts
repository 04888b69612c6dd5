/** In full EMV a host that says later that it approved decides together with the card: what the page heard of it is kept. */
import { expect, test } from 'vitest';
import type { ReversalRequest } from '../../../src/transactions/contract.js';
import { PlayedSale, cardMessage, completionMessage, dataMessage } from '../../support/played-sale.js';

/** A sale about which the host was silent; the batch has a result, or does not come. */
async function unanswered(flow: 'full-emv' | 'quick-chip', result: string | undefined) {
  const played = await PlayedSale.connected();
  const reversals: ReversalRequest[] = [];
  const given: string[] = [];
  played.client.subscribe('reversal-needed', (reversal) => reversals.push(reversal));
  const sale = await played.accepted({
    flow,
    transactionId: `late-${flow}-${result ?? 'none'}`,
    authorizeTimeout: 5,
    authorize: () => new Promise(() => undefined),
  });
  await played.deliver(cardMessage(), dataMessage('arqc', {}));
  await played.pass(5_000);
  if (result !== undefined) await played.deliver(dataMessage('batch', { result }), completionMessage());
  await played.pass(400_000);
  expect((await sale.result).outcome).toBe('unknown');
  const { transactionId } = sale;
  const answer = await played.client.inquireTransaction(transactionId, {
    inquire: () => ({ approved: true }),
    reverse: (asked) => (given.push(asked.transactionId), true),
  });
  expect(given).toEqual(reversals.map((reversal) => reversal.transactionId));
  await played.pass(0);
  const left = played.client.unresolvedTransactions.some((each) => each.transactionId === transactionId);
  return { outcome: answer.outcome, because: answer.because?.code, left, reversed: reversals.length };
}

test.each([
  ['full-emv', '01', { outcome: 'declined', because: 'card-refused', left: false, reversed: 1 }],
  ['full-emv', '00', { outcome: 'approved', because: undefined, left: false, reversed: 0 }],
  ['full-emv', undefined, { outcome: 'unknown', because: 'card-silent', left: true, reversed: 0 }],
  ['quick-chip', undefined, { outcome: 'approved', because: undefined, left: false, reversed: 0 }],
] as const)('%s, batch %s', async (flow, result, expected) => {
  expect(await unanswered(flow, result)).toEqual(expected);
});
