/** The ways to present a card, as words and as the reader options of commands 1001 and 2002 (tag A3). */
import type { TlvInput } from '../tlv.js';
import { badValue, flagObject } from './fields.js';

/** Ways to present a card: chip slot, contactless, magnetic stripe, typing the number, barcode. */
export const acceptNames = ['insert', 'tap', 'swipe', 'manual', 'barcode'] as const;

/** @see {@link acceptNames} */
export type AcceptName = (typeof acceptNames)[number];

/** One or more ways: as a list, or as words with spaces or commas between them. */
export type Accept = Iterable<AcceptName> | string;

const isAcceptName = (word: string): word is AcceptName => (acceptNames as readonly string[]).includes(word);

/** The words of a list that people write, with spaces or commas between them. */
export const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/**
 * The ways that are meant.
 * @throws {MmsError} `bad-value` for none, and for words that are not among `allowed`.
 */
export function parseAccept(accept: Accept, allowed: readonly AcceptName[] = acceptNames): ReadonlySet<AcceptName> {
  const words: string[] = typeof accept === 'string' ? wordsOf(accept) : [...accept];
  if (words.length === 0 || !words.every((word) => isAcceptName(word) && allowed.includes(word))) {
    throw badValue('accept', `must be one or more of ${allowed.join(', ')}`);
  }
  return new Set(words.filter(isAcceptName));
}

/** Tags 81 to 83 of the reader options: stripe, chip slot and contactless, on or off [S, PJ]. */
export const cardReaders = (ways: ReadonlySet<AcceptName>): TlvInput[] => [
  flagObject('81', ways.has('swipe')),
  flagObject('82', ways.has('insert')),
  flagObject('83', ways.has('tap')),
];
