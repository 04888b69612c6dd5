/**
 * Published TLV libraries doing what `readFields` does. Each is used as its own documentation shows.
 */
import berTlv from 'ber-tlv';
// @ts-expect-error it comes without types
import nodeTlv from 'node-tlv';
import { tomkp } from './tomkp.mjs';

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
  '@tomkp/ber-tlv': tomkp,
  'ber-tlv': (bytes, fields) => {
    const nodes = berTlv.TlvFactory.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return fields.map((tag) => findBerTlv(nodes, tag));
  },
  'node-tlv': (bytes, fields) => {
    const node = nodeTlv.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    return fields.map((tag) => node.find(tag)?.getValue('buffer'));
  },
};
