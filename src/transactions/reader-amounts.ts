/**
 * The amounts of a sale with what the cardholder chose at the reader: total, tip and tax of an ARQC (DF2A, DF5D, DF5E) [PJ], and what
 * the card was asked for (9F02). They must add up to what the reader was started with: a host is never asked for money that nobody
 * can explain.
 */
import { currencyByAlpha } from '../mms/emv/currency.js';
import { unitsOf } from '../mms/emv/amount.js';
import { toHex } from '../mms/hex.js';
import { searchNode } from '../mms/tlv.js';
import { MOST, withChosenTip, type Amounts } from './amounts.js';
import type { CardDataDetail } from './card.js';
import type { Terms } from './state.js';

/** The amounts; undefined where those of the reader contradict the sale. */
export function readerAmounts({ amounts, currency, sent }: Terms, { tlv }: CardDataDetail): Amounts | undefined {
  const [total, tip, tax, cards] = ['DF2A', 'DF5D', 'DF5E', '9F02'].map((tag) => numberOf(searchNode(tlv, tag)?.value));
  const known = currencyByAlpha(currency);
  if (!sent || !known || [total, tip, tax, cards].every((number) => number === undefined)) return amounts;
  if (total === null || tip === null || tax === null || cards === null) return undefined;
  const [chosen, added] = [tip ?? 0n, tax ?? 0n];
  const expected = { amount: unitsOf(sent.amount, known), tax: unitsOf(sent.tax, known) };
  const sum = expected.amount + chosen + expected.tax;
  // The card may be asked before or after the reader adds what was chosen.
  if (cards !== undefined && cards !== expected.amount && cards !== sum) return undefined;
  // A reader that says nothing of tip and tax has added none.
  if (total === undefined && tip === undefined && tax === undefined) return amounts;
  if (added !== expected.tax || (chosen !== 0n && !sent.asksTip)) return undefined;
  if (total !== undefined && total !== sum) return undefined;
  if (!sent.asksTip) return amounts;
  // More than an amount has room for is nothing that a host could be asked for.
  return sum > MOST ? undefined : withChosenTip(amounts, chosen, known);
}

/** Twelve packed digits; null for anything else. */
function numberOf(value: Uint8Array | undefined): bigint | null | undefined {
  if (!value) return undefined;
  const digits = toHex(value);
  return /^[0-9]{12}$/.test(digits) ? BigInt(digits) : null;
}
