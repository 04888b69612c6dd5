/**
 * DUKPT with triple DES (ANSI X9.24-1:2009), under the base key that the standard publishes for tests: whoever knows the
 * standard can decrypt what the simulated reader says, so that a back end can be tested from end to end.
 * The DES is OpenSSL's. It runs in Node only, and knows no cards and no messages.
 */
import { createCipheriv } from 'node:crypto';
import type { CardEncryption } from './encryption.js';

/** Base derivation key and initial key serial number of the standard's own test data (X9.24-1:2009, annex A.4). */
export const TEST_BDK = '0123456789ABCDEFFEDCBA9876543210';
export const TEST_KSN = 'FFFF9876543210E00000';

/** Masks that make a key for a purpose of another, for both halves (X9.24-1:2009, annex A.4.1). */
const variants = { pin: '00000000000000FF', mac: '000000000000FF00', data: '0000000000FF0000' } as const;
/** Mask of the left-over half key in a derivation (annex A.2). */
const DERIVATION = 'C0C0C0C000000000';
const BLOCK = 8;
const COUNTER_BITS = 21;
const MAC_BYTES = 4;

type Bytes = Uint8Array;

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));
const xor = (a: Bytes, b: Bytes): Bytes => a.map((byte, at) => byte ^ (b[at % b.length] ?? 0));
const left = (key: Bytes): Bytes => key.subarray(0, BLOCK);
const right = (key: Bytes): Bytes => key.subarray(BLOCK, 2 * BLOCK);
const join = (...parts: Bytes[]): Bytes => Uint8Array.from(Buffer.concat(parts));

/** CBC without padding, from a vector of zeros; keys of one length are used three times over, as single DES. */
function des(key: Bytes, clear: Bytes): Bytes {
  const whole = key.length === BLOCK ? join(key, key, key) : join(key, left(key));
  const cipher = createCipheriv('des-ede3-cbc', whole, new Uint8Array(BLOCK)).setAutoPadding(false);
  return join(cipher.update(clear), cipher.final());
}

/** The key that is loaded into a device, by the part of the serial number before the counter (annex A.6). */
export function initialKey(bdk: Bytes, ksn: Bytes): Bytes {
  const device = ksn.slice(0, BLOCK);
  device[7] = (device[7] ?? 0) & 0xe0;
  const masked = xor(bdk, hex(DERIVATION));
  return join(des(bdk, device), des(masked, device));
}

/** The key for one value of the counter (annex A.3): one derivation for each bit that is set. */
export function transactionKey(initial: Bytes, ksn: Bytes): Bytes {
  const register = ksn.slice(-BLOCK);
  const counter = (((register[5] ?? 0) & 0x1f) << 16) | ((register[6] ?? 0) << 8) | (register[7] ?? 0);
  register.set([(register[5] ?? 0) & 0xe0, 0, 0], 5);
  let key = initial;
  for (let bit = 1 << (COUNTER_BITS - 1); bit > 0; bit >>= 1) {
    if ((counter & bit) === 0) continue;
    register.set(
      [(register[5] ?? 0) | (bit >> 16), (register[6] ?? 0) | ((bit >> 8) & 0xff), (register[7] ?? 0) | (bit & 0xff)],
      5,
    );
    const masked = xor(key, hex(DERIVATION));
    const step = (half: Bytes): Bytes => xor(des(left(half), xor(register, right(half))), right(half));
    key = join(step(masked), step(key));
  }
  return key;
}

const variant = (key: Bytes, purpose: keyof typeof variants): Bytes => xor(key, hex(variants[purpose]));

/** Data are encrypted with a key that was encrypted with itself (annex A.4.1). */
export function encryptData(key: Bytes, clear: Bytes): Bytes {
  const purpose = variant(key, 'data');
  return des(join(des(purpose, left(purpose)), des(purpose, right(purpose))), clear);
}

export const encryptPin = (key: Bytes, block: Bytes): Bytes => des(variant(key, 'pin'), block);

/** ISO 9797-1 algorithm 3, the MAC of X9.19: single DES over all blocks but the last, which gets triple DES. */
export function macOf(key: Bytes, clear: Bytes): Bytes {
  const purpose = variant(key, 'mac');
  const chained = des(left(purpose), clear.subarray(0, -BLOCK)).slice(-BLOCK);
  const last = clear.subarray(-BLOCK);
  return des(purpose, chained.length === 0 ? last : xor(last, chained));
}

/** Encryption under the published test key; the counter begins at 1 and goes up with each key. */
export function dukptEncryption(): CardEncryption {
  const first = hex(TEST_KSN);
  const initial = initialKey(hex(TEST_BDK), first);
  let counter = 0;
  return () => {
    // Counters with more than ten bits set are skipped (annex A.1).
    do counter = (counter + 1) & 0x1fffff;
    while (counter === 0 || bitsOf(counter) > 10);
    const ksn = first.slice();
    ksn.set([(ksn[7] ?? 0) | (counter >> 16), (counter >> 8) & 0xff, counter & 0xff], 7);
    const key = transactionKey(initial, ksn);
    return {
      ksn,
      encrypt: (clear) => encryptData(key, clear),
      encryptPinBlock: (block) => encryptPin(key, block),
      mac: (bytes) => macOf(key, bytes).slice(0, MAC_BYTES),
    };
  };
}

const bitsOf = (value: number): number => value.toString(2).replaceAll('0', '').length;
