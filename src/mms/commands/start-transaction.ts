/**
 * Command 1001, Start Transaction.
 * It does not know what the bits of the transaction options mean: no source says so.
 */
import { encodeAmount } from '../emv/amount.js';
import { currencyByAlpha } from '../emv/currency.js';
import { parseHex } from '../hex.js';
import type { MmsRequest } from '../message.js';
import { encodeTlv, type TlvInput } from '../tlv.js';
import { cardReaders, parseAccept, type Accept } from './accept.js';
import {
  badValue,
  bytesField,
  choice,
  numberBytes,
  object,
  request,
  secondsObject,
  type RequestFields,
} from './fields.js';

/** What a transaction is: tag 9C, the first two digits of the processing code of ISO 8583. */
export const transactionTypes = { purchase: '00', cash: '01', cashback: '09', refund: '20' } as const;

/** @see {@link transactionTypes} */
export type TransactionType = keyof typeof transactionTypes;

/** Tip choices that the reader offers. The layout of the six buttons' five bytes each is not published. */
export interface TipOptions {
  readonly mode: 'percent' | 'amount';
  /** Six times ten hexadecimal digits. */
  readonly buttons: readonly string[];
}

export interface StartTransactionOptions extends RequestFields {
  /** Decimal digits: `4.60`. Zero in a refund only, for which published samples send it: the card is read to be known again. */
  readonly amount: string;
  /** ISO 4217 code, such as `EUR`. Without one none is sent, and the amount has two decimals. */
  readonly currency?: string;
  /** How cards may be presented. Default `insert tap swipe`. */
  readonly accept?: Accept;
  /** Whether tapping takes NFC tags as well as cards. Default false. */
  readonly nfc?: boolean;
  /** Default `purchase`. */
  readonly type?: TransactionType;
  /** Seconds to wait for a card, 1 to 255. Default 60. */
  readonly timeout?: number;
  /** Part of the amount that is paid out in cash (9F03). Default 0. */
  readonly otherAmount?: string;
  /**
   * Two bytes, default 0003 as in the plain starts of the seed guide; its NFC start has 0203. One of the options selects
   * Quick Chip [MG p94]; which bit does what is not published.
   */
  readonly transactionOptions?: number;
  /** Four digits (9F15). Where given, 5F36 (exponent) and 9F53 are sent too: known messages have all three or none. */
  readonly merchantCategory?: string;
  /** Transaction category code (9F53), one byte. Default 0; sent with `merchantCategory` only. */
  readonly transactionCategory?: number;
  /** Tax that the reader shows with the tip (A4/82). */
  readonly tax?: string;
  /** Tip choices that the reader shows (A4/81). */
  readonly tip?: TipOptions;
  /** Sends “barcode reader off” where `accept` has no `barcode`, instead of nothing. Default false. */
  readonly barcodeOff?: boolean;
}

/** Where no currency is given, two decimals. */
export const DEFAULT_EXPONENT = 2;

const TIP_MODES = { percent: 1, amount: 2 } as const;
export const TIP_BUTTONS = 6;

/**
 * Starts a transaction: the reader waits for a card and reports by notifications 0101 and 0105 [S, PJ, MG p94].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function startTransaction(options: StartTransactionOptions): MmsRequest {
  const { timeout = 60, transactionOptions = 0x0003 } = options;
  const currency = options.currency === undefined ? undefined : currencyByAlpha(options.currency);
  if (options.currency !== undefined && currency === undefined) {
    throw badValue('currency', 'must be an ISO 4217 code such as EUR');
  }
  const exponent = currency?.exponent ?? DEFAULT_EXPONENT;
  return request(
    0x1001,
    [
      secondsObject('82', timeout),
      { tag: 'A3', children: readerOptions(options) },
      object('84', ...numberBytes(transactionOptions, 'transactionOptions', 0, 0xffff, 2)),
      { tag: '86', value: encodeTlv(transactionData(options, exponent, currency?.numeric)) },
      ...tipAndTax(options, exponent),
    ],
    options,
  );
}

function readerOptions({
  accept = 'insert tap swipe',
  nfc = false,
  barcodeOff = false,
}: StartTransactionOptions): TlvInput[] {
  const ways = parseAccept(accept);
  if (nfc && !ways.has('tap')) throw badValue('nfc', 'needs tap in accept');
  const readers = cardReaders(ways);
  if (nfc) readers[2] = object('83', 3);
  if (ways.has('manual')) readers.push(object('84', 0, 0, 1));
  if (ways.has('barcode')) readers.push(object('85', 1, 0));
  else if (barcodeOff) readers.push(object('85', 0, 0));
  return readers;
}

function transactionData(options: StartTransactionOptions, exponent: number, numeric: string | undefined): TlvInput[] {
  const { type = 'purchase', otherAmount = '0', merchantCategory, transactionCategory = 0 } = options;
  const amount = encodeAmount(options.amount, { exponent });
  if (type !== 'refund' && amount.every((byte) => byte === 0)) throw badValue('amount', 'must be more than zero');
  const data: TlvInput[] = [
    { tag: '9C', value: parseHex(choice(transactionTypes, type, 'type')) },
    { tag: '9F02', value: amount },
    { tag: '9F03', value: encodeAmount(otherAmount, { exponent }, 'otherAmount') },
  ];
  if (numeric !== undefined) data.push({ tag: '5F2A', value: parseHex(numeric.padStart(4, '0')) });
  if (merchantCategory !== undefined) {
    if (!/^[0-9]{4}$/.test(merchantCategory)) throw badValue('merchantCategory', 'must be four digits');
    data.push(
      object('5F36', exponent),
      { tag: '9F15', value: parseHex(merchantCategory) },
      object('9F53', ...numberBytes(transactionCategory, 'transactionCategory', 0, 255)),
    );
  }
  return data;
}

/** Tag A4, where a tip or a tax is given [PJ]. */
function tipAndTax({ tip, tax }: StartTransactionOptions, exponent: number): TlvInput[] {
  const children: TlvInput[] = [];
  if (tip !== undefined) {
    const mode = choice(TIP_MODES, tip.mode, 'tip.mode');
    if (tip.buttons.length !== TIP_BUTTONS) throw badValue('tip.buttons', `must be ${String(TIP_BUTTONS)}`);
    const buttons = tip.buttons.flatMap((button) => [...bytesField(button, 'tip.buttons', 5)]);
    children.push(object('81', mode, ...buttons));
  }
  if (tax !== undefined) children.push({ tag: '82', value: encodeAmount(tax, { exponent }, 'tax') });
  return children.length === 0 ? [] : [{ tag: 'A4', children }];
}
