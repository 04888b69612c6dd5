/**
 * The value of an EMV or card data object for people: amounts with their currency, dates, countries, bits in words.
 * It does not know where the object stands, and it hides nothing: it is to be given what redaction has left.
 */
import { toHex } from '../hex.js';
import { tagInfo } from '../tables/tags.js';
import { decodeAmount } from './amount.js';
import { readBits } from './bits.js';
import { countryByNumeric } from './country.js';
import { currencyByNumeric, type Currency } from './currency.js';
import { readCvmResults } from './cvm.js';
import { readDol } from './dol.js';

export interface EmvReading {
  /** The value in a few words; hexadecimal where there are no better ones. */
  readonly text: string;
  /** What it consists of, a line each: the bits that are set, for example. */
  readonly lines?: readonly string[];
}

export interface EmvReadingContext {
  /** Currency of the amounts beside it (5F2A). Without one, amounts are shown as their twelve digits: no decimals are invented. */
  readonly currency?: Currency | undefined;
}

type Reader = (value: Uint8Array, context: EmvReadingContext) => EmvReading | string | undefined;

const AMOUNTS = ['9F02', '9F03', 'DF2A', 'DF5D', 'DF5E'] as const;
const OBJECT_LISTS = ['8C', '8D', '97', '9F38', '9F49'] as const;

/** Texts of one-byte codes [EMV Book 3, annex A; Book 4, annex A1; DP ARQC, MF, DM p72]. */
const codes: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  '9C': { 0x00: 'purchase', 0x01: 'cash', 0x09: 'purchase with cashback', 0x20: 'refund' },
  DFDF1A: { 0x00: 'accept', 0x01: 'decline', 0x02: 'error' },
  DFDF52: {
    0x00: 'other',
    0x01: 'stripe, financial',
    0x02: 'stripe, AAMVA',
    0x03: 'entered by hand',
    0x04: 'unknown',
    0x05: 'contact chip',
    0x06: 'contactless EMV',
    0x07: 'stripe, financial, of a card with a chip',
    0x08: 'contactless stripe',
  },
  DFDF53: { 0x00: 'no fallback', 0x01: 'technical fallback', 0x81: 'fallback to the stripe' },
};

/** Cryptogram by the two highest bits of 9F27 (Book 3, table 14). */
const cryptograms = ['AAC: declined', 'TC: approved offline', 'ARQC: the host is asked', 'reserved'] as const;

/** Reason or advice in the lower bits of 9F27 (Book 3, table 15). */
const ADVICE = 0x08;
const reasons = ['', 'service not allowed', 'PIN try limit exceeded', 'issuer authentication failed'] as const;

const readCryptogram: Reader = ([byte]) => {
  if (byte === undefined) return undefined;
  const reason = byte & 0x07;
  return [
    cryptograms[byte >> 6],
    (byte & ADVICE) === 0 ? '' : 'advice required',
    reasons[reason] ?? `reason ${String(reason)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** Authorization response codes that a terminal makes itself (Book 4, annex A6), and the most common ones of a host (ISO 8583). */
const responses: Readonly<Record<string, string>> = {
  '00': 'approved',
  '05': 'declined',
  Y1: 'offline approved',
  Y3: 'unable to go online, offline approved',
  Z1: 'offline declined',
  Z3: 'unable to go online, offline declined',
};

const readResponse: Reader = (value) => {
  const code = String.fromCharCode(...value);
  const words = responses[code];
  return words === undefined ? undefined : `“${code}” ${words}`;
};

/** Whether a date of six digits exists. */
function isDate(digits: string, century: string): boolean {
  const [year, month, day] = (digits.match(/../g) ?? []).map(Number) as [number, number, number];
  const whole = Number(century) * 100 + year;
  const isLeap = whole % 4 === 0 && (whole % 100 !== 0 || whole % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

const readAmount: Reader = (value, { currency }) => {
  if (!currency) return undefined;
  try {
    return `${decodeAmount(value, currency)} ${currency.alpha}`;
  } catch {
    return undefined;
  }
};

const readList: Reader = (value) => {
  try {
    const lines = readDol(value).map(({ tag, length }) =>
      [tag, tagInfo(tag)?.name ?? '', `(${String(length)})`].filter((part) => part !== '').join(' '),
    );
    return { text: `${String(lines.length)} objects`, lines };
  } catch {
    return undefined;
  }
};

/** Packed digits in pairs with something between. */
const digitPairs =
  (length: number, between: string, before = ''): Reader =>
  (value) => {
    const digits = toHex(value);
    if (value.length !== length || !/^\d+$/.test(digits)) return undefined;
    return before + digits.replace(/(..)(?=.)/g, `$1${between}`);
  };

/** Years of two digits up to 49 are of this century (Book 4, date management). */
const readDate: Reader = (value) => {
  const century = toHex(value) < '5' ? '20' : '19';
  return isDate(toHex(value), century) ? digitPairs(3, '-', century)(value, {}) : undefined;
};

const readTime: Reader = (value) =>
  /^(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$/.test(toHex(value)) ? digitPairs(3, ':')(value, {}) : undefined;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...AMOUNTS.map((tag) => [tag, readAmount] as const),
  ...OBJECT_LISTS.map((tag) => [tag, readList] as const),
  ...['9A', '5F25'].map((tag) => [tag, readDate] as const),
  ['9F21', readTime],
  ['8A', readResponse],
  ['5F2A', (value) => currencyByNumeric(toHex(value).slice(1))?.alpha],
  ...['9F1A', '5F28'].map((tag) => [tag, (value: Uint8Array) => countryByNumeric(toHex(value).slice(1))] as const),
  [
    '9F34',
    (value) => {
      const lines = readCvmResults(value);
      return lines && { text: `${lines[0]}: ${lines[2]}`, lines };
    },
  ],
  ['9F27', readCryptogram],
]);

/** What a value says. Never throws: a value that is not what its tag promises is shown in hexadecimal. */
export function readEmvValue(tag: string, value: Uint8Array, context: EmvReadingContext = {}): EmvReading {
  const hex = toHex(value);
  const bits = value.length === 0 ? undefined : readBits(tag, value);
  if (bits) {
    const lines = bits.map(({ byte, bit, text }) => `byte ${String(byte)}, bit ${String(bit)}: ${text}`);
    return { text: hex, lines: lines.length === 0 ? ['no bit is set'] : lines };
  }
  const code = value.length === 1 ? codes[tag]?.[value[0] as number] : undefined;
  const reading = code ?? readers.get(tag)?.(value, context) ?? readText(tag, value);
  if (typeof reading === 'string') return { text: reading };
  return reading ?? { text: hex };
}

/** Text in quotation marks where the tag's format is text and the value is printable. */
function readText(tag: string, value: Uint8Array): string | undefined {
  const isText = /^(?:an|text)/.test(tagInfo(tag)?.format ?? '') && value.length > 0;
  if (!isText || !value.every((byte) => byte >= 0x20 && byte < 0x7f)) return undefined;
  return `“${String.fromCharCode(...value)}”`;
}
