/** Loads the operations that few pages use. */
import { ReaderError } from '../../connection/reader-error.js';

/** @throws {ReaderError} `part-missing` where it cannot be loaded now; it is tried again the next time. */
export async function loadRare(): Promise<typeof import('./rare.js')> {
  try {
    return await import('./rare.js');
  } catch (cause) {
    throw new ReaderError('part-missing', { cause });
  }
}
