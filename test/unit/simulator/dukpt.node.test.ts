/** The published test data of ANSI X9.24-1:2009, annex A.4: key FFFF9876543210E, PIN 1234, account 4012345678909. */
import { expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import {
  encryptData,
  encryptPin,
  initialKey,
  macOf,
  TEST_BDK,
  TEST_KSN,
  transactionKey,
} from '../../../src/simulator/node-dukpt.js';

const initial = initialKey(parseHex(TEST_BDK), parseHex(TEST_KSN));
/** PIN 1234 in format 0, with the twelve digits of the account before its check digit. */
const PIN_BLOCK = parseHex('041274EDCBA9876F');
const TEXT = new Uint8Array(24);
TEXT.set(new TextEncoder().encode('4012345678909D987'));

const keyAt = (counter: number): Uint8Array =>
  transactionKey(initial, parseHex(TEST_KSN.slice(0, -5) + counter.toString(16).padStart(5, '0')));

test('the initial key', () => {
  expect(toHex(initial)).toBe('6AC292FAA1315B4D858AB3A3D7D5933A');
});

test('the key, the PIN block, the data and the MAC of the first transaction', () => {
  const key = keyAt(1);
  expect(toHex(key)).toBe('042666B49184CFA368DE9628D0397BC9');
  expect(toHex(encryptPin(key, PIN_BLOCK))).toBe('1B9C1845EB993A7A');
  expect(toHex(encryptData(key, TEXT))).toBe('FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F');
  expect(toHex(macOf(key, TEXT))).toBe('9CCC78173FC4FB64');
});

test.each([
  [2, '10A01C8D02C69107'],
  [3, '18DC07B94797B466'],
  [4, '0BC79509D5645DF7'],
  [5, '5BC0AF22AD87B327'],
])('the PIN block of transaction %i', (counter, block) => {
  expect(toHex(encryptPin(keyAt(counter), PIN_BLOCK))).toBe(block);
});
