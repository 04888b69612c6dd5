/** Loads the operations that few pages use. */
import { loadCode } from '../../connection/load-code.js';

/** @throws {ReaderError} `part-missing` where it cannot be loaded now; it is tried again the next time. */
export const loadRare = (): Promise<typeof import('./rare.js')> => loadCode(() => import('./rare.js'));

/** @throws {ReaderError} `part-missing`, as {@link loadRare}. */
export const loadDeviceInfo = (): Promise<typeof import('../../device/device-info.js')> =>
  loadCode(() => import('../../device/device-info.js'));
