/**
 * Hides card numbers wherever they are found by their digits: in text, in hexadecimal text and in packed digits (BCD).
 * It does not know tags; it changes what it is given in place.
 */
import { toHex } from '../hex.js';
import { codesOf, digitOf, findCardDigits, isBetween, LONGEST, passesLuhn, SHORTEST, textOf } from '../luhn.js';
import { MASK } from './mask.js';

/** Bytes that the digits of the shortest and the longest card number take when packed. */
export const SHORTEST_PACKED = 6;
export const LONGEST_PACKED = 10;
/** Hexadecimal digits that the shortest card number takes as hexadecimal text of text. */
export const SHORTEST_HEX_TEXT = 24;

/** A letter: no digit, and nothing that stands between digits. */
export const LETTER = 0x41;

/** Text as the codes of its characters, or as bytes. */
type Codes = Uint8Array | Uint16Array;

/**
 * Hides all card numbers in a value: first 6 and last 4 digits stay, the others become `*` in text, `2A` in hexadecimal text
 * of text, and so does each byte that has one of them where two digits share a byte. None of these is a number with what stands
 * around it, so nothing that was hidden is found again.
 * @returns Whether there was any.
 */
export function hideCardNumbers(value: Uint8Array): boolean {
  if (value.length < SHORTEST_PACKED) return false;
  let found: boolean;
  let changed = false;
  do {
    // Every reading looks at the value before any of them changes it: what one hides could hide the rest from another.
    const packed = findCardDigits(packedCodes(value), true);
    found = hideInCharacters(value) || packed !== undefined;
    packed?.forEach((mark, at) => {
      if (mark) value[at >> 1] = MASK;
    });
    changed ||= found;
  } while (found);
  return changed;
}

/**
 * Hides all card numbers in text that may stand behind other bytes, the last of them zero. The text is taken for itself:
 * together with zeros its letters would look like packed digits.
 */
export function hideTextAfterZeros(value: Uint8Array): void {
  const start = startOfText(value);
  const cut = value[start - 1] === 0 ? start : 0;
  hideCardNumbers(value.subarray(0, cut));
  hideCardNumbers(value.subarray(cut));
}

/** Hides all card numbers in a text. */
export function hideCardNumbersInText(text: string): string {
  const codes = codesOf(text);
  let changed = false;
  while (hideInCharacters(codes)) changed = true;
  return changed ? textOf(codes) : text;
}

/** Character codes as text and as hexadecimal text; tells whether there was anything to hide. */
function hideInCharacters(codes: Codes): boolean {
  const inText = findCardDigits(codes);
  const inHexText = hideInHexText(codes);
  inText?.forEach((mark, at) => {
    if (mark) codes[at] = MASK;
  });
  return inText !== undefined || inHexText;
}

/** Each stretch of hexadecimal digits as bytes of text, read from its first and from its second digit. */
function hideInHexText(codes: Codes): boolean {
  let found = false;
  let start = 0;
  let count = 0;
  for (let at = 0; at <= codes.length; at++) {
    const code = at < codes.length ? (codes[at] as number) : MASK;
    if (hexValue(code) >= 0) {
      count++;
    } else if (!isBetween(code)) {
      if (count >= SHORTEST_HEX_TEXT) found = hideInHexStretch(codes, start, at) || found;
      start = at + 1;
      count = 0;
    }
  }
  return found;
}

function hideInHexStretch(codes: Codes, start: number, end: number): boolean {
  // Where its digits stand.
  const places: number[] = [];
  for (let at = start; at < end; at++) if (hexValue(codes[at] as number) >= 0) places.push(at);
  // Read before the first reading hides anything from the second.
  const values = places.map((place) => hexValue(codes[place] as number));
  let found = false;
  for (const first of [0, 1]) {
    const pairs = Uint8Array.from(
      { length: (values.length - first) >> 1 },
      (_, at) => ((values[first + 2 * at] as number) << 4) | (values[first + 2 * at + 1] as number),
    );
    // Other digits around a number are a column of their own.
    findCardDigits(pairs, true)?.forEach((mark, at) => {
      if (!mark) return;
      found = true;
      codes[places[first + 2 * at] as number] = 0x32; // “2A” is the mask as hexadecimal text
      codes[places[first + 2 * at + 1] as number] = 0x41;
    });
  }
  return found;
}

/** Value of a character as a hexadecimal digit; -1 for others. */
function hexValue(code: number): number {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : digitOf(code);
}

/** Both halves of each byte as digits; words are left out, see {@link isWords}. */
function packedCodes(value: Uint8Array): Uint8Array {
  const codes = new Uint8Array(value.length * 2);
  for (let at = 0; at < codes.length; at++) {
    const half = ((value[at >> 1] as number) >> (at & 1 ? 0 : 4)) & 0x0f;
    codes[at] = half < 10 ? 0x30 + half : LETTER;
  }
  if (value[0] !== 0 && startOfText(value) === 0 && !isWholeCardNumber(value)) {
    let start = 0;
    for (let at = 0; at <= value.length; at++) {
      if (at < value.length && codes[at * 2] !== LETTER && codes[at * 2 + 1] !== LETTER) continue;
      if (isWords(value.subarray(start, at))) codes.fill(LETTER, start * 2, at * 2);
      start = at + 1;
    }
  }
  return codes;
}

/** Where the padding with zeros begins that ends many texts. */
function endOfText(value: Uint8Array): number {
  let end = value.length;
  while (end > 0 && value[end - 1] === 0) end--;
  return end;
}

const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d;

/** Where the ASCII text begins that ends a value; 0 where all of it is text. */
function startOfText(value: Uint8Array): number {
  let start = endOfText(value);
  while (start > 0 && isTextByte(value[start - 1] as number)) start--;
  return start;
}

/** Letters of one case, a capital and small letters once or twice, letters and digits, an amount, or a hexadecimal number. */
const WORD =
  /^(?:[A-Z]*[0-9]*|\$?[0-9]*[A-Z]*|[0-9A-F]*|[a-z]*[0-9]*|[0-9]*[a-z]*|[A-Z]*[a-z]*|[A-Z]?[a-z]*[A-Z][a-z]*)$/;

/**
 * Whether pairs of decimal digits in a text are words rather than packed digits. Half of the letters are such pairs too
 * (`VISA DEBIT` is 56495341204445424954), so that most texts would seem to hold card numbers. Of card numbers one in ten
 * thousand looks like words that do not repeat the same few letters, and it would have to stand among other text.
 */
function isWords(bytes: Uint8Array): boolean {
  const text = textOf(bytes.subarray(0, endOfText(bytes)));
  if (/^[A-Za-z]{7,}$/.test(text) && new Set(text).size <= 3) return false;
  return text.split(' ').every((word) => WORD.test(word));
}

/**
 * Whether the bytes are the packed digits of one card number, which may look like text: `UUUUUUDD` is 5555555555554444.
 * Digits with a letter or two are taken for text, as serial numbers are.
 */
function isWholeCardNumber(value: Uint8Array): boolean {
  const bytes = value.subarray(0, endOfText(value));
  if (bytes.length > LONGEST_PACKED || bytes.filter((byte) => digitOf(byte) >= 0).length >= 6) return false;
  // F fills the last byte up, D ends the number on track 2.
  const digits = toHex(bytes).replace(/[DF]$/, '');
  return digits.length >= SHORTEST && digits.length <= LONGEST && passesLuhn(digits);
}
