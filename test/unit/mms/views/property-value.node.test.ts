/** Values of properties with their types: read, written back byte for byte, and refused at their place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { propertyNames } from '../../../../src/mms/tables/property-names.js';
import { propertyValues } from '../../../../src/mms/tables/property-values.js';
import {
  decodePropertyValue,
  encodePropertyValue,
  propertyType,
  PropertyValueError,
  type TypedValue,
} from '../../../../src/mms/views/property-value.js';
import { errorOf } from '../../../support/error-of.js';

const VOLUME = '1.2.3.2.1.1';
const USER_EVENTS = '1.2.7.1.2.1';
const WLAN_MODE = '1.2.2.1.1.11';
const SSID = '1.2.2.1.1.1';
const TERMINAL = '1.1.1.1.1.1';
const ADDRESS = '2.1.2.5.6.3';
const UNPUBLISHED = '1.1.1.1.1.5';

const hexOf = (text: string): string => toHex(new TextEncoder().encode(text));

/** Value in hexadecimal and with its type, the same both ways. */
const rows: readonly (readonly [oid: string, hex: string, typed: TypedValue])[] = [
  [VOLUME, '32', { kind: 'number', value: 50 }],
  ['1.2.7.1.1.1', 'FF', { kind: 'number', value: 255 }],
  [
    USER_EVENTS,
    '9F000000',
    {
      kind: 'flags',
      value: [
        'contactless presented',
        'contactless removed',
        'card inserted',
        'card removed',
        'card swiped',
        'barcode read',
      ],
    },
  ],
  ['2.1.2.1.1.2', '312E302E33', { kind: 'text', value: '1.0.3' }],
  [USER_EVENTS, '00000000', { kind: 'flags', value: [] }],
  [USER_EVENTS, '01800001', { kind: 'flags', value: ['contactless presented', 'bit 15', 'bit 24'] }],
  [WLAN_MODE, '02', { kind: 'choice', value: 'WebSocket server' }],
  [WLAN_MODE, '01', { kind: 'bytes', value: '01' }],
  ['1.2.2.1.1.5', '00000001', { kind: 'choice', value: 'DHCP' }],
  [TERMINAL, hexOf('SHOP0012'), { kind: 'text', value: 'SHOP0012' }],
  [SSID, hexOf('shop').padEnd(64, '0'), { kind: 'text', value: 'shop' }],
  ['1.2.2.3.1.1', hexOf('DF-1'), { kind: 'text', value: 'DF-1' }],
  [ADDRESS, 'C0A80117', { kind: 'address', value: '192.168.1.23' }],
  [UNPUBLISHED, '1E', { kind: 'bytes', value: '1E' }],
  [VOLUME, '3200', { kind: 'bytes', value: '3200' }],
  ['1.E.E.E', '00FF', { kind: 'bytes', value: '00FF' }],
];

