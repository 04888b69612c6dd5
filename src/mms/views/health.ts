/**
 * The condition of a reader, as its notifications and refusals report it: battery, temperature, tampering, lock, restarts.
 * Only codes that a published source explains are read.
 */
import type { MmsMessage } from '../message.js';

/** What is reported. */
export type HealthKind = 'battery' | 'temperature' | 'tamper' | 'lock' | 'restart-soon' | 'restarted';

export interface HealthDetail {
  /**
   * `battery` is low, or fully charged where `level` is 100; `temperature` is out of its limits; `tamper`: the reader says that
   * it was tampered with; `lock`: it is locked and rejects commands; `restart-soon`: it will restart or is about to;
   * `restarted`: it has.
   */
  readonly kind: HealthKind;
  /** Percent that are left of the battery, or degrees Celsius; absent where the reader does not say. */
  readonly level?: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** By the name of the notification [PJ, DP 1001, MG p167]; the last byte of the detail is the level where `level` says so. */
const notifications: Readonly<Record<string, { readonly kind: HealthKind; readonly level?: 'last-byte' | number }>> = {
  'low-battery': { kind: 'battery', level: 'last-byte' },
  'low-battery-again': { kind: 'battery' },
  'battery-charged': { kind: 'battery', level: 100 },
  'temperature-low': { kind: 'temperature', level: 'last-byte' },
  'temperature-high': { kind: 'temperature', level: 'last-byte' },
  'device-reset-soon': { kind: 'restart-soon' },
  'device-resetting': { kind: 'restart-soon' },
  'device-reset': { kind: 'restarted' },
};

/** By the code with which the reader refuses a command. */
const refusals: Readonly<Record<string, HealthKind>> = { 'device-tampered': 'tamper', 'device-locked': 'lock' };

/** What a message says about the condition of the reader; undefined for others. */
export function readHealth(message: MmsMessage, at: number): HealthDetail | undefined {
  if (message.kind === 'response') {
    const kind = Object.hasOwn(refusals, message.status.code) ? refusals[message.status.code] : undefined;
    return kind && { kind, at };
  }
  const known = message.kind === 'notification' && Object.hasOwn(notifications, message.name);
  const reported = known ? notifications[message.name] : undefined;
  if (message.kind !== 'notification' || !reported) return undefined;
  const { kind, level } = reported;
  const value = level === 'last-byte' ? message.detail[3] : level;
  return value === undefined ? { kind, at } : { kind, level: value, at };
}

/** What of the condition still holds, newest last. */
export type Health = readonly HealthDetail[];

/** The condition after something was reported: it replaces what was known of its kind, and what it ends. */
export function withHealth(health: Health, reported: HealthDetail): Health {
  // A restart ends what was announced, and says again what still holds.
  if (reported.kind === 'restarted') return [reported];
  const others = health.filter(({ kind }) => kind !== reported.kind && kind !== 'restarted');
  return reported.kind === 'battery' && reported.level === 100 ? others : [...others, reported];
}

/** Whether a restart is announced that has not come yet. */
export const isRestartAnnounced = (health: Health | undefined): boolean =>
  health?.some(({ kind }) => kind === 'restart-soon') ?? false;
