/** Words for the end of a connection: who ended it and how, as far as that is known. */
import type { CloseReason } from '../transports/transport.js';
import { detailed } from './error-details.js';
import type { ReaderErrorOptions } from './reader-error.js';

/** Close code of a WebSocket that ended without a close frame: the network, not the reader (RFC 6455 section 7.4.1). */
const ABNORMAL_CLOSURE = 1006;

export function lossOf({ kind, code: number, text = '', because }: CloseReason): ReaderErrorOptions {
  if (kind === 'taken-over' && text !== '') return { detail: text, because };
  if (kind === 'taken-over') return detailed('taken-over');
  if (number === undefined) return { detail: text, because };
  const code = String(number);
  return detailed(number === ABNORMAL_CLOSURE ? 'ended-without-a-word' : 'ended-by-reader', { code, text });
}
