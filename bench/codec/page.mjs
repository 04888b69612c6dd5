/**
 * The measurements of the codec that need a browser: beside the platform's own hexadecimal decoder.
 * It runs in a page; its samples go back to `part.mjs`.
 */
import { measure } from '../measure.mjs';
import { decodeStream, decodeTrees, parseStream } from './work.mjs';

/** @param {{ stream: readonly string[], rounds: number, milliseconds: number }} options */
export function run({ stream, rounds, milliseconds }) {
  if (!('fromHex' in Uint8Array)) throw new Error('this browser has no Uint8Array.fromHex');
  /** @type {(hex: string) => Uint8Array} */
  // @ts-expect-error newer than the types
  const fromHex = (hex) => Uint8Array.fromHex(hex);
  const native = () => stream.reduce((sum, hex) => sum + fromHex(hex).length, 0);
  return measure(
    [
      { name: 'decodeMessage', run: () => decodeStream(stream) },
      { name: 'decodeMessage and the tree of its payload', run: () => decodeTrees(stream) },
      { name: 'parseHex', run: () => parseStream(stream) },
      { name: 'Uint8Array.fromHex (native), bytes only', run: native },
    ],
    { rounds, milliseconds },
  );
}
