/**
 * AES by the library @noble/ciphers, in Node and in pages alike: the one of pages gives no answer at once, and a reader in
 * software must say everything in its turn. It knows no modes and no keys of readers.
 */
import { ecb } from '@noble/ciphers/aes.js';
import type { CipherOf } from '../mms/dukpt/block-cipher.js';

/** Keys of 16, 24 or 32 bytes. */
export const aes: CipherOf = (key) => {
  const cipher = (): { encrypt(block: Uint8Array): Uint8Array; decrypt(block: Uint8Array): Uint8Array } =>
    ecb(key, { disablePadding: true });
  return {
    blockBytes: 16,
    encryptBlock: (block) => cipher().encrypt(block),
    decryptBlock: (block) => cipher().decrypt(block),
  };
};
