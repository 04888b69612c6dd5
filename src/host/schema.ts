/**
 * Schemas of request bodies, checked by valibot. Fields that are not named here are ignored: later versions of the elements may
 * send more.
 */
import { createHash } from 'node:crypto';
import { MmsError } from '../mms/error.js';
import { parseHex } from '../mms/hex.js';
import { readBlob } from '../mms/views/card-data.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import type { NewSale } from './ledger.js';
import { canonicalAmount } from './minor-units.js';
import { Refusal } from './refusal.js';
import { checkedAmounts, plainAmounts, type SaleAmounts } from './sale-amounts.js';

const v = await import('valibot').catch((cause: unknown) => {
  throw new Error('magtek-elements/host checks what it receives with valibot: run “npm install valibot”.', { cause });
});

/** Characters of the longest transaction id. */
const LONGEST_ID = 200;

/** Text without control characters and halves of characters, which databases and logs do not take. */
const plainText = (most: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.regex(/^[^\p{Cc}\p{Cs}]+$/u));

const transactionId = plainText(LONGEST_ID);
const decimal = v.pipe(v.string(), v.maxLength(20), v.regex(/^[0-9]+(?:\.[0-9]+)?$/));
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9A-Fa-f]{2})+$/), v.toUpperCase());

const sale = v.object({
  transactionId,
  amount: decimal,
  currency: v.pipe(
    v.string(),
    v.check((alpha) => currencyByAlpha(alpha) !== undefined),
  ),
  /** Pages of before `schema: 1` do not say it. */
  type: v.optional(plainText(32), 'purchase'),
  amounts: v.optional(
    v.object({ base: decimal, tip: decimal, tax: decimal, surcharge: decimal, cashback: decimal, total: decimal }),
  ),
  /** Of a refund: the sale that it gives back. */
  originalReference: v.optional(transactionId),
  arqc: hex,
  serialNumber: v.optional(plainText(64)),
  ksn: v.optional(v.pipe(hex, v.maxLength(64))),
});

const operation = v.object({ amount: v.optional(decimal) });

/** The schema of a library is checked in one place, so that a refused body always names its field. */
function check<T>(
  result:
    { readonly success: true; readonly output: T } | { readonly success: false; readonly issues: readonly object[] },
): T {
  if (result.success) return result.output;
  const { path } = result.issues[0] as { readonly path?: readonly { readonly key: unknown }[] };
  throw new Refusal('bad-body', path?.[0] === undefined ? 'body' : String(path[0].key));
}

/** Types of sales in which the card is charged. */
const taking: ReadonlySet<string> = new Set(['purchase', 'cash', 'cashback']);

/** A sale with its ARQC. */
export interface PostedSale extends NewSale {
  /** The whole ARQC in upper-case hexadecimal. */
  readonly arqc: string;
  /** They add up to the amount. */
  readonly amounts: SaleAmounts;
}

/** A refund for an earlier sale, read from a card. */
export interface PostedRefund {
  /** Names the refund. */
  readonly transactionId: string;
  /** Transaction id of the sale. */
  readonly originalReference: string;
  readonly amount: string;
  readonly currency: string;
}

/** What a page posts: a sale, or a refund for one. @throws {Refusal} that names the field. */
export function parsePosted(body: unknown): PostedSale | PostedRefund {
  const said = check(v.safeParse(sale, body, { abortEarly: true }));
  const { type, originalReference, amount, currency } = said;
  if (type !== 'refund' || originalReference === undefined) return parseSale(body);
  return {
    transactionId: parseKey(said.transactionId, 'transactionId'),
    ...{ originalReference, amount: amountField(amount, currency), currency },
  };
}

export const isRefund = (posted: PostedSale | PostedRefund): posted is PostedRefund => 'originalReference' in posted;

/** The key of an operation. @throws {Refusal} that names the field, for one that no store takes. */
export function parseKey(key: string, field: 'Idempotency-Key' | 'transactionId'): string {
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw new Refusal('bad-body', field);
  return key;
}

/**
 * A sale as a page posts it. Key serial number and serial number are those inside the ARQC; what the page says must agree, and
 * counts only where the ARQC cannot be read.
 *
 * @throws {Refusal} that names the field.
 */
function parseSale(body: unknown): PostedSale {
  const { arqc, currency, ...said } = check(v.safeParse(sale, body, { abortEarly: true }));
  // `authorize` takes money: a refund that came here would charge the card once more.
  if (!taking.has(said.type)) throw new Refusal('not-supported', 'type');
  const inside = readArqc(arqc);
  const ksn = inside?.ksn ?? said.ksn;
  const serialNumber = (inside?.serialNumber ?? '') || said.serialNumber;
  if (ksn === undefined) throw new Refusal('bad-body', 'ksn');
  if (serialNumber === undefined) throw new Refusal('bad-body', 'serialNumber');
  if (said.ksn !== undefined && said.ksn !== ksn) throw new Refusal('card-data-mismatch', 'ksn');
  if (said.serialNumber !== undefined && said.serialNumber !== serialNumber) {
    throw new Refusal('card-data-mismatch', 'serialNumber');
  }
  const amount = amountField(said.amount, currency);
  return {
    transactionId: said.transactionId,
    amount,
    amounts: amountsField(said.amounts, amount, currency),
    currency,
    serialNumber,
    ksn,
    arqc,
    arqcHash: createHash('sha256').update(arqc).digest('hex'),
  };
}

/** The amount of a later operation in the currency of its sale; undefined where none is given. */
export function parseOperation(body: unknown, currency: string): string | undefined {
  const { amount } = check(v.safeParse(operation, body, { abortEarly: true }));
  return amount === undefined ? undefined : amountField(amount, currency);
}

/** @throws {Refusal} for an id that no sale can have. */
export const parseTransactionId = (text: string): string => {
  if (!v.is(transactionId, text)) throw new Refusal('bad-body', 'transactionId');
  return text;
};

function amountField(amount: string, currency: string): string {
  try {
    return canonicalAmount(amount, currency);
  } catch {
    throw new Refusal('bad-body', 'amount');
  }
}

/** What the amount is made of; a page that does not say it has nothing but goods and services. */
function amountsField(said: SaleAmounts | undefined, amount: string, currency: string): SaleAmounts {
  if (!said) return plainAmounts(amount, currency);
  let amounts: SaleAmounts | undefined;
  try {
    amounts = checkedAmounts(said, amount, currency);
  } catch {
    // Refused like a sum that is wrong.
  }
  if (!amounts) throw new Refusal('bad-body', 'amounts');
  return amounts;
}

/** What is in clear around the encrypted part; undefined where it is not readable, which the gateway will say. */
function readArqc(arqc: string): { readonly ksn?: string; readonly serialNumber: string } | undefined {
  try {
    return readBlob(parseHex(arqc));
  } catch (error) {
    if (error instanceof MmsError) return undefined;
    throw error;
  }
}
