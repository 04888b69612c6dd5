/**
 * DUKPT with triple DES (ANSI X9.24-1:2009): derivation of keys by key serial number, and what they are used for.
 * The cipher is given. It does not know cards or messages.
 */
import { parseHex } from '../hex.js';
import { decryptCbc, encryptCbc, join, xor, type CipherOf } from './block-cipher.js';
import type { WorkingKey } from './working-key.js';

/** Bytes of a key serial number, and bits of the counter at its end. */
export const TRIPLE_DES_KSN_BYTES = 10;
export const TRIPLE_DES_COUNTER_BITS = 21;
/** Counters with more bits set are skipped (annex A.1). */
export const TRIPLE_DES_COUNTER_ONES = 10;

/** Masks that make a key for a purpose of a transaction key, for both halves (annex A.4.1). */
const variants = {
  pin: parseHex('00000000000000FF'),
  mac: parseHex('000000000000FF00'),
  data: parseHex('0000000000FF0000'),
} as const;
/** Mask of the left-over half key in a derivation (annex A.2). */
const DERIVATION = parseHex('C0C0C0C000000000');
export const BLOCK = 8;
/** The last four bytes of the register, of which the counter is the lower part. */
export const COUNTER_AT = 4;
const COUNTER_MASK = (1 << TRIPLE_DES_COUNTER_BITS) - 1;

const left = (key: Uint8Array): Uint8Array => key.subarray(0, BLOCK);
const right = (key: Uint8Array): Uint8Array => key.subarray(BLOCK, 2 * BLOCK);

/** The key that is loaded into a device, by the part of the serial number before the counter (annex A.6). */
export function initialKey(cipherOf: CipherOf, bdk: Uint8Array, ksn: Uint8Array): Uint8Array {
  const device = ksn.slice(0, BLOCK);
  device[7] = (device[7] as number) & 0xe0;
  return join(cipherOf(bdk).encryptBlock(device), cipherOf(xor(bdk, DERIVATION)).encryptBlock(device));
}

/** The key for one value of the counter (annex A.3): one derivation for each bit that is set. */
export function transactionKey(cipherOf: CipherOf, initial: Uint8Array, ksn: Uint8Array): Uint8Array {
  const register = ksn.slice(-BLOCK);
  const view = new DataView(register.buffer);
  const end = view.getUint32(COUNTER_AT);
  const counter = end & COUNTER_MASK;
  let reached = end - counter;
  let key = initial;
  for (let bit = 1 << (TRIPLE_DES_COUNTER_BITS - 1); bit > 0; bit >>= 1) {
    if ((counter & bit) === 0) continue;
    reached += bit;
    view.setUint32(COUNTER_AT, reached);
    const half = (from: Uint8Array): Uint8Array =>
      xor(cipherOf(left(from)).encryptBlock(xor(register, right(from))), right(from));
    key = join(half(xor(key, DERIVATION)), half(key));
  }
  return key;
}

/** The keys of a transaction (annex A.4.1): the data key is its variant, encrypted with itself. */
function workingKeyOf(cipherOf: CipherOf, transaction: Uint8Array): WorkingKey {
  const variant = (purpose: keyof typeof variants): Uint8Array => xor(transaction, variants[purpose]);
  const dataVariant = variant('data');
  const own = cipherOf(dataVariant);
  const data = cipherOf(join(own.encryptBlock(left(dataVariant)), own.encryptBlock(right(dataVariant))));
  const pin = cipherOf(variant('pin'));
  return {
    blockBytes: BLOCK,
    encryptData: (clear) => encryptCbc(data, clear),
    decryptData: (encrypted) => decryptCbc(data, encrypted),
    encryptPinBlock: (block) => pin.encryptBlock(block),
    decryptPinBlock: (block) => pin.decryptBlock(block),
    mac: (bytes) => retailMac(cipherOf, variant('mac'), bytes),
  };
}

/** ISO 9797-1 algorithm 3, the MAC of X9.19: single DES over all blocks but the last, which gets triple DES. */
function retailMac(cipherOf: CipherOf, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const chained = encryptCbc(cipherOf(left(key)), bytes.subarray(0, -BLOCK)).subarray(-BLOCK);
  const last = bytes.subarray(-BLOCK);
  return cipherOf(key).encryptBlock(chained.length === 0 ? last : xor(last, chained));
}

/**
 * The keys of one key serial number, from the base key that a host holds.
 * @param bdk 16 bytes.
 * @param ksn 10 bytes.
 */
export function tripleDesWorkingKey(cipherOf: CipherOf, bdk: Uint8Array, ksn: Uint8Array): WorkingKey {
  return workingKeyOf(cipherOf, transactionKey(cipherOf, initialKey(cipherOf, bdk, ksn), ksn));
}
