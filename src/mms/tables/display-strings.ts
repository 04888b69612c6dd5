/**
 * Texts that a reader with a display can be told to show by their number (command 1803, tag 82).
 * Listed by the customer SDK manual for its final-message option [SDK]; 01, 02, 03 and 14 are confirmed for command 1803
 * [PJ, S], the others are taken for the same list [D]. Numbers that are not here exist on devices; their texts are not
 * published.
 */
export const displayStrings = {
  0x01: 'AMOUNT',
  0x02: 'AMOUNT OK?',
  0x03: 'APPROVED',
  0x04: 'CALL YOUR BANK',
  0x05: 'CANCEL OR ENTER',
  0x06: 'CARD ERROR',
  0x07: 'DECLINED',
  0x08: 'ENTER AMOUNT',
  0x0b: 'INSERT CARD',
  0x0c: 'NOT ACCEPTED',
  0x0e: 'PLEASE WAIT',
  0x0f: 'PROCESSING ERROR',
  0x10: 'REMOVE CARD',
  0x11: 'USE CHIP READER',
  0x12: 'USE MAGSTRIPE',
  0x13: 'TRY AGAIN',
  0x14: 'WELCOME',
  0x15: 'PRESENT CARD',
  0x16: 'PROCESSING',
  0x17: 'CARD READ OK - REMOVE CARD',
  0x18: 'INSERT OR SWIPE CARD',
  0x19: 'PRESENT ONE CARD ONLY',
  0x1a: 'APPROVED PLEASE SIGN',
  0x1b: 'AUTHORIZING PLEASE WAIT',
  0x1c: 'INSERT, SWIPE, OR TRY ANOTHER CARD',
  0x1d: 'PLEASE INSERT CARD',
  0x1e: '',
  0x20: 'SEE PHONE',
  0x21: 'PRESENT CARD AGAIN',
  0x22: 'INSERT/SWIPE/TRY OTHER CARD',
  0x23: 'TAP or SWIPE CARD',
  0x24: 'TAP or INSERT CARD',
  0x25: 'TAP, INSERT or SWIPE CARD',
  0x26: 'TAP CARD',
  0x27: 'TIMEOUT',
  0x28: 'TRANSACTION TERMINATED',
} as const;

/** One of the texts. */
export type DisplayString = (typeof displayStrings)[keyof typeof displayStrings];

/** The text of a number, empty for the empty screen; undefined where none is published. */
export function displayString(id: number): DisplayString | undefined {
  return (displayStrings as Readonly<Record<number, DisplayString>>)[id];
}

const ids: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(displayStrings).map(([id, text]) => [text, Number(id)]),
);

/** The number of a text; undefined where it is not in the list. */
export function displayStringId(text: string): number | undefined {
  return ids.get(text);
}
