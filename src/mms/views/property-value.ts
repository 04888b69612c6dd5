/**
 * Values of properties with their types, both ways: numbers, text, flags and choices by name, addresses; bytes where no source says
 * more. What is read is written back byte for byte, but for the zeros behind a text.
 * It does not know messages, and it hides nothing.
 */
import { MmsError } from '../error.js';
import { parseHex, toHex } from '../hex.js';
import { propertyInfo } from '../tables/properties.js';
import { propertyValues } from '../tables/property-values.js';

/** How the value of a property is written. */
export type PropertyType =
  | {
      /** A whole number of one byte. */
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly unit?: 'percent' | 'seconds';
      /** Numbers that mean something else, such as 0 for “never”. */
      readonly words: Readonly<Record<number, string>>;
    }
  | {
      /** ASCII characters. */
      readonly kind: 'text';
      readonly least: number;
      /** Absent where it is not published. */
      readonly most?: number;
      /** Written with zeros up to `most`. */
      readonly isPadded: boolean;
    }
  | {
      readonly kind: 'flags';
      readonly bytes: number;
      /** Names of the first bits, from the lowest of the first byte on; further ones are `bit 8`, `bit 9` and so on. */
      readonly names: readonly string[];
    }
  | {
      readonly kind: 'choice';
      /** Words for values in upper-case hexadecimal. The reader may take others. */
      readonly choices: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'address' }
  | { readonly kind: 'bytes'; readonly least: number; readonly most?: number };

/** A value with its type; `bytes`, in upper-case hexadecimal, is always allowed, and what does not fit its type. */
export type TypedValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flags'; readonly value: readonly string[] }
  | { readonly kind: 'text' | 'choice' | 'address' | 'bytes'; readonly value: string };

/** Why a value cannot be written. */
export type ValueProblem =
  'value-kind' | 'value-number' | 'value-length' | 'value-characters' | 'value-flag' | 'value-choice' | 'value-address';

/** Thrown for a typed value that cannot be written, with what it takes to say so in another language. */
export class PropertyValueError extends MmsError {
  readonly problem: ValueProblem;
  /** What stands in the text. */
  readonly values: Readonly<Record<string, string>>;

  constructor(problem: ValueProblem, offset: number, message: string, values: Readonly<Record<string, string>> = {}) {
    super('bad-value', offset, `value ${message}`);
    this.name = 'PropertyValueError';
    this.problem = problem;
    this.values = values;
  }
}

/** How the value of a property is written; `bytes` of any length where no source says. */
export function propertyType(oid: string): PropertyType {
  const { choices, number, flags } = (Object.hasOwn(propertyValues, oid) && propertyValues[oid]) || {};
  const { type = '', length = '' } = propertyInfo(oid) ?? {};
  const [first = '', last = first] = length.split('..');
  const limits = length === '' ? { least: 1 } : { least: Number(first), most: Number(last) };
  if (choices) return { kind: 'choice', choices };
  if (number) return { kind: 'number', words: {}, ...number };
  if (flags) return { kind: 'flags', bytes: limits.least, names: flags };
  // A length that the vendor's demo writes: shorter texts are filled up with zeros [PJ].
  const isPadded = type === 'text' && first !== '' && first === last;
  if (type === 'text' || type === 'alphanumeric')
    return { kind: 'text', ...limits, ...(isPadded ? { least: 0 } : {}), isPadded };
  return type === 'ipv4' ? { kind: 'address' } : { kind: 'bytes', ...limits };
}

/** A value with its type. Never throws: what is not as its property promises is `bytes`. */
export function decodePropertyValue(oid: string, value: Uint8Array): TypedValue {
  const hex = toHex(value);
  const type = propertyType(oid);
  const bytes = { kind: 'bytes', value: hex } as const;
  switch (type.kind) {
    case 'number': {
      const [number = NaN] = value;
      const fits = value.length === 1 && number >= type.least && number <= type.most;
      return fits ? { kind: 'number', value: number } : bytes;
    }
    case 'text': {
      const text = printable(value);
      return text === undefined ? bytes : { kind: 'text', value: text };
    }
    case 'flags':
      return value.length === type.bytes ? { kind: 'flags', value: flagsIn(value, type.names) } : bytes;
    case 'choice': {
      const word = Object.hasOwn(type.choices, hex) ? type.choices[hex] : undefined;
      return word === undefined ? bytes : { kind: 'choice', value: word };
    }
    case 'address':
      return value.length === ADDRESS_BYTES ? { kind: 'address', value: value.join('.') } : bytes;
    case 'bytes':
      return bytes;
  }
}

