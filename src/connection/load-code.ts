/** Loads code that few pages need, when it is first needed. */
import { ReaderError } from './reader-error.js';

/**
 * @param load One `import()`.
 * @throws {ReaderError} `part-missing` where it cannot be loaded now; it is tried again the next time.
 */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (cause) {
    throw new ReaderError('part-missing', { cause });
  }
}
