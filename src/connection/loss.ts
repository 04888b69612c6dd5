/** Words for the end of a connection: who ended it and how, as far as that is known. */
import type { CloseReason } from '../transports/transport.js';
import type { ReaderErrorOptions } from './reader-error.js';

/** Close code of a WebSocket that ended without a close frame: the network, not the reader (RFC 6455 section 7.4.1). */
const ABNORMAL_CLOSURE = 1006;

export function lossOf({ kind, code: number, text = '', because }: CloseReason): ReaderErrorOptions {
  if (kind === 'taken-over' && text !== '') return { detail: text, because };
  if (kind === 'taken-over')
    return { detail: 'Another tab or window of this browser has taken it over.', because: { code: 'taken-over' } };
  if (number === undefined) return { detail: text, because };
  const code = String(number);
  const isSilent = number === ABNORMAL_CLOSURE;
  const who = isSilent ? 'The connection closed without a reason' : 'The reader ended it';
  return {
    detail: `${who} (close code ${code}).${text === '' ? '' : ` ${text}`}`,
    because: { code: isSilent ? 'ended-without-a-word' : 'ended-by-reader', values: { code, text } },
  };
}
