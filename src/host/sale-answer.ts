/**
 * The answer to a page about a sale: `approved` where it is decided, else that it is unknown. Never the gateway's reference.
 */
import type { OperationEnd } from './operations.js';
import type { SaleRecord, SaleState } from './ledger.js';
import { jsonResponse } from './refusal.js';
import { isUndecided } from './sales.js';

/** States in which the money is, or was, the shop's. A payment that was taken back is none any more. */
const paid: readonly SaleState[] = ['approved', 'captured', 'refunded'];

export function saleAnswer(record: SaleRecord): Response {
  if (isUndecided(record)) return jsonResponse({ outcome: 'unknown' }, 202);
  const { state, authorizedAmount, responseCode, issuerData } = record;
  const isPlain = state === 'approved' || state === 'declined';
  return jsonResponse(
    {
      ...{ approved: paid.includes(state), message: messageOf(record), authorizedAmount, responseCode, issuerData },
      state: isPlain ? undefined : state,
    },
    200,
  );
}

/** Of an approval for less the message says so, whatever the gateway's own words are: pages show it to people. */
function messageOf({ state, message, amount, authorizedAmount, currency }: SaleRecord): string | undefined {
  if (state !== 'approved' || authorizedAmount === undefined || authorizedAmount === amount) return message;
  return `Approved for ${authorizedAmount} of ${amount} ${currency}`;
}

export const operationAnswer = ({ outcome, message }: OperationEnd): Response =>
  outcome === 'unknown'
    ? jsonResponse({ outcome }, 202)
    : jsonResponse({ approved: outcome === 'approved', message }, 200);
