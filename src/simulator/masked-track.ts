/**
 * Tracks of a card, in clear as a host decrypts them and masked as a reader shows them.
 * It does not know messages.
 */
import { passesLuhn } from '../mms/luhn.js';
import type { TestCard } from './test-cards.js';

/** How card numbers are masked (properties 1.1.2.2.1.3 to .5) [MG p9]. */
export interface MaskTerms {
  /** Digits that are shown at the beginning and at the end. */
  readonly leading: number;
  readonly trailing: number;
  /** One digit in the middle is chosen so that the masked number passes the Luhn check. */
  readonly isCorrected: boolean;
}

/** Digits behind the service code, which nobody shows. */
const DISCRETIONARY = '0000000000000';

/** Track 1 with the name of the published example [DM p95]. */
export const track1 = ({ pan, expiry, serviceCode }: TestCard): string =>
  `%B${pan}^${HOLDER}^${expiry}${serviceCode}${DISCRETIONARY}?`;

export const track2 = ({ pan, expiry, serviceCode }: TestCard): string =>
  `;${pan}=${expiry}${serviceCode}${DISCRETIONARY}?`;

const HOLDER = 'TEST/CARD';

/**
 * The digits that are not shown are zeros, but for the one in the middle that makes the number pass the Luhn check [DM p95:
 * 5413 and 1513 shown, 00004000 between them].
 */
export function maskedPan(pan: string, { leading, trailing, isCorrected }: MaskTerms): string {
  const hidden = pan.length - leading - trailing;
  if (hidden <= 0) return pan;
  const at = leading + Math.floor(hidden / 2);
  const withDigit = (digit: number): string =>
    pan.slice(0, leading) +
    '0'.repeat(at - leading) +
    String(digit) +
    '0'.repeat(hidden - (at - leading) - 1) +
    pan.slice(pan.length - trailing);
  const correction = Array.from({ length: 10 }, (_, digit) => digit).find((digit) => passesLuhn(withDigit(digit)));
  return withDigit(isCorrected ? (correction ?? 0) : 0);
}

/** A masked track has the date, and zeros where the service code and what follows it are [DM p95]. */
const tail = ({ expiry, serviceCode }: TestCard): string =>
  `${expiry}${'0'.repeat(serviceCode.length)}${DISCRETIONARY}?`;

export const maskedTrack1 = (card: TestCard, terms: MaskTerms): string =>
  `%B${maskedPan(card.pan, terms)}^${HOLDER}^${tail(card)}`;

export const maskedTrack2 = (card: TestCard, terms: MaskTerms): string =>
  `;${maskedPan(card.pan, terms)}=${tail(card)}`;

/** What a reader shows of a track that it could not read. */
export const badTracks = { track1: '%E?', track2: ';E?' } as const;
