/**
 * Hexadecimal text to bytes and back.
 * It does not know what the bytes mean.
 */
import { MmsError } from './error.js';

export const SPACE = -2;
export const INVALID = -1;

/** Value of each ASCII character as a hexadecimal digit, SPACE for white space, INVALID for all else. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[\da-f]/i.test(character) ? parseInt(character, 16) : /\s/.test(character) ? SPACE : INVALID;
});

const digit = (text: string, at: number): number => digits[text.charCodeAt(at)] ?? INVALID;

/** Upper-case text of each byte value. */
export const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).toUpperCase().padStart(2, '0'),
);

/**
 * Bytes of a hexadecimal text. Both cases are accepted and white space is ignored; nothing else is.
 *
 * @throws {MmsError} `bad-hex` at the first character that is not a digit, `odd-hex` at the last digit when one is left over.
 */
export function parseHex(text: string): Uint8Array {
  return (text.length < NATIVE_FROM ? parseCompactHex(text) : parseLongHex(text)) ?? parseSpacedHex(text);
}

/** Characters from which on the platform's own decoder is faster: calling it costs as much as reading some hundred here. */
export const NATIVE_FROM = 256;

/** The platform's decoder, where there is one: digits only, otherwise it throws (ECMAScript 2026). */
const native = (Uint8Array as { readonly fromHex?: (text: string) => Uint8Array }).fromHex;

/** Long texts of digits only; undefined when anything else turns up. */
function parseLongHex(text: string): Uint8Array | undefined {
  if (!native) return parseCompactHex(text);
  try {
    return native.call(Uint8Array, text);
  } catch {
    return undefined;
  }
}

/** The common case, digits only; undefined when anything else turns up. */
function parseCompactHex(text: string): Uint8Array | undefined {
  const length = text.length >> 1;
  if (text.length & 1) return undefined;
  const bytes = new Uint8Array(length);
  let bad = 0;
  for (let at = 0, from = 0; at < length; at++, from += 2) {
    const high = digit(text, from);
    const low = digit(text, from + 1);
    bad |= high | low;
    bytes[at] = (high << 4) | low;
  }
  return bad < 0 ? undefined : bytes;
}

/** The general case: skips white space and names the place of what is wrong. */
function parseSpacedHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let length = 0;
  let high = -1;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const value = digit(text, at);
    if (value === SPACE) continue;
    if (value === INVALID)
      throw new MmsError('bad-hex', at, `“${nameOfCharacter(text, at)}” is not a hexadecimal digit`);
    last = at;
    if (high < 0) {
      high = value;
    } else {
      bytes[length++] = (high << 4) | value;
      high = -1;
    }
  }
  if (high >= 0) throw new MmsError('odd-hex', last, 'the last byte has only one hexadecimal digit');
  return bytes.subarray(0, length);
}

/** The whole character at a place, also where it takes two code units, with control characters by number. */
export function nameOfCharacter(text: string, at: number): string {
  const point = text.codePointAt(at) as number;
  return point < 0x20 || (point >= 0x7f && point < 0xa0) ? `U+${hexOfId(point)}` : String.fromCodePoint(point);
}

/** Bytes from which on the platform's own encoder is faster: its text has to be made upper case. */
export const NATIVE_BYTES_FROM = 16;

/** The platform's encoder, where there is one; it writes lower case (ECMAScript 2026). */
const nativeToHex = (Uint8Array.prototype as { readonly toHex?: () => string }).toHex;

/** Upper-case hexadecimal text of bytes, without separators. */
export function toHex(bytes: Uint8Array): string {
  if (nativeToHex && bytes.length >= NATIVE_BYTES_FROM) return nativeToHex.call(bytes).toUpperCase();
  return hexOfPart(bytes, 0, bytes.length);
}

/**
 * Upper-case hexadecimal text of the bytes from `at` to `end`. Not by {@link toHex}, which wants an array of the bytes: making one
 * costs more than all else of a few bytes.
 */
export function hexOfPart(bytes: ArrayLike<number>, at: number, end: number): string {
  let text = '';
  while (at < end) text += hexOfByte[bytes[at++] as number] as string;
  return text;
}

/** Hexadecimal text with a space between its bytes, for people. */
export function spacedHex(hex: string): string {
  return hex.replace(/(..)(?=.)/g, '$1 ');
}

/** The number of a command or notification as four digits. */
export const hexOfId = (id: number): string => hexOfPart([id >> 8, id & 0xff], 0, 2);
