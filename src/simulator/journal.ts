/**
 * Journals of what travelled between a reader and its clients: one JSON object a line, redacted before it is written, so
 * that nothing of a card is left in a file.
 * It does not know files.
 */
import { decodeMessage } from '../mms/decode.js';
import { describe } from '../mms/describe.js';
import { parseHex } from '../mms/hex.js';
import type { Direction } from '../mms/message.js';
import { redactBytes } from '../mms/redact.js';
import type { ReaderEnd, ReaderPort } from './links.js';

/** One line of a journal. */
export interface JournalLine {
  /** Milliseconds since the recording began. */
  readonly at: number;
  readonly direction: Direction;
  /** The redacted message in hexadecimal. */
  readonly hex: string;
  /** For people. */
  readonly text: string;
}

/** A journal that cannot be read: in which line, and why. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** Counts from 1. */
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${String(line)}: ${problem}`);
    this.line = line;
  }
}

/**
 * The same reader, whose every message is told to `record`.
 * @param now Milliseconds, from any origin.
 */
export function recorded(reader: ReaderEnd, now: () => number, record: (line: JournalLine) => void): ReaderEnd {
  const start = now();
  const note = (direction: Direction, bytes: Uint8Array): void => {
    record({ at: Math.round(now() - start), direction, hex: redactBytes(bytes), text: wordsFor(bytes) });
  };
  return {
    connect(link): ReaderPort | undefined {
      const port = reader.connect({
        ...link,
        deliver: (bytes) => {
          note('from-reader', bytes);
          link.deliver(bytes);
        },
      });
      return (
        port && {
          receive: (bytes) => {
            note('to-reader', bytes);
            port.receive(bytes);
          },
          close: () => {
            port.close();
          },
        }
      );
    },
    close: () => {
      reader.close();
    },
  };
}

/** @throws {JournalError} naming the line and the field. */
export function parseJournal(text: string): readonly JournalLine[] {
  const lines = text.split(/\r?\n/).flatMap((each, at) => (each.trim() === '' ? [] : [parseLine(each, at + 1)]));
  if (lines.length === 0) throw new JournalError(1, 'the journal is empty');
  return lines;
}

function parseLine(text: string, number: number): JournalLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JournalError(number, 'is no JSON');
  }
  const { at, direction, hex, text: words = '' } = (value ?? {}) as Partial<Record<keyof JournalLine, unknown>>;
  if (typeof at !== 'number' || !(at >= 0)) throw new JournalError(number, 'at: must be milliseconds');
  if (direction !== 'to-reader' && direction !== 'from-reader') {
    throw new JournalError(number, 'direction: must be to-reader or from-reader');
  }
  if (typeof hex !== 'string' || !isHex(hex)) throw new JournalError(number, 'hex: must be hexadecimal digits');
  return { at, direction, hex, text: String(words) };
}

function isHex(text: string): boolean {
  try {
    return parseHex(text).length > 0;
  } catch {
    return false;
  }
}

function wordsFor(bytes: Uint8Array): string {
  try {
    return describe(decodeMessage(bytes));
  } catch {
    return `${String(bytes.length)} bytes that are no message`;
  }
}
