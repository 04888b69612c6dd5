/**
 * The facts of a sale from its terms and its card, and its result from its evidence and what was kept of it.
 */
import { present } from '../connection/present.js';
import { readEmvFacts, type EmvFacts } from '../mms/views/emv-facts.js';
import type { CardDataDetail } from './card.js';
import type { HostFacts, SaleFacts, TransactionResult } from './contract.js';
import { decideOutcome, type DecidedOutcome, type Evidence } from './outcome.js';
import { readerAmounts } from './reader-amounts.js';
import type { Terms } from './state.js';
import { transactionData } from './transaction-data.js';

/** What a result has besides facts and outcome. */
export type Known = Pick<TransactionResult, 'arqc' | 'batch' | 'error'>;

/** What is known of a sale: of its card where card data have come. What the batch says of it is later, and counts more. */
export function factsOf(
  terms: Terms,
  { arqc, batch }: Omit<Known, 'error'> = {},
  { decision }: Evidence = {},
): SaleFacts {
  const { transactionId, type, originalReference, dateTime, currency, attempt } = terms;
  const amounts = (arqc && readerAmounts(terms, arqc)) ?? terms.amounts;
  const amount = amounts === terms.amounts ? terms.amount : amounts.total;
  const emv = withHost(readEmvFacts(batch?.tlv ?? [], arqc?.tlv ?? []), decision?.emv);
  return {
    ...{ schema: 1, transactionId, type, dateTime, amount, currency, amounts },
    ...present({ originalReference }),
    ...attempt?.facts,
    ...(arqc ? { card: { ...cardFacts(arqc), ...attempt?.card } } : {}),
    ...(Object.keys(emv).length > 0 ? { emv } : {}),
  };
}

/** What the reader says counts more than what the host says. A cryptogram of the one does not go with the kind of the other. */
function withHost(read: EmvFacts, { cryptogram, cryptogramType, ...host }: EmvFacts = {}): EmvFacts {
  const said = { ...(cryptogram ? { cryptogram } : {}), ...(cryptogramType ? { cryptogramType } : {}) };
  return { ...host, ...(read.cryptogram === undefined ? said : {}), ...read };
}

const cardFacts = ({ maskedPan, last4, brand, entryMode }: CardDataDetail): NonNullable<SaleFacts['card']> => ({
  maskedPan,
  last4,
  ...(brand ? { brand } : {}),
  entryMode,
});

export function resultOf(terms: Terms, evidence: Evidence, known: Known): TransactionResult {
  const decided = decideOutcome(evidence, terms.outcomeCodes);
  const facts = factsOf(terms, known, evidence);
  const sale = {
    ...facts,
    ...decided,
    ...hostFacts(facts, evidence, decided),
    ...known,
  };
  const toJSON = (): ReturnType<typeof transactionData> => transactionData(sale);
  // Beside the values, so that copies and comparisons of a result see these alone.
  return Object.freeze(Object.defineProperty(sale, 'toJSON', { value: toJSON }));
}

function hostFacts({ amount }: SaleFacts, { decision }: Evidence, { outcome }: DecidedOutcome): HostFacts {
  if (!decision) return {};
  const { authorizedAmount = amount, responseCode, authorizationCode, reference } = decision;
  return {
    ...(outcome === 'approved' ? { approvedAmount: authorizedAmount } : {}),
    ...present({ responseCode, authorizationCode, reference }),
  };
}
