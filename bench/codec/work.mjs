/**
 * What the codec does in a measurement, in Node and in pages alike.
 * It does not know what it is compared with.
 */
import { decodeMessage, parseHex, searchTlv, toHex } from 'magtek-elements/mms';

/** Every message of a stream, typed. @param {readonly string[]} stream */
export function decodeStream(stream) {
  let sum = 0;
  for (const hex of stream) {
    const message = decodeMessage(hex);
    sum += message.id + message.reference;
  }
  return sum;
}

/** The same, with the whole tree of each payload built. @param {readonly string[]} stream */
export function decodeTrees(stream) {
  let sum = 0;
  for (const hex of stream) sum += decodeMessage(hex).payload.length;
  return sum;
}

/** Bytes only. @param {readonly string[]} stream */
export function parseStream(stream) {
  let sum = 0;
  for (const hex of stream) sum += parseHex(hex).length;
  return sum;
}

/** Four values of a container. @param {Uint8Array} bytes @param {readonly string[]} fields */
export function readFields(bytes, fields) {
  return fields.map((tag) => searchTlv(bytes, tag)?.value);
}

/** The same from hexadecimal text to hexadecimal text. @param {string} hex @param {readonly string[]} fields */
export function readHexFields(hex, fields) {
  return readFields(parseHex(hex), fields).map((value) => value && toHex(value));
}
