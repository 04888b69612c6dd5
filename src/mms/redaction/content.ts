/**
 * Hides card numbers wherever they are found by their digits: in text, in hexadecimal text and in packed digits (BCD).
 * It does not know tags; it changes what it is given in place.
 */
import { toHex } from '../hex.js';
import { BREAK, HIDDEN, hideCardDigits, passesLuhn, textSymbol } from '../luhn.js';
import { MASK } from './mask.js';

/** Bytes that the digits of the shortest and the longest card number take when packed. */
const SHORTEST_PACKED = 7;
const LONGEST_PACKED = 10;
/** Hexadecimal digits that the shortest card number takes as hexadecimal text of text. */
const SHORTEST_HEX_TEXT = 26;

/**
 * Hides all card numbers in a value: first 6 and last 4 digits stay, the others become `*` in text, `2A` in hexadecimal text
 * of text, and F where two digits share a byte. None of these is a digit, so nothing that was hidden is found again.
 * @returns Whether there was any.
 */
export function hideCardNumbers(value: Uint8Array): boolean {
  if (value.length < SHORTEST_PACKED) return false;
  let found: boolean;
  let changed = false;
  do {
    // Every reading looks at the value before any of them changes it: what one hides could hide the rest from another.
    const packed = packedSymbols(value);
    const foundPacked = hideCardDigits(packed);
    found = hideInCharacters(value) || foundPacked;
    if (foundPacked) hidePacked(value, packed);
    changed ||= found;
  } while (found);
  return changed;
}

/**
 * Hides all card numbers in text that may stand behind other bytes, the last of them zero. The text is taken for itself:
 * together with zeros its letters would look like packed digits.
 */
export function hideTextAfterZeros(value: Uint8Array): void {
  let start = endOfText(value);
  while (start > 0 && isTextByte(value[start - 1] as number)) start--;
  const cut = value[start - 1] === 0 ? start : 0;
  hideCardNumbers(value.subarray(0, cut));
  hideCardNumbers(value.subarray(cut));
}

/** Hides all card numbers in a text. */
export function hideCardNumbersInText(text: string): string {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < codes.length; at++) codes[at] = text.charCodeAt(at);
  let changed = false;
  while (hideInCharacters(codes)) changed = true;
  return changed ? textOf(codes) : text;
}

function textOf(codes: Uint8Array | Uint16Array): string {
  let text = '';
  // In parts, because the arguments of a call are limited.
  for (let at = 0; at < codes.length; at += 4096) text += String.fromCharCode(...codes.subarray(at, at + 4096));
  return text;
}

/** Character codes as text and as hexadecimal text; tells whether there was anything to hide. */
function hideInCharacters(codes: Uint8Array | Uint16Array): boolean {
  const symbols = new Uint8Array(codes.length);
  for (let at = 0; at < codes.length; at++) symbols[at] = textSymbol(codes[at] as number);
  const inText = hideCardDigits(symbols);
  const inHexText = hideInHexText(codes);
  if (inText) {
    for (let at = 0; at < codes.length; at++) if (symbols[at] === HIDDEN) codes[at] = MASK;
  }
  return inText || inHexText;
}

/** Each stretch of hexadecimal digits as bytes of text, read from its first and from its second digit. */
function hideInHexText(codes: Uint8Array | Uint16Array): boolean {
  let found = false;
  // Where the digits of the stretch stand.
  const places = new Int32Array(codes.length);
  let count = 0;
  for (let at = 0; at <= codes.length; at++) {
    const code = at < codes.length ? (codes[at] as number) : 0;
    if (hexValue(code) >= 0) {
      places[count++] = at;
    } else if (at === codes.length || textSymbol(code) === BREAK) {
      if (count >= SHORTEST_HEX_TEXT) found = hideInHexStretch(codes, places.subarray(0, count)) || found;
      count = 0;
    }
  }
  return found;
}

function hideInHexStretch(codes: Uint8Array | Uint16Array, places: Int32Array): boolean {
  // Read before the first reading hides anything from the second.
  const values = new Uint8Array(places.length);
  for (let at = 0; at < values.length; at++) values[at] = hexValue(codes[places[at] as number] as number);
  let found = false;
  for (const first of [0, 1]) {
    const symbols = new Uint8Array((values.length - first) >> 1);
    for (let at = 0, from = first; at < symbols.length; at++, from += 2) {
      symbols[at] = textSymbol(((values[from] as number) << 4) | (values[from + 1] as number));
    }
    if (!hideCardDigits(symbols)) continue;
    found = true;
    for (let at = 0, from = first; at < symbols.length; at++, from += 2) {
      if (symbols[at] !== HIDDEN) continue;
      codes[places[from] as number] = 0x32; // “2A” is the mask as hexadecimal text
      codes[places[from + 1] as number] = 0x41;
    }
  }
  return found;
}

/** Value of a character as a hexadecimal digit; -1 for others. */
function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Both halves of each byte as symbols; words are left out, see {@link isWords}. */
function packedSymbols(value: Uint8Array): Uint8Array {
  const symbols = new Uint8Array(value.length * 2);
  for (let at = 0; at < value.length; at++) {
    const byte = value[at] as number;
    symbols[at * 2] = packedSymbol(byte >> 4);
    symbols[at * 2 + 1] = packedSymbol(byte & 0x0f);
  }
  if (isText(value) && !isWholeCardNumber(value)) {
    let start = 0;
    for (let at = 0; at <= value.length; at++) {
      if (at < value.length && symbols[at * 2] !== BREAK && symbols[at * 2 + 1] !== BREAK) continue;
      if (isWords(value.subarray(start, at))) symbols.fill(BREAK, start * 2, at * 2);
      start = at + 1;
    }
  }
  return symbols;
}

const packedSymbol = (half: number): number => (half < 10 ? half : BREAK);

function hidePacked(value: Uint8Array, symbols: Uint8Array): void {
  for (let at = 0; at < value.length; at++) {
    if (symbols[at * 2] === HIDDEN) value[at] = (value[at] as number) | 0xf0;
    if (symbols[at * 2 + 1] === HIDDEN) value[at] = (value[at] as number) | 0x0f;
  }
}

/** Where the padding with zeros begins that ends many texts. */
function endOfText(value: Uint8Array): number {
  let end = value.length;
  while (end > 0 && value[end - 1] === 0) end--;
  return end;
}

const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d;

/** Whether a value is ASCII text. */
const isText = (value: Uint8Array): boolean => value.subarray(0, endOfText(value)).every(isTextByte);

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
  if (bytes.length > LONGEST_PACKED || bytes.filter((byte) => textSymbol(byte) < 10).length >= 6) return false;
  // F fills the last byte up, D ends the number on track 2.
  const digits = toHex(bytes).replace(/[DF]$/, '');
  return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);
}
