/**
 * What gateways want to be told of an ARQC beside it: read from what is in clear around the encrypted part.
 */
import { parseHex } from '../../mms/hex.js';
import { readBlob } from '../../mms/views/card-data.js';

/** How a payment was made, as MPPG and Unigate call it. */
export type PaymentMode = 'EMV' | 'MagStripe';

/** DFDF52 of cards that were swiped; 05 was inserted, 06 and 08 were tapped [EMV Acceptance Integration Guide]. */
const LAST_SWIPED = 0x03;

export interface ArqcFacts {
  readonly paymentMode: PaymentMode;
  /** DFDF57 in hexadecimal. */
  readonly encryption: string;
}

/** A stripe was read when DFDF52 says so, or when it was the way out of a chip that did not work (DFDF53). */
export function arqcFacts(arqc: string): ArqcFacts | undefined {
  try {
    const { cardType = 0, fallback = 0, encryption = '80' } = readBlob(parseHex(arqc));
    const isSwiped = cardType >= 0x01 && cardType <= LAST_SWIPED;
    return { paymentMode: isSwiped || fallback !== 0 ? 'MagStripe' : 'EMV', encryption };
  } catch {
    return undefined;
  }
}
