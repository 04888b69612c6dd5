import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { errorOf } from '../../support/error-of.js';

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

describe('long texts', () => {
  /** A platform's decoder: digits only. */
  const fromHex = (text: string): Uint8Array => {
    if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new SyntaxError('no hexadecimal');
    return Uint8Array.from(Buffer.from(text, 'hex'));
  };

  /** The module as it is on a platform with this decoder, or without one. */
  async function parserWith(decoder: unknown): Promise<typeof parseHex> {
    vi.resetModules();
    Object.defineProperty(Uint8Array, 'fromHex', { value: decoder, configurable: true });
    return (await import('../../../src/mms/hex.js')).parseHex;
  }

  const original = Object.getOwnPropertyDescriptor(Uint8Array, 'fromHex');
  afterEach(() => {
    if (original) Object.defineProperty(Uint8Array, 'fromHex', original);
    else Reflect.deleteProperty(Uint8Array, 'fromHex');
  });

  test.each([
    ['with', fromHex],
    ['without', undefined],
  ])('are read alike %s a decoder of the platform', async (_, decoder) => {
    const parse = await parserWith(decoder);
    const long = '0123456789abcDEF'.repeat(100);
    const expected = Uint8Array.from(Buffer.from(long, 'hex'));
    expect(parse(long)).toEqual(expected);
    expect(parse(` ${long.replace(/(..)/g, '$1 ')}`)).toEqual(expected);
    expect(errorOf(() => parse(`${long}0x`))).toMatchObject({ code: 'bad-hex', offset: 1601 });
    expect(errorOf(() => parse(`${long}0`))).toMatchObject({ code: 'odd-hex', offset: 1600 });
  });

  test('are given to the decoder of the platform, short ones are not', async () => {
    const decoder = vi.fn(fromHex);
    const parse = await parserWith(decoder);
    parse('00'.repeat(20));
    expect(decoder).not.toHaveBeenCalled();
    parse('00'.repeat(2000));
    expect(decoder).toHaveBeenCalledOnce();
  });
});

describe('texts of many bytes', () => {
  async function writerWith(encoder: unknown): Promise<typeof toHex> {
    vi.resetModules();
    Object.defineProperty(Uint8Array.prototype, 'toHex', { value: encoder, configurable: true });
    return (await import('../../../src/mms/hex.js')).toHex;
  }

  const original = Object.getOwnPropertyDescriptor(Uint8Array.prototype, 'toHex');
  afterEach(() => {
    if (original) Object.defineProperty(Uint8Array.prototype, 'toHex', original);
    else Reflect.deleteProperty(Uint8Array.prototype, 'toHex');
  });

  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);

  test.each([1, 0])('are written alike with (1) and without (0) an encoder of the platform: %i', async (isThere) => {
    const encoder = vi.fn(function (this: Uint8Array) {
      return Buffer.from(this).toString('hex');
    });
    const write = await writerWith(isThere ? encoder : undefined);
    expect(write(bytes)).toBe(Buffer.from(bytes).toString('hex').toUpperCase());
    expect(write(bytes.subarray(8, 16))).toBe('08090A0B0C0D0E0F');
    expect(encoder).toHaveBeenCalledTimes(isThere);
  });
});
