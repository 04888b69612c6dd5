/**
 * What a simulated reader is made with. It does not know what the reader does with it.
 */
import { systemClock, type SimulatorClock } from './clock.js';
import type { CardEncryption } from './encryption.js';
import type { Audience } from './links.js';

export interface SimulatedReaderOptions {
  /** The same seed gives the same card data. Default 1. */
  readonly seed?: number;
  /** Seven hexadecimal digits. Default `B571AF2`. */
  readonly serialNumber?: string;
  /** How many clients may be connected, 1 to 4. Default 4. */
  readonly clients?: number;
  /** Whether the reader shows texts itself; without a display it asks its host to. Default true. */
  readonly display?: boolean;
  /** Whether the reader answers a chip card itself, or waits for the host’s decision (command 1004). Default `quick-chip`. */
  readonly flow?: 'quick-chip' | 'full-emv';
  /** Milliseconds before each message goes out. Default 0. */
  readonly latency?: number;
  /** Milliseconds between the steps of a sale. Default 60. */
  readonly pace?: number;
  /** Milliseconds that a restart takes. Default 300. */
  readonly restartTime?: number;
  /** Who gets notifications. Default `all`. */
  readonly audience?: Audience;
  /** How card data are encrypted. Default: seeded noise, which nobody can decrypt. */
  readonly encryption?: CardEncryption;
  /** Timers. Default: those of the platform. */
  readonly clock?: SimulatorClock;
}

/** Every option, except how card data are encrypted, which has no plain default. */
export type SimulatedReaderSettings = Required<Omit<SimulatedReaderOptions, 'encryption'>>;

/**
 * The options with their defaults.
 * @throws {RangeError} for a serial number or a number of clients that no reader has.
 */
export function settingsOf(options: SimulatedReaderOptions): SimulatedReaderSettings {
  const settings = {
    seed: 1,
    serialNumber: 'B571AF2',
    clients: 4,
    display: true,
    flow: 'quick-chip',
    latency: 0,
    pace: 60,
    restartTime: 300,
    audience: 'all',
    clock: systemClock,
    ...options,
  } as const;
  const { clients, serialNumber } = settings;
  if (!/^[0-9A-F]{7}$/.test(serialNumber)) throw new RangeError('serialNumber must be seven hexadecimal digits');
  if (!Number.isInteger(clients) || clients < 1 || clients > 4) throw new RangeError('clients must be 1 to 4');
  return settings;
}
