/**
 * The one error that this layer throws.
 * It knows an offset and a reason; it does not know where the bytes came from.
 */

/** Why bytes, text or a value could not be understood. Codes are stable; texts are for people. */
export const mmsErrorCodes = {
  'bad-hex': 'a character that is not a hexadecimal digit',
  'odd-hex': 'an odd number of hexadecimal digits',
  'no-start': 'the message does not begin with AA',
  truncated: 'an object is longer than the bytes that are there',
  'bad-length': 'a length field that BER-TLV does not allow here',
  'too-deep': 'objects nested deeper than allowed',
  // Missing, too short, repeated or of an unknown type.
  'bad-information': 'tag 81 (message information) is wrong',
  // Missing, repeated or not 4 bytes long.
  'bad-status': 'tag 82 (status or detail) is wrong',
  // Missing, repeated or too short for its two id bytes.
  'bad-payload': 'tag 84 (payload) is wrong',
  'bad-object': 'an object that may stand only once is repeated',
  'bad-value': 'a value that cannot be written as asked',
} as const;

/** @see {@link mmsErrorCodes} */
export type MmsErrorCode = keyof typeof mmsErrorCodes;

/** Thrown by everything in this layer; nothing else is. */
export class MmsError extends Error {
  /** Stable, kebab-case reason. */
  readonly code: MmsErrorCode;
  /** Position of the first offending byte (or character, for hex text), counted from the start of what was passed in. */
  readonly offset: number;

  constructor(code: MmsErrorCode, offset: number, message: string = mmsErrorCodes[code]) {
    super(message);
    this.name = 'MmsError';
    this.code = code;
    this.offset = offset;
  }
}
