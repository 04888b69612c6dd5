/**
 * The published test data of ANSI X9.24-1:2009 (annex A.4: key serial number FFFF9876543210E, PIN 1234, account
 * 4012345678909), those of ANSI X9.24-3:2017 for AES-128 (x9.org, X9.24 Part 3 test vectors) and of RFC 4493, in Node and in a page.
 */
import { describe, expect, test } from 'vitest';
import { aesInitialKey, aesKeysOf, aesWorkingKey, cmac } from '../../../../src/mms/dukpt/aes.js';
import { encryptCbc, xor } from '../../../../src/mms/dukpt/block-cipher.js';
import { initialKey, transactionKey, tripleDesWorkingKey } from '../../../../src/mms/dukpt/triple-des.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { aes } from '../../../../src/simulator/aes.js';
import { des } from '../../../../src/simulator/des.js';
import { TEST_AES_BDK, TEST_BDK, TEST_KSN } from '../../../../src/simulator/dukpt.js';

describe('triple DES', () => {
  const initial = initialKey(des, parseHex(TEST_BDK), parseHex(TEST_KSN));
  /** PIN 1234 in format 0, with the twelve digits of the account before its check digit. */
  const PIN_BLOCK = parseHex('041274EDCBA9876F');
  const TEXT = new Uint8Array(24);
  TEXT.set(new TextEncoder().encode('4012345678909D987'));

  test('the initial key', () => {
    expect(toHex(initial)).toBe('6AC292FAA1315B4D858AB3A3D7D5933A');
  });

  test('the key, the PIN block, the data and the MAC of the first transaction', () => {
    const ksn = parseHex('FFFF9876543210E00001');
    expect(toHex(transactionKey(des, initial, ksn))).toBe('042666B49184CFA368DE9628D0397BC9');
    const key = tripleDesWorkingKey(des, parseHex(TEST_BDK), ksn);
    expect(toHex(key.encryptPinBlock(PIN_BLOCK))).toBe('1B9C1845EB993A7A');
    expect(toHex(key.encryptData(TEXT))).toBe('FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F');
    expect(toHex(key.decryptData(parseHex('FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F')))).toBe(toHex(TEXT));
    expect(toHex(key.decryptPinBlock(parseHex('1B9C1845EB993A7A')))).toBe(toHex(PIN_BLOCK));
    expect(toHex(key.mac(TEXT))).toBe('9CCC78173FC4FB64');
    // Of a single block the MAC of X9.19 is the block under triple DES.
    const mac = des(xor(transactionKey(des, initial, ksn), parseHex('000000000000FF00')));
    expect(toHex(key.mac(TEXT.subarray(0, 8)))).toBe(toHex(mac.encryptBlock(TEXT.subarray(0, 8))));
  });
});

describe('AES', () => {
  const IKID = '1234567890123456';
  const initial = aesInitialKey(aes, parseHex(TEST_AES_BDK), parseHex(`${IKID}00000000`));

  test('the initial key', () => {
    expect(toHex(initial)).toBe('1273671EA26AC29AFA4D1084127652A1');
  });

  test.each([
    [
      '00000001',
      'AF8CB133A78F8DC2D1359F18527593FB',
      'A2DC23DE6FDE0824A2BC321E08E4B8B7',
      'A35C412EFD41FDB98B69797C02DCD08F',
    ],
    [
      '00000002',
      'D30BDC73EC9714B000BEC66BDB7B6D09',
      '484C3B06E8562704528CD5B46FB12FB6',
      'D639514AA33AC43AD9229E433D6D4E5B',
    ],
    [
      '00000003',
      '7D69F01F3B45449F62C7816ECE723268',
      'A5DF7D9D800CA769766F0C77CA4E6E6C',
      'EF17F6AB45B4820C93A3DCB21BC491AD',
    ],
    [
      '00000007',
      '6ECF912F3B18CA11A7A27BB60705FD09',
      'BAA08CA263C69525BC6B1BA8F4275D69',
      '0FA8F1F0A2DD7B1005A862D77CDED698',
    ],
    [
      '00020001',
      '8AC85C93EED246054ADC3104479115A6',
      'EF7C9461E2AFED2A8012CC6301CFEEBE',
      'B93B4BF0D52163B3CF9312F8E55629A3',
    ],
    [
      '00845FED',
      'D1DDA386AA4A556AF0119FDCB5D132C6',
      '89365C7970950CAC0A6261FFC7DB26C6',
      'B1E4D9006A87DD08D87F11A124D35517',
    ],
    [
      'FFFF0000',
      '27EFAC1D158632588F4AC69E45C247C4',
      'AE558BABC206D303FDF68B1181F228C6',
      '08878BFCC45CA5AEF6A1AB40BAC882B5',
    ],
  ])('the keys for PIN, MAC and data with the counter %s', (counter, pin, mac, data) => {
    const keys = aesKeysOf(aes, initial, parseHex(IKID + counter));
    expect([keys.pin, keys.mac, keys.data].map(toHex)).toEqual([pin, mac, data]);
  });

  test('each key of a transaction is used for its purpose', () => {
    const key = aesWorkingKey(aes, parseHex(TEST_AES_BDK), parseHex(`${IKID}00000001`));
    const clear = new Uint8Array(32).fill(0x31);
    const block = clear.subarray(0, 16);
    const pin = aes(parseHex('AF8CB133A78F8DC2D1359F18527593FB'));
    expect(toHex(key.encryptPinBlock(block))).toBe(toHex(pin.encryptBlock(block)));
    expect(toHex(key.decryptPinBlock(pin.encryptBlock(block)))).toBe(toHex(block));
    const data = aes(parseHex('A35C412EFD41FDB98B69797C02DCD08F'));
    expect(toHex(key.encryptData(clear))).toBe(toHex(encryptCbc(data, clear)));
    expect(toHex(key.decryptData(encryptCbc(data, clear)))).toBe(toHex(clear));
    const mac = aes(parseHex('A2DC23DE6FDE0824A2BC321E08E4B8B7'));
    expect(toHex(key.mac(clear))).toBe(toHex(cmac(mac, clear)));
  });

  test.each([
    ['', 'BB1D6929E95937287FA37D129B756746'],
    ['6BC1BEE22E409F96E93D7E117393172A', '070A16B46B4D4144F79BDD9DD04A287C'],
    [
      '6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411',
      'DFA66747DE9AE63030CA32611497C827',
    ],
  ])('the authentication code of %s', (text, code) => {
    expect(toHex(cmac(aes(parseHex('2B7E151628AED2A6ABF7158809CF4F3C')), parseHex(text)))).toBe(code);
  });
});
