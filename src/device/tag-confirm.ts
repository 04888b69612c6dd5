/** Asking whether something is to be written to the tag that is at the reader. */
import { tagDetailed } from '../connection/tag-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { awaitMessage, type ReaderAccess } from './reader-access.js';
import { DEFAULT_TAG_TIMEOUT, isSessionEnd, type TagSessionOptions } from './tag-session.js';

/**
 * Resolves when the answer is `true`, while the tag is there.
 * @throws {ReaderError} `aborted` with `tag-not-confirmed`; `not-completed` with `tag-gone`; `timeout`, `aborted`, `connection-lost`.
 */
export async function agreed(
  access: ReaderAccess,
  ask: () => unknown,
  { signal, timeout = DEFAULT_TAG_TIMEOUT }: TagSessionOptions,
): Promise<void> {
  const refused = tagDetailed('tag-not-confirmed');
  const gone = awaitMessage(access, isSessionEnd, {
    seconds: timeout,
    missing: refused,
    signal,
  });
  try {
    const answer = await Promise.race([ask(), gone.arrived.then(() => 'gone' as const)]);
    if (answer === 'gone') throw new ReaderError('not-completed', tagDetailed('tag-gone'));
    if (answer !== true || signal?.aborted === true) throw new ReaderError('aborted', refused);
  } finally {
    gone.stop();
  }
}
