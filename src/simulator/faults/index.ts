/**
 * The faults by name.
 */
import { busy } from './busy.js';
import { drop } from './drop.js';
import { duplicate } from './duplicate.js';
import type { Fault } from './fault.js';
import { foreign } from './foreign.js';
import { full } from './full.js';
import { garbage } from './garbage.js';
import { halfOpen } from './half-open.js';
import { lowBattery } from './low-battery.js';
import { mute } from './mute.js';
import { offline } from './offline.js';
import { reset } from './reset.js';
import { slow } from './slow.js';
import { truncated } from './truncated.js';
import { wrongReference } from './wrong-reference.js';

export const faults = {
  mute,
  slow,
  busy,
  drop,
  garbage,
  truncated,
  duplicate,
  'wrong-reference': wrongReference,
  foreign,
  'low-battery': lowBattery,
  reset,
  full,
  'half-open': halfOpen,
  offline,
} as const satisfies Readonly<Record<string, Fault>>;

/** Name of a fault. */
export type FaultName = keyof typeof faults;

/** @throws {RangeError} naming those that exist. */
export function faultOf(name: string): Fault {
  const fault = Object.hasOwn(faults, name) ? faults[name as FaultName] : undefined;
  if (!fault) throw new RangeError(`there is no fault “${name}”: ${Object.keys(faults).join(', ')}`);
  return fault;
}
