/**
 * Text that says bytes in other words than hexadecimal digits: lists of numbers (`[52, 49, …]`, `0x34, 0x31, …`, a Uint8Array as
 * JSON) and base64. What is hidden in the bytes becomes `*` in the text, character for character.
 * It does not know how bytes are redacted.
 */

import { codesOf } from '../luhn.js';

/** Redacts bytes in place. */
type RedactBytes = (bytes: Uint8Array) => void;

/** Fewest bytes that can hold a card number. */
export const FEWEST = 6;

/** A number of a list, with its index in JSON of a Uint8Array before it. */
const ITEM = String.raw`(?:"\d{1,7}"\s*:\s*)?(?:0x[\da-f]{1,2}|\d{1,3})`;
const LIST = new RegExp(
  `(?:(?<![\\w.])|(?=0x))${ITEM}(?:\\s*[,;]\\s*${ITEM}|\\s+0x[\\da-f]{1,2}){${String(FEWEST - 1)},}(?![\\w.])`,
  'gi',
);
const VALUE = /0x[\da-f]{1,2}|(?<!["\d])\d{1,3}(?!["\d])/gi;

/** As many characters as the shortest card number takes. */
export const FEWEST_CHARACTERS = 8;
const BASE64 = /[\w+/-]{8,}/g;
/** Hexadecimal digits in a row are read as such. */
const HEX = /[\da-f]{16,}/gi;

/** Hides in lists of bytes and in base64 what is hidden of the bytes. */
export function redactEncoded(text: string, redact: RedactBytes): string {
  return text.replace(LIST, (list) => redactList(list, redact)).replace(BASE64, (token) => redactBase64(token, redact));
}

function redactList(list: string, redact: RedactBytes): string {
  const values = Array.from(list.matchAll(VALUE), ([value]) => Number(value));
  if (values.some((value) => value > 0xff)) return list;
  const bytes = Uint8Array.from(values);
  redact(bytes);
  let next = 0;
  return list.replace(VALUE, (value) => {
    const isHidden = bytes[next] !== values[next];
    next++;
    return isHidden ? '*'.repeat(value.length) : value;
  });
}

/** Where base64 was cut, its groups of four may begin at any character. */
function redactBase64(token: string, redact: RedactBytes): string {
  if (token.replace(HEX, '').length < FEWEST_CHARACTERS) return token;
  const plain = token.replaceAll('-', '+').replaceAll('_', '/');
  const hidden = token.split('');
  for (let first = 0; first < 4; first++) {
    // Of a group that was cut to one character nothing can be read.
    const end = (plain.length - first) % 4 === 1 ? -1 : plain.length;
    const bytes = Uint8Array.from(codesOf(atob(plain.slice(first, end))));
    const clear = new Uint8Array(bytes);
    redact(bytes);
    bytes.forEach((byte, at) => {
      if (byte === clear[at]) return;
      const from = first + Math.floor((at * 8) / 6);
      hidden[from] = hidden[from + 1] = '*';
    });
  }
  return hidden.join('');
}
