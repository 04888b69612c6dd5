/**
 * Meanings of notifications by their detail code, the four bytes of tag 82.
 * A pattern is looked up exactly, then with its last byte wild (`--`), then with the last two. `{n}` in a text stands for
 * the wild byte as a decimal number. A row: stable name, words for people, layout of the payload. The comment behind a row names the sources of that detail; those of
 * a notification as a whole are in `sources.ts`. What is not here is unknown, not wrong: devices send more codes than any published source lists.
 */
export type PayloadLayoutId = 'card-data' | 'uid' | 'barcode' | 'pin' | 'reset' | 'touch' | 'text' | 'file-id';

type Row = readonly [name: string, text: string, layout?: PayloadLayoutId];

export interface NotificationKind {
  /** Name of the notification itself, for details that no source lists. */
  readonly name: string;
  readonly text: string;
  /** Layout of the payload whatever the detail says. */
  readonly layout?: PayloadLayoutId;
  readonly details?: Readonly<Record<string, Row>>;
}

/** Touch buttons come under 1803 or 1805, by source; both are accepted [DP 1803, DP 1805]. */
const touchButtons = {
  '01020100': ['left-button-pressed', 'Left button pressed'],
  '01020200': ['middle-button-pressed', 'Middle button pressed'],
  '01020300': ['right-button-pressed', 'Right button pressed'],
  '01030100': ['text-button-1-pressed', 'Text button 1 pressed'],
  '01030200': ['text-button-2-pressed', 'Text button 2 pressed'],
  '01030300': ['text-button-3-pressed', 'Text button 3 pressed'],
  '01030400': ['text-button-4-pressed', 'Text button 4 pressed'],
  '01030500': ['text-button-5-pressed', 'Text button 5 pressed'],
  '01030600': ['text-button-6-pressed', 'Text button 6 pressed'],
  '01040000': ['amount-button-pressed', 'Amount button pressed'],
  '01050000': ['present-card-button-pressed', 'Right button of the “present card” page pressed'],
} as const satisfies Readonly<Record<string, Row>>;

