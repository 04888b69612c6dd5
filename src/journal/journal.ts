/**
 * The record of what travelled, redacted: the source of the log.
 * It keeps the newest entries in a ring; it does not know elements, nor how entries are shown or stored.
 */
import { ByteStore, KeptEntry, type JournalEntry, type JournalRecord } from './journal-entry.js';
import type { Unsubscribe } from '../connection/environment.js';

export type { JournalEntry, JournalLine, JournalRecord } from './journal-entry.js';

/** Gets the entries that are new, oldest first; an empty list when the journal was cleared. */
export type JournalListener = (added: readonly JournalEntry[]) => void;

/** Entries that a journal keeps unless told otherwise. */
export const DEFAULT_JOURNAL_SIZE = 10_000;

/** Bytes that the entries may take together: large messages, such as files, go sooner than many small ones. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Records that wait for redaction at most; more than that only come where a task never ends. */
const MOST_WAITING = 1000;

/** A record that waits for redaction. It is not copied: who records something makes a record of its own for it. */
type Waiting = readonly [sequence: number, record: JournalRecord];

export interface JournalOptions {
  /** How many entries are kept; older ones go. Default {@link DEFAULT_JOURNAL_SIZE}. */
  readonly size?: number;
  /** See {@link Journal.sink}. */
  readonly sink?: JournalListener | undefined;
  /** Gets what a listener or the sink throws. */
  readonly onError?: (error: unknown) => void;
}

/**
 * A bounded record. Entries have positions, counted from 0 and never used twice: those from {@link start} up to but not
 * including {@link end} are kept.
 */
export class Journal {
  /** How many entries are kept; older ones go. */
  readonly size: number;
  /**
   * The page's own logging: gets every batch of redacted entries, before the listeners, and nothing when the journal is
   * cleared. It stays the page's business to store or send them.
   */
  sink: JournalListener | undefined;
  private readonly listeners = new Set<JournalListener>();
  private readonly onError: (error: unknown) => void;
  private readonly slots: (KeptEntry | undefined)[] = [];
  private store = new ByteStore();
  private recorded: Waiting[] = [];
  private lastSequence = 0;
  private cost = 0;
  private first = 0;
  private next = 0;

  /** @throws {RangeError} where `size` is not a whole number above 0. */
  constructor({ size = DEFAULT_JOURNAL_SIZE, sink, onError = () => undefined }: JournalOptions = {}) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError('the size of a journal must be a whole number above 0');
    this.size = size;
    this.sink = sink;
    this.onError = onError;
  }

  /** Position of the oldest entry kept; equals {@link end} where there is none. */
  get start(): number {
    return this.first;
  }

  /** Position that the next entry will have. */
  get end(): number {
    return this.next;
  }

  /** The entry at a position; undefined where it is not kept. */
  at(position: number): JournalEntry | undefined {
    return position >= this.first && position < this.next ? this.slots[position % this.size] : undefined;
  }

  /** Position of the entry with a sequence number; undefined where it is not kept. */
  positionOf(sequence: number): number | undefined {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.at(middle)?.sequence ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return this.at(low)?.sequence === sequence ? low : undefined;
  }

  /** The entries kept, oldest first: a copy. */
  get entries(): readonly JournalEntry[] {
    this.flush();
    return Array.from({ length: this.next - this.first }, (_, index) => this.at(this.first + index) as JournalEntry);
  }

  /**
   * Records something and returns its sequence number. Redaction and listeners wait until the running task has done its
   * work, so that they delay no answer.
   */
  add(record: JournalRecord): number {
    const sequence = ++this.lastSequence;
    const waiting = this.recorded.push([sequence, record]);
    // A reaction of a promise: browsers wrap each callback of `queueMicrotask`, which costs as much as half a redaction.
    if (waiting === 1) void Promise.resolve().then(this.flush);
    else if (waiting >= MOST_WAITING) this.flush();
    return sequence;
  }

  /**
   * Takes records under the sequence numbers that they had, as an exported journal has them.
   * @throws {RangeError} where a number is not higher than the one before.
   */
  load(records: Iterable<JournalRecord & { readonly sequence: number }>): void {
    for (const record of records) {
      if (!(record.sequence > this.lastSequence)) throw new RangeError('sequence numbers must count up');
      this.lastSequence = record.sequence;
      if (this.recorded.push([record.sequence, record]) >= MOST_WAITING) this.flush();
    }
    this.flush();
  }

  /** Forgets all entries; sequence numbers and positions go on. */
  clear(): void {
    this.keep();
    this.first = this.next;
    this.slots.length = 0;
    this.store = new ByteStore();
    this.cost = 0;
    this.tell([]);
  }

  subscribe(listener: JournalListener): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Redacts and keeps what was recorded; gives what is kept. */
  private keep(): KeptEntry[] {
    const kept: KeptEntry[] = [];
    // Taken out first: an entry that cannot be kept must not come again.
    const { recorded } = this;
    this.recorded = [];
    for (const [sequence, record] of recorded) {
      const entry = this.entryOf(sequence, record);
      if (!entry) continue;
      kept.push(entry);
      if (this.next - this.first === this.size) this.dropOldest();
      this.slots[this.next % this.size] = entry;
      this.next++;
      this.cost += entry.cost;
      while (this.cost > MOST_BYTES && this.next - this.first > 1) this.dropOldest();
    }
    return kept;
  }

  /** Undefined where it cannot be kept: that costs no other entry, and no answer. */
  private entryOf(sequence: number, record: JournalRecord): KeptEntry | undefined {
    try {
      return new KeptEntry(sequence, record, this.store);
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }

  private dropOldest(): void {
    const slot = this.first % this.size;
    this.cost -= this.slots[slot]?.cost ?? 0;
    this.slots[slot] = undefined;
    this.first++;
  }

  private readonly flush = (): void => {
    const added = this.keep();
    if (added.length === 0) return;
    this.call(this.sink, added);
    this.tell(added);
  };

  private tell(added: readonly JournalEntry[]): void {
    for (const listener of [...this.listeners]) this.call(listener, added);
  }

  private call(listener: JournalListener | undefined, added: readonly JournalEntry[]): void {
    try {
      listener?.(added);
    } catch (error) {
      this.onError(error);
    }
  }
}
