/**
 * The value of an EMV or card data object for people: amounts with their currency, dates, countries, bits in words.
 * It does not know where the object is, and it hides nothing: it is to be given what redaction has left.
 */
import { toHex } from '../hex.js';
import { tagInfo } from '../tables/tags.js';
import { decodeAmount } from './amount.js';
import { kernelOf } from './application.js';
import { readBits, setBits, type SetBit } from './bits.js';
import { codes, readCryptogram, readResponseCode } from './codes.js';
import type { EmvReadingContext } from './context.js';
import { countryByNumeric } from './country.js';
import { currencyByNumeric } from './currency.js';
import { readCvmList, readCvmResults } from './cvm.js';
import { readDol } from './dol.js';
import { readIssuerData } from './issuer-data.js';
import { kernelTags, readCapabilities } from './kernel.js';
import { isCodeTable, preferredNameOf } from './preferred-name.js';

export interface EmvReading {
  /** The value in a few words; hexadecimal where there are no better ones. */
  readonly text: string;
  /** What it consists of, a line each: the bits that are set, for example. */
  readonly lines?: readonly string[];
}

type Reader = (value: Uint8Array, context: EmvReadingContext) => EmvReading | string | undefined;

const AMOUNTS = ['9F02', '9F03', 'DF2A', 'DF5D', 'DF5E'] as const;
const CURRENCIES = ['5F2A', '9F42', '9F3C'] as const;
const COUNTRIES = ['9F1A', '5F28'] as const;
const DATES = ['9A', '5F25'] as const;
const OBJECT_LISTS = ['8C', '8D', '97', '9F38', '9F49', '9F4F'] as const;

/** Whether a date of six digits exists; of the years 1950 to 2049 every fourth is a leap year. */
function isDate(digits: string): boolean {
  const year = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4));
  const days = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** Digits in pairs with something between. */
const pairs = (digits: string, between: string): string => digits.replace(/(..)(?=.)/g, `$1${between}`);

/** Years of two digits up to 49 are of this century (Book 4, date management). */
const readDate: Reader = (value) => {
  const digits = toHex(value);
  const century = digits < '5' ? '20' : '19';
  return /^[0-9]{6}$/.test(digits) && isDate(digits) ? century + pairs(digits, '-') : undefined;
};

const readTime: Reader = (value) => {
  const digits = toHex(value);
  return /^(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$/.test(digits) ? pairs(digits, ':') : undefined;
};

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

const readRules: Reader = (value) => {
  const list = readCvmList(value);
  if (!list) return undefined;
  const { x, y, rules } = list;
  const lines = rules.map(({ method, condition }) => `${condition}: ${method}`);
  const amounts = x === 0 && y === 0 ? [] : [`amount X: ${String(x)}, amount Y: ${String(y)}`];
  return { text: `${String(rules.length)} rules`, lines: [...amounts, ...lines] };
};

/** Application preferred name, 9F12. */
const readPreferredName: Reader = (value, { codeTable }) => {
  const name = preferredNameOf(value, codeTable);
  return name === undefined ? undefined : `“${name}”`;
};

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...AMOUNTS.map((tag) => [tag, readAmount] as const),
  ...OBJECT_LISTS.map((tag) => [tag, readList] as const),
  ...DATES.map((tag) => [tag, readDate] as const),
  ...CURRENCIES.map((tag) => [tag, (value: Uint8Array) => currencyByNumeric(toHex(value).slice(1))?.alpha] as const),
  ...COUNTRIES.map((tag) => [tag, (value: Uint8Array) => countryByNumeric(toHex(value).slice(1))] as const),
  ['9F21', readTime],
  ['8A', readResponseCode],
  ['8E', readRules],
  [
    '9F34',
    (value) => {
      const lines = readCvmResults(value);
      return lines && { text: `${lines[0]}: ${lines[2]}`, lines };
    },
  ],
  ['9F27', readCryptogram],
  ['9F10', (value, { application = '' }) => readIssuerData(value, application)],
  ['9F11', ([table]) => (isCodeTable(table) ? `ISO 8859-${String(table)}` : undefined)],
  ['9F12', readPreferredName],
  ['9F5D', (value, context) => readAmount(value, context) ?? linesOf(value, readCapabilities(value))],
]);

const linesOf = (value: Uint8Array, lines: readonly string[] | undefined): EmvReading | undefined =>
  lines && { text: toHex(value), lines };

const bitLines = (bits: readonly SetBit[]): readonly string[] =>
  bits.length === 0
    ? ['no bit is set']
    : bits.map(({ byte, bit, text }) => `byte ${String(byte)}, bit ${String(bit)}: ${text}`);

/** What the bits of a value say, or what a kernel takes it for. */
function partsOf(tag: string, value: Uint8Array, { application = '' }: EmvReadingContext): EmvReading | undefined {
  if (value.length === 0) return undefined;
  const meaning = kernelTags[tag]?.[kernelOf(application) ?? 0];
  const bits = meaning ? meaning.bits && setBits(meaning.bits, value) : readBits(tag, value);
  return linesOf(value, bits ? bitLines(bits) : meaning?.lines?.(value));
}

/** What a value says. Never throws: a value that is not what its tag promises is shown in hexadecimal. */
export function readEmvValue(tag: string, value: Uint8Array, context: EmvReadingContext = {}): EmvReading {
  const code = value.length === 1 ? codes[tag]?.[value[0] as number] : undefined;
  const reading = partsOf(tag, value, context) ?? code ?? readers.get(tag)?.(value, context) ?? readText(tag, value);
  if (typeof reading === 'string') return { text: reading };
  return reading ?? { text: toHex(value) };
}

/** Text in quotation marks where the tag's format is text and the value is printable. */
function readText(tag: string, value: Uint8Array): string | undefined {
  const isText = /^(?:an|text)/.test(tagInfo(tag)?.format ?? '') && value.length > 0;
  if (!isText || !value.every((byte) => byte >= 0x20 && byte < 0x7f)) return undefined;
  return `“${String.fromCharCode(...value)}”`;
}
