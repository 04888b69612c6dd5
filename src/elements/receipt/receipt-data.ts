/**
 * The contents of a receipt as plain data: only what receipts may have, each value checked, and texts of others masked. A
 * result may come from a page's own store, so that nothing in it is taken for granted.
 */
import { currencyByAlpha } from '../../mms/emv/currency.js';
import { redactText } from '../../mms/redact.js';
import { cryptogramTypes, type CryptogramType } from '../../mms/emv/cryptogram.js';
import type { TransactionData, TransactionResult } from '../../transactions/contract.js';

/** Whose copy it is. */
export const copies = ['customer', 'merchant'] as const;
export type ReceiptCopy = (typeof copies)[number];

/** A result of a sale, or the same as plain data. */
export type ReceiptSource = TransactionResult | TransactionData;

/** Parts of the total, in the order of a receipt. */
export const amountParts = ['base', 'tax', 'tip', 'surcharge', 'cashback'] as const;

const types = ['purchase', 'cash', 'cashback', 'refund'] as const;
const outcomes = ['approved', 'declined', 'deferred', 'cancelled', 'timed-out', 'failed', 'unknown'] as const;
const entryModes = ['contact', 'contactless', 'contactless-stripe', 'swipe', 'fallback', 'manual'] as const;

/** How the cardholder was verified, as far as receipts tell (EMV 4.4 Book 3, annex C3; Book 4, annex A4). */
export type Verification = 'pin' | 'signature' | 'pin-signature' | 'biometric' | 'none' | 'failed';

/** The data of a receipt. What is not known is absent. */
export interface ReceiptData {
  readonly schema: 1;
  readonly copy: ReceiptCopy;
  readonly transactionId?: string;
  readonly type: (typeof types)[number];
  readonly outcome?: (typeof outcomes)[number];
  /** Why it ended so: words of the host, or English. */
  readonly reason?: string;
  /** ISO 8601 in UTC. */
  readonly dateTime?: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Decimal texts; parts that are zero are left out. */
  readonly amounts: Readonly<Partial<Record<(typeof amountParts)[number], string>>> & { readonly total?: string };
  /** Decimal text; only where the host approved another amount than the total. */
  readonly approvedAmount?: string;
  readonly card?: {
    /** The last four digits behind asterisks: no copy shows more. */
    readonly number: string;
    /** Name of the scheme. */
    readonly brand?: string;
    readonly entryMode?: (typeof entryModes)[number];
  };
  /** Objects of a chip card: hexadecimal, except the names. */
  readonly emv?: {
    readonly label?: string;
    readonly preferredName?: string;
    readonly aid?: string;
    readonly tvr?: string;
    readonly tsi?: string;
    readonly cvm?: string;
    readonly verification?: Verification;
    readonly cryptogramType?: CryptogramType;
    readonly cryptogram?: string;
  };
  readonly responseCode?: string;
  readonly authorizationCode?: string;
  readonly reference?: string;
  /** Id of the sale whose money a refund gives back. */
  readonly originalReference?: string;
  readonly note?: string;
}

/** Names of the schemes as they write them. */
const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  maestro: 'Maestro',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  interac: 'Interac',
  girocard: 'girocard',
  rupay: 'RuPay',
  mir: 'Mir',
  'cartes-bancaires': 'CB',
};

/** What can be seen of a value that may be anything. */
const partsOf = <Value>(value: unknown): Partial<Record<keyof Value, unknown>> =>
  typeof value === 'object' && value !== null ? value : {};

/** The data of a receipt; undefined where there is no sale. */
export function receiptData(source: unknown, copy: ReceiptCopy, note: unknown): ReceiptData | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const sale = partsOf<TransactionData>(source);
  const currency = currencyByAlpha(textOf(sale.currency) ?? '') ? (sale.currency as string) : '';
  const amounts = partsOf<Record<string, string>>(sale.amounts);
  const total = amountOf(amounts.total ?? sale.amount);
  const parts = amountParts.flatMap((part) => {
    const amount = amountOf(amounts[part]);
    return amount !== undefined && /[1-9]/.test(amount) && (part !== 'base' || !isSame(amount, total))
      ? [[part, amount] as const]
      : [];
  });
  const approved = amountOf(sale.approvedAmount);
  return defined({
    schema: 1,
    copy,
    type: oneOf(types, sale.type) ?? 'purchase',
    currency,
    amounts: defined({ ...Object.fromEntries(parts), total }),
    transactionId: idOf(sale.transactionId),
    outcome: oneOf(outcomes, sale.outcome),
    reason: textOf(sale.reason),
    dateTime:
      typeof sale.dateTime === 'string' && !Number.isNaN(Date.parse(sale.dateTime)) ? dateOf(sale.dateTime) : undefined,
    approvedAmount: isSame(approved, total) ? undefined : approved,
    card: typeof sale.card === 'object' && sale.card !== null ? cardOf(sale.card) : undefined,
    emv: emvOf(sale.emv, sale.outcome === 'approved'),
    responseCode: textOf(sale.responseCode) ?? textOf(partsOf<{ responseCode: string }>(sale.emv).responseCode),
    authorizationCode: textOf(sale.authorizationCode),
    reference: idOf(sale.reference),
    originalReference: idOf(sale.originalReference),
    note: textOf(note),
  });
}

