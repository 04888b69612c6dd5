/**
 * Finds card numbers by their digits: 12 to 19 digits that begin as an issuer's numbers do, have a length that its numbers have,
 * and pass the Luhn check (ISO/IEC 7812-1, annex B). It works on character codes, so that text, packed digits and hexadecimal
 * text share one scanner; it does not know messages.
 *
 * The check alone says little: one in ten numbers passes it, and of all the numbers inside a longer one nearly always one does.
 */

/** Lengths of card numbers; the shortest ones in use are of Maestro. */
export const SHORTEST = 12;
export const LONGEST = 19;

/** Digits of a card number that may be shown: the most that PCI DSS 3.4.1 lets people see. */
export const LEADING_SHOWN = 6;
export const TRAILING_SHOWN = 4;

/** Characters between two groups of digits of one number; more are a gap between two numbers. */
export const MOST_BETWEEN = 16;

/** Sets of lengths, as bits. */
const L14 = 1 << 14;
const L15 = 1 << 15;
const L16 = 1 << 16;
const L16_19 = 0xf << 16;
const L12_19 = 0xff << 12;
const L13_16_19 = (1 << 13) | (1 << 16) | (1 << 19);

type Issuer = readonly [from: number, to: number, alone: number, edge?: number, inside?: number];

/**
 * Issuers by the first four digits of their numbers, and the lengths of these: of a number that stands alone, of one that begins
 * or ends inside more digits, and of one that has more digits on both sides. The less says that digits are a number, the more
 * typical of cards they have to be. The ranges are those that the schemes publish (ISO/IEC 7812); later rows go before others.
 */
const ISSUERS: readonly Issuer[] = [
  [1800, 1800, L15], // JCB
  [2131, 2131, L15],
  [2200, 2204, L16_19, L16], // Mir
  [2221, 2720, L16, L16], // Mastercard
  [3000, 3059, L14, L14], // Diners Club
  [3095, 3095, L14, L14],
  [3600, 3999, L14 | L16_19, L14],
  [3400, 3499, L15, L15, L15], // American Express
  [3700, 3799, L15, L15, L15],
  [3528, 3589, L16_19, L16], // JCB
  [4000, 4999, L13_16_19, L16, L16], // Visa
  [5000, 6999, L12_19], // Maestro
  [5100, 5599, L16, L16, L16], // Mastercard
  [6011, 6011, L12_19, L16, L16], // Discover
  [6200, 6299, L12_19, L16], // UnionPay
  [6440, 6599, L12_19, L16], // Discover
  [8100, 8299, L16_19], // UnionPay, RuPay
  [9792, 9792, L16, L16], // Troy
];

/** By the first four digits: 0 for no issuer, else one more than its row. */
const issuerOf = new Uint8Array(10_000);
ISSUERS.forEach(([from, to], row) => issuerOf.fill(row + 1, from, to + 1));

/** How numbers are written in groups of different sizes. */
const PATTERNS: ReadonlySet<string> = new Set(['4,6,5', '4,6,4', '4,3,3,3']);

/** Size of groups that are recognised also where different characters stand between them. */
export const CLEAR_GROUP = 4;

/** Digit sum of twice each digit. */
const DOUBLED = Uint8Array.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9);

/** What a character can be besides the digits 0 to 9: something that stands between groups of digits, or anything else. */
export const BETWEEN = 10;
export const OTHER = 11;

/** Spaces, dashes and apostrophes beyond ASCII. */
const SIGNS = /[\xa0\xad\xb7\u2000-\u2015\u2019\u202f\u2212]/;

/** ASCII: signs and spaces can stand between, but no letters, and not the mask `*`. */
const symbols = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9]/.test(character) ? code - 0x30 : /[a-z*]/i.test(character) ? OTHER : BETWEEN;
});

const symbolOf = (code: number): number =>
  code < 0x80 ? (symbols[code] as number) : SIGNS.test(String.fromCharCode(code)) ? BETWEEN : OTHER;

/** Value of the digit that a character code stands for; -1 for others. */
export const digitOf = (code: number): number => (code >= 0x30 && code <= 0x39 ? code - 0x30 : -1);

/** Whether a character can stand between groups of digits. */
export const isBetween = (code: number): boolean => symbolOf(code) === BETWEEN;

/** Digits that belong together, with what stands between them. */
interface Segment {
  readonly digits: number[];
  readonly places: number[];
  /** What stands before each digit, as a number; 0 where it is a digit. */
  readonly between: number[];
  count: number;
}

/**
 * Marks each digit that must not be shown: of every card number found, all digits but the first 6 and the last 4.
 * Takes time in proportion to the number of codes.
 *
 * @param isPacked Two digits share a byte and other digits may stand around them: a number is found wherever it begins.
 * @returns 1 for each code to be hidden; undefined where there is none.
 */
