/** Kinds of application cryptograms in 9F27 (EMV Book 3, table 15). */
import { expect, test } from 'vitest';
import { cryptogramInformation, cryptogramTypeOf, type CryptogramType } from '../../../../src/mms/emv/cryptogram.js';

test.each<[CryptogramType, number]>([
  ['AAC', 0x00],
  ['TC', 0x40],
  ['ARQC', 0x80],
])('%s', (type, information) => {
  expect(cryptogramInformation(type)).toBe(information);
  expect(cryptogramTypeOf(information)).toBe(type);
  expect(cryptogramTypeOf(information | 0x3f)).toBe(type);
});

test('the fourth is reserved', () => {
  expect(cryptogramTypeOf(0xc0)).toBeUndefined();
});
