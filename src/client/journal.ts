/**
 * The record of what travelled, redacted: the source of the log.
 * It does not know elements, and nothing in it can be turned back into card data.
 */
import { describe } from '../mms/describe.js';
import type { Direction, MmsMessage } from '../mms/message.js';
import { redact, redactBytes, redactText } from '../mms/redact.js';
import type { ReaderError } from './reader-error.js';
import type { Unsubscribe } from './emitter.js';

/** One line of the record. */
export interface JournalEntry {
  /** Counts up by one from 1, also across entries that are no longer kept. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Absent for what did not travel, such as a lost connection. */
  readonly direction?: Direction;
  /** The message with every sensitive value masked; absent where there was none that could be decoded. */
  readonly message?: MmsMessage;
  /** What arrived instead of a message, redacted: hexadecimal for bytes, else text. */
  readonly data?: string;
  /** The entry in one line for people. */
  readonly text: string;
  /** Of a response: the `sequence` of its request. */
  readonly answers?: number;
  /** Of a response: how long it took. */
  readonly milliseconds?: number;
  readonly error?: ReaderError;
}

/** What is recorded, in clear; it is redacted before the task that recorded it ends. */
export interface JournalRecord {
  readonly at: number;
  readonly direction?: Direction;
  readonly message?: MmsMessage;
  readonly data?: string | Uint8Array;
  /** Added to the description of the message, or the whole line where there is none. */
  readonly note?: string;
  readonly answers?: number;
  readonly milliseconds?: number;
  readonly error?: ReaderError;
}

/** Gets the entries that are new, oldest first; an empty list when the journal was cleared. */
export type JournalListener = (added: readonly JournalEntry[]) => void;

/** Entries that a journal keeps unless told otherwise. */
export const DEFAULT_JOURNAL_SIZE = 10_000;

export class Journal {
  /** How many entries are kept; older ones go. */
  readonly size: number;
  private readonly listeners = new Set<JournalListener>();
  private readonly onError: (error: unknown) => void;
  private kept: JournalEntry[] = [];
  private recorded: (JournalRecord & { readonly sequence: number })[] = [];
  private lastSequence = 0;

  constructor(size: number, onError: (error: unknown) => void) {
    this.size = size;
    this.onError = onError;
  }

  /** The entries kept, oldest first: a copy. */
  get entries(): readonly JournalEntry[] {
    this.flush();
    return this.kept.slice(-this.size);
  }

  /**
   * Records something and returns its sequence number. Redaction and listeners wait until the running task has done its
   * work, so that they delay no answer.
   */
  add(record: JournalRecord): number {
    const sequence = ++this.lastSequence;
    if (this.recorded.length === 0) {
      queueMicrotask(() => {
        this.flush();
      });
    }
    this.recorded.push({ ...record, sequence });
    return sequence;
  }

  /** Forgets all entries; sequence numbers go on. */
  clear(): void {
    this.recorded = [];
    this.kept = [];
    this.tell([]);
  }

  subscribe(listener: JournalListener): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private flush(): void {
    if (this.recorded.length === 0) return;
    const added = this.recorded.map(toEntry);
    this.recorded = [];
    this.kept.push(...added);
    // Dropped in bulk: removing the first element for each new one would copy the whole list each time.
    if (this.kept.length > this.size * 2) this.kept = this.kept.slice(-this.size);
    this.tell(added);
  }

  private tell(added: readonly JournalEntry[]): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(added);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}

function toEntry({ message, data, note, ...facts }: JournalRecord & { readonly sequence: number }): JournalEntry {
  const words = message === undefined ? (note ?? facts.error?.message ?? '') : describe(message);
  return Object.freeze({
    ...facts,
    text: message !== undefined && note !== undefined ? `${words} (${note})` : words,
    ...(message === undefined ? {} : { message: redact(message) }),
    ...(data === undefined ? {} : { data: typeof data === 'string' ? redactText(data) : redactBytes(data) }),
  });
}
