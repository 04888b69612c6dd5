/**
 * What the codec is measured on: the vectors of the tests.
 * It does not know who decodes it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../tools/run-tool.mjs';

/** @param {string} name */
const vectors = (name) => JSON.parse(readFileSync(path.join(root, 'test/support/vectors', name), 'utf8'));

/**
 * A stream as hosts and readers make it in a day of sales: requests, answers and notifications of every kind, and card data in
 * every fourth message. Bitmaps, which hosts send once in a while, are left out: they would be most of the bytes.
 * @returns {string[]}
 */
export function mixedStream() {
  /** @type {{ hex: string, name?: string }[]} */
  const all = [...vectors('command-examples.json').examples, ...vectors('constructed-messages.json').messages];
  const arqc = all.find(({ name }) => name === 'contact-arqc')?.hex ?? '';
  return all
    .map(({ hex }) => hex)
    .filter((hex) => hex.length <= 2_000)
    .flatMap((hex, at) => (at % 3 === 2 ? [hex, arqc] : [hex]));
}

/** The container F9 of a published ARQC, with its lengths as they travel. */
export function arqcContainer() {
  /** @type {{ id: string, hex: string }[]} */
  const messages = vectors('messages.json');
  const blob = messages.find(({ id }) => id === 'arqc-b506682-swipe')?.hex ?? '';
  // Two bytes before it count its length.
  const length = parseInt(blob.slice(0, 4), 16);
  return blob.slice(4, 4 + length * 2);
}

/** Fields that a till reads of an ARQC: serial number, masked track 2, card type, KSN. */
export const fields = ['DFDF25', 'DFDF4D', 'DFDF52', 'DFDF56'];
