/** @tomkp/ber-tlv doing what `readFields` does, as its documentation shows; it runs in pages too. */
import { parse } from '@tomkp/ber-tlv';

/** The bytes of a tag; made once, so that no library is charged for it. @type {Map<string, Uint8Array>} */
const tags = new Map();

/** @param {string} tag */
function bytesOf(tag) {
  const bytes = tags.get(tag) ?? Uint8Array.from(tag.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  tags.set(tag, bytes);
  return bytes;
}

/**
 * @param {readonly import('@tomkp/ber-tlv').Tlv[]} nodes @param {Uint8Array} tag
 * @returns {Uint8Array | undefined}
 */
function findTomkp(nodes, tag) {
  for (const { tag: own, value, children } of nodes) {
    if (own.bytes?.length === tag.length && own.bytes.every((byte, at) => byte === tag[at])) return value;
    const found = children && findTomkp(children, tag);
    if (found) return found;
  }
  return undefined;
}

/** @param {Uint8Array} bytes @param {readonly string[]} fields */
export function tomkp(bytes, fields) {
  const nodes = parse(bytes);
  return fields.map((tag) => findTomkp(nodes, bytesOf(tag)));
}
