/**
 * Redaction: a copy of a message, or of what was no message, in which nothing sensitive is left.
 *
 * It promises that of a card number no more than the first 6 and last 4 digits are left in any value, whether it is in an
 * object for card numbers and tracks or is found by its digits: packed, as text, as hexadecimal text of text, in groups with
 * signs and spaces between them, in lists of bytes and in base64; that names, expiry dates, PIN blocks, ciphertext, tag data,
 * signatures, barcodes, passwords and network settings are gone where they are in their place; that of card data only what is
 * listed as harmless is shown, and nothing of what cannot be read; and that the copy is as long as the original and decodes.
 *
 * It does not promise to find a name or a password in an object that is not meant for one, digits spread over several
 * objects or in groups that nobody writes, digits of another script or character set, or numbers that no card scheme issues. It
 * hides some harmless digits: of random numbers of 12 to 16 digits one in fifteen or fewer, of longer ones one in seven or fewer.
 */
import { decodeMessage, START_OF_MESSAGE } from './decode.js';
import { parseHex, toHex } from './hex.js';
import type { MmsMessage } from './message.js';
import { hideInObjects } from './redaction/card-data.js';
import { hideCardNumbers, hideCardNumbersInText } from './redaction/content.js';
import { redactEncoded } from './redaction/encoded.js';
import { mask, MASK } from './redaction/mask.js';
import { hideMessage } from './redaction/message.js';

/** What {@link redact} gives for a message whose bytes were changed so that they are none any more. */
const UNREADABLE = 'AA00810483000000820400000000';

/**
 * A message of the same shape in which every sensitive value is masked in place: its `bytes` are as long as the original's,
 * which stays as it is. Values that are hidden whole become `*` (2A), also where they are binary. Redacting twice changes
 * nothing more. Never throws.
 */
export const redact = <M extends MmsMessage>(message: M): M =>
  // A copy in any case: `slice` of a Buffer in Node shares its memory.
  redactInPlace(new Uint8Array(message.bytes)) as M;

/** As {@link redact}, in the bytes of a message themselves. Where they are none nothing of them stays, and another message is given. */
export function redactInPlace(bytes: Uint8Array): MmsMessage {
  try {
    const message = decodeMessage(bytes);
    hideMessage(message);
    // Only values have changed, and the message shows them where they are: but for text there is nothing to decode again.
    // Text that reads as a list of objects once digits in it are hidden is hidden whole: FF can be no list.
    if (message.opaque && !decodeMessage(bytes).opaque) message.opaque.fill(0xff);
    return message;
  } catch {
    mask(bytes);
    return decodeMessage(UNREADABLE);
  }
}

const beginsLikeMessage = (bytes: Uint8Array): boolean =>
  bytes[0] === START_OF_MESSAGE && bytes[2] === 0x81 && bytes[3] === 0x04;

/** Bytes of a frame that stay where it begins like a message: start, version, tag 81 with type, reference and id. */
export const SHOWN_OF_FRAME = 8;

/**
 * Hexadecimal text of bytes that were no message, redacted. A message is redacted as {@link redact} does; of others only the
 * kind and number stay, where they begin like a message. It is as long as the text of the bytes.
 */
export function redactBytes(bytes: Uint8Array): string {
  try {
    return toHex(redact(decodeMessage(bytes)).bytes);
  } catch {
    const copy = new Uint8Array(bytes);
    mask(copy.subarray(beginsLikeMessage(copy) ? SHOWN_OF_FRAME : 0));
    return toHex(copy);
  }
}

/**
 * Hexadecimal digits in a row, with or without white space, that may be a message or a part of one; preferably up to where a
 * word ends, so that a word behind them that begins with A to F is not taken for more of them.
 */
const HEX_RUN = /(?<![\da-wyz])[\da-f](?:(?:\s?[\da-f]){19,}(?![\da-z])|(?:\s?[\da-f]){19,})/gi;

/** Numbers, masked or not, and digests as programs write them: their digits are text, and tell nothing else of a message. */
const NO_BYTES = /^(?:(?:[\d\s]|2A)+|(?!aa)(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{128}))$/;

/**
 * A text of any kind, redacted: messages in hexadecimal as {@link redact} does, other long runs of hexadecimal digits as
 * {@link redactBytes} does, and card numbers in all else, also in lists of bytes and in base64. It is as long as the original.
 */
export function redactText(text: string): string {
  const readable = redactEncoded(text, hideInBytes);
  let redacted = '';
  let end = 0;
  for (const { 0: run, index } of readable.matchAll(HEX_RUN)) {
    if (NO_BYTES.test(run)) continue;
    redacted += redactPlain(readable.slice(end, index)) + redactHexRun(run);
    end = index + run.length;
  }
  return redacted + redactPlain(readable.slice(end));
}

/**
 * Words of somebody else, such as a reader, a host or a person, without card numbers: for texts that are shown and kept as they are
 * otherwise, hexadecimal digits too. It is as long as the original.
 */
export const redactWords = (text: string): string => hideCardNumbersInText(text);

/** A copy of a value without card numbers, in digits or packed; it is as long as the original. */
export function redactValue(value: Uint8Array): Uint8Array {
  const copy = new Uint8Array(value);
  hideCardNumbers(copy);
  return copy;
}

/** An EMV card number in hexadecimal, too short to be read as bytes: its tag and length stand before its digits like more of them. */
const CARD_NUMBER_OBJECT = /(?<=5A0[6-9A]\d{6})\d{2,9}(?=\d{3}[\dF])/gi;

const redactPlain = (text: string): string =>
  hideCardNumbersInText(text.replace(CARD_NUMBER_OBJECT, (digits) => '*'.repeat(digits.length)));

function hideInBytes(bytes: Uint8Array): void {
  if (beginsLikeMessage(bytes)) mask(bytes.subarray(SHOWN_OF_FRAME));
  else hideInObjects(bytes);
}

/** Hexadecimal digits with their white space where it was. */
function redactHexRun(run: string): string {
  const digits = run.replace(/\s/g, '');
  const hidden =
    digits.length % 2 === 0 ? redactBytes(parseHex(digits)) : String.fromCharCode(MASK).repeat(digits.length);
  let next = 0;
  return run.replace(/\S/g, () => hidden.charAt(next++));
}
