/** Facts of a chip card for receipts, from lists of objects (EMV 4.4 Book 3, annex A; Book 4, annex B). */
import { expect, test } from 'vitest';
import { parseHex } from '../../../../src/mms/hex.js';
import { decodeTlv } from '../../../../src/mms/tlv.js';
import { readEmvFacts } from '../../../../src/mms/views/emv-facts.js';

const list = (hex: string) => decodeTlv(parseHex(hex));

test('all of them, from one list', () => {
  const objects =
    '8407A0000000031010' +
    '500A56495341204445424954' +
    '9F110101' +
    '9F1205436166E920' +
    '95050000008000' +
    '9B02E800' +
    '9F34031F0302' +
    '9F26080102030405060708' +
    '9F270180' +
    '8A025A33';
  expect(readEmvFacts(list(objects))).toEqual({
    aid: 'A0000000031010',
    label: 'VISA DEBIT',
    preferredName: 'Café',
    tvr: '0000008000',
    tsi: 'E800',
    cvm: '1F0302',
    cryptogram: '0102030405060708',
    cryptogramType: 'ARQC',
    responseCode: 'Z3',
  });
});

test('the first list that has an object counts, and the kind of the cryptogram is that beside it', () => {
  const host = list('9F26080807060504030201' + '9F270140' + '5000');
  const reader = list('9F26080102030405060708' + '9F270180' + '500456495341' + '9F120441424344');
  expect(readEmvFacts(host, reader)).toEqual({
    cryptogram: '0807060504030201',
    cryptogramType: 'TC',
    label: 'VISA',
    preferredName: 'ABCD',
  });
});

test.each([
  ['', {}],
  ['5000', {}],
  ['50022020', {}],
  ['9F11010B9F12024142', {}],
  ['9F12024180', {}],
  ['9F1101039F1201A5', {}],
  ['50024180', {}],
  ['9F11010B9F270140', {}],
  ['9F260101', { cryptogram: '01' }],
  ['9F2601019F2701C0', { cryptogram: '01' }],
])('nothing that is not there: %s', (hex, facts) => {
  expect(readEmvFacts(list(hex))).toEqual(facts);
});

test('zeros that fill a text are not of it', () => {
  expect(readEmvFacts(list('500756495341200000' + '9F12050000000000'))).toEqual({ label: 'VISA' });
});
