/** The error of what was pasted and cannot be decoded: a reason, and the character at which it is wrong. */
import { MmsError, type MmsErrorCode } from '../mms/error.js';

/** Reasons beside those of the codec, with their texts. */
export const pasteErrorCodes = {
  'bad-base64': 'a character that base64 does not have',
  'cut-base64': 'base64 of a length that it cannot have: something is missing',
  'card-number': 'the digits of a card number, which are not decoded',
  'bad-packets': 'USB packets that do not make a message',
  'unfinished-packets': 'USB packets whose message is not whole: the last ones are missing',
  nothing: 'there is nothing to decode',
} as const;

/** @see {@link pasteErrorCodes} */
export type PasteErrorCode = keyof typeof pasteErrorCodes;

export class PasteError extends Error {
  /** Stable, kebab-case reason. */
  readonly code: MmsErrorCode | PasteErrorCode;
  /** Index of the first wrong character in the text that was given; of bytes, the index of the byte. */
  readonly offset: number;
  /** Index of the wrong byte; absent where characters are wrong and there are no bytes. */
  readonly byte?: number;

  constructor(code: MmsErrorCode | PasteErrorCode, offset: number, message: string, byte?: number) {
    super(message);
    this.name = 'PasteError';
    this.code = code;
    this.offset = offset;
    if (byte !== undefined) this.byte = byte;
  }
}

/** @param offsetOf Index of the character that the byte is at. */
export function pasteError(cause: unknown, offsetOf: (byte: number) => number): PasteError {
  if (!(cause instanceof MmsError)) throw cause;
  return new PasteError(cause.code, offsetOf(cause.offset), cause.message, cause.offset);
}
