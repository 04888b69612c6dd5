/** Loads the operations that few pages use. */
import { ReaderError } from '../../connection/reader-error.js';

/** @throws {ReaderError} `part-missing` where it cannot be loaded now; it is tried again the next time. */
async function load<Part>(part: () => Promise<Part>): Promise<Part> {
  try {
    return await part();
  } catch (cause) {
    throw new ReaderError('part-missing', { cause });
  }
}

export const loadRare = (): Promise<typeof import('./rare.js')> => load(() => import('./rare.js'));

export const loadDeviceInfo = (): Promise<typeof import('../../device/device-info.js')> =>
  load(() => import('../../device/device-info.js'));
