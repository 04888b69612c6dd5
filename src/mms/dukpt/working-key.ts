/**
 * The keys that DUKPT gives to one transaction, whatever the cipher is: what a reader does with them, and what a host does.
 */

/** The keys of one key serial number. */
export interface WorkingKey {
  /** Bytes of a block of the cipher. */
  readonly blockBytes: number;
  /** CBC over whole blocks from a vector of zeros. */
  encryptData(clear: Uint8Array): Uint8Array;
  decryptData(encrypted: Uint8Array): Uint8Array;
  /** One block. */
  encryptPinBlock(block: Uint8Array): Uint8Array;
  decryptPinBlock(block: Uint8Array): Uint8Array;
  /** The whole code; messages carry its first bytes. */
  mac(bytes: Uint8Array): Uint8Array;
}
