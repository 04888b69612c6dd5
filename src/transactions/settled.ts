/** Facts of a sale that was settled after its end, for listeners and for the journal. */
import { present } from '../connection/present.js';
import type { ResolvedTransaction, Resolution, ReversalRequest } from './contract.js';
import type { UnresolvedTransaction } from './unresolved.js';

/** What is told of a sale that was settled, without how that was done. */
export const resolvedFacts = (item: UnresolvedTransaction): Omit<ResolvedTransaction, keyof Resolution> => {
  const { transactionId, amount, currency, startedAt, type, originalReference, amounts, card, reversalNeeded } = item;
  return present({
    transactionId,
    amount,
    currency,
    startedAt,
    type,
    originalReference,
    amounts,
    card,
    reversalNeeded,
  });
};

/** A line of the journal about a sale. */
export const saleNote = (transactionId: string, what: string): string => `Sale ${idInNote(transactionId)}${what}`;

/** That money must be given back, as a line of the journal. */
export const reversalNote = ({ transactionId, amount, currency, again }: ReversalRequest): string =>
  saleNote(transactionId, ` of ${amount} ${currency}: the money must ${again ? 'still ' : ''}be given back`);

/** That money need not be given back any more, as a line of the journal. */
export const reversalOverNote = ({ transactionId }: UnresolvedTransaction, isGivenBack: boolean): string =>
  saleNote(
    transactionId,
    isGivenBack ? ': the host has given the money back' : ': giving the money back is left to others',
  );

/** How a sale was settled, as a line of the journal. */
export function settledNote(
  { transactionId, amount, currency, reversalNeeded }: UnresolvedTransaction,
  { via, approved, by, how }: Resolution,
): string {
  const notPaid = reversalNeeded ? 'given back' : 'not paid';
  const end = approved === undefined ? 'resolved' : approved ? 'paid' : notPaid;
  const who = [by, how].filter((text) => text !== undefined).join(': ');
  return saleNote(transactionId, ` of ${amount} ${currency}: ${end}, by ${via}${who === '' ? '' : ` (${who})`}`);
}

/** Hexadecimal digits in upper case may be bytes of a message, and are hidden in notes; ids that were made here are digits only. */
const idInNote = (id: string): string => (/^[0-9A-F]{32}$/.test(id) ? id.toLowerCase() : id);
