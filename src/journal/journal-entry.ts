/**
 * One line of the record, redacted before it is kept.
 * It does not know the journal that keeps it, nor anything that could be turned back into card data.
 */
import { decodeMessage } from '../mms/decode.js';
import { describe } from '../mms/describe.js';
import { toHex } from '../mms/hex.js';
import type { Direction, MmsMessage } from '../mms/message.js';
import { redactBytes, redactInPlace, redactText, redactWords } from '../mms/redact.js';
import { present } from '../connection/present.js';
import type { ReaderError, ReaderErrorCode } from '../connection/reader-error.js';

/** One line of the record. `JSON.stringify` gives the form in which it is exported, see {@link JournalLine}. */
export interface JournalEntry {
  /** Counts up by one from 1, also across entries that are no longer kept. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Absent for what did not travel, such as a lost connection. */
  readonly direction?: Direction;
  /**
   * The message with every sensitive value masked, decoded anew each time; undefined where there was none that could be
   * decoded.
   */
  readonly message?: MmsMessage | undefined;
  /** Something in the message was masked: it cannot be sent as it was. Undefined where there is no message, or nobody knows. */
  readonly isMasked?: boolean;
  /** What arrived instead of a message, redacted: hexadecimal for bytes, else text. */
  readonly data?: string;
  /** The entry in one line for people. */
  readonly text: string;
  /** What the client had to say besides the description of the message. */
  readonly note?: string;
  /** Of a response: the `sequence` of its request. */
  readonly answers?: number;
  /** Of a response: how long it took. */
  readonly milliseconds?: number;
  readonly error?: ReaderError;
  toJSON(): JournalLine;
}

/** An entry as plain data: one line of an exported journal. */
export interface JournalLine {
  readonly sequence: number;
  readonly at: number;
  readonly direction?: Direction;
  /** The redacted message, upper-case hexadecimal. */
  readonly message?: string;
  /** Whether something in it was masked. */
  readonly masked?: boolean;
  readonly data?: string;
  /** For people who read the file; it is made again on import. */
  readonly text: string;
  readonly note?: string;
  readonly answers?: number;
  readonly milliseconds?: number;
  readonly error?: { readonly code: ReaderErrorCode; readonly detail: string };
}

/** What is recorded, in clear; it is redacted before the task that recorded it ends. */
export interface JournalRecord {
  readonly at: number;
  readonly direction?: Direction;
  readonly message?: MmsMessage;
  /** Whether something in the message had been masked before, where it is not recorded for the first time; null where nobody knows. */
  readonly wasMasked?: boolean | null;
  readonly data?: string | Uint8Array;
  /** Added to the description of the message, or the whole line where there is none. */
  readonly note?: string;
  readonly answers?: number;
  readonly milliseconds?: number;
  readonly error?: ReaderError;
}

/** Takes the bytes of one message after the other into blocks, so that many small messages cost little more than their bytes. */
export class ByteStore {
  private block = new Uint8Array(0);
  private used = 0;

  /** A copy that stays, in a block with others. A block goes when none of its copies is used any more. */
  keep(bytes: Uint8Array): Uint8Array {
    // Not `slice`: that of a Buffer in Node shares its memory.
    if (bytes.length > BLOCK_SIZE / 4) return new Uint8Array(bytes);
    if (this.used + bytes.length > this.block.length) {
      this.block = new Uint8Array(BLOCK_SIZE);
      this.used = 0;
    }
    const kept = this.block.subarray(this.used, (this.used += bytes.length));
    kept.set(bytes);
    return kept;
  }
}

const BLOCK_SIZE = 65_536;

/** Characters of text, or bytes, that are kept of something that is not a message. */
const MOST_NOISE = 4_096;
/** Those behind them that are looked at, so that a card number that is cut there is masked like any other. */
const BEHIND = 1_024;

/** The beginning of what is not a message, redacted; hexadecimal digits for bytes. */
function redactedNoise(data: string | Uint8Array): string {
  if (data.length <= MOST_NOISE) return typeof data === 'string' ? redactText(data) : redactBytes(data);
  const length = String(data.length);
  // Redacted text is as long as the original.
  return typeof data === 'string'
    ? `${redactText(data.slice(0, MOST_NOISE + BEHIND)).slice(0, MOST_NOISE)}… (${length} characters)`
    : `${redactBytes(data.subarray(0, MOST_NOISE + BEHIND)).slice(0, 2 * MOST_NOISE)}… (${length} bytes)`;
}

/** What an entry costs besides its bytes and characters, about. */
const FIXED_COST = 200;

/** An entry that keeps the redacted bytes of its message; the message is decoded when somebody looks. */
export class KeptEntry implements JournalEntry {
  readonly sequence: number;
  readonly at: number;
  declare readonly direction?: Direction;
  declare readonly isMasked?: boolean;
  declare readonly data?: string;
  declare readonly note?: string;
  declare readonly answers?: number;
  declare readonly milliseconds?: number;
  declare readonly error?: ReaderError;
  /** Where the bytes of the message are: a view of them would cost more than most messages. */
  declare private readonly block?: ArrayBufferLike;
  declare private readonly start: number;
  declare private readonly length: number;

  constructor(sequence: number, record: JournalRecord, store: ByteStore) {
    const { at, direction, message, wasMasked = false, data, note, answers, milliseconds, error } = record;
    this.sequence = sequence;
    this.at = at;
    if (message) {
      // Where they are kept: a copy of each message to redact, and views of that, would cost as much as all else here.
      const { bytes } = redactInPlace(store.keep(message.bytes));
      this.block = bytes.buffer;
      this.start = bytes.byteOffset;
      this.length = bytes.length;
      // A loop: a function called for each byte takes a tenth of the time of an entry.
      let same = 0;
      while (same < bytes.length && bytes[same] === message.bytes[same]) same++;
      const isChanged = same < bytes.length;
      if (isChanged || wasMasked !== null) this.isMasked = isChanged || wasMasked === true;
    }
    // What is absent has no property: most entries have few of these.
    if (direction !== undefined) this.direction = direction;
    if (data !== undefined) this.data = redactedNoise(data);
    if (note !== undefined) this.note = redactText(note);
    if (answers !== undefined) this.answers = answers;
    if (milliseconds !== undefined) this.milliseconds = milliseconds;
    if (error !== undefined) this.error = error;
    Object.freeze(this);
  }

  private get bytes(): Uint8Array | undefined {
    return this.block && new Uint8Array(this.block, this.start, this.length);
  }

  get message(): MmsMessage | undefined {
    return this.block && decodeMessage(this.bytes as Uint8Array);
  }

  get text(): string {
    const { message, note, error } = this;
    if (message === undefined) return note ?? redactText(error?.message ?? '');
    // What is no number in its bytes may read as one, such as the identifier of a property.
    const text = redactWords(describe(message));
    return note === undefined ? text : `${text} (${note})`;
  }

  /** Bytes of memory, about. */
  get cost(): number {
    return FIXED_COST + (this.block ? this.length : 0) + 2 * ((this.data?.length ?? 0) + (this.note?.length ?? 0));
  }

  toJSON(): JournalLine {
    const { sequence, at, direction, bytes, isMasked: masked, data, text, note, answers, milliseconds, error } = this;
    return present({
      sequence,
      at,
      direction,
      message: bytes && toHex(bytes),
      masked,
      data,
      text,
      note,
      answers,
      milliseconds,
      error: error && { code: error.code, detail: redactText(error.detail) },
    });
  }
}
