/**
 * The serial number of a reader (property 2.2.1.1.1.1), apart from the other properties: every page asks for it.
 */
import { toHex } from '../hex.js';
import type { MmsResponse } from '../message.js';
import { SERIAL_NUMBER } from '../tables/oids.js';
import { answeredProperties } from './answered-properties.js';

/** Hexadecimal digits of a serial number; the last digit of its four bytes is not used [PJ]. */
export const DIGITS = 7;
export const BYTES = 4;

/** The value of the property as people read it. */
export const serialNumberText = (value: Uint8Array): string =>
  value.length === BYTES ? toHex(value).slice(0, DIGITS) : toHex(value);

/**
 * The serial number in an answer; undefined where the reader does not tell it.
 * @throws {MmsError} where the answer is not well-formed.
 */
export function readSerialNumber(response: MmsResponse): string | undefined {
  const value = answeredProperties(response).find(({ oid }) => oid === SERIAL_NUMBER)?.value;
  return value && serialNumberText(value);
}
