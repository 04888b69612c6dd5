/**
 * The unique id of an NFC tag, read from notification 0101. It identifies a tag: it is sensitive.
 */
import type { MmsMessage } from '../message.js';
import { decodeTlv } from '../tlv.js';
import { MmsError } from '../error.js';

/**
 * The unique id; undefined where the message carries none. The vendor's demo skips nine bytes to reach it [PJ]: two id bytes,
 * an inner tag 84 with a long length, and a tag of two bytes with its length [D].
 *
 * @throws {MmsError} when it says that it carries one and it cannot be read.
 */
export function readUid(message: MmsMessage): Uint8Array | undefined {
  if (message.kind !== 'notification' || message.name !== 'contactless-uid') return undefined;
  const inner = message.payload.find(({ tag }) => tag === '84')?.value;
  const uid = inner && decodeTlv(inner)[0]?.value;
  if (!uid) throw new MmsError('bad-payload', 0, 'the unique id is missing');
  return uid;
}
