/**
 * Properties by identifier: type, length in bytes, 1 where the value is a secret; the sources are those of the names. What is empty
 * or absent is not confirmed.
 */
import { propertyNames } from './property-names.js';

type Form = readonly [type: string, length?: string, secret?: 1];

const forms: Readonly<Record<string, Form>> = {
  '1.1.1.1.1.1': ['alphanumeric', '8'],
  '1.1.1.1.1.2': ['binary', '0..255'],
  '1.1.1.1.2.1': ['binary', '1'],
  '1.1.1.1.2.2': ['binary', '31'],
  '1.1.1.1.2.4': ['binary', '1'],
  '1.2.1.1.1.1': ['binary', '1'],
  '1.2.1.1.1.2': ['binary', '1'],
  '1.2.2.1.1.1': ['text', '32'],
  '1.2.2.1.1.2': ['text', '63', 1],
  '1.2.2.1.1.3': ['binary', '1'],
  '1.2.2.1.1.5': ['binary', '4'],
  '1.2.2.1.1.8': ['text'],
  '1.2.2.1.1.A': ['binary', '1'],
  '1.2.2.1.1.11': ['binary', '1'],
  '1.2.2.1.2.1': ['text', '64'],
  '1.2.2.1.2.2': ['number'],
  '1.2.2.1.2.4': ['text', '224'],
  '1.2.2.1.2.5': ['text', '224'],
  '1.2.2.1.2.7': ['text', '32'],
  '1.2.2.1.2.8': ['text', '32', 1],
  '1.2.2.2.1.2': ['binary', '1'],
  '1.2.2.3.1.1': ['text', '0..20'],
  '1.2.3.1.2.1': ['binary', '1'],
  '1.2.3.2.1.1': ['number', '1'],
  '1.2.5.2.1.1': ['binary', '1'],
  '1.2.5.2.1.2': ['binary'],
  '1.2.7.1.1.1': ['binary', '1'],
  '1.2.7.1.1.4': ['binary', '2'],
  '1.2.7.1.2.1': ['bit mask', '4'],
  '2.1.2.1.1.2': ['text'],
  '2.1.2.2.2.2': ['text'],
  '2.1.2.3.B.1': ['text', '11'],
  '2.1.2.5.3.1': ['text'],
  '2.1.2.5.6.3': ['ipv4', '4'],
  '2.1.2.7.1.1': ['text'],
  '2.2.1.1.1.1': ['binary'],
  '2.2.1.1.1.2': ['unknown'],
  '2.3.1.1.1.1': ['bit mask', '4'],
  '2.3.1.1.1.2': ['bit mask', '4'],
};

export interface PropertyInfo {
  readonly name: string;
  /** Empty where it is not confirmed. */
  readonly type: string;
  /** Bytes of the value, or their range; empty where it is not confirmed. */
  readonly length: string;
  /** The value must never be shown. */
  readonly secret: boolean;
}

/** What is known of a property; undefined for identifiers that no source names. */
export function propertyInfo(oid: string): PropertyInfo | undefined {
  const name = Object.hasOwn(propertyNames, oid) ? propertyNames[oid] : undefined;
  if (name === undefined) return undefined;
  const [type = '', length = '', secret] = forms[oid] ?? [];
  return { name, type, length, secret: secret === 1 };
}
