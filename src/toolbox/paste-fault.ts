/**
 * What is wrong with something that was pasted: a reason, and the character at which it is wrong. It is no error, which would cost
 * more than reading a line: of a text that was pasted by mistake every line is wrong.
 */
import { MmsError, type MmsErrorCode } from '../mms/error.js';

/** Reasons beside those of the codec. */
export type PasteFaultCode =
  'bad-base64' | 'cut-base64' | 'card-number' | 'bad-packets' | 'unfinished-packets' | 'nothing';

export interface PasteFault {
  /** Stable, kebab-case reason. */
  readonly code: MmsErrorCode | PasteFaultCode;
  /** Index of the first wrong character in the text that was given; of bytes, the index of the byte. */
  readonly offset: number;
  /** For people, in English; empty where the code says it all. */
  readonly message: string;
  /** Index of the wrong byte; undefined where characters are wrong and there are no bytes. */
  readonly byte: number | undefined;
}

export const faultAt = (offset: number, code: PasteFault['code'], message = '', byte?: number): PasteFault => ({
  code,
  offset,
  message,
  byte,
});

/** What the codec says of bytes. What else was thrown is thrown again. */
export function faultOf(cause: unknown): PasteFault {
  if (!(cause instanceof MmsError)) throw cause;
  return faultAt(cause.offset, cause.code, cause.message, cause.offset);
}

/** Whether something was not read. */
export const isFault = (found: object | undefined): found is PasteFault => found !== undefined && 'code' in found;
