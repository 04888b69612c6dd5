/** Shared by the command builders: checked values as objects, and the request around them. */
import { toMessage } from '../encode.js';
import { MmsError } from '../error.js';
import { parseHex } from '../hex.js';
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';

/** What every builder takes. */
export interface RequestFields {
  /** Message reference number, 0 to 255, that the response repeats. Default 0; a `ReaderClient` gives its own. */
  readonly reference?: number;
}

/** Bytes, or the same as hexadecimal text. */
export type BytesField = Uint8Array | string;

/** A request with its two id bytes, also where it has no parameters [MG p101]. */
export const request = (id: number, payload: readonly TlvInput[], { reference = 0 }: RequestFields): MmsRequest =>
  toMessage({ kind: 'request', id, payloadId: id, reference, payload });

export const badValue = (field: string, problem: string): MmsError =>
  new MmsError('bad-value', 0, `${field} ${problem}`);

/** An object with the given bytes. */
export const object = (tag: string, ...bytes: readonly number[]): TlvInput => ({ tag, value: Uint8Array.from(bytes) });

/** Bytes of a whole number, most significant first. */
export function numberBytes(value: number, field: string, least: number, most: number, size = 1): number[] {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badValue(field, `must be a whole number from ${String(least)} to ${String(most)}`);
  }
  return Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);
}

/** A time limit of at most 255 seconds. */
export const secondsObject = (tag: string, value: number, field = 'timeout', least = 1): TlvInput =>
  object(tag, ...numberBytes(value, field, least, 255));

/** 01 or 00. */
export const flagObject = (tag: string, value: boolean): TlvInput => object(tag, value ? 1 : 0);

/** Bytes of a field, of a fixed length or at least one. */
export function bytesField(value: BytesField, field: string, length?: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = typeof value === 'string' ? parseHex(value) : value;
  } catch {
    throw badValue(field, 'must be bytes or hexadecimal text');
  }
  if (length === undefined ? bytes.length === 0 : bytes.length !== length) {
    throw badValue(field, length === undefined ? 'must not be empty' : `must be ${String(length)} bytes`);
  }
  return bytes;
}

/** ASCII text of a field, without control characters [MG p33]. */
export function textField(text: string, field: string, most: number): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(text) || text.length > most) {
    throw badValue(field, `must be 1 to ${String(most)} ASCII characters`);
  }
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The value that a word stands for; the error names the words there are. */
export function choice<Word extends string, Value>(
  choices: Readonly<Record<Word, Value>>,
  word: Word,
  field: string,
): Value {
  if (!Object.hasOwn(choices, word)) throw badValue(field, `must be one of ${Object.keys(choices).join(', ')}`);
  return choices[word];
}