const dateOf = (value: string): string => new Date(value).toISOString();

function cardOf(card: unknown): NonNullable<ReceiptData['card']> {
  const { last4, brand, entryMode } = partsOf<NonNullable<TransactionData['card']>>(card);
  const digits = typeof last4 === 'string' && /^[0-9]{4}$/.test(last4) ? last4 : '****';
  return defined({
    number: `**** **** **** ${digits}`,
    brand: typeof brand === 'string' && Object.hasOwn(brands, brand) ? brands[brand] : undefined,
    entryMode: oneOf(entryModes, entryMode),
  });
}

function emvOf(value: unknown, isApproved: boolean): ReceiptData['emv'] {
  const facts = partsOf<NonNullable<TransactionData['emv']>>(value);
  const cvm = hexOf(facts.cvm, 3, 3);
  const emv = defined({
    label: textOf(facts.label),
    preferredName: textOf(facts.preferredName),
    aid: hexOf(facts.aid, 5, 16),
    tvr: hexOf(facts.tvr, 5, 5),
    tsi: hexOf(facts.tsi, 2, 2),
    cvm,
    verification: cvm === undefined ? undefined : verificationOf(cvm, isApproved),
    cryptogramType: oneOf(cryptogramTypes, facts.cryptogramType),
    cryptogram: hexOf(facts.cryptogram, 8, 8),
  });
  return Object.keys(emv).length === 0 ? undefined : emv;
}

/** Methods of 9F34, its first six bits. What is not here is reserved: nobody can tell what it is. */
const methods: readonly (readonly [Verification, readonly number[]])[] = [
  ['failed', [0x00]],
  ['pin', [0x01, 0x02, 0x04]],
  ['pin-signature', [0x03, 0x05]],
  ['biometric', [0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f]],
  ['signature', [0x1e]],
  // No verification required, and none carried out.
  ['none', [0x1f, 0x3f]],
];
/** What the third byte says of it. Signatures, and what the host checks, are unknown to the reader. */
const UNKNOWN = 0x00;
const FAILED = 0x01;

/** Undefined where nobody can tell: what a host checks may be why it did not approve. */
function verificationOf(cvm: string, isApproved: boolean): Verification | undefined {
  const code = parseInt(cvm.slice(0, 2), 16) & 0x3f;
  const result = parseInt(cvm.slice(4), 16);
  if (result === FAILED) return 'failed';
  const method = methods.find(([, codes]) => codes.includes(code))?.[0];
  const isChecked = method === 'pin' || method === 'pin-signature' || method === 'biometric';
  return isChecked && result === UNKNOWN && !isApproved ? undefined : method;
}

/** A text of somebody else in one line, without card numbers. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = withoutCards(value.normalize('NFKC').replace(/\s+/g, ' ').trim());
  return text === '' ? undefined : text;
}

/**
 * A text without the digits of cards: of a number that is found nothing is left, and neither is of what is written to it without a
 * space, such as the rest of a track with its expiry date. Receipts show less than the log does.
 */
export function withoutCards(text: string): string {
  const redacted = redactText(text);
  if (redacted === text) return text;
  return text.replace(/\S+/g, (word, at: number) =>
    redacted.slice(at, at + word.length) === word ? word.replace(/[0-9]/g, '*') : '*'.repeat(word.length),
  );
}

/** An identifier of hexadecimal digits is no message that holds card data; a run of decimal digits in it may still be a number. */
function idOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[0-9a-f-]{1,64}$/i.test(value)) return textOf(value);
  return value.replace(/[0-9-]{12,}/g, withoutCards);
}

/** Hexadecimal digits of so many bytes; what could be a card number is masked. */
function hexOf(value: unknown, least: number, most: number): string | undefined {
  if (typeof value !== 'string' || !/^([0-9A-F]{2})+$/i.test(value)) return undefined;
  const bytes = value.length / 2;
  if (bytes < least || bytes > most) return undefined;
  return value.replace(/[0-9]{12,}/g, withoutCards).toUpperCase();
}

const oneOf = <Value extends string>(known: readonly Value[], value: unknown): Value | undefined =>
  known.find((each) => each === value);

/** A decimal text of at most the twelve digits of EMV; one that could be a card number is none. */
const amountOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9]{1,12}(\.[0-9]{1,4})?$/.test(value) && redactText(value) === value
    ? value
    : undefined;

/** Whether two decimal texts are the same amount: `4.6` and `4.60`. */
const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && plain(one) === plain(other);

function plain(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  return `${whole.replace(/^0+/, '')}.${fraction.replace(/0+$/, '')}`;
}

/** The same without what is not known. */
function defined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}
