/**
 * Hexadecimal text of the container of an ARQC to four of its fields, as hexadecimal text, beside the fastest library of npm that runs
 * in a page. It runs in a page; its samples go back to `part.mjs`.
 */
import { measure } from '../measure.mjs';
import { tomkp } from './tomkp.mjs';
import { readHexFields } from './work.mjs';

/** @param {{ hex: string, fields: readonly string[], rounds: number, milliseconds: number }} options */
export function run({ hex, fields, rounds, milliseconds }) {
  /** With the platform's own functions, which is the fastest that it can do. */
  const library = () =>
    // @ts-expect-error newer than the types
    tomkp(Uint8Array.fromHex(hex), fields).map((value) => value?.toHex());
  const ours = () => readHexFields(hex, fields);
  const [one, other] = [ours(), library()].map((values) => values.join().toLowerCase());
  if (one !== other || one?.includes(',,')) throw new Error('they do not read the same values');
  return measure(
    [
      { name: 'parseHex, searchHex', run: ours },
      { name: '@tomkp/ber-tlv with Uint8Array.fromHex and toHex', run: library },
    ],
    { rounds, milliseconds },
  );
}
