/**
 * Reads what a page or a person wants to send, and turns what the codec says about bytes or text into an error for people.
 * It does not know where the input came from.
 */
import { decodeMessage } from '../mms/decode.js';
import { MmsError } from '../mms/error.js';
import type { MmsMessage, MmsRequest } from '../mms/message.js';
import { detailed } from './error-details.js';
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

/** @throws {ReaderError} `bad-hex` or `bad-message` for what is not a request to the reader. */
export function requestOf(input: string | Uint8Array): MmsRequest {
  let message: MmsMessage;
  try {
    // A copy: it may wait for its turn, and belongs to the caller.
    message = decodeMessage(typeof input === 'string' ? input : input.slice());
  } catch (cause) {
    throw badInput(cause);
  }
  if (message.kind === 'request' && message.direction === 'to-reader') return message;
  throw new ReaderError('bad-message', detailed('requests-only'));
}
