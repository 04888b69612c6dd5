/**
 * The ciphers of DUKPT by Node's own OpenSSL: a single block at a time, as the derivation of keys needs them.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { join, type BlockCipher, type CipherOf } from '../../mms/dukpt/block-cipher.js';

/** CBC of one block from zeros is that block alone; the newer OpenSSL has no single DES, and no ECB of triple DES. */
function blockCipher(algorithm: string, key: Uint8Array, blockBytes: number): BlockCipher {
  const zeros = new Uint8Array(blockBytes);
  return {
    blockBytes,
    encryptBlock: (block) => Uint8Array.from(createCipheriv(algorithm, key, zeros).setAutoPadding(false).update(block)),
    decryptBlock: (block) =>
      Uint8Array.from(createDecipheriv(algorithm, key, zeros).setAutoPadding(false).update(block)),
  };
}

const DES_BLOCK = 8;
const AES_BLOCK = 16;

/** Triple DES with 16 bytes; single DES with 8, as triple DES with the same key three times. */
export const tripleDes: CipherOf = (key) => {
  const first = key.subarray(0, DES_BLOCK);
  const second = key.length === DES_BLOCK ? first : key.subarray(DES_BLOCK);
  return blockCipher('des-ede3-cbc', join(first, second, first), DES_BLOCK);
};

export const aes: CipherOf = (key) => blockCipher(`aes-${String(key.length * 8)}-cbc`, key, AES_BLOCK);