export const notifications = {
  0x0101: {
    name: 'transaction-information',
    text: 'Transaction information',
    details: {
      '00100101': ['transaction-started-by-reader', 'Transaction started by the reader itself'], // PJ
      '07010100': ['manual-data-entered', 'Card data entered by hand'], // DP 0101, PJ
      '07080202': ['manual-arqc', 'ARQC from manual entry', 'card-data'], // DP 0101, PJ
      '07080302': ['manual-batch', 'Batch data from manual entry', 'card-data'], // DP 0101, MG p152, PJ
      '08010100': ['msr-card-swiped', 'Card swiped'], // DP 0101, PJ
      '08010200': ['msr-card-inserted', 'Card inserted at the stripe reader'], // DP 0101, PJ
      '08010300': ['msr-card-removed', 'Card removed from the stripe reader'], // DP 0101, PJ
      '08010400': ['msr-card-detected', 'Card detected at the stripe reader'], // DP 0101, PJ
      '08080202': ['msr-arqc', 'ARQC from swiped card', 'card-data'], // DP 0101, PJ
      '08080302': ['msr-batch', 'Batch data from swiped card', 'card-data'], // PJ
      '10010200': ['contact-card-inserted', 'Card inserted'], // PJ
      '10010300': ['contact-card-removed', 'Card removed'], // PJ
      '10010400': ['contact-card-detected', 'Contact card detected'], // PJ
      '10020601': ['contact-pin-pad-error', 'PIN problem with contact card: PIN pad error'], // PJ
      '10020602': ['contact-pin-block-error', 'PIN problem with contact card: PIN block encryption error'], // PJ
      '10080202': ['contact-arqc', 'ARQC from contact card', 'card-data'], // PJ
      '10080302': ['contact-batch', 'Batch data from contact card', 'card-data'], // PJ
      '20010300': ['contactless-card-removed', 'Contactless card removed'], // PJ
      '20010400': ['contactless-card-detected', 'Contactless card detected: EMV'], // PJ
      '20010401': ['contactless-ultralight-detected', 'Contactless tag detected: NFC or MIFARE Ultralight'], // PJ
      '20010402': ['contactless-mifare-1k-detected', 'Contactless tag detected: MIFARE Classic 1K'], // PJ
      '20010403': ['contactless-mifare-4k-detected', 'Contactless tag detected: MIFARE Classic 4K'], // PJ
      '20010500': ['contactless-collision', 'More than one contactless card in the field'], // PJ
      '20011002': ['contactless-vas-error', 'Value-added service error'], // PJ
      '20020601': ['contactless-pin-pad-error', 'PIN problem with contactless card: PIN pad error'], // PJ
      '20020602': ['contactless-pin-block-error', 'PIN problem with contactless card: PIN block encryption error'], // PJ
      '20080202': ['contactless-arqc', 'ARQC from contactless card', 'card-data'], // PJ
      '20080302': ['contactless-batch', 'Batch data from contactless card', 'card-data'], // PJ
      '20080402': ['contactless-uid', 'Unique id of a contactless tag', 'uid'], // PJ, MG p155
      '30010100': ['barcode-read', 'Barcode read'], // PJ
      '30080002': ['barcode-data', 'Barcode data', 'barcode'], // PJ, MG p155
    },
  },
  0x0103: {
    name: 'transaction-action-request',
    text: 'Transaction asks the host for an action',
  },
  0x0105: { name: 'transaction-complete', text: 'Transaction complete' },
  0x0201: { name: 'pin-information', text: 'PIN entry information' },
  0x0205: { name: 'pin-complete', text: 'PIN entry complete', layout: 'pin' },
  0x0905: {
    name: 'firmware-updated',
    text: 'Firmware update successful',
    details: {
      '08010903': ['firmware-loaded', 'Firmware loaded'], // PJ
      '08010A03': ['firmware-committed', 'Firmware in use; the reader restarts'], // PJ
    },
  },
  0x0906: {
    name: 'firmware-update-failed',
    text: 'Firmware update failed',
    details: {
      '08010904': ['firmware-load-failed', 'Firmware not loaded'], // D
      '08010A04': ['firmware-commit-failed', 'Firmware not in use; the reader restarts'], // D
    },
  },
  0x0907: { name: 'firmware-up-to-date', text: 'Firmware is up to date' },
  0x1001: {
    name: 'device-information',
    text: 'Device information',
    details: {
      '00000000': ['device-reset', 'The reader has restarted', 'reset'], // PJ, DP 1001
      '00010000': ['device-reset-soon', 'The reader will restart soon'], // PJ
      '000200--': ['low-battery', 'Low battery: {n} percent left'], // PJ, DP 1001
      '00020100': ['low-battery-again', 'Low battery'], // PJ
      '00020200': ['battery-charged', 'Battery fully charged'], // DP 1001
      '00030000': ['device-resetting', 'The reader restarts now'], // PJ
      '0100----': ['user-event-contactless-presented', 'Contactless card presented to the idle reader'], // PJ, MG p235
      '0101----': ['user-event-contactless-removed', 'Contactless card removed from the idle reader'], // PJ, MG p235
      '0102----': ['user-event-card-seated', 'Card inserted into the idle reader'], // PJ, MG p235
      '0103----': ['user-event-card-unseated', 'Card removed from the idle reader'], // PJ, MG p235
      '0104----': ['user-event-card-swiped', 'Card swiped at the idle reader'], // PJ, MG p235
      '0105----': ['user-event-touch-pressed', 'Screen touched', 'touch'], // PJ, MG p235
      '0106----': ['user-event-touch-released', 'Touch of the screen ended', 'touch'], // PJ
      '0107----': ['user-event-barcode-read', 'Barcode read by the idle reader', 'barcode'], // MG p167, PJ
      '040000--': ['temperature-low', 'Temperature below the low limit: {n} °C'], // MG p167
      '040001--': ['temperature-high', 'Temperature above the high limit: {n} °C'], // MG p167
    },
  },
  0x1801: { name: 'user-interface-information', text: 'User interface information' },
  0x1803: {
    name: 'user-interface-request',
    text: 'Text or choice for the cardholder',
    layout: 'text',
    details: touchButtons,
  },
  0x1805: {
    name: 'user-interface-complete',
    text: 'User interface operation complete',
    details: {
      '01010101': ['signature-captured', 'Signature captured', 'file-id'], // PJ
      '01060101': ['personal-information-entered', 'Personal information entered'], // PJ
      '05040100': ['buzzer-finished', 'Buzzer finished'], // PJ, MG p113
      '06050100': ['card-emulation-finished', 'Card emulation finished'], // PJ, D
      ...touchButtons,
    },
  },
} as const satisfies Readonly<Record<number, NotificationKind>>;
