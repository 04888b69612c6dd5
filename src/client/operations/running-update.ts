/**
 * Updates of firmware that are running, by their clients. Two at one reader would each take the end of the other’s steps for that of
 * their own, and put into use what is not loaded yet.
 */
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { ReaderAccess } from '../../device/reader-access.js';

const running = new WeakSet<object>();

/** @throws {ReaderError} `transaction-in-progress` during a sale, `bad-file` with `update-running` during an update. */
export function assertFree({ assertIdle, owner }: ReaderAccess): void {
  assertIdle();
  if (running.has(owner)) throw new ReaderError('bad-file', rareDetailed('update-running'));
}

/** Carries out an update: until it is over, {@link assertFree} throws. */
export async function whileUpdating<T>({ owner }: ReaderAccess, carryOut: () => Promise<T>): Promise<T> {
  running.add(owner);
  try {
    return await carryOut();
  } finally {
    running.delete(owner);
  }
}
