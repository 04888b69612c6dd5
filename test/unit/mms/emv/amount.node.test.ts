import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountOfUnits, decodeAmount, encodeAmount, unitsOf } from '../../../../src/mms/emv/amount.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { errorOf } from '../../../support/error-of.js';

const euro = { exponent: 2 };
const yen = { exponent: 0 };
const dinar = { exponent: 3 };

describe('encodeAmount', () => {
  test.each([
    ['4.60', euro, '000000000460'],
    ['4.6', euro, '000000000460'],
    ['460', euro, '000000046000'],
    ['0.01', euro, '000000000001'],
    ['0', euro, '000000000000'],
    ['004.60', euro, '000000000460'],
    ['9999999999.99', euro, '999999999999'],
    ['460', yen, '000000000460'],
    ['999999999999', yen, '999999999999'],
    ['4.605', dinar, '000000004605'],
    ['0.1', { exponent: 4 }, '000000001000'],
  ])('%s with %j', (text, currency, hex) => {
    expect(toHex(encodeAmount(text, currency))).toBe(hex);
  });

  test.each([
    ['', euro],
    ['4.', euro],
    ['.60', euro],
    ['4,60', euro],
    ['-4.60', euro],
    ['+4.60', euro],
    ['1e3', euro],
    [' 4.60', euro],
    ['4.60\n', euro],
    ['٤', euro],
    ['4.600', euro],
    ['4.0', yen],
    ['10000000000.00', euro],
    ['1000000000000', yen],
  ])('refuses %j with %j', (text, currency) => {
    expect(errorOf(() => encodeAmount(text, currency, 'tax'))).toMatchObject({
      name: 'MmsError',
      code: 'bad-value',
      message: expect.stringMatching(/^tax /) as string,
    });
  });

  test('refuses numbers: they may have lost digits', () => {
    expect(errorOf(() => encodeAmount(4.6 as never, euro)).code).toBe('bad-value');
  });
});

describe('decodeAmount', () => {
  test.each([
    ['000000000460', euro, '4.60'],
    ['000000000001', euro, '0.01'],
    ['000000000000', euro, '0.00'],
    ['999999999999', euro, '9999999999.99'],
    ['000000000460', yen, '460'],
    ['000000000000', yen, '0'],
    ['000000004605', dinar, '4.605'],
  ])('%s with %j', (hex, currency, text) => {
    expect(decodeAmount(parseHex(hex), currency)).toBe(text);
  });

  test.each(['', '0000000460', '00000000000460', '00000000046F'])('refuses %j', (hex) => {
    expect(errorOf(() => decodeAmount(parseHex(hex), euro)).code).toBe('bad-value');
  });

  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), fc.constantFrom(0, 2, 3, 4), (minor, exponent) => {
        const bytes = parseHex(minor.toString().padStart(12, '0'));
        expect(encodeAmount(decodeAmount(bytes, { exponent }), { exponent })).toEqual(bytes);
      }),
    );
  });
});

test.each([
  ['4.60', 2, 460n],
  ['460', 0, 460n],
  ['1.234', 3, 1234n],
  ['0', 2, 0n],
])('%s with %i decimals is counted in minor units and back', (decimal, exponent, units) => {
  expect(unitsOf(decimal, { exponent })).toBe(units);
  expect(Number(amountOfUnits(units, { exponent }))).toBe(Number(decimal));
});

test('an amount that cannot be sent cannot be counted with', () => {
  expect(() => unitsOf('4.605', { exponent: 2 }, 'tip')).toThrow(/^tip may have at most 2 decimals/);
});
