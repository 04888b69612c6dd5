/**
 * Hexadecimal text of messages to the fields that an application takes of them, beside a cursor parser written for just that. It runs
 * in a page; its samples go back to `part.mjs`.
 */
import { measure } from '../measure.mjs';
import { cursorFields } from './cursor.mjs';
import { takeFields } from './work.mjs';

/** @param {{ stream: readonly string[], rounds: number, milliseconds: number }} options */
export function run({ stream, rounds, milliseconds }) {
  for (const hex of stream) {
    const [ours, theirs] = [takeFields(hex), cursorFields(hex)].map((taken) => JSON.stringify(taken));
    if (ours !== theirs) throw new Error(`they do not take the same: ${ours} and ${theirs}`);
  }
  /** @param {(hex: string) => import('./work.mjs').Taken} take */
  const all = (take) => () => stream.reduce((sum, hex) => sum + take(hex).values.length, 0);
  return measure(
    [
      { name: 'decodeMessage, searchHex', run: all(takeFields) },
      { name: 'a cursor written for these fields', run: all(cursorFields) },
    ],
    { rounds, milliseconds },
  );
}
