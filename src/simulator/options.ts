/**
 * Options of a simulated reader, and their defaults.
 */
import { toHex } from '../mms/hex.js';
import { systemClock, type SimulatorClock } from './clock.js';
import { dukptEncryption } from './dukpt.js';
import type { CardEncryption } from './encryption.js';
import { loadedKsn } from './key-serial-number.js';
import type { Audience } from './links.js';
import { SeededRandom } from './random.js';

export interface SimulatedReaderOptions {
  /**
   * The same seed gives the same card data, and key serial numbers from the first one on. Without one each reader has
   * cryptograms and key serial numbers of its own, so that no card data come twice.
   */
  readonly seed?: number;
  /** Seven hexadecimal digits. Default `B571AF2`. */
  readonly serialNumber?: string;
  /** How many clients may be connected, 1 to 4. Default 4. */
  readonly clients?: number;
  /** Whether the reader shows texts itself; without a display it asks its host to. Default true. */
  readonly display?: boolean;
  /** Whether the reader answers a chip card itself, or waits for the host’s decision (command 1004). Default `quick-chip`. */
  readonly flow?: 'quick-chip' | 'full-emv';
  /**
   * Who has the stripe read where the chip cannot be: the `reader` itself, or the `host` (property 1.2.1.1.1.1 on or off). Default
   * `reader`.
   */
  readonly fallback?: 'reader' | 'host';
  /** Milliseconds before each message goes out. Default 0. */
  readonly latency?: number;
  /** Milliseconds between the steps of a sale. Default 60. */
  readonly pace?: number;
  /** Milliseconds that a restart takes. Default 300. */
  readonly restartTime?: number;
  /** Who gets notifications. Default `all`. */
  readonly audience?: Audience;
  /** Day of the sales, year, month and day in six digits (9A). Default: today; with a seed always the same day. */
  readonly date?: string;
  /** How card data are encrypted. Default: DUKPT with triple DES under the standard’s test key, see {@link dukptEncryption}. */
  readonly encryption?: CardEncryption;
  /** Timers. Default: those of the platform. */
  readonly clock?: SimulatorClock;
}

/** The day of a reader with a seed. */
const SEEDED_DATE = '260101';

/** Every option with its default. */
export type SimulatedReaderSettings = Required<SimulatedReaderOptions>;

/**
 * The options with their defaults.
 * @throws {RangeError} for a serial number or a number of clients that no reader has.
 */
export function settingsOf(options: SimulatedReaderOptions): SimulatedReaderSettings {
  const { seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 } = options;
  const settings = {
    serialNumber: 'B571AF2',
    clients: 4,
    display: true,
    flow: 'quick-chip',
    fallback: 'reader',
    latency: 0,
    pace: 60,
    restartTime: 300,
    audience: 'all',
    clock: systemClock,
    date: options.seed === undefined ? new Date().toISOString().slice(2, 10).replaceAll('-', '') : SEEDED_DATE,
    ...options,
    seed,
  } as const;
  const { clients, date, serialNumber } = settings;
  if (!/^\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(date))
    throw new RangeError('date must be six digits, YYMMDD');
  if (!/^[0-9A-F]{7}$/.test(serialNumber)) throw new RangeError('serialNumber must be seven hexadecimal digits');
  if (!Number.isInteger(clients) || clients < 1 || clients > 4) throw new RangeError('clients must be 1 to 4');
  const run = options.seed === undefined ? new SeededRandom(seed).next() : undefined;
  return { encryption: dukptEncryption({ ksn: toHex(loadedKsn(serialNumber, run)) }), ...settings };
}
