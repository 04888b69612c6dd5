/**
 * The firmware of the simulated reader: images that were loaded, and which of them is in use [PJ].
 * It does not know what is in an image: nothing of it is ever run.
 */
import { toHex } from '../mms/hex.js';
import { hasChecksum } from './file-store.js';

export class Firmware {
  private readonly loaded = new Set<string>();
  private readonly inUse = new Set<string>();

  /** What becomes of an image that is sent. */
  load(imageType: Uint8Array, checksum: Uint8Array, image: Uint8Array): 'loaded' | 'broken' | 'in-use' {
    if (!hasChecksum(image, checksum)) return 'broken';
    const key = keyOf(imageType, checksum);
    if (this.inUse.has(key)) return 'in-use';
    this.loaded.add(key);
    return 'loaded';
  }

  /** Whether such an image was loaded and is not in use yet. */
  has(imageType: Uint8Array, checksum: Uint8Array): boolean {
    return this.loaded.has(keyOf(imageType, checksum));
  }

  /** Uses an image that was loaded. */
  commit(imageType: Uint8Array, checksum: Uint8Array): void {
    const key = keyOf(imageType, checksum);
    if (this.loaded.delete(key)) this.inUse.add(key);
  }
}

const keyOf = (imageType: Uint8Array, checksum: Uint8Array): string => `${toHex(imageType)} ${toHex(checksum)}`;
