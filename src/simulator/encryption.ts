/**
 * Encryption of card data and PIN blocks: each message by a key of its own, named by its key serial number.
 * It does not know where keys come from.
 */

/** The key of one message (DUKPT). */
export interface TransactionKey {
  /** Key serial number: 10 bytes with triple DES, 12 with AES. */
  readonly ksn: Uint8Array;
  /** Bytes of a block: 8 with triple DES, 16 with AES. */
  readonly blockBytes: number;
  /** Whole blocks. */
  encryptData(clear: Uint8Array): Uint8Array;
  /** One block. */
  encryptPinBlock(block: Uint8Array): Uint8Array;
  /** The authentication code over whole blocks; messages carry its first four bytes. */
  mac(bytes: Uint8Array): Uint8Array;
}

/** Gives the next key each time that it is asked; undefined when there are no more. */
export type CardEncryption = () => TransactionKey | undefined;

/** Filled up with zeros to whole blocks. */
export function wholeBlocks(clear: Uint8Array, blockBytes: number): Uint8Array {
  const padded = new Uint8Array(Math.ceil(clear.length / blockBytes) * blockBytes);
  padded.set(clear);
  return padded;
}
