/**
 * The settings and facts of the simulated reader, kept over a restart as a reader keeps them.
 * It does not know messages.
 */
import { parseHex } from '../mms/hex.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Properties that act only after a restart [MG p235]. */
export const USER_EVENTS = '1.2.7.1.2.1';
/** Number of clients, 1 to 4 [S, PJ]; acts only after a restart [D]. */
export const CLIENT_LIMIT = '1.2.2.1.1.A';
/** Device-driven fallback to the stripe [DP 1.2.1]. */
export const DEVICE_DRIVEN_FALLBACK = '1.2.1.1.1.1';
/** Whether the cardholder chooses among several applications on the display: 00 no, 03 yes [PJ]. */
export const APPLICATION_SELECTION = '1.2.1.1.1.2';
/** Whether a restart is told: 00 never, FF once, else every so many seconds until it is acknowledged [DP 1.2.7]. */
export const RESET_NOTICE = '1.2.7.1.1.1';
export const RESET_ACKNOWLEDGED = '1.2.7.1.1.2';
const SERIAL_NUMBER = '2.2.1.1.1.1';

/** Settings as they leave the factory; those without a source are not confirmed. */
const settings: readonly (readonly [oid: string, value: Uint8Array])[] = [
  ['1.1.1.1.1.1', ascii('00000000')], // DP 1.1.1
  [DEVICE_DRIVEN_FALLBACK, Uint8Array.of(0x01)], // DP 1.2.1
  [APPLICATION_SELECTION, Uint8Array.of(0x00)], // PJ
  ['1.2.2.1.1.8', ascii('Simulated reader')], // not confirmed
  [CLIENT_LIMIT, Uint8Array.of(0x04)], // S, PJ
  ['1.2.2.1.1.11', Uint8Array.of(0x02)], // PJ
  ['1.2.3.1.2.1', Uint8Array.of(0x00)], // PJ
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
];

/** Values that a setting can have, where another one would leave a reader that nobody reaches any more, or a mask cut short. */
const allows: Readonly<Record<string, (value: Uint8Array) => boolean>> = {
  [CLIENT_LIMIT]: ([limit = 0, ...more]) => limit >= 1 && limit <= 4 && more.length === 0,
  [USER_EVENTS]: ({ length }) => length === 4,
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

  /** The properties of a branch, such as `1.2.7.1`, in the order of their nodes. */
  branch(prefix: string): readonly (readonly [oid: string, value: Uint8Array])[] {
    return [...this.values].filter(([oid]) => oid.startsWith(`${prefix}.`));
  }
}