describe('a typed value', () => {
  test.each(rows)('of %s: %s is %j, both ways', (oid, hex, typed) => {
    expect(decodePropertyValue(oid, parseHex(hex))).toEqual(typed);
    expect(toHex(encodePropertyValue(oid, typed))).toBe(hex);
  });

  test('of any property and any bytes is read without an error, and written back', () => {
    const oid = fc.constantFrom(...Object.keys(propertyNames), '1.9.9.9');
    fc.assert(
      fc.property(oid, fc.uint8Array({ minLength: 1, maxLength: 40 }), (of, value) => {
        const typed = decodePropertyValue(of, value);
        // A text may lose the zeros behind it, and is ASCII where it is written.
        if (typed.kind === 'text') return;
        expect(toHex(encodePropertyValue(of, typed))).toBe(toHex(value));
      }),
      { numRuns: 1_000, examples: [[VOLUME, Uint8Array.of(101)]] },
    );
  });

  const refused: readonly (readonly [oid: string, typed: TypedValue, problem: string, offset: number])[] = [
    [VOLUME, { kind: 'number', value: 101 }, 'value-number', 0],
    [VOLUME, { kind: 'number', value: -1 }, 'value-number', 0],
    [VOLUME, { kind: 'number', value: 1.5 }, 'value-number', 0],
    [VOLUME, { kind: 'number', value: NaN }, 'value-number', 0],
    [VOLUME, { kind: 'text', value: '50' }, 'value-kind', 0],
    [USER_EVENTS, { kind: 'flags', value: ['card swiped', 'card eaten'] }, 'value-flag', 1],
    [USER_EVENTS, { kind: 'flags', value: ['bit 32'] }, 'value-flag', 0],
    [WLAN_MODE, { kind: 'choice', value: 'Telex' }, 'value-choice', 0],
    [TERMINAL, { kind: 'text', value: 'SHOP12' }, 'value-length', 6],
    [TERMINAL, { kind: 'text', value: 'SHOP00123' }, 'value-length', 8],
    [TERMINAL, { kind: 'text', value: 'SHÖP0012' }, 'value-characters', 2],
    [SSID, { kind: 'text', value: 'x'.repeat(33) }, 'value-length', 32],
    [ADDRESS, { kind: 'address', value: '192.168.256.1' }, 'value-address', 8],
    [ADDRESS, { kind: 'address', value: '192.168.1' }, 'value-address', 0],
    ['2.1.2.1.1.2', { kind: 'text', value: '' }, 'value-length', 0],
    [ADDRESS, { kind: 'address', value: '192.168.x.1' }, 'value-address', 8],
    [ADDRESS, { kind: 'address', value: '256.168.1.1' }, 'value-address', 0],
    [ADDRESS, { kind: 'address', value: '192.168.1.1.1' }, 'value-address', 0],
    [UNPUBLISHED, { kind: 'number', value: 30 }, 'value-kind', 0],
    [UNPUBLISHED, { kind: 'bytes', value: '' }, 'value-length', 0],
  ];
  test.each(refused)('of %s: %j is refused with %s at %i', (oid, typed, problem, offset) => {
    const error = errorOf(() => encodePropertyValue(oid, typed));
    expect(error).toBeInstanceOf(PropertyValueError);
    expect(error).toMatchObject({ code: 'bad-value', problem, offset });
    expect((error as Error).message).toMatch(/^value /);
  });

  test('that is not hexadecimal is refused at the character that is wrong', () => {
    expect(errorOf(() => encodePropertyValue(VOLUME, { kind: 'bytes', value: '3X' }))).toMatchObject({
      code: 'bad-hex',
      offset: 1,
    });
  });
});

describe('the type of a property', () => {
  test('names what is published of it', () => {
    expect(propertyType(VOLUME)).toEqual({ kind: 'number', least: 0, most: 100, unit: 'percent', words: {} });
    expect(propertyType('1.2.7.1.1.1')).toMatchObject({ unit: 'seconds', words: { 0: 'never', 255: 'once' } });
    expect(propertyType(TERMINAL)).toEqual({ kind: 'text', least: 8, most: 8, isPadded: false });
    expect(propertyType(SSID)).toEqual({ kind: 'text', least: 0, most: 32, isPadded: true });
    expect(propertyType('1.2.2.1.1.8')).toEqual({ kind: 'text', least: 1, isPadded: false });
    expect(propertyType('1.2.2.3.1.1')).toEqual({ kind: 'text', least: 0, most: 20, isPadded: false });
    expect(propertyType('1.1.1.1.1.2')).toEqual({ kind: 'bytes', least: 0, most: 255 });
    expect(propertyType('1.2.7.1.1.4')).toEqual({ kind: 'bytes', least: 2, most: 2 });
    expect(propertyType(UNPUBLISHED)).toEqual({ kind: 'bytes', least: 1 });
    expect(propertyType('constructor')).toEqual({ kind: 'bytes', least: 1 });
  });

  test('is told of named properties only', () => {
    expect(Object.keys(propertyValues).filter((oid) => !(oid in propertyNames))).toEqual([]);
  });
});
