/**
 * Finds card numbers by their digits: runs of 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1, annex B).
 * It works on symbols, so that text, packed digits and hexadecimal text share one scanner; it does not know messages.
 */

/** What a symbol can be besides a digit 0 to 9: something that may stand between digits of one number, or anything else. */
export const SEPARATOR = 10;
/** @see {@link SEPARATOR} */
export const BREAK = 11;
/** A digit that must not be shown. */
export const HIDDEN = 12;

/** Digits of the shortest card number that is looked for; the longest has 19. */
const SHORTEST = 13;

/** Digits of a card number that may be shown: the most that PCI DSS 3.4.1 lets people see. */
export const LEADING_SHOWN = 6;
export const TRAILING_SHOWN = 4;

/** Separators in a row that still join digits, as in `4111 - 1111`. */
const MOST_SEPARATORS = 3;

/** Size of the rings below: a power of two above the longest card number. */
const RING = 32;

/** Seven groups of four bits, for the sums up to the beginnings of numbers of 19 to 13 digits; no sum is 15. */
const NO_SUMS = -1;

/** Digit sum of twice each digit. */
const DOUBLED = Uint8Array.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9);

const SEPARATORS = "\0\t\n\r '’,-./:_\u00a0\u00ad\u00b7\u202f\u2212";

/** Symbol of each character code. */
const symbolOfCode = new Uint8Array(0x10000)
  .fill(BREAK)
  .fill(SEPARATOR, 0x2000, 0x200c) // spaces of all widths
  .fill(SEPARATOR, 0x2010, 0x2016); // dashes of all lengths
for (const separator of SEPARATORS) symbolOfCode[separator.charCodeAt(0)] = SEPARATOR;
for (let digit = 0; digit < 10; digit++) symbolOfCode[0x30 + digit] = digit;

/** The symbol that a character code stands for: its value for `0` to `9`. */
export const textSymbol = (code: number): number => symbolOfCode[code] as number;

/**
 * Replaces by {@link HIDDEN} each digit that must not be shown: of every card number found, also inside longer runs of
 * digits, all digits but the first 6 and the last 4. Runs of zeros only are no card numbers.
 *
 * Takes time in proportion to the number of symbols. A number passes if the sum of a run up to its end equals, modulo 10,
 * the one up to its beginning, so the sums up to all seven possible beginnings are kept in one integer and compared at once.
 *
 * @returns Whether there was any.
 */
export function hideCardDigits(symbols: Uint8Array): boolean {
  // Of the last digits: their places, and the sums of all digits before with every even or every odd one doubled.
  const places = new Int32Array(RING);
  const evenDoubled = new Uint8Array(RING);
  const oddDoubled = new Uint8Array(RING);
  let found = false;
  let count = 0;
  let even = 0;
  let odd = 0;
  let evenBefore = NO_SUMS;
  let oddBefore = NO_SUMS;
  let separators = 0;
  let nonZero = 0;
  for (let at = 0; at < symbols.length; at++) {
    const symbol = symbols[at] as number;
    if (symbol >= SEPARATOR) {
      if (symbol === SEPARATOR && ++separators <= MOST_SEPARATORS) continue;
      count = 0;
      evenBefore = oddBefore = NO_SUMS;
      continue;
    }
    separators = 0;
    const slot = count % RING;
    places[slot] = at;
    evenDoubled[slot] = even;
    oddDoubled[slot] = odd;
    nonZero = (nonZero << 1) | (symbol === 0 ? 0 : 1);
    const doubled = DOUBLED[symbol] as number;
    const isOdd = (count & 1) !== 0;
    even += isOdd ? symbol : doubled;
    if (even >= 10) even -= 10;
    odd += isOdd ? doubled : symbol;
    if (odd >= 10) odd -= 10;
    count++;

    const beginning = count - SHORTEST;
    if (beginning < 0) continue;
    evenBefore = (evenBefore << 4) | (evenDoubled[beginning % RING] as number);
    oddBefore = (oddBefore << 4) | (oddDoubled[beginning % RING] as number);
    // Counted from the last digit, every second one is doubled: those whose index has the parity of `count`.
    const passing = zeroNibbles(isOdd ? evenBefore ^ (even * 0x1111111) : oddBefore ^ (odd * 0x1111111));
    if (passing === 0) continue;
    // The longest number that ends here hides all digits that shorter ones would.
    const length = SHORTEST + ((31 - Math.clz32(passing)) >> 2);
    if ((nonZero & ((1 << length) - 1)) === 0) continue;
    for (let index = count - length + LEADING_SHOWN; index < count - TRAILING_SHOWN; index++) {
      symbols[places[index % RING] as number] = HIDDEN;
    }
    found = true;
  }
  return found;
}

/** The highest bit of each of the lower seven groups of four bits that are all zero. */
const zeroNibbles = (word: number): number => ~(((word & 0x7777777) + 0x7777777) | word | 0x7777777) & 0x8888888;

/** Symbols of a text, one for each character code. */
export function textSymbols(text: string): Uint8Array {
  const symbols = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) symbols[at] = textSymbol(text.charCodeAt(at));
  return symbols;
}

/**
 * Whether 13 to 19 digits that pass the Luhn check stand somewhere in a text: in a row, inside more digits, or with spaces,
 * dashes, dots and the like between them. About one in ten random numbers of that length passes.
 */
export const containsCardNumber = (text: string): boolean => hideCardDigits(textSymbols(text));

/** Whether a text is digits only, at least one, and passes the Luhn check. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = textSymbol(digits.charCodeAt(at));
    if (digit >= SEPARATOR) return false;
    sum += double ? (DOUBLED[digit] as number) : digit;
  }
  return digits !== '' && sum % 10 === 0;
}
