/**
 * The text that a reader without a display asks its host to show (notification 1803).
 * Its layout is not published: the text is looked for, never computed.
 */
import type { MmsMessage } from '../message.js';
import type { TlvNode } from '../tlv.js';
import { DISPLAY_REQUEST } from '../tables/numbers.js';

/** Bytes between the payload's id and the text in the vendor's demo; what is in them is not known [PJ]. */
const TEXT_OFFSET = 10;

const PRINTABLE = /^[\x20-\x7e\r\n]+$/;

/** The text; undefined for other messages and where none is found. */
export function readDisplayText(message: MmsMessage): string | undefined {
  if (message.kind !== 'notification' || message.id !== DISPLAY_REQUEST) return undefined;
  if (message.opaque) return textOf(message.opaque.subarray(TEXT_OFFSET));
  return search(message.payload);
}

function search(nodes: readonly TlvNode[]): string | undefined {
  for (const { children, value } of nodes) {
    const text = children ? search(children) : textOf(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Printable text of at least two characters: a single byte is more likely a number. */
function textOf(value: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(value).replace(/\0+$/, '');
  return text.length > 1 && PRINTABLE.test(text) ? text : undefined;
}