export function findCardDigits(codes: ArrayLike<number>, isPacked = false): Uint8Array | undefined {
  const size = codes.length;
  if (size < SHORTEST) return undefined;
  let marks: Uint8Array | undefined;
  // Not typed arrays: most values have few digits or none, and to make those takes longer than to look at all codes.
  const segment: Segment = { digits: [], places: [], between: [], count: 0 };
  let gap = 0;
  let gapLength = 0;
  for (let at = 0; at <= size; at++) {
    const code = codes[at] as number;
    const symbol = at < size ? symbolOf(code) : OTHER;
    if (symbol < BETWEEN) {
      segment.digits[segment.count] = symbol;
      segment.places[segment.count] = at;
      segment.between[segment.count++] = gap;
      gap = gapLength = 0;
    } else if (symbol === BETWEEN && ++gapLength <= MOST_BETWEEN) {
      gap = (gap * 31 + code + 1) | 1;
    } else {
      if (segment.count >= SHORTEST) marks = markSegment(segment, isPacked, marks, size);
      segment.count = gap = 0;
    }
  }
  return marks;
}

function markSegment(segment: Segment, isPacked: boolean, given: Uint8Array | undefined, size: number): typeof given {
  const { digits, places, count } = segment;
  let marks = given;
  let first = 0;
  for (let at = 0; at < 3; at++) first = first * 10 + (digits[at] as number);
  for (let start = 0; start + SHORTEST <= count; start++) {
    first = (first % 1000) * 10 + (digits[start + 3] as number);
    const issuer = ISSUERS[(issuerOf[first] as number) - 1];
    if (!issuer) continue;
    for (let length = SHORTEST; length <= Math.min(LONGEST, count - start); length++) {
      if (((issuer[2] >> length) & 1) === 0 || !isLuhn(digits, start, start + length)) continue;
      if (((allowed(segment, issuer, start, start + length, isPacked) >> length) & 1) === 0) continue;
      marks ??= new Uint8Array(size);
      for (let at = start + LEADING_SHOWN; at < start + length - TRAILING_SHOWN; at++) marks[places[at] as number] = 1;
    }
  }
  return marks;
}

function isLuhn(digits: ArrayLike<number>, start: number, end: number): boolean {
  let sum = 0;
  for (let at = end - 1, double = false; at >= start; at--, double = !double) {
    sum += double ? (DOUBLED[digits[at] as number] as number) : (digits[at] as number);
  }
  return sum % 10 === 0;
}

/** Lengths that count as a number for digits with these surroundings. */
function allowed(
  { digits, between, count }: Segment,
  [, , alone, edge = 0, inside = 0]: Issuer,
  start: number,
  end: number,
  isPacked: boolean,
): number {
  if (!isWritten(between, start, end)) return 0;
  // Zeros around a number fill a field up.
  let first = start;
  while (first > 0 && between[first] === 0 && digits[first - 1] === 0) first--;
  let last = end;
  while (last < count && between[last] === 0 && digits[last] === 0) last++;
  const begins = first === 0 || between[first] !== 0;
  const ends = last === count || between[last] !== 0;
  if (isPacked || (begins && ends)) return alone;
  if (begins || ends) return edge;
  // Up to so many digits are more likely one number that is not a card number.
  let run = end - start;
  for (let at = start; at > 0 && between[at] === 0 && run <= LONGEST; at--) run++;
  for (let at = end; at < count && between[at] === 0 && run <= LONGEST; at++) run++;
  return run > LONGEST ? edge : inside;
}

/** Whether people or programs write a number in such groups. */
function isWritten(between: ArrayLike<number>, start: number, end: number): boolean {
  const sizes: number[] = [];
  const separators = new Set<number>();
  for (let group = start, at = start + 1; at <= end; at++) {
    if (at < end && between[at] === 0) continue;
    if (at < end) separators.add(between[at] as number);
    sizes.push(at - group);
    group = at;
  }
  const size = sizes[0] as number;
  const isEven = sizes.every((each, group) => each === size || (each < size && group === sizes.length - 1));
  if (isEven && (separators.size < 2 || size >= CLEAR_GROUP)) return true;
  return (sizes.length === 2 && sizes.every((each) => each >= CLEAR_GROUP)) || PATTERNS.has(String(sizes));
}

/** Codes of the characters of a text. */
export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < codes.length; at++) codes[at] = text.charCodeAt(at);
  return codes;
}

/** The text of which these are the codes. */
export function textOf(codes: Uint8Array | Uint16Array): string {
  let text = '';
  // In parts, because the arguments of a call are limited.
  for (let at = 0; at < codes.length; at += 4096) text += String.fromCharCode(...codes.subarray(at, at + 4096));
  return text;
}

/**
 * Whether a card number stands somewhere in a text: in a row, inside more digits, or in groups with spaces, dashes, dots and
 * the like between them.
 */
export const containsCardNumber = (text: string): boolean => findCardDigits(codesOf(text)) !== undefined;

/** Whether a text is digits only, at least one, and passes the Luhn check. */
export const passesLuhn = (digits: string): boolean =>
  /^[0-9]+$/.test(digits) && isLuhn(Array.from(digits, Number), 0, digits.length);
