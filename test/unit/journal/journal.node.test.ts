/** The journal: bounded, in batches, redacted; and its exported form, there and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal, type JournalEntry } from '../../../src/journal/journal.js';
import { exportJournal, importJournal, JournalFileError } from '../../../src/journal/journal-file.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import vectors from '../../support/vectors/messages.json' with { type: 'json' };
import { cardNumber } from '../../support/card-number.js';

const request = (reference = 0) => commands.getProperty({ oid: '2.2.1.1.1.1', reference });
const sequences = (entries: readonly JournalEntry[]): number[] => entries.map(({ sequence }) => sequence);
const settled = (): Promise<void> => Promise.resolve();

describe('a journal', () => {
  test('keeps the newest entries by position and by number', () => {
    const journal = new Journal({ size: 3 });
    for (let i = 0; i < 8; i++) journal.add({ at: i, note: String(i) });
    expect(sequences(journal.entries)).toEqual([6, 7, 8]);
    expect([journal.start, journal.end]).toEqual([5, 8]);
    expect(journal.at(4)).toBeUndefined();
    expect(journal.at(5)?.text).toBe('5');
    expect(journal.at(8)).toBeUndefined();
    expect(journal.positionOf(7)).toBe(6);
    expect(journal.positionOf(2)).toBeUndefined();
    expect(journal.positionOf(9)).toBeUndefined();
  });

  test('refuses a size that is none', () => {
    for (const size of [0, -1, 1.5, NaN]) expect(() => new Journal({ size })).toThrow(RangeError);
  });

  test('holds the memory that large messages take within bounds', () => {
    const journal = new Journal({ size: 10_000 });
    const contents = new Uint8Array(1024 * 1024);
    const file = toMessage({ kind: 'file', id: 0xd821, fileId: '01000000', contents, direction: 'from-reader' });
    for (let i = 0; i < 50; i++) journal.add({ at: i, direction: 'from-reader', message: file });
    const { entries } = journal;
    const bytes = entries.reduce((sum, { message }) => sum + (message?.bytes.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.at(-1)?.sequence).toBe(50);
  });

  test('leaves a message as it is, whose bytes a Buffer or a large one has', () => {
    const contents = Buffer.alloc(20_000, 'SECRET');
    for (const length of [6, 20_000]) {
      const file = toMessage({
        kind: 'file',
        id: 0xd821,
        fileId: '01000000',
        contents: contents.subarray(0, length),
        direction: 'from-reader',
      });
      const message = decodeMessage(Buffer.from(file.bytes));
      const journal = new Journal();
      journal.add({ at: 1, direction: 'from-reader', message });
      expect(JSON.stringify(journal.entries)).not.toContain('534543524554');
      expect(message.bytes).toEqual(Buffer.from(file.bytes));
    }
  });

  test('keeps nothing of bytes that are no message any more', () => {
    const message = decodeMessage(request().bytes.slice());
    message.bytes.fill(0x41);
    const journal = new Journal();
    journal.add({ at: 1, direction: 'to-reader', message });
    journal.add({ at: 2, direction: 'to-reader', message: request(7) });
    const [entry, next] = journal.entries;
    expect(entry?.message).toMatchObject({ kind: 'notification', id: 0 });
    expect(next?.message?.reference).toBe(7);
    // Both were kept in one block.
    const block = new Uint8Array(next?.message?.bytes.buffer ?? new ArrayBuffer(0));
    expect(block.length).toBeGreaterThan(1000);
    expect(block).not.toContain(0x41);
  });

  test('tells sink and listeners of a task’s entries once, and loses none although it keeps few', async () => {
    const sunk: number[] = [];
    const told: number[] = [];
    let calls = 0;
    const journal = new Journal({ size: 2, sink: (added) => sunk.push(...sequences(added)) });
    journal.subscribe((added) => {
      calls++;
      told.push(...sequences(added));
    });
    for (let i = 0; i < 500; i++) journal.add({ at: i, direction: 'to-reader', message: request(i % 256) });
    expect(calls).toBe(0);
    await settled();
    expect(calls).toBe(1);
    // A task that never ends does not pile records up.
    for (let i = 0; i < 2500; i++) journal.add({ at: i, note: 'x' });
    expect(told.length).toBeGreaterThanOrEqual(2500);
    await settled();
    expect(told).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
    expect(sunk).toEqual(told);
    expect(sequences(journal.entries)).toEqual([2999, 3000]);
  });

  test('goes on when sink and listeners throw', async () => {
    const errors: unknown[] = [];
    const told: number[] = [];
    const fail = (): never => {
      throw new Error('mine');
    };
    const journal = new Journal({ sink: fail, onError: (error) => errors.push(error) });
    journal.subscribe(fail);
    journal.subscribe((added) => told.push(added.length));
    journal.add({ at: 1, note: 'x' });
    await settled();
    expect(told).toEqual([1]);
    expect(errors).toHaveLength(2);
  });

  test('is empty after clearing, counts on, and tells of both', async () => {
    const told: number[] = [];
    const journal = new Journal({ size: 4 });
    journal.subscribe((added) => told.push(added.length));
    for (let i = 0; i < 6; i++) journal.add({ at: i, note: String(i) });
    await settled();
    journal.clear();
    journal.add({ at: 9, note: 'after' });
    expect(journal.entries.map(({ text, sequence }) => [text, sequence])).toEqual([['after', 7]]);
    expect([journal.start, journal.end]).toEqual([6, 7]);
    expect(told).toEqual([6, 0, 1]);
  });

  test('keeps no card number of messages, bytes, texts and notes', () => {
    fc.assert(
      fc.property(cardNumber, (pan) => {
        const journal = new Journal();
        const bytes = new TextEncoder().encode(`%B${pan}^SMITH/A^`);
        const opaque = new TextEncoder().encode(pan);
        const detail = Uint8Array.of(0, 0, 0, 0);
        journal.add({ at: 1, message: toMessage({ kind: 'notification', id: 0x1803, detail, payload: [], opaque }) });
        journal.add({ at: 2, data: bytes });
        journal.add({ at: 3, data: `card ${pan} typed`, note: `got ${pan}` });
        journal.add({ at: 4, error: new ReaderError('bad-message', { detail: `at ${pan}` }) });
        const [first, ...others] = journal.entries;
        const shown = new TextDecoder('latin1').decode(first?.message?.bytes);
        expect(
          shown +
            exportJournal(journal.entries) +
            others
              .map(({ text, data }) => [text, data])
              .slice(0, 2)
              .join(),
        ).not.toContain(pan);
      }),
      { numRuns: 100 },
    );
  });

  test('has entries that nobody can change', () => {
    const journal = new Journal();
    journal.add({ at: 1, direction: 'to-reader', message: request() });
    const entry = journal.entries[0] as { at: number };
    expect(() => {
      entry.at = 2;
    }).toThrow(TypeError);
  });
});

function tryDecode(hex: string): MmsMessage | undefined {
  try {
    return decodeMessage(hex);
  } catch {
    return undefined;
  }
}

/** A journal with every kind of entry. */
function fullJournal(): Journal {
  const journal = new Journal();
  for (const [index, { hex, direction, complete }] of vectors.entries()) {
    const message = complete ? tryDecode(hex) : undefined;
    if (!message) continue;
    const way = direction === 'host->device' ? 'to-reader' : 'from-reader';
    journal.add({ at: 1_764_000_000_000 + index * 1.37, direction: way, message, milliseconds: index / 7 });
  }
  journal.add({ at: 1, note: 'Connection: ready' });
  journal.add({
    at: 2,
    direction: 'from-reader',
    data: 'hello',
    note: 'no message',
    error: new ReaderError('bad-message'),
  });
  journal.add({ at: 3, direction: 'from-reader', data: Uint8Array.of(0, 255, 16) });
  journal.add({ at: 4, error: new ReaderError('unreachable', { detail: 'Nothing at 10.0.0.1.' }) });
  const sequence = journal.add({ at: 5, direction: 'to-reader', message: request(7) });
  const answer = decodeMessage('AA0081048207D101820400000000');
  journal.add({
    at: 6.25,
    direction: 'from-reader',
    message: answer,
    answers: sequence,
    milliseconds: 1.25,
    note: 'late',
  });
  return journal;
}

