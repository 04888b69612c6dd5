/**
 * Lists of tags: data object lists, which say what a card wants to be given, and plain tag lists (EMV 4.3 Book 3, 5.4).
 * It does not know what tags mean.
 */
import { MmsError } from '../error.js';
import { toHex } from '../hex.js';

/** One entry of a data object list. */
export interface DolEntry {
  /** Tag in upper-case hexadecimal. */
  readonly tag: string;
  /** Bytes that are asked for. */
  readonly length: number;
}

/**
 * The entries of a data object list, such as the value of 8C, 8D, 9F38 or 9F49.
 * @throws {MmsError} `truncated` where a tag or its length is cut short.
 */
export function readDol(bytes: Uint8Array): DolEntry[] {
  const entries: DolEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = endOfTag(bytes, at);
    const length = bytes[end];
    if (length === undefined) throw new MmsError('truncated', at, 'a length is missing');
    entries.push({ tag: toHex(bytes.subarray(at, end)), length });
    at = end + 1;
  }
  return entries;
}

/**
 * The tags of a list without lengths, such as the value of property 1.1.1.1.1.2 [DP 1.1.1].
 * @throws {MmsError} `truncated` where a tag is cut short.
 */
export function readTagList(bytes: Uint8Array): string[] {
  const tags: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = endOfTag(bytes, at);
    tags.push(toHex(bytes.subarray(at, end)));
    at = end;
  }
  return tags;
}

/** Where the tag that begins at `start` ends. */
function endOfTag(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  if (((bytes[start] as number) & 0x1f) !== 0x1f) return end;
  for (;;) {
    const byte = bytes[end++];
    if (byte === undefined) throw new MmsError('truncated', start, 'a tag is cut short');
    if ((byte & 0x80) === 0) return end;
  }
}
