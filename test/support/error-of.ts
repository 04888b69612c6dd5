/** What a call throws, for assertions about more than its type; fails when it throws nothing. */
import type { MmsError } from '../../src/mms/error.js';

export function errorOf(call: () => unknown): MmsError {
  try {
    call();
  } catch (error) {
    return error as MmsError;
  }
  throw new Error('expected the call to throw');
}