describe('an exported journal', () => {
  test('is the same after import and export', () => {
    const journal = fullJournal();
    expect(journal.entries.length).toBeGreaterThan(15);
    const text = exportJournal(journal.entries);
    const imported = importJournal(text);
    expect(exportJournal(imported.entries)).toBe(text);
    expect(imported.entries.map(({ text: line }) => line)).toEqual(journal.entries.map(({ text: line }) => line));
    expect(imported.entries.at(-3)?.error?.help).toBe(new ReaderError('unreachable').help);
  });

  test('may have lost lines, and may have the line ends of another system', () => {
    const lines = exportJournal(fullJournal().entries).split('\n');
    const some = lines.filter((_, index) => index === 0 || index % 3 === 0).join('\r\n');
    const imported = importJournal(`\uFEFF${some}\r\n`);
    expect(imported.entries.length).toBe(Math.floor((lines.length - 2) / 3));
    const last = imported.entries.at(-1) as JournalEntry;
    expect(imported.positionOf(last.sequence)).toBe(imported.end - 1);
  });

  test('is redacted again: somebody may have put card data in', () => {
    const pan = '4111111111111111';
    const line = {
      sequence: 1,
      at: 1,
      data: `card ${pan}`,
      note: pan,
      text: pan,
      error: { code: 'timeout', detail: pan },
    };
    const text = exportJournal([]) + JSON.stringify(line);
    expect(exportJournal(importJournal(text).entries)).not.toContain(pan);
  });

  const header = exportJournal([]);
  const line = (fields: object): string => header + JSON.stringify({ sequence: 1, at: 1, ...fields });
  const bad: readonly (readonly [what: string, text: string, line: number, says: RegExp])[] = [
    ['nothing', '', 1, /no JSON/],
    ['other JSON', '{"a":1}\n', 1, /not an exported log/],
    ['another version', header.replace('1}', '2}'), 1, /version 2/],
    ['a broken line', `${header}{"sequence":1,`, 2, /no JSON/],
    ['a list', `${header}[1]`, 2, /no JSON object/],
    ['null', `${header}null`, 2, /no JSON object/],
    ['a line without a number', `${header}{"at":1}`, 2, /“sequence”/],
    ['a number that is none', line({ sequence: '1' }), 2, /“sequence”/],
    ['numbers that do not count up', `${line({})}\n${JSON.stringify({ sequence: 1, at: 1 })}`, 3, /higher/],
    ['no time', `${header}{"sequence":1}`, 2, /“at”/],
    ['a time beyond all calendars', line({ at: 1e300 }), 2, /“at”/],
    ['a direction', line({ direction: 'up' }), 2, /“direction”/],
    ['bytes that are not a message', line({ message: 'AA00' }), 2, /not an MMS message/],
    ['a duration', line({ milliseconds: -1 }), 2, /“milliseconds”/],
    ['an error that is unknown', line({ error: { code: 'constructor', detail: '' } }), 2, /“error”/],
    ['an error without detail', line({ error: { code: 'timeout' } }), 2, /“error”/],
  ];
  test.each(bad)('is refused with its line for %s', (_, text, number, says) => {
    const error = (() => {
      try {
        importJournal(text);
      } catch (cause) {
        return cause as JournalFileError;
      }
      throw new Error('was taken');
    })();
    expect(error).toBeInstanceOf(JournalFileError);
    expect(error.line).toBe(number);
    expect(error.message).toMatch(says);
  });
});
