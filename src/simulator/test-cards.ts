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
  /** The chip gives no answer: the reader has to fall back to the stripe. */
  readonly isChipBroken?: boolean;
  /** Set for a tag, which is not a payment card. */
  readonly tag?: TestTag;
}

/** A contactless tag. */
export interface TestTag {
  /** What the reader says that it is. */
  readonly type: 'type-2' | 'mifare-1k' | 'mifare-4k';
  /** Unique id in hexadecimal. */
  readonly uid: string;
  /** Of a type 2 tag: its pages of four bytes in hexadecimal, in one string. */
  readonly memory: string;
  /** Of an NTAG: its answer to GET_VERSION in hexadecimal. */
  readonly version?: string;
}

/** What a tag holds, as far as commands get at it. */
export interface AnsweringTag {
  /** The answer to a command; undefined for what the tag does not know or refuses. */
  answer(command: Uint8Array): Uint8Array | undefined;
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

/** A card of which only the stripe can be used. */
const stripeOnly = { contact: false, contactless: false, applications: [] } as const;

const tag = (name: string, data: TestTag): TestCard & { readonly tag: TestTag } => ({
  name,
  pan: '',
  expiry: '',
  serviceCode: '',
  contact: false,
  contactless: true,
  stripe: false,
  applications: [],
  tag: data,
});

export const testCards = {
  visa: chip('Visa', '4111111111111111', 'A0000000031010', 'VISA CREDIT'),
  mastercard: chip('Mastercard', '5555555555554444', 'A0000000041010', 'MASTERCARD'),
  amex: chip('American Express', '378282246310005', 'A000000025010801', 'AMERICAN EXPRESS'),
  discover: chip('Discover', '6011111111111117', 'A0000001523010', 'DISCOVER'),
  jcb: chip('JCB', '3530111333300000', 'A0000000651010', 'JCB CREDIT'),
  stripeOnly: { ...chip('Stripe only', '4012888888881881', '', ''), ...stripeOnly, serviceCode: '101' },
  twoApplications: {
    ...chip('Two applications', '4222222222222', 'A0000000031010', 'VISA CREDIT'),
    contactless: false,
    applications: [
      { aid: 'A0000000031010', label: 'VISA CREDIT' },
      { aid: 'A0000000032010', label: 'VISA ELECTRON' },
    ],
  },
  brokenChip: { ...chip('Broken chip', '5105105105105100', 'A0000000041010', 'MASTERCARD'), isChipBroken: true },
  chipOnStripe: { ...chip('Chip card, stripe only', '6011000990139424', '', ''), ...stripeOnly },
  // Published test numbers that the test gateway of the host kit, and so the demo's host, treats by rules of their own.
  declined: chip('Declined by the host', '4000000000000002', 'A0000000031010', 'VISA CREDIT'),
  partlyApproved: chip('Approved in part', '4000000000009995', 'A0000000031010', 'VISA CREDIT'),
  unanswered: chip('No answer of the host', '4000000000000119', 'A0000000031010', 'VISA CREDIT'),
  slowlyAnswered: chip('Slow host', '4000000000000127', 'A0000000031010', 'VISA CREDIT'),
  phone: { ...chip('Phone', '4111111111111111', 'A0000000031010', 'VISA CREDIT'), contact: false, stripe: false },
  ntag: tag('NTAG213', {
    type: 'type-2',
    uid: '04A1B2C3D4E5F6',
    // Capability container of 144 bytes, then an NDEF message with the text “hello” (NFC Forum type 2 tag, NDEF).
    memory: `04A1B29FC3D4E5F600480000E1101200030CD101085402656E68656C6C6FFE00${'00000000'.repeat(37)}`,
    version: '0004040201000F03',
  }),
  ultralight: tag('MIFARE Ultralight', {
    type: 'type-2',
    uid: '04D1E2F3A4B5C6',
    memory: `04D1E2BFF3A4B5C6240000000000000000${'00000000'.repeat(12)}`.slice(0, 128),
  }),
  mifare1k: tag('MIFARE Classic 1K', { type: 'mifare-1k', uid: 'D1E2F3A4', memory: '' }),
  mifare4k: tag('MIFARE Classic 4K', { type: 'mifare-4k', uid: 'A4B5C6D7', memory: '' }),
} as const satisfies Readonly<Record<string, TestCard>>;

/** Name of a test card. */
export type TestCardName = keyof typeof testCards;

/** @throws {RangeError} naming the cards that exist. */
export function cardOf(card: TestCard | TestCardName): TestCard {
  if (typeof card !== 'string') return card;
  if (!Object.hasOwn(testCards, card)) {
    throw new RangeError(`there is no test card “${card}”: ${Object.keys(testCards).join(', ')}`);
  }
  return testCards[card];
}
