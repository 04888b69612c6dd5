/**
 * Masked tracks: the first 6 and the last 4 digits of the card number stay, all else goes.
 * Readers mask tracks themselves, but how much they leave is configurable, and names and dates stay readable.
 */
import { LEADING_SHOWN, TRAILING_SHOWN } from '../luhn.js';
import { mask, MASK } from './mask.js';

const code = (character: string): number => character.charCodeAt(0);

/** How the card number of a track begins and ends (ISO/IEC 7813): `%B…^` on track 1, `;…=` on track 2. */
const TRACKS = [
  { start: '%B', end: code('^') },
  { start: ';', end: code('=') },
] as const;

/** Length of card numbers. */
const SHORTEST = 13;
const LONGEST = 19;

const isDigit = (byte: number): boolean => byte >= code('0') && byte <= code('9');

/** Whether bytes begin with a text. */
export const beginsWith = (bytes: Uint8Array, text: string): boolean =>
  Array.from(text, code).every((value, at) => bytes[at] === value);

/** Hides what a masked track 1 or 2 shows beyond the first 6 and last 4 digits; all of it where it has another shape. */
export function maskTrack(track: Uint8Array): void {
  const found = TRACKS.find(({ start }) => beginsWith(track, start));
  const first = found?.start.length ?? 0;
  const end = found ? track.indexOf(found.end, first) : -1;
  if (end - first < SHORTEST || end - first > LONGEST) {
    mask(track);
    return;
  }
  for (let at = first; at < track.length; at++) {
    const shown = at < first + LEADING_SHOWN || (at >= end - TRAILING_SHOWN && at < end);
    const isEnd = at === end || (at === track.length - 1 && track[at] === code('?'));
    if (!isEnd && !(shown && isDigit(track[at] as number))) track[at] = MASK;
  }
}
