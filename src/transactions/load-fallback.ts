/** Loads the rules of sales with `fallback: 'host'`, before such a sale is sent. */
import { loadCode } from '../connection/load-code.js';

/** @throws {ReaderError} `part-missing` where they cannot be loaded now. */
export const loadFallback = (): Promise<typeof import('./fallback.js')> => loadCode(() => import('./fallback.js'));
