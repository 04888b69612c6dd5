/** The error that a call throws, for assertions about more than its type; fails when it throws nothing. */
import type { ReaderError } from '../../src/connection/reader-error.js';
import type { MmsError } from '../../src/mms/error.js';

export function errorOf(call: () => unknown): MmsError {
  try {
    call();
  } catch (error) {
    return error as MmsError;
  }
  throw new Error('expected the call to throw');
}

/** What a promise rejects with; fails when it resolves. */
export async function errorOfPromise(promise: Promise<unknown>): Promise<ReaderError> {
  let found: unknown;
  try {
    found = await promise;
  } catch (error) {
    return error as ReaderError;
  }
  throw new Error(`expected a rejection, got ${JSON.stringify(found)}`);
}
