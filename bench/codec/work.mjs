/**
 * What the codec does in a measurement, in Node and in pages alike.
 * It does not know what it is compared with.
 */
import { decodeMessage, findTlv, parseHex, searchTlv, toHex } from 'magtek-elements/mms';

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

/**
 * @typedef {object} Taken what an application takes of a message
 * @property {string} kind
 * @property {string} direction
 * @property {number} reference
 * @property {number} id
 * @property {number | undefined} status of a response
 * @property {string | undefined} detail of a notification
 * @property {(string | undefined)[]} values hexadecimal text: what a sale began with, of properties, or of card data
 */

/** Objects that an application takes, by the number of the command. @type {Record<number, readonly string[]>} */
const TAKEN = { 0x1001: ['86'], 0xd101: ['89'], 0xd111: ['89'] };
const CARD_DATA = 0x0101;
const CARD_FIELDS = ['DFDF25', 'DFDF4D', 'DFDF52', 'DFDF56'];

/** @param {string} hex @returns {Taken} */
export function takeFields(hex) {
  const message = decodeMessage(hex);
  const { kind, direction, reference, id } = message;
  return {
    kind,
    direction,
    reference,
    id,
    status: kind === 'response' ? message.status.summary : undefined,
    detail: kind === 'notification' ? toHex(message.detail) : undefined,
    values: kind === 'notification' ? cardFields(message) : valuesOf(message),
  };
}

/** @param {import('magtek-elements/mms').MmsMessage} message */
function valuesOf(message) {
  const tags = TAKEN[message.id];
  if (!tags || message.payloadId === undefined || message.payload.length === 0) return [];
  return tags.map((tag) => hexOf(findTlv(message.payload, tag)?.value));
}

/** @param {import('magtek-elements/mms').MmsMessage} message */
function cardFields(message) {
  const data = message.id === CARD_DATA ? findTlv(message.payload, '84')?.value : undefined;
  // Two bytes before the container count its length.
  return data ? readFields(data.subarray(2), CARD_FIELDS).map(hexOf) : [];
}

/** @param {Uint8Array | undefined} value */
const hexOf = (value) => value && toHex(value);
