/**
 * Some values of a message or of objects, as hexadecimal text: for who wants these and nothing else of it. No tree is built, and no
 * array for a value, which costs more than reading a small message.
 * It does not know what the tags mean.
 */
import { hexOfPart, toHex } from './hex.js';
import type { MmsMessage } from './message.js';
import { TRANSACTION_INFORMATION } from './tables/numbers.js';
import { header, readHeader, searchInBytes } from './tlv.js';

/** Tag of the payload among the objects of a message, and of the card data among those of a payload [MG p33, DP 0101]. */
export const PAYLOAD = 0x84;
export const CARD_DATA = 0x84;
export const CONTAINER = 0xf9;
/** Bytes before the objects of a payload, its id, and before the container of card data, its length. */
export const PREFIX = 2;

/** Bytes from which on a view of a value and the platform's encoder are faster; a view of a small message is what costs most. */
export const VIEW_FROM = 64;

/**
 * The value of the first object of each tag, at any depth and parents before children, in upper-case hexadecimal and in the order of
 * the tags.
 *
 * @param source The bytes of objects, or a message: its payload is looked through, and the container F9 of card data in it.
 * @returns for each tag its value; undefined where there is no such object, as in a file or an opaque payload.
 * @throws {MmsError} as `decodeTlv`, for bytes and for a container.
 */
export function searchHex(source: Uint8Array | MmsMessage, tags: readonly string[]): (string | undefined)[] {
  const places = tags.map(() => -1);
  let bytes: Uint8Array;
  // Not by class: bytes of a frame, or of Node where a test has a page of its own, are of another one.
  if (ArrayBuffer.isView(source)) {
    bytes = source;
    searchInBytes(bytes, 0, bytes.length, tags, places);
  } else {
    bytes = source.bytes;
    if (source.payloadId !== undefined && source.opaque === undefined) searchPayload(source, tags, places);
  }
  return places.map((at) => (at < 0 ? undefined : valueAt(bytes, at)));
}

function searchPayload({ kind, id, bytes }: MmsMessage, tags: readonly string[], places: number[]): void {
  const start = valueOf(bytes, 2, bytes.length, PAYLOAD) + PREFIX;
  const payloadEnd = header.end;
  searchInBytes(bytes, start, payloadEnd, tags, places);
  if (kind !== 'notification' || id !== TRANSACTION_INFORMATION) return;
  const data = valueOf(bytes, start, payloadEnd, CARD_DATA);
  const { end } = header;
  if (data < 0 || end - data <= PREFIX || bytes[data + PREFIX] !== CONTAINER) return;
  const length = ((bytes[data] as number) << 8) | (bytes[data + 1] as number);
  searchInBytes(bytes, data + PREFIX, Math.min(data + PREFIX + length, end), tags, places);
}

/** Where the value of the first object with a tag of one byte begins, whose header is the last one read; negative where there is none. */
function valueOf(bytes: Uint8Array, at: number, end: number, tag: number): number {
  while (at < end) {
    if (bytes[at] === 0) {
      at++; // padding between objects
      continue;
    }
    readHeader(bytes, at, end);
    if (bytes[at] === tag) return header.start;
    at = header.end;
  }
  return -1;
}

/** The value of the object at a place in checked bytes. */
function valueAt(bytes: Uint8Array, at: number): string {
  readHeader(bytes, at, bytes.length);
  const { start, end } = header;
  return end - start < VIEW_FROM ? hexOfPart(bytes, start, end) : toHex(bytes.subarray(start, end));
}
