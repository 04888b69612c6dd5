/**
 * What the panel remembers in this browser: favourites by name, and commands that were sent. A command with anything
 * sensitive in it is not remembered at all.
 * It does not know what the commands are.
 */
import { toHex } from '../../mms/hex.js';
import type { MmsRequest } from '../../mms/message.js';
import { redact } from '../../mms/redact.js';

export interface Remembered {
  readonly favourites: readonly string[];
  /** Hexadecimal, newest first. */
  readonly recent: readonly string[];
}

const KEY = 'magtek-elements/command-panel';
const MOST_RECENT = 20;
/** Digits of a command that is remembered at most. */
const LONGEST = 1000;

export const NOTHING_REMEMBERED: Remembered = Object.freeze({ favourites: [], recent: [] });

/** What was remembered; nothing where the browser keeps nothing, or something else was written there. */
export function recall(): Remembered {
  try {
    const { favourites, recent } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return { favourites: texts(favourites), recent: texts(recent).filter((hex) => /^(?:[0-9A-F]{2})+$/.test(hex)) };
  } catch {
    return NOTHING_REMEMBERED;
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function keep(remembered: Remembered): Remembered {
  try {
    localStorage.setItem(KEY, JSON.stringify(remembered));
  } catch {
    // Private windows and full storage keep nothing: the panel works without.
  }
  return remembered;
}

/** With a favourite more or less. */
export function toggleFavourite(remembered: Remembered, name: string): Remembered {
  const without = remembered.favourites.filter((favourite) => favourite !== name);
  const isNew = without.length === remembered.favourites.length;
  return keep({ ...remembered, favourites: isNew ? [...without, name] : without });
}

/** With a command that was sent. */
export function rememberSent(remembered: Remembered, request: MmsRequest): Remembered {
  if (holdsSecrets(request)) return remembered;
  const hex = toHex(request.bytes);
  if (hex.length > LONGEST) return remembered;
  const recent = [hex, ...remembered.recent.filter((other) => other !== hex)].slice(0, MOST_RECENT);
  return keep({ ...remembered, recent });
}

export const forgetSent = (remembered: Remembered): Remembered => keep({ ...remembered, recent: [] });

/** Whether redaction takes anything away. */
function holdsSecrets(request: MmsRequest): boolean {
  return toHex(redact(request).bytes) !== toHex(request.bytes);
}
