/**
 * The text that a reader without a display asks its host to show (notification 1803): tag 83 of the payload, with 00 and 0A between
 * lines; an empty one clears the display [PJ and vendor samples]. It does not know choices.
 */
import type { MmsMessage } from '../message.js';
import { DISPLAY_REQUEST } from '../tables/numbers.js';
import type { TlvNode } from '../tlv.js';
import { isTouchButton } from './touch.js';

/** Tag of the text; 81 and 82 before it are one byte each. */
export const TEXT = '83';

/** Where the text stands behind the payload's id in messages that are no list of objects. */
export const TEXT_OFFSET = 10;

const PRINTABLE = /^[\x20-\x7e\xa0-\xff\n]*$/;

/** The text with line feeds between its lines, empty where the display is to be cleared; undefined for other messages. */
export function readDisplayText(message: MmsMessage): string | undefined {
  const value = readDisplayValue(message);
  return value && textOf(value);
}

/** The bytes of the text, which may also hold a choice; undefined where there are none. */
export function readDisplayValue(message: MmsMessage): Uint8Array | undefined {
  if (message.kind !== 'notification' || message.id !== DISPLAY_REQUEST || isTouchButton(message)) return undefined;
  if (message.opaque) return message.opaque.subarray(TEXT_OFFSET);
  const node = message.payload.find(({ tag }) => tag === TEXT);
  return node?.value ?? searchText(message.payload);
}

/** A text elsewhere, of at least two characters: a single byte is more likely a number. */
function searchText(nodes: readonly TlvNode[]): Uint8Array | undefined {
  for (const { children, value } of nodes) {
    const found = children ? searchText(children) : (textOf(value) ?? '').length > 1 ? value : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Printable text; undefined for other bytes. */
export function textOf(value: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1')
    .decode(value)
    .replace(/\0+$/, '')
    .replace(/\r\n?|\0/g, '\n');
  return PRINTABLE.test(text) ? text : undefined;
}
