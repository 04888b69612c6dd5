/** Modes of operation over a cipher that adds one to each byte: the keys of real ciphers are tested with the simulated reader. */
import { describe, expect, test } from 'vitest';
import { decryptCbc, encryptCbc, join, xor, type BlockCipher } from '../../../../src/mms/dukpt/block-cipher.js';

const plusOne: BlockCipher = {
  blockBytes: 2,
  encryptBlock: (block) => block.map((byte) => byte + 1),
  decryptBlock: (block) => block.map((byte) => byte - 1),
};

describe('cipher block chaining', () => {
  test('takes each block together with the one before', () => {
    const clear = Uint8Array.of(1, 2, 1, 2);
    const encrypted = encryptCbc(plusOne, clear);
    expect([...encrypted]).toEqual([2, 3, 4, 2]);
    expect(decryptCbc(plusOne, encrypted)).toEqual(clear);
    expect(encryptCbc(plusOne, new Uint8Array(0))).toHaveLength(0);
  });

  test.each([encryptCbc, decryptCbc])('takes whole blocks only: %o', (mode) => {
    expect(() => mode(plusOne, new Uint8Array(3))).toThrow(
      new RangeError('the data have 3 bytes, which are not whole blocks of 2'),
    );
  });
});

test('xor repeats the shorter second operand, and join puts parts behind each other', () => {
  expect([...xor(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 2))]).toEqual([0, 0, 2, 6]);
  expect([...join(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))]).toEqual([1, 2, 3]);
});
