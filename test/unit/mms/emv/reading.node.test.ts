/** Values of EMV objects in words, checked against published examples and an independent list of countries. */
import countries from 'i18n-iso-countries';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitFields, readBits } from '../../../../src/mms/emv/bits.js';
import { countryByNumeric } from '../../../../src/mms/emv/country.js';
import { currencyByAlpha } from '../../../../src/mms/emv/currency.js';
import { readCvmResults } from '../../../../src/mms/emv/cvm.js';
import { readDol, readTagList } from '../../../../src/mms/emv/dol.js';
import { readEmvValue } from '../../../../src/mms/emv/reading.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { tagTable } from '../../../../src/mms/tables/tags.js';
import { errorOf } from '../../../support/error-of.js';

const read = (tag: string, hex: string, currency?: string) =>
  readEmvValue(tag, parseHex(hex), { currency: currency === undefined ? undefined : currencyByAlpha(currency) });

describe('bit fields', () => {
  test.each([
    ['95', '0000000000', []],
    [
      '95',
      '8000048000',
      [
        '1/8 offline data authentication not performed',
        '3/3 online verification data captured',
        '4/8 floor limit exceeded',
      ],
    ],
    ['9B', 'E800', ['1/8', '1/7', '1/6', '1/4']],
    [
      '82',
      '1980',
      [
        '1/5 card supports cardholder verification',
        '1/4',
        '1/1 card supports CDA',
        '2/8 contactless EMV mode supported',
      ],
    ],
    [
      '82',
      '8241',
      ['1/8 card supports XDA', '1/2 card supports on-device', '2/7 mobile phone', '2/1 relay resistance'],
    ],
    [
      '95',
      '0103070709',
      [
        '1/1 XDA selected',
        '2/2 biometric',
        '2/1 biometric',
        '3/3',
        '3/2 biometric',
        '3/1 biometric',
        '4/3 biometric',
        '4/2',
        '4/1 XDA',
        '5/4 relay resistance',
        '5/1 relay resistance',
      ],
    ],
    ['9F33', '000704', ['2/3 biometric verification online', '2/2 biometric', '2/1 enciphered PIN', '3/3 XDA']],
    ['9F40', '8080800080', ['1/8 cash', '2/8 cash deposit', '3/8 numeric keys', '5/8 code table 8']],
    ['9F07', 'FFC0', ['1/8', '1/7', '1/6', '1/5', '1/4', '1/3', '1/2', '1/1', '2/8', '2/7']],
    ['9F66', '36004000', ['1/6 EMV mode', '1/5', '1/3 online PIN', '1/2 signature', '3/7 consumer device']],
    ['9F6C', '8080', ['1/8 online PIN required', '2/8 consumer device verification performed']],
    ['9F0D', '8000000000', ['1/8 offline data authentication not performed']],
    ['9F33', 'E0B8C8', ['1/8', '1/7', '1/6', '2/8', '2/6', '2/5', '2/4', '3/8', '3/7', '3/4 CDA']],
  ])('%s %s', (tag, hex, expected) => {
    const bits = readBits(tag, parseHex(hex)) ?? [];
    expect(bits).toHaveLength(expected.length);
    bits.forEach(({ byte, bit, text }, at) => {
      expect(`${String(byte)}/${String(bit)} ${text}`).toContain(expected[at]);
    });
  });

  test('of the value that no card sends: every bit has its own words, or is reserved', () => {
    for (const [tag, field] of Object.entries(bitFields)) {
      const texts = field.flat().filter((text) => text !== '');
      expect(new Set(texts).size, tag).toBe(texts.length);
      expect(field.every((bits) => bits.length <= 8)).toBe(true);
    }
    // A value longer than the field is read all the same.
    expect(readBits('9B', parseHex('000080'))).toEqual([{ byte: 3, bit: 8, text: 'reserved' }]);
    expect(readBits('9A', parseHex('260101'))).toBeUndefined();
  });

  test('as lines', () => {
    expect(read('9B', '8000')).toEqual({
      text: '8000',
      lines: ['byte 1, bit 8: offline data authentication performed'],
    });
    expect(read('95', '0000000000').lines).toEqual(['no bit is set']);
    expect(read('95', '')).toEqual({ text: '' });
  });
});

describe('verification results', () => {
  test.each([
    ['1F0302', ['no verification required', 'if the terminal supports it', 'successful']],
    ['420301', ['enciphered PIN checked online, else the next method', 'if the terminal supports it', 'failed']],
    ['3F0000', ['no verification performed', 'always', 'result unknown']],
    ['2A7F7F', ['unknown 2A', 'unknown 7F', 'unknown 7F']],
  ])('%s', (hex, words) => {
    expect(readCvmResults(parseHex(hex))).toEqual(words);
    expect(read('9F34', hex)).toEqual({ text: `${words[0] ?? ''}: ${words[2] ?? ''}`, lines: words });
  });

  test('of another length are shown as they are', () => {
    expect(readCvmResults(parseHex('1F03'))).toBeUndefined();
    expect(read('9F34', '1F03')).toEqual({ text: '1F03' });
  });
});

