/**
 * Data about an ARQC that gateways ask for beside it: read from what is in clear around the encrypted part.
 */
import { parseHex } from '../../mms/hex.js';
import { readBlob, type CardType } from '../../mms/views/card-data.js';

/** How a payment was made, as MPPG and Unigate call it. */
export type PaymentMode = 'EMV' | 'MagStripe';

/** DFDF52 from 01 to 03 for cards that were swiped or typed in; 05 was inserted, 06 and 08 were tapped [EMV Acceptance Integration Guide]. */
const SWIPED: ReadonlySet<CardType | undefined> = new Set(['stripe', 'stripe-aamva', 'manual']);

export interface ArqcFacts {
  readonly paymentMode: PaymentMode;
  /** DFDF57 in hexadecimal. */
  readonly encryption: string;
}

/** A stripe was read when DFDF52 says so, or when it was the way out of a chip that did not work (DFDF53). */
export function arqcFacts(arqc: string): ArqcFacts | undefined {
  try {
    const { cardType, fallback = 'none', encryption = '80' } = readBlob(parseHex(arqc));
    return { paymentMode: SWIPED.has(cardType) || fallback !== 'none' ? 'MagStripe' : 'EMV', encryption };
  } catch {
    return undefined;
  }
}
