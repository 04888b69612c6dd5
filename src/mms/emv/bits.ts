/**
 * Meanings of the bits of EMV's bit fields (EMV 4.4 Book 3, annex C; Book 4, annex A; Contactless Books A, C-2 and C-3). A bit that is not listed is reserved.
 * It does not know messages.
 */

/** Meaning of the bits of each byte, the highest bit first; empty where a bit is reserved. */
export type Bits = readonly (readonly string[])[];

export const bitFields: Readonly<Record<string, Bits>> = {
  // Application interchange profile (Book 3, C1)
  '82': [
    [
      'card supports XDA',
      'card supports SDA',
      'card supports DDA',
      'card supports cardholder verification',
      'terminal risk management required',
      'card supports issuer authentication',
      'card supports on-device cardholder verification',
      'card supports CDA',
    ],
    // Contactless Book C-2, A.1.16
    [
      'contactless EMV mode supported',
      'mobile phone',
      'contactless transaction',
      '',
      '',
      '',
      '',
      'relay resistance protocol supported',
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
      'XDA selected',
    ],
    [
      'card and terminal have different application versions',
      'application expired',
      'application not yet effective',
      'service not allowed for this card product',
      'new card',
      '',
      'biometric verification performed and successful',
      'biometric template format not supported',
    ],
    [
      'cardholder verification not successful',
      'verification method not recognised',
      'PIN try limit exceeded',
      'PIN required, PIN pad missing or not working',
      'PIN required and not entered',
      'online verification data captured',
      'biometric verification required, capture device not working',
      'biometric verification required and bypassed',
    ],
    [
      'floor limit exceeded',
      'lower consecutive offline limit exceeded',
      'upper consecutive offline limit exceeded',
      'selected at random for online processing',
      'merchant forced online processing',
      'biometric try limit exceeded',
      'selected biometric type not supported',
      'XDA signature verification failed',
    ],
    [
      'default TDOL used',
      'issuer authentication failed',
      'issuer script failed before the final cryptogram',
      'issuer script failed after the final cryptogram',
      // Contactless Book C-2 has the relay resistance bits
      'relay resistance threshold exceeded',
      'CA key for elliptic curves missing, or relay resistance time limits exceeded',
      'recovery of an elliptic curve key failed, or relay resistance performed',
      'relay resistance not performed',
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
      'enciphered PIN checked by the card (RSA)',
      'no verification required',
      'biometric verification online',
      'biometric verification by the card',
      'enciphered PIN checked by the card (elliptic curves)',
    ],
    ['SDA', 'DDA', 'card capture', '', 'CDA', 'XDA'],
  ],
  // Additional terminal capabilities (Book 4, A3)
  '9F40': [
    ['cash', 'goods', 'services', 'cashback', 'inquiry', 'transfer', 'payment', 'administrative'],
    ['cash deposit'],
    ['numeric keys', 'alphabetic and special keys', 'command keys', 'function keys'],
    [
      'print or electronic output for the attendant',
      'print or electronic output for the cardholder',
      'display for the attendant',
      'display for the cardholder',
      '',
      '',
      'code table 10',
      'code table 9',
    ],
    [
      'code table 8',
      'code table 7',
      'code table 6',
      'code table 5',
      'code table 4',
      'code table 3',
      'code table 2',
      'code table 1',
    ],
  ],
  // Application usage control (Book 3, C2)
  '9F07': [
    [
      'valid for domestic cash',
      'valid for international cash',
      'valid for domestic goods',
      'valid for international goods',
      'valid for domestic services',
      'valid for international services',
      'valid at ATMs',
      'valid at terminals other than ATMs',
    ],
    ['domestic cashback allowed', 'international cashback allowed'],
  ],
  // Terminal transaction qualifiers (Contactless Book A, 5.7)
  '9F66': [
    [
      'magstripe mode supported',
      '',
      'EMV mode supported',
      'EMV contact chip supported',
      'offline-only reader',
      'online PIN supported',
      'signature supported',
      'offline data authentication for online authorizations supported',
    ],
    ['online cryptogram required', 'cardholder verification required', 'offline PIN supported by the contact chip'],
    [
      'issuer update processing supported',
      'consumer device verification supported',
      '',
      '',
      'consumer device verification required',
    ],
    ['fDDA version 1.0 supported'],
  ],
  // Card transaction qualifiers (Contactless Book C-3, A.2)
  '9F6C': [
    [
      'online PIN required',
      'signature required',
      'go online if offline data authentication fails',
      'switch interface if offline data authentication fails',
      'go online if the application is expired',
      'switch interface for cash',
      'switch interface for cashback',
      'not valid for contactless ATM transactions',
    ],
    ['consumer device verification performed', 'issuer update processing at the point of sale supported'],
  ],
};

/** Issuer action codes are masks of terminal verification results (Book 3, C4). */
const SAME_AS: Readonly<Record<string, string>> = { '9F0D': '95', '9F0E': '95', '9F0F': '95' };

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
  const field = bitFields[SAME_AS[tag] ?? tag];
  return field && setBits(field, value);
}

/** The bits that are set, by the meanings that are given. */
export function setBits(field: Bits, value: Uint8Array): readonly SetBit[] {
  const set: SetBit[] = [];
  value.forEach((byte, at) => {
    for (let bit = 8; bit > 0; bit--) {
      if ((byte & (1 << (bit - 1))) === 0) continue;
      set.push({ byte: at + 1, bit, text: field[at]?.[8 - bit] || 'reserved' });
    }
  });
  return set;
}
