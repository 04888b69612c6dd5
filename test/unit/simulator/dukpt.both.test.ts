/** The keys and key serial numbers that simulated readers use, in Node and in a page; published data as in `mms/dukpt`. */
import { describe, expect, test } from 'vitest';
import { decryptCbc } from '../../../src/mms/dukpt/block-cipher.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { aes } from '../../../src/simulator/aes.js';
import { aesDukptEncryption, dukptEncryption, type DukptOptions } from '../../../src/simulator/dukpt.js';
import type { CardEncryption } from '../../../src/simulator/encryption.js';

/** The first keys of an encryption. */
const take = (encryption: CardEncryption, count: number) => Array.from({ length: count }, () => encryption());

/** PIN 1234 in format 0, with the twelve digits of the account 4012345678909 before its check digit. */
const PIN_BLOCK = parseHex('041274EDCBA9876F');

test('the PIN blocks of the first transactions of a reader', () => {
  const blocks = take(dukptEncryption(), 5).map((key) => toHex(key?.encryptPinBlock(PIN_BLOCK) ?? new Uint8Array(0)));
  expect(blocks).toEqual([
    '1B9C1845EB993A7A',
    '10A01C8D02C69107',
    '18DC07B94797B466',
    '0BC79509D5645DF7',
    '5BC0AF22AD87B327',
  ]);
});

test('the key serial numbers and the data of a reader with AES', () => {
  const [first] = take(aesDukptEncryption(), 1);
  const clear = new Uint8Array(32).fill(0x31);
  expect(toHex(first?.ksn ?? clear)).toBe('123456789012345600000001');
  const encrypted = first?.encryptData(clear) ?? new Uint8Array(0);
  expect(toHex(decryptCbc(aes(parseHex('A35C412EFD41FDB98B69797C02DCD08F')), encrypted))).toBe(toHex(clear));
});

describe('the counter', () => {
  const ksnsFrom = (ksn: string, count: number, make: (options: DukptOptions) => CardEncryption = dukptEncryption) =>
    take(make({ ksn }), count).map((key) => key && toHex(key.ksn));

  test('skips what has more than ten bits set, and stops at its end', () => {
    expect(ksnsFrom('FFFF9876543210E003FF', 2)).toEqual(['FFFF9876543210E00400', 'FFFF9876543210E00401']);
    expect(ksnsFrom('FFFF9876543210E007FE', 1)).toEqual(['FFFF9876543210E00800']);
    // The largest counter with ten bits set; the five bits before it belong to the number of the device.
    expect(ksnsFrom('FFFF9876543210FFF800', 2)).toEqual([undefined, undefined]);
    expect(ksnsFrom('FFFF9876543210FFF7FF', 1)).toEqual(['FFFF9876543210FFF800']);
  });

  test('of AES skips what has more than 16 bits set', () => {
    expect(ksnsFrom('12345678901234560001FFFE', 1, aesDukptEncryption)).toEqual(['123456789012345600020000']);
    expect(ksnsFrom('1234567890123456FFFF0000', 1, aesDukptEncryption)).toEqual([undefined]);
  });

  test('each number is told before its key is used', () => {
    const told: string[] = [];
    const encryption = dukptEncryption({ onUse: (ksn) => told.push(ksn) });
    expect(toHex(encryption()?.ksn ?? new Uint8Array(0))).toBe('FFFF9876543210E00001');
    expect(told).toEqual(['FFFF9876543210E00001']);
  });
});

test('keys and numbers of another length are refused, and not repeated', () => {
  expect(() => dukptEncryption({ bdk: '0123456789ABCDEF' })).toThrow(
    /^bdk must be 16 bytes in hexadecimal with triple DES$/,
  );
  expect(() => dukptEncryption({ ksn: 'FFFF' })).toThrow(/^ksn must be 10 bytes/);
  expect(() => aesDukptEncryption({ bdk: 'not hexadecimal' })).toThrow(
    /^bdk must be 16, 24, 32 bytes in hexadecimal with AES$/,
  );
});