describe('countries', () => {
  test('are those of ISO 3166-1', () => {
    for (let number = 0; number < 1000; number++) {
      const numeric = String(number).padStart(3, '0');
      const expected = countries.numericToAlpha2(numeric);
      // Not assigned by the standard, although lists have it.
      expect(countryByNumeric(numeric)).toBe(expected === 'XK' ? undefined : expected);
    }
  });
});

describe('values', () => {
  test.each([
    ['9F02', '000000000460', 'EUR', '4.60 EUR'],
    ['9F03', '000000000460', 'JPY', '460 JPY'],
    ['9F02', '000000000460', undefined, '000000000460'],
    ['DF2A', '000000012500', 'UGX', '12500 UGX'],
    ['DF5E', '000000001234', 'IQD', '1.234 IQD'],
    ['9F03', '000000000460', 'JPY', '460 JPY'],
    ['9F02', '00000000046A', 'EUR', '00000000046A'],
    ['9F02', '0460', 'EUR', '0460'],
    ['DF5D', '000000000100', 'USD', '1.00 USD'],
    ['5F2A', '0978', undefined, 'EUR'],
    ['5F2A', '0000', undefined, '0000'],
    ['9F1A', '0276', undefined, 'DE'],
    ['9F1A', '0999', undefined, '0999'],
    ['9A', '261124', undefined, '2026-11-24'],
    ['9A', '991231', undefined, '1999-12-31'],
    ['9A', '2611', undefined, '2611'],
    ['9A', '26112A', undefined, '26112A'],
    ['9F21', '235901', undefined, '23:59:01'],
    ['9C', '00', undefined, 'purchase'],
    ['9C', '20', undefined, 'refund'],
    ['9C', '55', undefined, '55'],
    ['9F27', '80', undefined, 'ARQC: the host is asked'],
    ['9F27', '40', undefined, 'TC: approved offline'],
    ['9F27', '', undefined, ''],
    ['50', '56495341', undefined, '“VISA”'],
    ['50', '560041', undefined, '560041'],
    ['50', '', undefined, ''],
    ['8A', '3030', undefined, '“00” approved'],
    ['8A', '5A33', undefined, '“Z3” unable to go online, offline declined'],
    ['8A', '5931', undefined, '“Y1” offline approved'],
    ['8A', '3939', undefined, '“99”'],
    ['9F27', '89', undefined, 'ARQC: the host is asked, advice required, service not allowed'],
    ['9F27', '05', undefined, 'AAC: declined, reason 5'],
    ['9A', '261328', undefined, '261328'],
    ['9A', '260231', undefined, '260231'],
    ['9A', '240229', undefined, '2024-02-29'],
    ['9F21', '246000', undefined, '246000'],
    ['9F21', '235959', undefined, '23:59:59'],
    ['DFDF53', '81', undefined, 'fallback to the stripe'],
    ['DFDF52', '05', undefined, 'contact chip'],
    ['DFDF1A', '02', undefined, 'error'],
    ['9F36', '0102', undefined, '0102'],
    ['DFDFDF7F', '01', undefined, '01'],
  ])('%s %s (%s): %s', (tag, hex, currency, text) => {
    expect(read(tag, hex, currency)).toEqual({ text });
  });

  test('of any tag and any bytes never throw', () => {
    const tag = fc.oneof(fc.constantFrom(...Object.keys(tagTable)), fc.constantFrom('8C', '8D', '97', '9F38', '9F49'));
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 12 }), (name, value) => {
        expect(readEmvValue(name, value).text).toBeTypeOf('string');
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('lists of tags', () => {
  test('with lengths', () => {
    // The CDOL1 that most published examples have.
    const cdol = '9F02069F03069F1A0295055F2A029A039C019F3704';
    expect(readDol(parseHex(cdol)).map(({ tag, length }) => `${tag}:${String(length)}`)).toEqual([
      '9F02:6',
      '9F03:6',
      '9F1A:2',
      '95:5',
      '5F2A:2',
      '9A:3',
      '9C:1',
      '9F37:4',
    ]);
    const { text, lines } = read('8C', cdol);
    expect(text).toBe('8 objects');
    expect(lines?.[0]).toBe('9F02 Amount, authorized (6)');
    expect(read('9F38', 'DFFE0101').lines).toEqual(['DFFE01 (1)']);
  });

  test('without', () => {
    expect(readTagList(parseHex('9F0282DFDF5995'))).toEqual(['9F02', '82', 'DFDF59', '95']);
    expect(readTagList(new Uint8Array(0))).toEqual([]);
  });

  test.each(['9F', '9F02069F', '9F0206 95', '9F9F'])('cut short as %s are an error', (hex) => {
    expect(errorOf(() => readDol(parseHex(hex)))).toMatchObject({ code: 'truncated' });
    expect(read('8C', hex)).toEqual({ text: toHex(parseHex(hex)) });
  });

  test('a tag list that is cut is an error too', () => {
    expect(errorOf(() => readTagList(parseHex('82DFDF')))).toMatchObject({ code: 'truncated', offset: 1 });
  });
});
