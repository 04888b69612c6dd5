/**
 * Turns what the codec says about bytes or text into an error for people.
 * It does not know where the input came from.
 */
import { MmsError } from '../mms/error.js';
import { ReaderError } from './reader-error.js';

/** `bad-hex` for text that is not hexadecimal, `bad-message` for bytes that are not a message; both name the place. */
export function badInput(cause: unknown): ReaderError {
  if (!(cause instanceof MmsError))
    return new ReaderError('bad-message', {
      detail: 'It is not valid hexadecimal.',
      cause,
    });
  const hex = cause.code === 'bad-hex' || cause.code === 'odd-hex';
  const place = String(cause.offset + 1);
  const text = cause.message.charAt(0).toUpperCase() + cause.message.slice(1);
  return new ReaderError(hex ? 'bad-hex' : 'bad-message', {
    detail: `${text} (${hex ? 'character' : 'byte'} ${place}).`,
    because: { code: cause.code, values: { place } },
    cause,
  });
}
