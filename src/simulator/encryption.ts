/**
 * How card data and PIN blocks are made unreadable: by a key of the moment, named by its key serial number.
 * Without keys it is seeded noise of the right length. Real encryption under a published test key needs triple DES, which
 * pages do not have: it is in `node-dukpt.ts` and injected.
 */
import type { SeededRandom } from './random.js';

/** One key that is used for one message. */
export interface KeyOfTheMoment {
  /** Key serial number. */
  readonly ksn: Uint8Array;
  /** Whole blocks of eight bytes. */
  encrypt(clear: Uint8Array): Uint8Array;
  encryptPinBlock(block: Uint8Array): Uint8Array;
  /** Four bytes over whole blocks. */
  mac(bytes: Uint8Array): Uint8Array;
}

/** Bytes of a block of triple DES. */
const BLOCK = 8;

/** Filled up with zeros to whole blocks. */
export function wholeBlocks(clear: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(clear.length / BLOCK) * BLOCK);
  padded.set(clear);
  return padded;
}

/** Gives another key each time that it is asked. */
export type CardEncryption = () => KeyOfTheMoment;

const KSN_BYTES = 10;
const MAC_BYTES = 4;

export const noiseEncryption =
  (random: SeededRandom): CardEncryption =>
  () => ({
    ksn: random.bytes(KSN_BYTES),
    encrypt: (clear) => random.bytes(clear.length),
    encryptPinBlock: (block) => random.bytes(block.length),
    mac: () => random.bytes(MAC_BYTES),
  });
