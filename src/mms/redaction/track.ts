/**
 * Masked tracks: of the card number the digits that are the card's and may be shown stay, all else goes.
 * Readers mask tracks themselves, but how much they leave is configurable, and names and dates stay readable.
 */
import { textOf } from '../luhn.js';
import { findTrackNumber, isDigit, shownDigits } from '../track.js';
import { mask, MASK } from './mask.js';

/** Whether bytes begin with a text. */
export const beginsWith = (bytes: Uint8Array, text: string): boolean => textOf(bytes.subarray(0, text.length)) === text;

/** Hides what a masked track 1 or 2 shows beyond digits of the card, at most the first 6 and last 4; all of another shape. */
export function maskTrack(track: Uint8Array): void {
  const number = findTrackNumber(track);
  if (!number) {
    mask(track);
    return;
  }
  const { start, end } = number;
  const { leading, trailing } = shownDigits(track.subarray(start, end));
  for (let at = start; at < track.length; at++) {
    const shown = at < start + leading || (at >= end - trailing && at < end);
    const isEnd = at === end || (at === track.length - 1 && track[at] === END_SENTINEL);
    if (!isEnd && !(shown && isDigit(track[at] as number))) track[at] = MASK;
  }
}

/** `?` (ISO/IEC 7811). */
export const END_SENTINEL = 0x3f;
