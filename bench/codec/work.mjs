/**
 * What the codec does in a measurement, in Node and in pages alike.
 * It does not know what it is compared with.
 */
import { decodeMessage, parseHex, searchHex, searchTlv, toHex } from 'magtek-elements/mms';

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

/** Values of a container from hexadecimal text to hexadecimal text. @param {string} hex @param {readonly string[]} fields */
export const readHexFields = (hex, fields) => searchHex(parseHex(hex), fields);

/** Values of a container as bytes. @param {Uint8Array} bytes @param {readonly string[]} fields */
export const readFields = (bytes, fields) => fields.map((tag) => searchTlv(bytes, tag)?.value);

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
    values: fieldsOf(message),
  };
}

/** @param {import('magtek-elements/mms').MmsMessage} message */
function fieldsOf(message) {
  const isData = message.kind === 'notification' ? message.id === CARD_DATA : message.id in TAKEN;
  if (!isData || message.payloadId === undefined) return [];
  return searchHex(message, message.kind === 'notification' ? CARD_FIELDS : (TAKEN[message.id] ?? []));
}
