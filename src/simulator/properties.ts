/**
 * The settings and facts of the simulated reader, kept over a restart as a reader keeps them.
 * It does not know messages.
 */
import { parseHex, toHex } from '../mms/hex.js';
import { BATTERY_LEVEL, BEEPER_VOLUME, LOCK_STATE, SERIAL_NUMBER } from '../mms/tables/oids.js';
import { tagLists } from './card-data.js';
import { ascii } from './card-objects.js';
import { ARPC_RETRIES, ARPC_SECONDS, SHOWN_DIGITS } from './unconfirmed.js';

/** Properties that act only after a restart [MG p235]. */
export const USER_EVENTS = '1.2.7.1.2.1';
/** Number of clients, 1 to 4 [S, PJ]; acts only after a restart [D]. */
export const CLIENT_LIMIT = '1.2.2.1.1.A';
/** Device-driven fallback to the stripe [DP 1.2.1]. */
export const DEVICE_DRIVEN_FALLBACK = '1.2.1.1.1.1';
/** Whether the cardholder chooses among several applications on the display: 00 no, 03 yes [PJ]. */
export const APPLICATION_SELECTION = '1.2.1.1.1.2';
/** Tags of an ARQC and of a batch, one after the other [DP 1.1.1, DP batch]. */
export const ARQC_TAGS = '1.1.1.1.1.2';
export const BATCH_TAGS = '1.1.1.1.1.3';
/** Seconds that a reader waits for the host's answer in full EMV, and how often it asks again [MG p94]. */
export const ARPC_TIMEOUT = '1.1.1.1.1.5';
export const ARPC_ATTEMPTS = '1.1.1.1.1.6';
/** Digits of a card number that are shown at its beginning and end, and whether one is corrected [MG p9]. */
export const LEADING_DIGITS = '1.1.2.2.1.3';
export const TRAILING_DIGITS = '1.1.2.2.1.4';
export const DIGIT_CORRECTION = '1.1.2.2.1.5';
/** Name of the terminal, reported in 9F1C [DP 1.1.1]. */
export const TERMINAL_ID = '1.1.1.1.1.1';
/** Whether a restart is told: 00 never, FF once, else every so many seconds until it is acknowledged [DP 1.2.7]. */
export const RESET_NOTICE = '1.2.7.1.1.1';
export const RESET_ACKNOWLEDGED = '1.2.7.1.1.2';

/** Settings as they leave the factory; those without a source are not confirmed. */
const settings: readonly (readonly [oid: string, value: Uint8Array])[] = [
  [TERMINAL_ID, ascii('00000000')], // DP 1.1.1
  [ARQC_TAGS, parseHex(tagLists.arqc.join(''))], // DM p61, DP 1.1.1
  [BATCH_TAGS, parseHex(tagLists.batch.join(''))], // DM p85
  [ARPC_TIMEOUT, Uint8Array.of(ARPC_SECONDS)], // not confirmed
  [ARPC_ATTEMPTS, Uint8Array.of(ARPC_RETRIES)], // not confirmed
  [LEADING_DIGITS, Uint8Array.of(SHOWN_DIGITS)], // not confirmed
  [TRAILING_DIGITS, Uint8Array.of(SHOWN_DIGITS)], // not confirmed
  [DIGIT_CORRECTION, Uint8Array.of(0x01)], // not confirmed
  [DEVICE_DRIVEN_FALLBACK, Uint8Array.of(0x01)], // DP 1.2.1
  [APPLICATION_SELECTION, Uint8Array.of(0x00)], // PJ
  ['1.2.2.1.1.8', ascii('Simulated reader')], // not confirmed
  [CLIENT_LIMIT, Uint8Array.of(0x04)], // S, PJ
  ['1.2.2.1.1.11', Uint8Array.of(0x02)], // PJ
  ['1.2.3.1.2.1', Uint8Array.of(0x00)], // PJ
  [BEEPER_VOLUME, Uint8Array.of(100)], // SAMPLE; the default is not confirmed
  [RESET_NOTICE, Uint8Array.of(0x00)], // DP 1.2.7
  [RESET_ACKNOWLEDGED, Uint8Array.of(0x00)], // DP 1.2.7
  [USER_EVENTS, parseHex('00000000')], // PJ, MG p235
];

