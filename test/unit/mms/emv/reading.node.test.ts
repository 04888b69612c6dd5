/** Values of EMV objects in words, checked against published examples and an independent list of countries. */
import countries from 'i18n-iso-countries';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitFields, readBits } from '../../../../src/mms/emv/bits.js';
import { countryByNumeric } from '../../../../src/mms/emv/country.js';
import { currencyByAlpha } from '../../../../src/mms/emv/currency.js';
import { readingContext } from '../../../../src/mms/emv/context.js';
import { readCvmList, readCvmResults } from '../../../../src/mms/emv/cvm.js';
import { readDol, readTagList } from '../../../../src/mms/emv/dol.js';
import { readEmvValue } from '../../../../src/mms/emv/reading.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { tagTable } from '../../../../src/mms/tables/tags.js';
import { decodeTlv } from '../../../../src/mms/tlv.js';
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

describe('lists of verification methods', () => {
  // A list that many published card dumps have (EMV 4.4 Book 3, 10.5).
  const list = '000000000000000042014403410342035E031F03';

  test('are read in the order in which they are tried', () => {
    expect(readCvmList(parseHex(list))).toEqual({
      x: 0,
      y: 0,
      rules: [
        { method: 'enciphered PIN checked online, else the next method', condition: 'if unattended cash' },
        {
          method: 'enciphered PIN checked by the card, else the next method',
          condition: 'if the terminal supports it',
        },
        { method: 'plaintext PIN checked by the card, else the next method', condition: 'if the terminal supports it' },
        { method: 'enciphered PIN checked online, else the next method', condition: 'if the terminal supports it' },
        { method: 'signature, else the next method', condition: 'if the terminal supports it' },
        { method: 'no verification required', condition: 'if the terminal supports it' },
      ],
    });
    const { text, lines } = read('8E', list);
    expect(text).toBe('6 rules');
    expect(lines?.[0]).toBe('if unattended cash: enciphered PIN checked online, else the next method');
  });

  test('say their amounts where conditions need them', () => {
    expect(read('8E', '00002710000000641F06')).toEqual({
      text: '1 rules',
      lines: [
        'amount X: 10000, amount Y: 100',
        'if in the application currency and under amount X: no verification required',
      ],
    });
  });

  test.each(['', '0000000000', '000000000000000042'])('are none as %s', (hex) => {
    expect(readCvmList(parseHex(hex))).toBeUndefined();
    expect(read('8E', hex)).toEqual({ text: hex });
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
    ['9A', '', undefined, ''],
    ['9A', '26113000', undefined, '26113000'],
    ['9F42', '0978', undefined, 'EUR'],
    ['9F35', '22', undefined, 'of a merchant, attended, offline with online capability'],
    ['9F35', '17', undefined, '17'],
    ['9F39', '05', undefined, 'contact chip'],
    ['9F39', '91', undefined, 'contactless stripe'],
    ['9F39', '44', undefined, '44'],
    ['9F11', '01', undefined, 'ISO 8859-1'],
    ['9F11', '0B', undefined, '0B'],
    ['9F53', '52', undefined, '“R”'],
    ['9F53', 'F28000', undefined, 'F28000'],
    ['9F5D', '000000001000', 'USD', '10.00 USD'],
    ['9F5D', '000000001000', undefined, '000000001000'],
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
    ['9F27', 'C0', undefined, 'reserved'],
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

describe('what depends on the application', () => {
  const inList = (objects: string, tag: string, hex: string) =>
    readEmvValue(tag, parseHex(hex), readingContext(decodeTlv(parseHex(objects))));
  const [VISA, MASTERCARD, AMEX, JCB] = [
    '4F07A0000000031010',
    '8407A0000000041010',
    '9F0606A00000002501',
    '4F07A0000000651010',
  ] as const;

  test('third-party data of Mastercard (Book C-2, A.1)', () => {
    expect(inList(MASTERCARD, '9F6E', '08400000303000').lines).toEqual([
      'country: US',
      'unique identifier: 0000',
      'device type: 00',
      'proprietary data: 00',
    ]);
    // No device type where the first bit of the identifier is set; a country that no one has.
    expect(inList(MASTERCARD, '9F6E', '09998000FF').lines).toEqual([
      'country: 999',
      'unique identifier: 8000',
      'proprietary data: FF',
    ]);
    expect(inList(MASTERCARD, '9F6E', '0840')).toEqual({ text: '0840' });
  });

  test('form factor of Visa (Book C-3, A.2)', () => {
    expect(inList(VISA, '9F6E', '23CC0001')).toEqual({
      text: '23CC0001',
      lines: [
        'version 1',
        'form factor: mobile phone',
        'passcode capable',
        'signature panel',
        'two-way messaging',
        'credentials in the cloud',
        'technology: 1',
      ],
    });
    expect(inList(VISA, '9F6E', '2F000000').lines).toEqual([
      'version 1',
      'form factor: 15',
      'technology: contactless (ISO/IEC 14443)',
    ]);
    expect(inList(VISA, '9F6E', '20')).toEqual({ text: '20' });
  });

  test('reader capabilities of American Express (Book C-4, 4.3.4)', () => {
    expect(inList(AMEX, '9F6E', 'D8F0C0E0').lines).toEqual([
      'byte 1, bit 8: contact mode supported',
      'byte 1, bit 7: contactless magstripe mode supported',
      'byte 1, bit 5: contactless EMV partial online mode supported',
      'byte 1, bit 4: contactless mobile supported',
      'byte 2, bit 8: mobile verification supported',
      'byte 2, bit 7: online PIN supported',
      'byte 2, bit 6: signature supported',
      'byte 2, bit 5: plaintext offline PIN supported',
      'byte 3, bit 8: reader is offline only',
      'byte 3, bit 7: cardholder verification required',
      'byte 4, bit 8: exempt from checks without verification',
      'byte 4, bit 7: delayed authorisation',
      'byte 4, bit 6: transit',
    ]);
  });

  test('are bytes for JCB, and without a known application', () => {
    expect(inList(JCB, '9F6E', '20700000')).toEqual({ text: '20700000' });
    expect(read('9F6E', '20700000')).toEqual({ text: '20700000' });
    expect(inList('4F07A0000009991010', '9F6E', '20700000')).toEqual({ text: '20700000' });
  });

  test('capabilities of a Mastercard application (Book C-2, A.1)', () => {
    expect(inList(MASTERCARD, '9F5D', '210708')).toEqual({
      text: '210708',
      lines: [
        'version 2',
        'data storage version 1',
        'field off detection',
        'balance reading',
        'CDA for TC, ARQC and AAC',
        'standalone data storage scheme 8',
      ],
    });
    expect(read('9F5D', '000000').lines).toEqual(['version 0', 'no data storage', 'standalone data storage scheme 0']);
  });

  test('bits are those of the kernel: 9F66 and 9F6C are none for Mastercard', () => {
    expect(inList(VISA, '9F6C', '8000').lines).toHaveLength(1);
    expect(inList(MASTERCARD, '9F6C', '0001')).toEqual({ text: '0001' });
    expect(inList(MASTERCARD, '9F66', 'F0F0')).toEqual({ text: 'F0F0' });
  });

  // Examples as asked and answered in public, and in the formats' own documents.
  test.each([
    [
      'Visa',
      VISA,
      '06010A03A020000F04000000000000000000006232E4F9',
      'Visa format 0, 1 or 3',
      [
        'derivation key index: 01',
        'cryptogram version number: 0A',
        'card verification results: A02000',
        'issuer discretionary data: 0F04000000000000000000006232E4F9',
      ],
    ],
    [
      'Visa, without data of the issuer',
      VISA,
      '06011203A00000',
      'Visa format 0, 1 or 3',
      ['derivation key index: 01', 'cryptogram version number: 12', 'card verification results: A00000'],
    ],
    [
      'Visa in 32 bytes',
      VISA,
      `1F220100A0000000${'00'.repeat(24)}`,
      'Visa format 2 or 4',
      [
        'cryptogram version number: 22',
        'derivation key index: 01',
        'card verification results: 00A0000000',
        `issuer discretionary data: ${'00'.repeat(24)}`,
      ],
    ],
    [
      'Mastercard',
      MASTERCARD,
      '0210A5800F04000000000000000000000000',
      'M/Chip',
      [
        'derivation key index: 02',
        'cryptogram version number: 10',
        'card verification results: A5800F040000',
        'data authentication code or dynamic number of the card: 0000',
        'counters: 0000000000000000',
      ],
    ],
    [
      'any scheme in the common core definitions (Book 3, annex C9)',
      '',
      `0FA501A03800000000000000000000000F${'00'.repeat(15)}`,
      'common core definitions',
      [
        'common core identifier: A5',
        'derivation key index: 01',
        'card verification results: A038000000',
        'counters: 0000000000000000',
        `issuer discretionary data: ${'00'.repeat(15)}`,
      ],
    ],
  ])('issuer application data of %s', (_, objects, hex, text, lines) => {
    expect(inList(objects, '9F10', hex)).toEqual({ text, lines });
  });

  test.each([
    ['of no known application', '', '06010A03A02000'],
    ['cut short', VISA, '06010A03'],
    ['of a length that M/Chip has not', MASTERCARD, '0210A5800F04'],
    ['of 32 bytes that are not two halves', '', `0FA5${'00'.repeat(30)}`],
    ['of a format that is not published', '', `0F15${'00'.repeat(14)}0F${'00'.repeat(15)}`],
    ['of Visa with other lengths', VISA, `1F22${'00'.repeat(10)}`],
  ])('issuer application data %s are bytes', (_, objects, hex) => {
    expect(inList(objects, '9F10', hex)).toEqual({ text: hex });
  });

  test.each([
    ['01', '43616665E9', '“Cafeé”'],
    ['02', 'A3B6', '“Łś”'],
    ['05', 'BCB8C0', '“МИР”'],
    ['07', 'D6C9D3C1', '“ΦΙΣΑ”'],
    ['01', '4180', '4180'],
    ['01', '410A', '410A'],
    ['01', '417F', '417F'],
    ['01', '', ''],
    ['03', 'A5', 'A5'],
    ['0B', '56495341', '“VISA”'],
    ['00', '41E9', '41E9'],
  ])('the preferred name in code table %s (Book 4, annex B): %s', (table, hex, text) => {
    expect(inList(`9F1101${table}`, '9F12', hex)).toEqual({ text });
  });

  test('the list inside takes what it does not say from the list around it', () => {
    const around = readingContext(decodeTlv(parseHex('5F2A0203924F07A00000000310109F110105')));
    const inside = readingContext(decodeTlv(parseHex('9F0206000000000460')), around);
    expect(inside).toEqual({ currency: currencyByAlpha('JPY'), codeTable: 5, application: 'A0000000031010' });
    expect(readingContext([])).toEqual({ currency: undefined, codeTable: undefined, application: undefined });
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
