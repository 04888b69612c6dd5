/**
 * A parser as somebody writes it for one page: a cursor over the bytes that picks up what that page takes, checks little and builds
 * nothing else. It takes what `takeFields` of `work.mjs` takes.
 */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());
const DIGITS = new Uint8Array(128).map((_, code) => parseInt(String.fromCharCode(code), 16) || 0);

/** @param {string} hex */
function bytesOf(hex) {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0, from = 0; at < bytes.length; at++) {
    const high = /** @type {number} */ (DIGITS[hex.charCodeAt(from++)]);
    bytes[at] = (high << 4) | /** @type {number} */ (DIGITS[hex.charCodeAt(from++)]);
  }
  return bytes;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} end */
function hexOf(bytes, at, end) {
  let text = '';
  while (at < end) text += HEX[/** @type {number} */ (bytes[at++])];
  return text;
}

/** Of two bytes. @param {Uint8Array} bytes @param {number} at */
const numberOf = (bytes, at) => /** @type {number} */ (bytes[at]) * 256 + /** @type {number} */ (bytes[at + 1]);

const KINDS = ['', 'request', 'response', 'notification', 'file'];

/** Tags to pick up, as numbers, by the number of the command. @type {Record<number, readonly number[]>} */
const WANTED = { 0x1001: [0x86], 0xd101: [0x89], 0xd111: [0x89] };
const CARD_DATA = 0x0101;
const CARD_FIELDS = [0xdfdf25, 0xdfdf4d, 0xdfdf52, 0xdfdf56];

/**
 * Walks objects, into those that hold others too, and puts the first value of each wanted tag in its place.
 * @param {Uint8Array} bytes @param {number} at @param {number} end @param {readonly number[]} wanted
 * @param {(string | undefined)[]} values
 */
function pick(bytes, at, end, wanted, values) {
  while (at < end) {
    const first = /** @type {number} */ (bytes[at++]);
    if (first === 0) continue;
    let tag = first;
    if ((first & 0x1f) === 0x1f) {
      let next;
      do {
        next = /** @type {number} */ (bytes[at++]);
        tag = (tag << 8) | next;
      } while (next & 0x80);
      tag >>>= 0;
    }
    let length = /** @type {number} */ (bytes[at++]);
    if (length & 0x80) {
      let count = length & 0x7f;
      for (length = 0; count > 0; count--) length = length * 256 + /** @type {number} */ (bytes[at++]);
    }
    const next = at + length;
    if (next > end) throw new Error('cut short');
    const place = wanted.indexOf(tag);
    if (place >= 0) values[place] ??= hexOf(bytes, at, next);
    else if (first & 0x20) pick(bytes, at, next, wanted, values);
    at = next;
  }
}

/** @param {string} hex @returns {import('./work.mjs').Taken} */
export function cursorFields(hex) {
  const bytes = bytesOf(hex);
  if (bytes[0] !== 0xaa) throw new Error('no message');
  /** @type {import('./work.mjs').Taken} */
  const taken = { kind: '', direction: '', reference: 0, id: 0, status: undefined, detail: undefined, values: [] };
  for (let at = 2; at < bytes.length;) {
    const tag = /** @type {number} */ (bytes[at++]);
    if (tag === 0) continue;
    let length = /** @type {number} */ (bytes[at++]);
    if (length & 0x80) {
      let count = length & 0x7f;
      for (length = 0; count > 0; count--) length = length * 256 + /** @type {number} */ (bytes[at++]);
    }
    const end = at + length;
    if (end > bytes.length) throw new Error('cut short');
    if (tag === 0x81) {
      const type = /** @type {number} */ (bytes[at]);
      taken.kind = /** @type {string} */ (KINDS[type & 7]);
      taken.direction = type & 0x80 ? 'from-reader' : 'to-reader';
      taken.reference = /** @type {number} */ (bytes[at + 1]);
      taken.id = numberOf(bytes, at + 2);
    } else if (tag === 0x82) {
      if (taken.kind === 'response') taken.status = bytes[at];
      else taken.detail = hexOf(bytes, at, end);
    } else if (tag === 0x84 && taken.kind !== 'file' && length > 2) {
      const isNotification = taken.kind === 'notification';
      if (taken.id === CARD_DATA && isNotification && bytes[at + 2] === 0x84) takeCardData(bytes, at + 3, taken.values);
      else if (taken.id in WANTED && !isNotification) pick(bytes, at + 2, end, WANTED[taken.id] ?? [], taken.values);
    }
    at = end;
  }
  return taken;
}

/** Object 84 of card data: two bytes that count what follows, then the container. @param {Uint8Array} bytes @param {number} at @param {(string | undefined)[]} values */
function takeCardData(bytes, at, values) {
  const count = /** @type {number} */ (bytes[at]) & 0x80 ? /** @type {number} */ (bytes[at]) & 0x7f : 0;
  const start = at + 1 + count;
  const length = numberOf(bytes, start);
  pick(bytes, start + 2, start + 2 + length, CARD_FIELDS, values);
}
