/**
 * Issuer application data (9F10) in their parts. EMV defines only those of its common core definitions (Book 3, annex C9); Visa
 * (VIS 1.6, appendix F) and Mastercard (M/Chip) have formats of their own. What the parts say is the issuer's.
 */
import { toHex } from '../hex.js';
import { MASTERCARD, VISA, registrationOf } from './application.js';

/** A named part and its bytes; without a number the rest. */
type Part = readonly [name: string, bytes?: number];

interface Format {
  readonly name: string;
  readonly fits: (value: Uint8Array, registration: string) => boolean;
  readonly parts: readonly Part[];
}

export const LONGEST = 32;

const formats: readonly Format[] = [
  {
    name: 'common core definitions',
    // Two halves, each behind its length; the highest digit of the identifier is the format.
    fits: (value) =>
      value.length === LONGEST && value[0] === 15 && value[16] === 15 && (value[1] as number) >> 4 === 0xa,
    parts: [
      ['length', 1],
      ['common core identifier', 1],
      ['derivation key index', 1],
      ['card verification results', 5],
      ['counters', 8],
      ['length', 1],
      ['issuer discretionary data'],
    ],
  },
  {
    name: 'Visa format 0, 1 or 3',
    fits: (value, registration) => registration === VISA && value[0] === 6 && value.length > 6 && value[3] === 3,
    parts: [
      ['length', 1],
      ['derivation key index', 1],
      ['cryptogram version number', 1],
      ['length', 1],
      ['card verification results', 3],
      ['issuer discretionary data'],
    ],
  },
  {
    name: 'Visa format 2 or 4',
    fits: (value, registration) => registration === VISA && value[0] === 31 && value.length === LONGEST,
    parts: [
      ['length', 1],
      ['cryptogram version number', 1],
      ['derivation key index', 1],
      ['card verification results', 5],
      ['issuer discretionary data'],
    ],
  },
  {
    name: 'M/Chip',
    fits: (value, registration) => registration === MASTERCARD && [18, 20, 26, 28].includes(value.length),
    parts: [
      ['derivation key index', 1],
      ['cryptogram version number', 1],
      ['card verification results', 6],
      ['data authentication code or dynamic number of the card', 2],
      ['counters'],
    ],
  },
];

/**
 * Format and parts of 9F10; undefined where no published format fits.
 * @param application The application that the card has chosen, in upper-case hexadecimal; empty where it is not known.
 */
export function readIssuerData(
  value: Uint8Array,
  application: string,
): { readonly text: string; readonly lines: readonly string[] } | undefined {
  const format = formats.find(({ fits }) => fits(value, registrationOf(application)));
  if (!format) return undefined;
  let at = 0;
  const lines: string[] = [];
  for (const [name, bytes = value.length - at] of format.parts) {
    const part = toHex(value.subarray(at, at + bytes));
    at += bytes;
    if (name !== 'length' && part !== '') lines.push(`${name}: ${part}`);
  }
  return { text: format.name, lines };
}
