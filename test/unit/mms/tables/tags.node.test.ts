import { expect, test } from 'vitest';
import { readEmvValue } from '../../../../src/mms/emv/reading.js';
import { parseHex } from '../../../../src/mms/hex.js';
import { isShownInCardData } from '../../../../src/mms/redaction/card-data.js';
import { isContainerTag, isSensitiveTag } from '../../../../src/mms/tables/tag-classes.js';
import { tagInfo, tagTable } from '../../../../src/mms/tables/tags.js';

/** Tags whether they have a name or not: of one byte, of two, and those of the reader. */
const allTags: readonly string[] = ['', '5F', '9F', 'BF', 'DF', 'DF81', 'DFDF', 'DFDFDF', 'FF'].flatMap((prefix) =>
  Array.from({ length: 256 }, (_, last) => prefix + last.toString(16).toUpperCase().padStart(2, '0')),
);

const isConstructed = (tag: string): boolean => (parseInt(tag.slice(0, 2), 16) & 0x20) !== 0;

test('containers are the tags that BER calls constructed, and only they have no format of their own', () => {
  for (const [tag, [name, format]] of Object.entries(tagTable)) {
    // A5 is a template in card data, and what each command says elsewhere.
    expect([name, isContainerTag(tag)]).toEqual([name, isConstructed(tag) && tag !== 'A5']);
    expect([name, format === '']).toEqual([name, isConstructed(tag)]);
  }
});

test('tells what is known of a tag', () => {
  expect(tagInfo('5A')).toEqual({ name: 'Primary account number', format: 'cn ..10', sensitive: true, sources: 'EMV' });
  expect(tagInfo('F9')).toMatchObject({ format: 'constructed', sensitive: false });
  expect(tagInfo('DFDF7F')).toBeUndefined();
});

test.each(['57', '5A', '56', '9F6B', '9F1F', '9F20', 'DF812A', 'DF812B', '5F24', '5F20', '9F0B', '5F30', '99', 'F5'])(
  'tag %s is sensitive',
  (tag) => {
    expect(isSensitiveTag(tag)).toBe(true);
  },
);

test('tags of amounts and results are not sensitive', () => {
  for (const tag of ['9F02', '5F2A', '95', '9B', 'DFDF1A']) expect(isSensitiveTag(tag)).toBe(false);
});

test('of the sensitive tags those that name the reader or a key are shown, and no other', () => {
  const tags = allTags.filter((tag) => isSensitiveTag(tag) && isShownInCardData(tag));
  // The serial number of the reader, and the key serial numbers of PIN block, track, barcode and MAC.
  expect(tags.sort()).toEqual(['DFDF25', 'DFDF41', 'DFDF50', 'DFDF54', 'DFDF56']);
});

/** Tags of the data elements of EMV 4.4 Book 3, annex A, that readers list, and those of the reader [DP ARQC, DM p26, IOM, SAMPLE]. */
const named =
  '42 4F 50 56 57 5A 5F20 5F24 5F25 5F28 5F2A 5F2D 5F30 5F34 5F36 5F50 5F53 5F54 5F55 5F56 5F57 61 6F 70 71 72 73 77 82 83 84 ' +
  '86 87 88 89 8A 8C 8D 8E 8F 90 91 92 93 94 95 97 98 99 9A 9B 9C 9D A5 BF0C 9F01 9F02 9F03 9F04 9F05 9F06 9F07 9F08 9F09 9F0A ' +
  '9F0B 9F0D 9F0E 9F0F 9F10 9F11 9F12 9F13 9F14 9F15 9F16 9F17 9F18 9F1A 9F1B 9F1C 9F1D 9F1E 9F1F 9F20 9F21 9F22 9F23 9F24 9F26 ' +
  '9F27 9F2D 9F2E 9F2F 9F32 9F33 9F34 9F35 9F36 9F37 9F38 9F39 9F3A 9F3B 9F3C 9F3D 9F40 9F41 9F42 9F43 9F44 9F45 9F46 9F47 9F48 ' +
  '9F49 9F4A 9F4B 9F4C 9F4D 9F4E 9F4F 9F53 9F5D 9F66 9F6B 9F6C 9F6D 9F6E 9F7C ' +
  'DFDF36 DFDF37 DFDF38 DFDF39 DFDF3A DFDF3B DFDF3C DFDF3D DFDF43 DFDF50 DFDF51 DFDFDF37 DFDFDF38 DFDFDF39 FE FF42 FF74';

test.each(named.split(' '))('tag %s has a name of its own, a format and a source', (tag) => {
  const info = tagInfo(tag);
  expect(info?.name).toMatch(/^[A-Z].{2,}/);
  expect(info?.format).not.toBe('');
  expect(info?.sources).not.toBe('');
  const names = Object.values(tagTable).map(([name]) => name);
  expect(names.filter((name) => name === info?.name)).toHaveLength(1);
});

/** A value of each tag that says more than its bytes, and what is said of it; sources as in `emv/`. */
test.each([
  ['82', '1980', 'byte 1, bit 5: card supports cardholder verification'],
  ['8A', '5A33', 'offline declined'],
  ['8C', '9F3704', '9F37 Unpredictable number (4)'],
  ['8D', '8A02', '8A Authorization response code (2)'],
  ['8E', '00000000000000001F00', 'always: no verification required'],
  ['95', '0000000001', 'byte 5, bit 1: relay resistance not performed'],
  ['97', '9F0206', '9F02'],
  ['9F07', '8000', 'byte 1, bit 8: valid for domestic cash'],
  ['9F0D', '8000000000', 'offline data authentication not performed'],
  ['9F0E', '0080000000', 'different application versions'],
  ['9F0F', '0000800000', 'cardholder verification not successful'],
  ['9F27', '80', 'ARQC'],
  ['9F33', '200000', 'chip with contacts'],
  ['9F34', '0F0002', 'voice checked online'],
  ['9F35', '21', 'of a merchant, attended, online only'],
  ['9F38', '9F6604', '9F66'],
  ['9F39', '07', 'contactless chip'],
  ['9F40', '4000000000', 'goods'],
  ['9F49', '9F3704', '9F37'],
  ['9F5D', '100000', 'version 1'],
  ['9F66', '20000000', 'EMV mode supported'],
  ['9F6C', '4000', 'signature required'],
  ['DFDF52', '03', 'entered by hand'],
  ['DFDF53', '01', 'technical fallback'],
])('tag %s with %s is read: %s', (tag, hex, words) => {
  const { text, lines = [] } = readEmvValue(tag, parseHex(hex));
  expect([text, ...lines].join('\n')).toContain(words);
});