/**
 * The bytes of a typed value.
 * @throws {PropertyValueError} where it does not fit the property; its `offset` is the place in a text, or of a flag in its list.
 * @throws {MmsError} `bad-hex` and `odd-hex` for bytes that are not hexadecimal.
 */
export function encodePropertyValue(oid: string, typed: TypedValue): Uint8Array {
  if (typed.kind === 'bytes') return someBytes(parseHex(typed.value));
  const type = propertyType(oid);
  if (type.kind === 'number' && typed.kind === 'number') return numberBytes(typed.value, type.least, type.most);
  if (type.kind === 'flags' && typed.kind === 'flags') return flagBytes(typed.value, type.names, type.bytes);
  if (type.kind === 'text' && typed.kind === 'text') return someBytes(textBytes(typed.value, type));
  if (type.kind === 'choice' && typed.kind === 'choice') {
    const found = Object.entries(type.choices).find(([, word]) => word === typed.value);
    if (found) return parseHex(found[0]);
    const words = Object.values(type.choices).join(', ');
    throw new PropertyValueError('value-choice', 0, `must be one of ${words}, or hexadecimal`, { words });
  }
  if (type.kind === 'address' && typed.kind === 'address') return addressBytes(typed.value);
  throw new PropertyValueError('value-kind', 0, `must be of kind ${type.kind}, or bytes`, { kind: type.kind });
}

export const ADDRESS_BYTES = 4;

/** An empty value would ask for the property instead of setting it. */
function someBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0)
    throw new PropertyValueError('value-length', 0, 'must not be empty', { least: '1', most: '' });
  return bytes;
}

function numberBytes(value: number, least: number, most: number): Uint8Array {
  if (!Number.isInteger(value) || value < least || value > most) {
    const limits = { least: String(least), most: String(most) };
    throw new PropertyValueError(
      'value-number',
      0,
      `must be a whole number from ${limits.least} to ${limits.most}`,
      limits,
    );
  }
  return Uint8Array.of(value);
}

/** Text without the zeros that may follow it; undefined where it is not printable text. */
function printable(value: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(value).replace(/\0+$/, '');
  return /^[^\p{C}]+$/u.test(text) && !text.includes('\ufffd') ? text : undefined;
}

function textBytes(text: string, { least, most, isPadded }: PropertyType & { readonly kind: 'text' }): Uint8Array {
  const wrong = text.search(/[^\x20-\x7e]/);
  if (wrong >= 0) throw new PropertyValueError('value-characters', wrong, 'must be ASCII text');
  if (text.length < least || text.length > (most ?? text.length)) {
    const [from, to] = [String(least), most === undefined ? '' : String(most)];
    throw new PropertyValueError(
      'value-length',
      Math.min(text.length, most ?? text.length),
      `must have ${to === '' ? `at least ${from}` : from === to ? from : `${from} to ${to}`} characters`,
      { least: from, most: to },
    );
  }
  const bytes = new Uint8Array(isPadded && most !== undefined ? most : text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const UNNAMED = 'bit ';

/** The names of the bits that are set, from the lowest of the first byte on. */
function flagsIn(value: Uint8Array, names: readonly string[]): string[] {
  const flags: string[] = [];
  for (let bit = 0; bit < value.length * 8; bit++) {
    if ((((value[bit >> 3] as number) >> (bit & 7)) & 1) === 1) flags.push(names[bit] ?? UNNAMED + String(bit));
  }
  return flags;
}

function flagBytes(flags: readonly string[], names: readonly string[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [at, flag] of flags.entries()) {
    const named = names.indexOf(flag);
    const number = /^bit (\d{1,3})$/.exec(flag)?.[1];
    const bit = named >= 0 ? named : number === undefined ? -1 : Number(number);
    if (bit < 0 || bit >= length * 8)
      throw new PropertyValueError('value-flag', at, `has no flag “${flag}”`, { name: flag });
    bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (bit & 7));
  }
  return bytes;
}

function addressBytes(text: string): Uint8Array {
  const parts = text.split('.');
  const numbers = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Infinity));
  const wrong = numbers.findIndex((number) => number > 255);
  if (parts.length !== ADDRESS_BYTES || wrong >= 0) {
    const offset = wrong < 0 ? 0 : parts.slice(0, wrong).join('.').length + Math.min(wrong, 1);
    throw new PropertyValueError('value-address', offset, 'must be an IPv4 address, such as 192.168.1.23');
  }
  return Uint8Array.from(numbers);
}
