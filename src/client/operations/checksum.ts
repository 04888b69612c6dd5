/** SHA-256 of files that are sent to a reader, by the platform. */
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';

/** @throws {ReaderError} `unsupported` in pages that were not loaded over https, where browsers have no cryptography. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  if (!subtle) throw new ReaderError('unsupported', rareDetailed('no-checksum'));
  return new Uint8Array(await subtle.digest('SHA-256', bytes.slice()));
}

/** Whether the platform can: browsers have no cryptography in pages that were not loaded over https. */
export const hasChecksums = (): boolean => (globalThis.crypto as Partial<Crypto> | undefined)?.subtle !== undefined;

export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
