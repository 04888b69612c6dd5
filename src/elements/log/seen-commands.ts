/**
 * The command and notification numbers that a journal has had, for a list to filter by, and their names.
 */
import { hexOfByte } from '../../mms/hex.js';
import { commandTitle } from '../../mms/tables/command-titles.js';
import type { EntrySource } from './log-view.js';

/** Entries that are looked at before the clock is. */
const LOOK_AT_CLOCK = 64;

export class SeenCommands {
  private readonly source: EntrySource;
  private readonly ids = new Set<number>();
  private upTo: number;

  constructor(source: EntrySource) {
    this.source = source;
    this.upTo = source.start;
  }

  /** The numbers, lowest first. */
  get list(): readonly number[] {
    return [...this.ids].sort((a, b) => a - b);
  }

  /**
   * Looks at new entries, while there is time.
   * @returns whether all have been looked at.
   */
  update(hasTime: () => boolean): boolean {
    const { source } = this;
    this.upTo = Math.max(this.upTo, source.start);
    while (this.upTo < source.end) {
      const message = source.at(this.upTo++)?.message;
      if (message) this.ids.add(message.id);
      if (this.upTo % LOOK_AT_CLOCK === 0 && !hasTime()) return false;
    }
    return true;
  }
}

/** The name of a command, or its number where no source names it. */
export const commandLabel = (id: number): string => commandTitle(id) ?? numberText(id);

/** A command number as sources write it: four hexadecimal digits. */
const numberText = (id: number): string => `${hexOfByte[id >> 8] ?? ''}${hexOfByte[id & 0xff] ?? ''}`;
