/**
 * Properties as they may be shown, stored and compared: in hexadecimal and with their types, or hidden. Everything that leaves a
 * reader for a file or another reader goes through here.
 */
import { toHex } from '../hex.js';
import { hidePropertyValue, isHiddenProperty } from '../redaction/property.js';
import { decodePropertyValue, type TypedValue } from './property-value.js';

/** A property as it may be shown: in upper-case hexadecimal and with its type, or that it has a value which must not be shown. */
export type PropertyEntry = ({ readonly hex: string } & TypedValue) | { readonly hidden: true };

/** By identifier, such as `1.2.2.1.1.A`. What a reader does not have is absent. */
export type PropertyEntries = Readonly<Record<string, PropertyEntry>>;

/** The value of a property as it may be shown; the bytes stay as they are. */
export function propertyEntry(oid: string, value: Uint8Array): PropertyEntry {
  if (isHiddenProperty(oid)) return { hidden: true };
  const hex = toHex(value);
  const shown = value.slice();
  hidePropertyValue(oid, shown);
  return toHex(shown) === hex ? { hex, ...decodePropertyValue(oid, value) } : { hidden: true };
}
