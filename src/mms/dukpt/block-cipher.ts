/**
 * Modes of operation over a block cipher that is given: the ciphers themselves come from libraries, one for Node and one for
 * pages, so that everything above them exists once.
 */

/** One key, ready to work on single blocks. */
export interface BlockCipher {
  /** Bytes of a block: 8 for triple DES, 16 for AES. */
  readonly blockBytes: number;
  encryptBlock(block: Uint8Array): Uint8Array;
  decryptBlock(block: Uint8Array): Uint8Array;
}

/**
 * Prepares a key: triple DES with 16 bytes (two keys) and single DES with 8 bytes, or AES with 16, 24 or 32 bytes.
 */
export type CipherOf = (key: Uint8Array) => BlockCipher;

/** The second operand is repeated where it is shorter. */
export const xor = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  a.map((byte, at) => byte ^ (b[at % b.length] as number));

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const blocksOf = (bytes: Uint8Array, { blockBytes }: BlockCipher): Uint8Array[] => {
  if (bytes.length % blockBytes !== 0) {
    throw new RangeError(
      `the data have ${String(bytes.length)} bytes, which are not whole blocks of ${String(blockBytes)}`,
    );
  }
  return Array.from({ length: bytes.length / blockBytes }, (_, at) =>
    bytes.subarray(at * blockBytes, (at + 1) * blockBytes),
  );
};

/** CBC from an initial vector of zeros, without padding. @throws {RangeError} where the data are not whole blocks. */
export function encryptCbc(cipher: BlockCipher, clear: Uint8Array): Uint8Array {
  let previous: Uint8Array = new Uint8Array(cipher.blockBytes);
  return join(...blocksOf(clear, cipher).map((block) => (previous = cipher.encryptBlock(xor(block, previous)))));
}

/** @see {@link encryptCbc} */
export function decryptCbc(cipher: BlockCipher, encrypted: Uint8Array): Uint8Array {
  let previous: Uint8Array = new Uint8Array(cipher.blockBytes);
  return join(
    ...blocksOf(encrypted, cipher).map((block) => {
      const clear = xor(cipher.decryptBlock(block), previous);
      previous = block;
      return clear;
    }),
  );
}
