/**
 * The number of digits that the connected reader leaves in masked tracks, learnt from answers that pass by.
 * It asks for nothing.
 */
import type { MmsResponse } from '../message.js';
import { DEFAULT_TRACK_MASK, type TrackMask } from '../track.js';
import { answeredProperties } from './answered-properties.js';

/** Properties of the masked card number [MG p9]; their values are single bytes in all that is published of such settings. */
const LEADING = '1.1.2.2.1.3';
const TRAILING = '1.1.2.2.1.4';
export const LONGEST_NUMBER = 19;

export class KnownTrackMask {
  private leading: number | undefined;
  private trailing: number | undefined;

  /** Undefined until the reader has told one of the two. */
  get mask(): TrackMask | undefined {
    const { leading, trailing } = this;
    if (leading === undefined && trailing === undefined) return undefined;
    return {
      leading: leading ?? DEFAULT_TRACK_MASK.leading,
      trailing: trailing ?? DEFAULT_TRACK_MASK.trailing,
    };
  }

  /** Takes what an answer to a property command says. Never throws. */
  learn(response: MmsResponse): void {
    try {
      for (const { oid, value } of answeredProperties(response)) {
        const [count = Infinity] = value;
        if (value.length !== 1 || count > LONGEST_NUMBER) continue;
        if (oid === LEADING) this.leading = count;
        if (oid === TRAILING) this.trailing = count;
      }
    } catch {
      // Whoever has asked is told.
    }
  }
}
