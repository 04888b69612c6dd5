/** The lines of a receipt in the language of its element: names and values, in the order in which they are printed. */
import { spacedHex } from '../../mms/hex.js';
import { reasonText } from '../../language/error-words.js';
import type { receiptWords } from '../../language/english/receipt.js';
import type { Language } from '../../language/language-controller.js';
import { money } from '../../language/sale-words.js';
import type { TransactionResult } from '../../transactions/contract.js';
import { amountParts, withoutCards, type ReceiptData, type ReceiptSource } from './receipt-data.js';

export type ReceiptLanguage = Language<keyof typeof receiptWords>;

export interface Line {
  readonly name: string;
  readonly value: string;
  /** Bytes or codes, which read from left to right. */
  readonly isCode?: boolean;
}

/** The sum, in large letters: what was approved where that is not all. */
export interface Lines {
  readonly title: string;
  readonly time: string;
  readonly amounts: readonly Line[];
  readonly total: Line | undefined;
  readonly approved: Line | undefined;
  readonly outcome: string;
  /** Why; empty where the outcome says it all. */
  readonly reason: string;
  readonly card: readonly Line[];
  readonly details: readonly Line[];
  /** The cardholder has to sign this copy. */
  readonly isSigned: boolean;
}

const TIME: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' };

export function receiptLines(language: ReceiptLanguage, data: ReceiptData, source: ReceiptSource): Lines {
  const { copy, type, dateTime, currency, amounts, approvedAmount, outcome, emv } = data;
  const moneyLine = (name: string, amount: string | undefined): Line | undefined =>
    amount === undefined ? undefined : { name, value: money(language, amount, currency) };
  return {
    title: `${language.text(`receipt.${type}`)}, ${language.text(`receipt.${copy}`)}`,
    time: dateTime === undefined ? '' : language.time(Date.parse(dateTime), TIME),
    amounts: amountParts.flatMap((part) => moneyLine(language.text(`receipt.${part}-amount`), amounts[part]) ?? []),
    total: moneyLine(language.text('receipt.total'), amounts.total),
    approved: moneyLine(language.text('receipt.approved-amount'), approvedAmount),
    outcome: outcome === undefined ? '' : language.text(`outcome.${outcome}`),
    reason: reasonOf(language, data, source),
    card: cardLines(language, data),
    details: detailLines(language, data),
    isSigned: copy === 'merchant' && outcome === 'approved' && (emv?.verification ?? '').endsWith('signature'),
  };
}

/** In the language of the page where it is ours; the host's own words as they came. */
function reasonOf(language: ReceiptLanguage, { outcome, reason = '' }: ReceiptData, source: ReceiptSource): string {
  const { code, values } = (source.because ?? {}) as Partial<Record<string, unknown>>;
  // “Approved” is said in large letters already.
  if (typeof code !== 'string') return reason.toLowerCase() === outcome ? '' : reason;
  // That it was approved is said in large letters.
  if (outcome === 'approved') return '';
  const because = { code, values: textsOf(values) } as NonNullable<TransactionResult['because']>;
  return withoutCards(reasonText(language, { reason, because } as TransactionResult));
}

/** Those values of somebody else's object that are texts. */
const textsOf = (values: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

function cardLines(language: ReceiptLanguage, { card, emv }: ReceiptData): readonly Line[] {
  const names = [emv?.preferredName, emv?.label].filter(
    (name, at, all) => name !== undefined && all.indexOf(name) === at,
  );
  return [
    ...line(language.text('receipt.card'), card && [card.brand, card.number].filter(Boolean).join(' ')),
    ...line(language.text('receipt.entry'), card?.entryMode && language.text(`receipt.${card.entryMode}`)),
    ...line(language.text('receipt.application'), names.join(' / ')),
    ...line(language.text('receipt.verification'), emv?.verification && language.text(`receipt.${emv.verification}`)),
  ];
}

const detailLines = (language: ReceiptLanguage, data: ReceiptData): readonly Line[] => {
  const { emv = {}, authorizationCode, responseCode, reference, originalReference, transactionId, note } = data;
  return [
    ...line(language.text('receipt.authorization-code'), authorizationCode, true),
    ...line(language.text('receipt.response-code'), responseCode, true),
    ...line(language.text('receipt.reference'), reference, true),
    ...line(language.text('receipt.transaction'), transactionId, true),
    ...line(language.text('receipt.original'), originalReference, true),
    // Names of the field: the same in every language.
    ...line('AID', emv.aid, true),
    ...line(emv.cryptogramType ?? 'AC', emv.cryptogram, true),
    ...line('TVR', emv.tvr && spacedHex(emv.tvr), true),
    ...line('TSI', emv.tsi && spacedHex(emv.tsi), true),
    ...line('CVM', emv.cvm && spacedHex(emv.cvm), true),
    ...line(language.text('receipt.note'), note),
  ];
};

const line = (name: string, value: string | undefined, isCode = false): readonly Line[] =>
  value === undefined || value === '' ? [] : [{ name, value, isCode }];

/** A receipt as text, a line each; head and foot are the shop's own texts. */
export function receiptText(language: ReceiptLanguage, lines: Lines, head: string, foot: string): string {
  const { title, time, amounts, total, approved, outcome, reason, card, details, isSigned } = lines;
  const text = ({ name, value }: Line): string => language.text('receipt.line', { name, value });
  const block = (...each: readonly (Line | undefined)[]): string =>
    each.flatMap((found) => (found ? text(found) : [])).join('\n');
  return [
    head,
    [title, time].filter(Boolean).join('\n'),
    block(...amounts, total, approved),
    [outcome, reason].filter(Boolean).join('\n'),
    block(...card),
    block(...details),
    isSigned ? text({ name: language.text('receipt.sign-here'), value: '____________________' }) : '',
    foot,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
