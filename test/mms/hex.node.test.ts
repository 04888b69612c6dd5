import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MmsError } from '../../src/mms/error.js';
import { parseHex, toHex } from '../../src/mms/hex.js';
import { errorOf } from '../tools/error-of.js';

describe('parseHex', () => {
  test('reads both cases', () => {
    expect([...parseHex('aAfF09')]).toEqual([0xaa, 0xff, 0x09]);
  });

  test('ignores white space, also between the digits of a byte', () => {
    expect([...parseHex(' AA\t0\n1 \r\n0 2 ')]).toEqual([0xaa, 0x01, 0x02]);
  });

  test('gives no bytes for no digits', () => {
    expect(parseHex('')).toHaveLength(0);
    expect(parseHex(' \n')).toHaveLength(0);
  });

  test.each([
    ['AAxx', 'bad-hex', 2],
    ['AA 0G', 'bad-hex', 4],
    ['AA,00', 'bad-hex', 2],
    ['0xAA', 'bad-hex', 1],
    ['AA\u0000', 'bad-hex', 2],
    ['AA\u00ff1', 'bad-hex', 2],
    ['AA💳', 'bad-hex', 2],
    ['AA\uD83D', 'bad-hex', 2],
    ['A', 'odd-hex', 0],
    ['AA B', 'odd-hex', 3],
    ['AAB  ', 'odd-hex', 2],
  ] as const)('refuses %j', (text, code, offset) => {
    expect(errorOf(() => parseHex(text))).toMatchObject({ name: 'MmsError', code, offset });
  });

  test('names the character that is wrong, readable also where it has no glyph', () => {
    expect(errorOf(() => parseHex('zz')).message).toContain('“z”');
    expect(errorOf(() => parseHex('💳')).message).toContain('“💳”');
    expect(errorOf(() => parseHex('\u0007')).message).toContain('U+0007');
    expect(errorOf(() => parseHex('\u0085')).message).toContain('U+0085');
  });

  test('reads what toHex writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseHex(toHex(bytes))).toEqual(bytes);
        expect(parseHex(toHex(bytes).toLowerCase())).toEqual(bytes);
      }),
    );
  });

  test('gives bytes or an MmsError at a place inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        try {
          parseHex(text);
        } catch (error) {
          expect(error).toBeInstanceOf(MmsError);
          expect((error as MmsError).offset).toBeGreaterThanOrEqual(0);
          expect((error as MmsError).offset).toBeLessThan(text.length);
        }
      }),
    );
  });
});

test('toHex writes upper case with leading zeros', () => {
  expect(toHex(Uint8Array.of(0, 0x0a, 0xff))).toBe('000AFF');
  expect(toHex(new Uint8Array(0))).toBe('');
});
