/**
 * Key serial numbers: which one a simulated reader begins with, and which one follows another.
 * It does not know keys.
 */
import { parseHex, toHex } from '../mms/hex.js';

/** What begins the key serial numbers of simulated readers: the first three bytes of the standard's own test numbers. */
const KEY_SET = 'FFFF98';
/** Bits between the serial number and the counter. */
const LOADING_BITS = 7;
/** Bits of the counter that a run of its own may begin at: the first half, so that as many numbers are left. */
const START_BITS = 20;

/** How the last bytes of a key serial number count. */
export interface CounterRule {
  readonly bits: number;
  /** Counters with more bits set are skipped. */
  readonly mostOnes: number;
}

/**
 * The key serial number that a reader was loaded with: the serial number of the reader stands in it, so that no two readers
 * have one in common.
 * @param run A number from 0 up to but not including 1 for a run with numbers of its own, which begins anywhere; undefined for
 * the first loading and the counter at zero.
 */
export function loadedKsn(serialNumber: string, run?: number): Uint8Array {
  const place = run === undefined ? 0 : Math.floor(run * 2 ** (LOADING_BITS + START_BITS));
  const loading = Math.floor(place / 2 ** START_BITS);
  const tail = loading * 2 ** (START_BITS + 1) + (place % 2 ** START_BITS);
  return parseHex(`${KEY_SET}${serialNumber}${tail.toString(16).padStart(7, '0')}`);
}

const onesOf = (value: number): number => value.toString(2).replaceAll('0', '').length;

/** The next one with a counter that is used; undefined where the counter is at its end. */
export function ksnAfter(ksn: Uint8Array, { bits, mostOnes }: CounterRule): Uint8Array | undefined {
  const limit = 2 ** bits;
  const tail = parseInt(toHex(ksn.subarray(-4)), 16);
  const fixed = tail - (tail % limit);
  let counter = tail % limit;
  do counter = nextCandidate(counter, mostOnes);
  while (onesOf(counter) > mostOnes);
  if (counter >= limit) return undefined;
  const next = ksn.slice();
  new DataView(next.buffer).setUint32(next.length - 4, fixed + counter);
  return next;
}

/** Where too many bits are set already, adding the lowest of them takes the fewest steps to a counter that has fewer. */
function nextCandidate(counter: number, mostOnes: number): number {
  if (onesOf(counter) < mostOnes) return counter + 1;
  let lowest = 1;
  while (Math.floor(counter / lowest) % 2 === 0) lowest *= 2;
  return counter + lowest;
}
