/**
 * Properties that a reader answers (D101, D111), with their values for people where a source says how they are written.
 * It hides nothing: for what is shown it is to be given redacted messages.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import type { PropertyValue } from '../oid.js';
import { propertyInfo } from '../tables/properties.js';
import { propertyValues, type NumberValues } from '../tables/property-values.js';
import { SERIAL_NUMBER } from '../tables/oids.js';
import { answeredProperties } from './answered-properties.js';
import { decodePropertyValue } from './property-value.js';
import { serialNumberText } from './serial-number.js';

export interface PropertyAnswer extends PropertyValue {
  /** As in the table of properties; empty where no source names it. */
  readonly name: string;
  /** The value in words, as text or as an address; in hexadecimal where no source says more. */
  readonly text: string;
}

/**
 * What a successful answer to D101 or D111 holds, with its meaning; none for other messages.
 * @throws {MmsError} where the answer is not well-formed.
 */
export const readPropertyAnswers = (message: MmsMessage): readonly PropertyAnswer[] =>
  answeredProperties(message).map(({ oid, value }) => ({
    oid,
    value,
    name: propertyInfo(oid)?.name ?? '',
    text: readPropertyValue(oid, value),
  }));

/** The value of a property for people. Never throws: what is not as its property promises is shown in hexadecimal. */
export function readPropertyValue(oid: string, value: Uint8Array): string {
  const hex = toHex(value);
  if (oid === SERIAL_NUMBER) return serialNumberText(value);
  const typed = decodePropertyValue(oid, value);
  switch (typed.kind) {
    case 'number':
      return numberText(oid, typed.value, hex);
    case 'flags':
      return typed.value.length === 0 ? 'none' : typed.value.join(', ');
    default:
      return typed.value;
  }
}

/** A number with its unit, or the word that stands for it; in hexadecimal where its unit is not published. */
function numberText(oid: string, value: number, hex: string): string {
  // Only what has an entry there is read as a number.
  const { unit, words = {} } = (propertyValues[oid] as { readonly number: NumberValues }).number;
  const word = words[value];
  if (word !== undefined) return word;
  if (unit === undefined) return hex;
  return unit === 'percent' ? `${String(value)} %` : `every ${String(value)} s`;
}
