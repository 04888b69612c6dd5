/**
 * Tracks of a magnetic stripe as readers mask them: where the card number is, and which of its digits are the card's.
 * It does not know messages.
 *
 * A reader leaves some first and last digits of the number, four each by default. Between them it puts a mask character, or
 * zeros with one digit that makes the number pass the Luhn check, so that a masked number cannot be told by that check
 * [MG p9; ISO Track Mask property of the vendor's MagneSafe manuals].
 */
import { digitOf, LEADING_SHOWN, textOf, TRAILING_SHOWN } from './luhn.js';

/** How many digits of a card number a reader leaves: properties 1.1.2.2.1.3 and 1.1.2.2.1.4 [MG p9]. */
export interface TrackMask {
  readonly leading: number;
  readonly trailing: number;
}

/** Where the card number of a track stands: from `start` up to but not including `end`. */
export interface TrackNumber {
  readonly start: number;
  readonly end: number;
}

/** What readers leave as they are delivered [MG p9]. */
export const DEFAULT_TRACK_MASK: TrackMask = { leading: 4, trailing: 4 };

/** Whether a byte is a digit as text. */
export const isDigit = (byte: number): boolean => digitOf(byte) >= 0;

/**
 * How the card number of a track begins and ends (ISO/IEC 7813, 7812-1): `%B…^` on track 1, `;…=` on track 2; track 3 of some readers
 * begins with `+`.
 */
const FORMAT = /^(?:%?B([^^]{12,19})\^|[;+]([^=]{12,19})=)/;

/** The place of the card number; undefined where the track has another shape. */
export function findTrackNumber(track: Uint8Array): TrackNumber | undefined {
  const match = FORMAT.exec(textOf(track));
  if (!match) return undefined;
  const [whole, number = match[2] as string] = match;
  const end = whole.length - 1;
  return { start: end - number.length, end };
}

/**
 * How many of the first and last characters of a masked number may be shown: digits that are the card's, at most 6 and 4.
 *
 * @param mask What the reader is known to leave. Without it, what readers leave as delivered: of digits that follow, no one
 * can say whether they are the card's. A mask character that is not a digit says where the card's digits end.
 */
export function shownDigits(number: Uint8Array, mask?: TrackMask): TrackMask {
  const first = number.findIndex((byte) => !isDigit(byte));
  const isMarked = first >= 0;
  const known = mask ?? (isMarked ? MOST_SHOWN : DEFAULT_TRACK_MASK);
  return {
    leading: Math.min(known.leading, LEADING_SHOWN, isMarked ? first : number.length),
    trailing: Math.min(known.trailing, TRAILING_SHOWN, isMarked ? trailingDigits(number) : number.length),
  };
}

const MOST_SHOWN: TrackMask = { leading: LEADING_SHOWN, trailing: TRAILING_SHOWN };

/** How many digits a number ends with that has something else in it. */
function trailingDigits(number: Uint8Array): number {
  return number.length - 1 - number.findLastIndex((byte) => !isDigit(byte));
}
