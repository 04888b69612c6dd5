/**
 * An exported journal: JSON lines, the first of which says what the file is. Anybody may have changed it meanwhile: every
 * line is checked, and redacted again, before it is used.
 * It does not know where the text comes from or goes to.
 */
import { decodeMessage } from '../mms/decode.js';
import type { Direction, MmsMessage } from '../mms/message.js';
import { Journal } from './journal.js';
import type { JournalEntry, JournalRecord } from './journal-entry.js';
import { ReaderError, readerErrors, type ReaderErrorCode } from '../connection/reader-error.js';

/** The first line. A file of another version is refused rather than misread. */
const HEADER = { format: 'magtek-elements journal', version: 1 } as const;

/** Why a file is not an exported journal. */
export class JournalFileError extends Error {
  /** Line that is wrong, counted from 1. */
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`Line ${String(line)}: ${problem}`);
    this.name = 'JournalFileError';
    this.line = line;
  }
}

/** Entries as a text of JSON lines, each ended by a line feed. It holds what the log shows, and nothing in clear. */
export function exportJournal(entries: Iterable<JournalEntry>): string {
  let text = `${JSON.stringify(HEADER)}\n`;
  for (const entry of entries) text += `${JSON.stringify(entry)}\n`;
  return text;
}

/**
 * A journal of its own with the entries of an exported one, under their old numbers and times.
 * @throws {JournalFileError} at the first line that is wrong; nothing is taken then.
 */
export function importJournal(text: string): Journal {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  checkHeader(lines[0] ?? '');
  const records: Numbered[] = [];
  let last = 0;
  for (let index = 1; index < lines.length; index++) {
    const record = readLine(lines[index] as string, index + 1);
    if (record.sequence <= last)
      throw new JournalFileError(index + 1, '“sequence” must be higher than on the line before.');
    last = record.sequence;
    records.push(record);
  }
  const journal = new Journal({ size: Math.max(records.length, 1) });
  journal.load(records);
  return journal;
}

type Numbered = JournalRecord & { readonly sequence: number };
type Fields = Readonly<Record<string, unknown>>;

function checkHeader(line: string): void {
  const { format, version } = parseObject(line, 1);
  if (format !== HEADER.format) throw new JournalFileError(1, 'this is not an exported log of these elements.');
  if (version !== HEADER.version) {
    throw new JournalFileError(
      1,
      `the file is of version ${String(version)}; version ${String(HEADER.version)} can be read.`,
    );
  }
}

function parseObject(line: string, number: number): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new JournalFileError(number, 'no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new JournalFileError(number, 'no JSON object.');
  }
  return value as Fields;
}

function readLine(line: string, number: number): Numbered {
  const fields = parseObject(line, number);
  const wrong = (name: string, what: string): JournalFileError =>
    new JournalFileError(number, `“${name}” must be ${what}.`);
  const optional = <T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined => {
    const value = fields[name];
    if (value === undefined || is(value)) return value;
    throw wrong(name, what);
  };
  const required = <T>(name: string, what: string, is: (value: unknown) => value is T): T => {
    const value = optional(name, what, is);
    if (value === undefined) throw wrong(name, what);
    return value;
  };

  const sequence = required('sequence', 'a whole number above 0', isCount);
  const at = required('at', 'a time in milliseconds since 1970', isTime);
  const direction = optional('direction', 'to-reader or from-reader', isDirection);
  const hex = optional('message', 'hexadecimal text', isText);
  const masked = optional('masked', 'true or false', isBoolean);
  const data = optional('data', 'text', isText);
  const note = optional('note', 'text', isText);
  const answers = optional('answers', 'a whole number above 0', isCount);
  const milliseconds = optional('milliseconds', 'a number not below 0', isDuration);
  const error = optional('error', 'an object with the code of an error and a detail', isError);
  return {
    sequence,
    at,
    ...defined('direction', direction),
    ...defined('message', hex === undefined ? undefined : readMessage(hex, number)),
    ...(hex === undefined ? {} : { wasMasked: masked ?? null }),
    ...defined('data', data),
    ...defined('note', note),
    ...defined('answers', answers),
    ...defined('milliseconds', milliseconds),
    ...defined('error', error && new ReaderError(error.code, { detail: error.detail })),
  };
}

function readMessage(hex: string, number: number): MmsMessage {
  try {
    return decodeMessage(hex);
  } catch (error) {
    throw new JournalFileError(number, `“message” is not an MMS message: ${(error as Error).message}.`);
  }
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
/** The most that a Date can hold. */
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const isDuration = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isDirection = (value: unknown): value is Direction => value === 'to-reader' || value === 'from-reader';
const isError = (value: unknown): value is { readonly code: ReaderErrorCode; readonly detail: string } => {
  if (typeof value !== 'object' || value === null) return false;
  const { code, detail } = value as Fields;
  return typeof code === 'string' && Object.hasOwn(readerErrors, code) && typeof detail === 'string';
};

const defined = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
