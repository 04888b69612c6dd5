/**
 * DUKPT with AES (ANSI X9.24-3:2017): derivation of keys by key serial number, and what they are used for.
 * The cipher is given. It does not know cards or messages.
 */
import { decryptCbc, encryptCbc, join, xor, type BlockCipher, type CipherOf } from './block-cipher.js';
import type { WorkingKey } from './working-key.js';

/** Bytes of a key serial number, of which the counter is the last four. */
export const AES_KSN_BYTES = 12;
export const AES_COUNTER_BITS = 32;
/** Counters with more bits set are skipped (section 6.1). */
export const AES_COUNTER_ONES = 16;

export const ID_BYTES = 8;
export const BLOCK = 16;

/** Purposes of keys in the derivation data (table 3). */
const usages = { pin: 0x1000, mac: 0x2000, data: 0x3000, derivation: 0x8000, initial: 0x8001 } as const;

type Usage = keyof typeof usages;

/** Numbers of the algorithm in the derivation data, by bytes of the key: AES-128, AES-192, AES-256. */
const algorithms: Readonly<Record<number, number>> = { 16: 2, 24: 3, 32: 4 };

/** Derives a key of the same length (sections 6.3.1 and 6.3.3). */
function derive(cipherOf: CipherOf, key: Uint8Array, usage: Usage, context: Uint8Array): Uint8Array {
  const cipher = cipherOf(key);
  const bits = key.length * 8;
  // The cipher takes keys of no other length.
  const algorithm = algorithms[key.length] as number;
  const blocks = Array.from({ length: Math.ceil(key.length / BLOCK) }, (_, at) =>
    cipher.encryptBlock(
      join(
        Uint8Array.of(0x01, at + 1, usages[usage] >> 8, usages[usage] & 0xff),
        Uint8Array.of(0x00, algorithm, bits >> 8, bits & 0xff),
        context,
      ),
    ),
  );
  return join(...blocks).slice(0, key.length);
}

/** The key that is loaded into a device. */
export const aesInitialKey = (cipherOf: CipherOf, bdk: Uint8Array, ksn: Uint8Array): Uint8Array =>
  derive(cipherOf, bdk, 'initial', ksn.subarray(0, ID_BYTES));

/** The keys of a transaction, from the key that a device was loaded with: one derivation for each bit of the counter. */
export function aesKeysOf(
  cipherOf: CipherOf,
  initial: Uint8Array,
  ksn: Uint8Array,
): Record<'pin' | 'mac' | 'data', Uint8Array> {
  const device = ksn.slice(ID_BYTES / 2, ID_BYTES);
  const counter = new DataView(ksn.buffer, ksn.byteOffset, ksn.byteLength).getUint32(ID_BYTES);
  const contextAt = (value: number): Uint8Array => {
    const context = join(device, new Uint8Array(4));
    new DataView(context.buffer).setUint32(4, value);
    return context;
  };
  let key = initial;
  let reached = 0;
  for (let place = AES_COUNTER_BITS - 1; place >= 0; place--) {
    const bit = 2 ** place;
    if (Math.floor(counter / bit) % 2 === 0) continue;
    reached += bit;
    key = derive(cipherOf, key, 'derivation', contextAt(reached));
  }
  const of = (usage: Usage): Uint8Array => derive(cipherOf, key, usage, contextAt(counter));
  return { pin: of('pin'), mac: of('mac'), data: of('data') };
}

/**
 * The keys of one key serial number, from the base key that a host holds.
 * @param bdk 16, 24 or 32 bytes.
 * @param ksn 12 bytes.
 */
export function aesWorkingKey(cipherOf: CipherOf, bdk: Uint8Array, ksn: Uint8Array): WorkingKey {
  const keys = aesKeysOf(cipherOf, aesInitialKey(cipherOf, bdk, ksn), ksn);
  const data = cipherOf(keys.data);
  const pin = cipherOf(keys.pin);
  return {
    blockBytes: BLOCK,
    encryptData: (clear) => encryptCbc(data, clear),
    decryptData: (encrypted) => decryptCbc(data, encrypted),
    encryptPinBlock: (block) => pin.encryptBlock(block),
    decryptPinBlock: (block) => pin.decryptBlock(block),
    mac: (bytes) => cmac(cipherOf(keys.mac), bytes),
  };
}

/** AES-CMAC (RFC 4493). */
export function cmac(cipher: BlockCipher, bytes: Uint8Array): Uint8Array {
  const forWhole = double(cipher.encryptBlock(new Uint8Array(BLOCK)));
  const lastAt = Math.max(0, Math.ceil(bytes.length / BLOCK) - 1) * BLOCK;
  const last = bytes.subarray(lastAt);
  const isWhole = last.length === BLOCK;
  const padded = new Uint8Array(BLOCK);
  padded.set(last);
  if (!isWhole) padded[last.length] = 0x80;
  const tail = xor(padded, isWhole ? forWhole : double(forWhole));
  return encryptCbc(cipher, join(bytes.subarray(0, lastAt), tail)).slice(-BLOCK);
}

/** Twice a block in the field of CMAC. */
function double(block: Uint8Array): Uint8Array {
  const shifted = block.map((byte, at) => (byte << 1) | ((block[at + 1] ?? 0) >> 7));
  if (((block[0] as number) & 0x80) !== 0) shifted[BLOCK - 1] = (shifted[BLOCK - 1] as number) ^ 0x87;
  return shifted;
}
