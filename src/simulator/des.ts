/**
 * DES and triple DES by the library des.js, in Node and in pages alike: Web Crypto has neither. The only module that names
 * the library; it knows no modes and no keys of readers.
 */
import library from 'des.js';
import { join, type CipherOf } from '../mms/dukpt/block-cipher.js';

const BLOCK = 8;

/** Single DES for keys of 8 bytes, triple DES for 16 (the first half is used again as the third key). */
export const des: CipherOf = (key) => {
  const isSingle = key.length === BLOCK;
  const { create } = isSingle ? library.DES : library.EDE;
  const whole = isSingle ? key : join(key, key.subarray(0, BLOCK));
  const cipher = (type: 'encrypt' | 'decrypt') => create({ type, key: whole, padding: false });
  const encryption = cipher('encrypt');
  return {
    blockBytes: BLOCK,
    encryptBlock: (block) => Uint8Array.from(encryption.final(block)),
    decryptBlock: (block) => Uint8Array.from(cipher('decrypt').final(block)),
  };
};