/** Facts that cannot be set; texts and layouts are not confirmed. */
const facts: readonly (readonly [oid: string, value: Uint8Array])[] = [
  ['2.1.2.1.1.2', ascii('SIM-BOOT-1.0')],
  ['2.1.2.2.2.2', ascii('SIM-MAIN-1.0-SIMULATED')],
  ['2.1.2.5.3.1', ascii('SIM-WLAN-1.0')],
  ['2.1.2.5.6.3', Uint8Array.of(127, 0, 0, 1)],
  ['2.2.1.1.1.2', parseHex('00FF00FF00FF00FF')],
  ['2.3.1.1.1.1', parseHex('00000000')],
  ['2.3.1.1.1.2', parseHex('00000000')],
  ['2.3.1.2.1.1', Uint8Array.of(0x02)], // DP 1001
  ['2.3.1.2.1.2', Uint8Array.of(0x00)], // DP 1001
  [BATTERY_LEVEL, Uint8Array.of(100)], // SAMPLE
  [LOCK_STATE, Uint8Array.of(0x00)], // DP 1.2.5: only the secured command sets it
];

/** The most of a card number that may be shown (PCI DSS 3.4.1). */
const MOST_LEADING = 6;
const MOST_TRAILING = 4;

/** The tags of a list in which they stand one after the other; undefined where the last one is cut off. */
export function tagsOf(list: Uint8Array): readonly string[] | undefined {
  const tags: string[] = [];
  let at = 0;
  while (at < list.length) {
    let end = at + 1;
    if (((list[at] ?? 0) & 0x1f) === 0x1f) while (((list[end++] ?? 0) & 0x80) !== 0);
    if (end > list.length) return undefined;
    tags.push(toHex(list.subarray(at, end)));
    at = end;
  }
  return tags;
}

/** Values that a setting can have, where another one would leave a reader that nobody reaches any more, or a mask cut short. */
const allows: Readonly<Record<string, (value: Uint8Array) => boolean>> = {
  [CLIENT_LIMIT]: ([limit = 0, ...more]) => limit >= 1 && limit <= 4 && more.length === 0,
  [USER_EVENTS]: ({ length }) => length === 4,
  [BEEPER_VOLUME]: ([percent = 0xff, ...more]) => percent <= 100 && more.length === 0,
  [TERMINAL_ID]: ({ length }) => length === 8,
  [ARQC_TAGS]: (value) => tagsOf(value) !== undefined,
  [BATCH_TAGS]: (value) => tagsOf(value) !== undefined,
  [LEADING_DIGITS]: ([digits = 0xff, ...more]) => digits <= MOST_LEADING && more.length === 0,
  [TRAILING_DIGITS]: ([digits = 0xff, ...more]) => digits <= MOST_TRAILING && more.length === 0,
};

export class Properties {
  private readonly values: Map<string, Uint8Array>;
  private readonly readOnly: ReadonlySet<string>;

  /** @param serialNumber Seven hexadecimal digits; the value has four bytes with an unused last digit [PJ, D]. */
  constructor(serialNumber: string) {
    const serial = [SERIAL_NUMBER, parseHex(`${serialNumber}0`)] as const;
    this.values = new Map([...settings, ...facts, serial]);
    this.readOnly = new Set([...facts, serial].map(([oid]) => oid));
  }

  get(oid: string): Uint8Array | undefined {
    return this.values.get(oid);
  }

  /** False where there is no such setting, or it cannot have such a value. */
  set(oid: string, value: Uint8Array): boolean {
    if (!this.values.has(oid) || this.readOnly.has(oid) || allows[oid]?.(value) === false) return false;
    this.values.set(oid, value.slice());
    return true;
  }

  /** A whole number, most significant byte first; 0 where there is no such property. */
  number(oid: string): number {
    return (this.values.get(oid) ?? new Uint8Array(0)).reduce((number, byte) => number * 256 + byte, 0);
  }

  /** A fact that has changed, such as the version of new firmware; a text is ASCII. */
  changeFact(oid: string, value: string | Uint8Array): void {
    this.values.set(oid, typeof value === 'string' ? ascii(value) : value);
  }

  /** The properties of a branch, such as `1.2.7.1`, in the order of their nodes. */
  branch(prefix: string): readonly (readonly [oid: string, value: Uint8Array])[] {
    return [...this.values].filter(([oid]) => oid.startsWith(`${prefix}.`));
  }
}
