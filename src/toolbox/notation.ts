/**
 * Bytes as people write them: hexadecimal with or without spaces, colons, commas, hyphens and `0x`, and base64. It does not know
 * what the bytes are.
 */
import { START_OF_MESSAGE } from '../mms/decode.js';
import { nameOfCharacter, parseHex } from '../mms/hex.js';
import { faultAt, isFault, type PasteFault } from './paste-fault.js';

export interface Written {
  readonly bytes: Uint8Array;
  readonly notation: 'hexadecimal' | 'base64';
  /** Index of the character that a byte begins at; of a byte behind the last one, the end of the text. */
  readonly offsetOf: (byte: number) => number;
}

/** Verbs of scripts in front of bytes, and what base64 has in front of it in an address (RFC 2397). */
const BASE64_PREFIX = /^\s*(?:SENDBASE64COMMAND\s*,|BASE64TOHEX\s*,|data:[^,]*;base64,)/i;
const HEX_PREFIX = /^\s*(?:SENDCOMMAND|PARSEMMS|PARSETLV|HEXTOBASE64)\s*,/i;

/** What may stand in front of a byte, and between two of them. */
const DECORATION = /(?<![0-9a-f])0x|\\x|[:,;-]/gi;
/** Digits between two signs that separate bytes. */
const GROUP = /[^:,;-]+/g;
/** `0x5` is a byte with one digit. */
const SINGLE_DIGIT = /(?<![0-9a-f])0x(?=[0-9a-f](?![0-9a-f]))/gi;

/** The share of hexadecimal digits from which on a text is meant as such; base64 has about a third. */
const HEX_SHARE = 0.6;
/** Characters of the shortest text that is taken for base64 with a slip in it. */
const FEWEST_BASE64 = 16;

/** The bytes of a text, or its first character that is wrong. */
export function readBytes(text: string): Written | PasteFault {
  const prefix = BASE64_PREFIX.exec(text);
  if (prefix) return readBase64(text, prefix[0].length);
  const start = HEX_PREFIX.exec(text)?.[0].length ?? 0;
  const hexadecimal = readHexadecimal(text, start);
  if (start > 0 || !isFault(hexadecimal)) return hexadecimal;
  const isHex = isMeantAsHex(text);
  const base64 = readBase64(text, 0);
  const isMeant = isFault(base64)
    ? !isHex && text.trim().length >= FEWEST_BASE64 && !/\S\s+\S/.test(text)
    : !isHex || base64.bytes[0] === START_OF_MESSAGE;
  return isMeant ? base64 : hexadecimal;
}

/** Base64 of messages, too, has many letters up to F: what counts is how a text begins, and all of it. */
function isMeantAsHex(text: string): boolean {
  if (!/^[\s0-9a-f:;,-]{4}/i.test(text)) return false;
  const characters = text.replace(/\s+/g, '');
  return characters.replace(/[^0-9a-f]/gi, '').length >= characters.length * HEX_SHARE;
}

/** What decorates the digits becomes spaces, so that places stay what they are. */
function readHexadecimal(text: string, start: number): Written | PasteFault {
  const spaces = (found: string): string => ' '.repeat(found.length);
  const digits =
    spaces(text.slice(0, start)) + text.slice(start).replace(SINGLE_DIGIT, ' 0').replace(DECORATION, spaces);
  const half = halfByte(text, digits, start);
  if (half !== undefined) return faultAt(half, 'odd-hex', 'a byte has only one hexadecimal digit');
  const wrong = NEITHER_DIGIT_NOR_SPACE.exec(digits)?.index;
  if (wrong !== undefined)
    return faultAt(wrong, 'bad-hex', `“${nameOfCharacter(digits, wrong)}” is not a hexadecimal digit`);
  const compact = digits.replace(/\s+/g, '');
  if (compact.length % 2 > 0)
    return faultAt(digits.trimEnd().length - 1, 'odd-hex', 'the last byte has only one hexadecimal digit');
  if (compact === '') return faultAt(start, 'no-start', 'there are no hexadecimal digits');
  const offsetOf = (byte: number): number => placeOf(digits, byte * 2, /\S/g);
  return { bytes: parseHex(compact), notation: 'hexadecimal', offsetOf };
}

/** As the codec reads hexadecimal text: spaces beyond ASCII are none. */
const NEITHER_DIGIT_NOR_SPACE = /[^\da-fA-F\t-\r ]/;

/** Where signs separate bytes, each has two digits between them, as `1:23` is not the byte 12: the place of one that has not. */
function halfByte(text: string, digits: string, start: number): number | undefined {
  if (!/[:,;-]/.test(text.slice(start))) return undefined;
  for (const { 0: group, index } of text.slice(start).matchAll(GROUP)) {
    const from = start + index;
    const own = digits.slice(from, from + group.length);
    if (own.replace(/\s+/g, '').length % 2 > 0 && !/[^0-9a-f\s]/i.test(own)) return from + own.trimEnd().length - 1;
  }
  return undefined;
}

/** Both alphabets of RFC 4648, with or without padding and line breaks. */
function readBase64(text: string, start: number): Written | PasteFault {
  const body = text.slice(start);
  const wrong = /[^A-Za-z0-9+/_\-\s=]|=(?!=?\s*$)/.exec(body);
  if (wrong) return faultAt(start + wrong.index, 'bad-base64', `“${wrong[0]}” is not a character of base64`);
  const digits = body
    .replace(/[\s=]+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  if (digits === '') return faultAt(start, 'nothing', 'there is nothing to decode');
  if (digits.length % 4 === 1)
    return faultAt(text.trimEnd().length, 'cut-base64', 'base64 of a length that it cannot have: something is missing');
  const bytes = Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
  return {
    bytes,
    notation: 'base64',
    offsetOf: (byte) => start + placeOf(body, Math.floor((byte * 4) / 3), /[^\s=]/g),
  };
}

/** Index of one of the characters that a pattern counts; the end of the text where there are fewer. */
function placeOf(text: string, number: number, counted: RegExp): number {
  let at = 0;
  for (const { index } of text.matchAll(counted)) if (at++ === number) return index;
  return text.length;
}

/** Base64 of bytes (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In parts, because the arguments of a call are limited.
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}
