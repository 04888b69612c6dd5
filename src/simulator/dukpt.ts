/**
 * The keys of a simulated reader: DUKPT under a base key that a host knows as well, so that it can decrypt what the reader
 * says. Without another one it is the key that the standard publishes for its own tests.
 */
import { parseHex, toHex } from '../mms/hex.js';
import { AES_COUNTER_BITS, AES_COUNTER_ONES, AES_KSN_BYTES, aesWorkingKey } from '../mms/dukpt/aes.js';
import {
  TRIPLE_DES_COUNTER_BITS,
  TRIPLE_DES_COUNTER_ONES,
  TRIPLE_DES_KSN_BYTES,
  tripleDesWorkingKey,
} from '../mms/dukpt/triple-des.js';
import type { WorkingKey } from '../mms/dukpt/working-key.js';
import { aes } from './aes.js';
import { des } from './des.js';
import type { CardEncryption } from './encryption.js';
import { ksnAfter, type CounterRule } from './key-serial-number.js';

/** Base derivation key and initial key serial number of the standard's own test data (ANSI X9.24-1:2009, annex A.4). */
export const TEST_BDK = '0123456789ABCDEFFEDCBA9876543210';
export const TEST_KSN = 'FFFF9876543210E00000';

/** Base derivation key of 128 bits and initial key serial number of the test vectors of ANSI X9.24-3:2017. */
export const TEST_AES_BDK = 'FEDCBA9876543210F1F1F1F1F1F1F1F1';
export const TEST_AES_KSN = '123456789012345600000000';

export interface DukptOptions {
  /** Base derivation key in hexadecimal: 16 bytes with triple DES; 16, 24 or 32 with AES. Default: the standard's test key. */
  readonly bdk?: string;
  /**
   * Key serial number in hexadecimal, 10 bytes with triple DES and 12 with AES: the one that a reader was loaded with, whose
   * counter is zero, or the last one that was used. The next one is the first that is used. Default: the standard's.
   */
  readonly ksn?: string;
  /** Called with each key serial number before its key is used, so that it can be kept and never be used again. */
  readonly onUse?: (ksn: string) => void;
}

interface Kind {
  readonly name: string;
  readonly bdk: string;
  readonly ksn: string;
  readonly bdkBytes: readonly number[];
  readonly ksnBytes: number;
  readonly counter: CounterRule;
  readonly keyOf: (bdk: Uint8Array, ksn: Uint8Array) => WorkingKey;
}

const tripleDes: Kind = {
  name: 'triple DES',
  bdk: TEST_BDK,
  ksn: TEST_KSN,
  bdkBytes: [16],
  ksnBytes: TRIPLE_DES_KSN_BYTES,
  counter: { bits: TRIPLE_DES_COUNTER_BITS, mostOnes: TRIPLE_DES_COUNTER_ONES },
  keyOf: (bdk, ksn) => tripleDesWorkingKey(des, bdk, ksn),
};

const withAes: Kind = {
  name: 'AES',
  bdk: TEST_AES_BDK,
  ksn: TEST_AES_KSN,
  bdkBytes: [16, 24, 32],
  ksnBytes: AES_KSN_BYTES,
  counter: { bits: AES_COUNTER_BITS, mostOnes: AES_COUNTER_ONES },
  keyOf: (bdk, ksn) => aesWorkingKey(aes, bdk, ksn),
};

/**
 * Encryption with triple DES (ANSI X9.24-1:2009), as the readers on the market have it. When the counter is at its end there
 * are no more keys.
 * @throws {RangeError} for a key or a number of another length.
 */
export const dukptEncryption = (options: DukptOptions = {}): CardEncryption => encryptionOf(tripleDes, options);

/**
 * Encryption with AES (ANSI X9.24-3:2017).
 * @throws {RangeError} for a key or a number of another length.
 */
export const aesDukptEncryption = (options: DukptOptions = {}): CardEncryption => encryptionOf(withAes, options);

function encryptionOf(kind: Kind, { bdk, ksn, onUse }: DukptOptions): CardEncryption {
  const base = bytesOf('bdk', bdk ?? kind.bdk, kind.bdkBytes, kind.name);
  let last: Uint8Array | undefined = bytesOf('ksn', ksn ?? kind.ksn, [kind.ksnBytes], kind.name);
  return () => {
    last = last && ksnAfter(last, kind.counter);
    if (!last) return undefined;
    onUse?.(toHex(last));
    const key = kind.keyOf(base, last);
    return {
      ksn: last,
      blockBytes: key.blockBytes,
      encryptData: (clear) => key.encryptData(clear),
      encryptPinBlock: (block) => key.encryptPinBlock(block),
      mac: (bytes) => key.mac(bytes),
    };
  };
}

/** The text is not repeated in the error: it may be a key. */
function bytesOf(option: string, hex: string, lengths: readonly number[], kind: string): Uint8Array {
  const bytes = /^[0-9A-F]*$/i.test(hex) && hex.length % 2 === 0 ? parseHex(hex) : new Uint8Array(0);
  if (lengths.includes(bytes.length)) return bytes;
  throw new RangeError(`${option} must be ${lengths.join(', ')} bytes in hexadecimal with ${kind}`);
}
