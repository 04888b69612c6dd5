/**
 * Texts that a reader with a display can be told to show by their number (command 1803, tag 82).
 * Listed by the customer SDK manual for its final-message option [SDK]; 01, 02, 03 and 14 are confirmed for command 1803
 * [PJ, S], the others are taken for the same list [D]. Numbers that are not here exist on devices; their texts are not
 * published.
 */
const texts = [
  '?', // 00
  'AMOUNT', // 01
  'AMOUNT OK?', // 02
  'APPROVED', // 03
  'CALL YOUR BANK', // 04
  'CANCEL OR ENTER', // 05
  'CARD ERROR', // 06
  'DECLINED', // 07
  'ENTER AMOUNT', // 08
  '?', // 09
  '?', // 0A
  'INSERT CARD', // 0B
  'NOT ACCEPTED', // 0C
  '?', // 0D
  'PLEASE WAIT', // 0E
  'PROCESSING ERROR', // 0F
  'REMOVE CARD', // 10
  'USE CHIP READER', // 11
  'USE MAGSTRIPE', // 12
  'TRY AGAIN', // 13
  'WELCOME', // 14
  'PRESENT CARD', // 15
  'PROCESSING', // 16
  'CARD READ OK - REMOVE CARD', // 17
  'INSERT OR SWIPE CARD', // 18
  'PRESENT ONE CARD ONLY', // 19
  'APPROVED PLEASE SIGN', // 1A
  'AUTHORIZING PLEASE WAIT', // 1B
  'INSERT, SWIPE, OR TRY ANOTHER CARD', // 1C
  'PLEASE INSERT CARD', // 1D
  '', // 1E
  '?', // 1F
  'SEE PHONE', // 20
  'PRESENT CARD AGAIN', // 21
  'INSERT/SWIPE/TRY OTHER CARD', // 22
  'TAP or SWIPE CARD', // 23
  'TAP or INSERT CARD', // 24
  'TAP, INSERT or SWIPE CARD', // 25
  'TAP CARD', // 26
  'TIMEOUT', // 27
  'TRANSACTION TERMINATED', // 28
] as const;

type Texts = typeof texts;

export const displayStrings = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ [...texts.entries()].filter(([, text]) => text !== '?'),
) as {
  readonly [
    Id in keyof Texts as Id extends `${infer Index extends number}` ? (Texts[Id] extends '?' ? never : Index) : never
  ]: Texts[Id];
};

/** One of the texts. */
export type DisplayString = (typeof displayStrings)[keyof typeof displayStrings];

/** The text of a number, empty for the empty screen; undefined where none is published. */
export function displayString(id: number): DisplayString | undefined {
  const text = texts[id];
  return text === '?' ? undefined : text;
}

const ids: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(displayStrings).map(([id, text]) => [text, Number(id)]),
);

/** The number of a text; undefined where it is not in the list. */
export function displayStringId(text: string): number | undefined {
  return ids.get(text);
}
