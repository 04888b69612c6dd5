/**
 * Cards to present to the simulated reader. The numbers are the industry's published test numbers; no account belongs to them.
 */

/** A payment card, or a tag. */
export interface TestCard {
  /** For people. */
  readonly name: string;
  /** Card number, one of the published test numbers; empty for a tag. */
  readonly pan: string;
  /** Year and month, four digits. */
  readonly expiry: string;
  /** Three digits; the first one 2 or 6 says that the card has a chip (ISO/IEC 7813). */
  readonly serviceCode: string;
  /** What the card has. */
  readonly contact: boolean;
  readonly contactless: boolean;
  readonly stripe: boolean;
  /** Applications of the chip: hexadecimal identifier and label. */
  readonly applications: readonly { readonly aid: string; readonly label: string }[];
  /** Of a tag: unique id in hexadecimal and its pages of four bytes, in one string. */
  readonly tag?: { readonly uid: string; readonly memory: string };
}

const chip = (name: string, pan: string, aid: string, label: string): TestCard => ({
  name,
  pan,
  expiry: '3012',
  serviceCode: '201',
  contact: true,
  contactless: true,
  stripe: true,
  applications: [{ aid, label }],
});

export const testCards = {
  visa: chip('Visa', '4111111111111111', 'A0000000031010', 'VISA CREDIT'),
  mastercard: chip('Mastercard', '5555555555554444', 'A0000000041010', 'MASTERCARD'),
  amex: chip('American Express', '378282246310005', 'A000000025010801', 'AMERICAN EXPRESS'),
  discover: chip('Discover', '6011111111111117', 'A0000001523010', 'DISCOVER'),
  jcb: chip('JCB', '3530111333300000', 'A0000000651010', 'JCB CREDIT'),
  stripeOnly: {
    ...chip('Stripe only', '4012888888881881', '', ''),
    serviceCode: '101',
    contact: false,
    contactless: false,
    applications: [],
  },
  twoApplications: {
    ...chip('Two applications', '4222222222222', 'A0000000031010', 'VISA CREDIT'),
    contactless: false,
    applications: [
      { aid: 'A0000000031010', label: 'VISA CREDIT' },
      { aid: 'A0000000032010', label: 'VISA ELECTRON' },
    ],
  },
  phone: { ...chip('Phone', '4111111111111111', 'A0000000031010', 'VISA CREDIT'), contact: false, stripe: false },
  ntag: {
    name: 'NTAG213',
    pan: '',
    expiry: '',
    serviceCode: '',
    contact: false,
    contactless: true,
    stripe: false,
    applications: [],
    tag: {
      uid: '04A1B2C3D4E5F6',
      // Capability container of 144 bytes, then an NDEF message with the text “hello” (NFC Forum type 2 tag, NDEF).
      memory:
        `04A1B29F C3D4E5F6 00480000 E1101200 030CD101 08540265 6E68656C 6C6FFE00 ${'00000000'.repeat(37)}`.replace(
          / /g,
          '',
        ),
    },
  },
} as const satisfies Readonly<Record<string, TestCard>>;

/** Name of a test card. */
export type TestCardName = keyof typeof testCards;
