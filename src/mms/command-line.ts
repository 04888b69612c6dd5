/** Parses a command as people type or paste it: hexadecimal digits, or a line `SENDCOMMAND,<hex>` from a script. */
import { MmsError } from './error.js';
import { parseHex } from './hex.js';

/** The verb of scripts and notes; only what follows goes to a reader [PJ]. */
const VERB = /^\s*SENDCOMMAND\s*,/i;

/**
 * The bytes of a typed command. The hexadecimal digits may be of either case and have white space between them.
 *
 * @throws {MmsError} `bad-hex`, `odd-hex`, or `no-start` where there are no digits at all; `offset` counts characters of `text`.
 */
export function parseCommandLine(text: string): Uint8Array {
  const start = VERB.exec(text)?.[0].length ?? 0;
  let bytes: Uint8Array;
  try {
    bytes = parseHex(text.slice(start));
  } catch (error) {
    const { code, offset, message } = error as MmsError;
    throw new MmsError(code, offset + start, message);
  }
  if (bytes.length === 0) throw new MmsError('no-start', start, 'there are no hexadecimal digits');
  return bytes;
}
