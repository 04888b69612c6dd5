/**
 * Published TLV libraries doing what `readFields` does. Each is used as its own documentation shows.
 */
import { parse } from '@tomkp/ber-tlv';
import berTlv from 'ber-tlv';
// @ts-expect-error it comes without types
import nodeTlv from 'node-tlv';

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

/**
 * @param {readonly any[]} nodes @param {string} tag
 * @returns {Uint8Array | undefined}
 */
function findBerTlv(nodes, tag) {
  for (const node of nodes) {
    if (node.tag === tag) return node.value;
    const found = node.items && findBerTlv(node.items, tag);
    if (found) return found;
  }
  return undefined;
}

/** @type {Record<string, (bytes: Uint8Array, fields: readonly string[]) => unknown[]>} */
export const libraries = {
  '@tomkp/ber-tlv': (bytes, fields) => {
    const nodes = parse(bytes);
    return fields.map((tag) => findTomkp(nodes, bytesOf(tag)));
  },
  'ber-tlv': (bytes, fields) => {
    const nodes = berTlv.TlvFactory.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return fields.map((tag) => findBerTlv(nodes, tag));
  },
  'node-tlv': (bytes, fields) => {
    const node = nodeTlv.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return fields.map((tag) => node.find(tag)?.getValue('buffer'));
  },
};
