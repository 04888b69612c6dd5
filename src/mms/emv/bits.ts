/**
 * What the bits of EMV's bit fields say (EMV 4.3 Book 3, annex C; Book 4, annex A2). A bit that is not listed is reserved.
 * It does not know messages.
 */

/** Meaning of the bits of each byte, the highest bit first; empty where a bit is reserved. */
type Bits = readonly (readonly string[])[];

export const bitFields: Readonly<Record<string, Bits>> = {
  // Application interchange profile (Book 3, C1)
  '82': [
    [
      '',
      'card supports SDA',
      'card supports DDA',
      'card supports cardholder verification',
      'terminal risk management required',
      'card supports issuer authentication',
      '',
      'card supports CDA',
    ],
  ],
  // Terminal verification results (Book 3, C5)
  '95': [
    [
      'offline data authentication not performed',
      'SDA failed',
      'chip data missing',
      'card on the exception file',
      'DDA failed',
      'CDA failed',
      'SDA selected',
    ],
    [
      'card and terminal have different application versions',
      'application expired',
      'application not yet effective',
      'service not allowed for this card product',
      'new card',
    ],
    [
      'cardholder verification not successful',
      'verification method not recognised',
      'PIN try limit exceeded',
      'PIN required, PIN pad missing or not working',
      'PIN required and not entered',
      'online PIN entered',
    ],
    [
      'floor limit exceeded',
      'lower consecutive offline limit exceeded',
      'upper consecutive offline limit exceeded',
      'selected at random for online processing',
      'merchant forced online processing',
    ],
    [
      'default TDOL used',
      'issuer authentication failed',
      'issuer script failed before the final cryptogram',
      'issuer script failed after the final cryptogram',
    ],
  ],
  // Transaction status information (Book 3, C6)
  '9B': [
    [
      'offline data authentication performed',
      'cardholder verification performed',
      'card risk management performed',
      'issuer authentication performed',
      'terminal risk management performed',
      'issuer script processed',
    ],
  ],
  // Terminal capabilities (Book 4, A2)
  '9F33': [
    ['manual key entry', 'magnetic stripe', 'chip with contacts'],
    [
      'plaintext PIN checked by the card',
      'enciphered PIN checked online',
      'signature on paper',
      'enciphered PIN checked by the card',
      'no verification required',
    ],
    ['SDA', 'DDA', 'card capture', '', 'CDA'],
  ],
};

/** A bit that is set. */
export interface SetBit {
  /** Which byte, counted from 1 as EMV does. */
  readonly byte: number;
  /** Which bit, 8 for the highest as EMV counts. */
  readonly bit: number;
  readonly text: string;
}

/** The bits that are set in the value of a bit field, highest first; undefined for tags that are none. */
export function readBits(tag: string, value: Uint8Array): readonly SetBit[] | undefined {
  const field = bitFields[tag];
  if (!field) return undefined;
  const set: SetBit[] = [];
  value.forEach((byte, at) => {
    for (let bit = 8; bit > 0; bit--) {
      if ((byte & (1 << (bit - 1))) === 0) continue;
      set.push({ byte: at + 1, bit, text: field[at]?.[8 - bit] || 'reserved' });
    }
  });
  return set;
}
