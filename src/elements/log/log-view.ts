/**
 * The rows of a log: the entries of a journal that fit a filter, found in steps so that a page stays usable meanwhile.
 * It does not know how rows are shown.
 */
import type { JournalEntry } from '../../journal/journal.js';
import { compileFilter, patternOf, SHOW_ALL, type LogFilter, type SearchTools } from './log-filter.js';

/** What is used of a journal. */
export interface EntrySource {
  readonly start: number;
  readonly end: number;
  at(position: number): JournalEntry | undefined;
}

/** Entries that are looked at before the time is looked at. */
const STEP = 100;

export class LogView {
  private readonly source: EntrySource;
  private readonly max: number;
  private readonly step: number;
  private test: ((entry: JournalEntry) => boolean) | undefined;
  /** Positions that fit, oldest first; not used where all fit. The first `gone` of them are no longer kept. */
  private fitting: number[] = [];
  private gone = 0;
  /** Position up to which entries have been looked at. */
  private seen: number;

  /** @param max How many rows there are at most; older ones go. */
  constructor(source: EntrySource, max: number, filter: LogFilter = SHOW_ALL, tools?: SearchTools) {
    this.source = source;
    this.max = max;
    this.test = compileFilter(filter, tools);
    // A pattern takes longer.
    this.step = patternOf(filter.search) ? 1 : STEP;
    this.seen = source.start;
  }

  get isFiltered(): boolean {
    return this.test !== undefined;
  }

  /** How many rows there are. */
  get length(): number {
    return this.test ? this.fitting.length - this.gone : this.seen - this.oldest;
  }

  /** Position of the entry of a row. */
  position(row: number): number {
    return this.test ? (this.fitting[this.gone + row] ?? -1) : this.oldest + row;
  }

  at(row: number): JournalEntry | undefined {
    return this.source.at(this.position(row));
  }

  /** The first row whose entry is at this position or behind it. */
  rowFrom(position: number): number {
    if (!this.test) return Math.min(Math.max(position - this.oldest, 0), this.length);
    let low = this.gone;
    let high = this.fitting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.fitting[middle] as number) < position) low = middle + 1;
      else high = middle;
    }
    return low - this.gone;
  }

  /** The row of an entry; undefined where it is not among the rows. */
  rowOf(position: number): number | undefined {
    const row = this.rowFrom(position);
    return row < this.length && this.position(row) === position ? row : undefined;
  }

  /**
   * Takes what is new, up to a position, while there is time.
   * @returns whether everything has been looked at.
   */
  update(limit: number, hasTime: () => boolean): boolean {
    this.seen = Math.max(this.seen, this.source.start);
    const { test } = this;
    if (!test) {
      this.seen = Math.max(this.seen, limit);
      return true;
    }
    while (this.seen < limit) {
      const end = Math.min(this.seen + this.step, limit);
      for (; this.seen < end; this.seen++) {
        const entry = this.source.at(this.seen);
        if (entry && test(entry)) this.fitting.push(this.seen);
      }
      if (!hasTime()) break;
    }
    this.trim();
    return this.seen >= limit;
  }

  private get oldest(): number {
    return Math.max(this.source.start, this.seen - this.max);
  }

  /** Forgets rows whose entries are not kept any more, and those above the maximum; in bulk, as each removal copies. */
  private trim(): void {
    while (this.gone < this.fitting.length && (this.fitting[this.gone] as number) < this.source.start) this.gone++;
    this.gone = Math.max(this.gone, this.fitting.length - this.max);
    if (this.gone > 1000 && this.gone > this.fitting.length / 2) {
      this.fitting = this.fitting.slice(this.gone);
      this.gone = 0;
    }
  }
}
