/** Messages that arrive as hexadecimal text. It knows nothing of what is in them. */
import { parseHex } from '../mms/hex.js';
import type { TransportSink } from './transport.js';

/** Delivers the message that a text holds, or the text as noise where it holds none. */
export function receiveText(text: string, to: TransportSink): void {
  let bytes: Uint8Array;
  try {
    bytes = parseHex(text);
  } catch {
    to.noise(text);
    return;
  }
  to.message(bytes);
}
