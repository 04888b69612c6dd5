/**
 * Bytes as people write them: hexadecimal with or without spaces, colons, commas, hyphens and `0x`, and base64. It does not know
 * what the bytes are.
 */
import { START_OF_MESSAGE } from '../mms/decode.js';
import { MmsError } from '../mms/error.js';
import { parseHex } from '../mms/hex.js';
import { PasteError, pasteErrorCodes } from './paste-error.js';

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

/**
 * The bytes of a text.
 * @throws {PasteError} with the first character that is wrong.
 */
export function readBytes(text: string): Written {
  const base64 = BASE64_PREFIX.exec(text);
  if (base64) return readBase64(text, base64[0].length);
  const start = HEX_PREFIX.exec(text)?.[0].length ?? 0;
  try {
    return readHexadecimal(text, start);
  } catch (error) {
    if (start > 0) throw error;
    const isHex = isMeantAsHex(text);
    try {
      const written = readBase64(text, 0);
      if (!isHex || written.bytes[0] === START_OF_MESSAGE) return written;
    } catch (other) {
      if (!isHex && text.trim().length >= FEWEST_BASE64 && !/\S\s+\S/.test(text)) throw other;
    }
    throw error;
  }
}

/** Base64 of messages, too, has many letters up to F: what counts is how a text begins, and all of it. */
function isMeantAsHex(text: string): boolean {
  if (!/^[\s0-9a-f:;,-]{4}/i.test(text)) return false;
  const characters = text.replace(/\s+/g, '');
  return characters.replace(/[^0-9a-f]/gi, '').length >= characters.length * HEX_SHARE;
}

/** What decorates the digits becomes spaces, so that places stay what they are. */
function readHexadecimal(text: string, start: number): Written {
  const spaces = (found: string): string => ' '.repeat(found.length);
  const digits =
    spaces(text.slice(0, start)) + text.slice(start).replace(SINGLE_DIGIT, ' 0').replace(DECORATION, spaces);
  checkGroups(text, digits, start);
  let bytes: Uint8Array;
  try {
    bytes = parseHex(digits);
  } catch (error) {
    const { code, offset, message } = error as MmsError;
    throw new PasteError(code, offset, message);
  }
  if (bytes.length === 0) throw new PasteError('no-start', start, 'there are no hexadecimal digits');
  return { bytes, notation: 'hexadecimal', offsetOf: (byte) => placeOf(digits, byte * 2, /\S/g) };
}

/** Where signs separate bytes, each has two digits between them: `1:23` is not the byte 12. */
function checkGroups(text: string, digits: string, start: number): void {
  if (!/[:,;-]/.test(text.slice(start))) return;
  for (const { 0: group, index } of text.slice(start).matchAll(GROUP)) {
    const from = start + index;
    const own = digits.slice(from, from + group.length);
    const last = own.trimEnd().length - 1;
    if (own.replace(/\s+/g, '').length % 2 === 0 || /[^0-9a-f\s]/i.test(own)) continue;
    throw new PasteError('odd-hex', from + last, 'a byte has only one hexadecimal digit');
  }
}

/** Both alphabets of RFC 4648, with or without padding and line breaks. */
function readBase64(text: string, start: number): Written {
  const body = text.slice(start);
  const wrong = /[^A-Za-z0-9+/_\-\s=]|=(?!=?\s*$)/.exec(body);
  if (wrong) throw new PasteError('bad-base64', start + wrong.index, `“${wrong[0]}” is not a character of base64`);
  const digits = body
    .replace(/[\s=]+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  if (digits === '') throw new PasteError('nothing', start, pasteErrorCodes.nothing);
  if (digits.length % 4 === 1) throw new PasteError('cut-base64', text.trimEnd().length, pasteErrorCodes['cut-base64']);
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
