/**
 * The panel's memory in this browser: favourites by name, and commands that were sent. A command with anything sensitive in it
 * is not remembered at all.
 */
import type { ReactiveControllerHost } from 'lit';
import { toHex } from '../../mms/hex.js';
import type { MmsRequest } from '../../mms/message.js';
import { redact } from '../../mms/redact.js';

interface Remembered {
  readonly favourites: readonly string[];
  /** Hexadecimal, newest first. */
  readonly recent: readonly string[];
}

const KEY = 'magtek-elements/command-panel';
const MOST_RECENT = 20;
/** Digits of a command that is remembered at most. */
const LONGEST = 1000;

const NOTHING: Remembered = Object.freeze({ favourites: [], recent: [] });

export class PanelMemory {
  private readonly host: ReactiveControllerHost;
  private remembered = NOTHING;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
  }

  /** Names of commands. */
  get favourites(): readonly string[] {
    return this.remembered.favourites;
  }

  /** Commands that were sent, hexadecimal, newest first. */
  get recent(): readonly string[] {
    return this.remembered.recent;
  }

  /** Reads what this browser has kept. */
  recall(): void {
    this.remembered = recall();
    this.host.requestUpdate();
  }

  /** Makes a command a favourite, or no favourite any more. */
  toggleFavourite(name: string): void {
    const without = this.favourites.filter((favourite) => favourite !== name);
    const isNew = without.length === this.favourites.length;
    this.change({ favourites: isNew ? [...without, name] : without });
  }

  sent(request: MmsRequest): void {
    if (holdsSecrets(request)) return;
    const hex = toHex(request.bytes);
    if (hex.length > LONGEST) return;
    this.change({ recent: [hex, ...this.recent.filter((other) => other !== hex)].slice(0, MOST_RECENT) });
  }

  forgetSent(): void {
    this.change({ recent: [] });
  }

  private change(change: Partial<Remembered>): void {
    this.remembered = { ...this.remembered, ...change };
    keep(this.remembered);
    this.host.requestUpdate();
  }
}

/** What was remembered; nothing where the browser keeps nothing, or something else was written there. */
function recall(): Remembered {
  try {
    const { favourites, recent } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return { favourites: texts(favourites), recent: texts(recent).filter((hex) => /^(?:[0-9A-F]{2})+$/.test(hex)) };
  } catch {
    return NOTHING;
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function keep(remembered: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(remembered));
  } catch {
    // Private windows and full storage keep nothing: the panel works without.
  }
}

/** Whether redaction takes anything away. */
function holdsSecrets(request: MmsRequest): boolean {
  return toHex(redact(request).bytes) !== toHex(request.bytes);
}
