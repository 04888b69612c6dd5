/** The parts of the log, without a page: rows, filters, the tree of a message, copies, figures. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal, type JournalEntry } from '../../../src/journal/journal.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { copyForms, copyFormsOf } from '../../../src/elements/log/copy-forms.js';
import { compileFilter, SHOW_ALL, type LogFilter } from '../../../src/elements/log/log-filter.js';
import { LogView } from '../../../src/elements/log/log-view.js';
import { fitsPattern, searchTools } from '../../../src/elements/log/search-tools.js';
import { commandStatistics } from '../../../src/elements/log/statistics.js';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';

const start = commands.startTransaction({ amount: '1.00', currency: 'USD' });
const answer = (id: number, reference: number, status = '00000000'): MmsMessage =>
  toMessage({
    kind: 'response',
    id,
    reference,
    status: { summary: parseInt(status.slice(0, 2), 16), detail: status.slice(2) },
    payload: [],
  });

function journalOf(...messages: MmsMessage[]): Journal {
  const journal = new Journal();
  for (const [at, message] of messages.entries()) journal.add({ at, direction: message.direction, message });
  return journal;
}

const flushed = (journal: Journal): readonly JournalEntry[] => journal.entries;
const always = (): boolean => true;

describe('rows', () => {
  const notes = (journal: Journal, from: number, to: number): void => {
    for (let i = from; i < to; i++) journal.add({ at: i, note: i % 3 === 0 ? 'fizz' : 'other' });
    flushed(journal);
  };
  const positions = (view: LogView): number[] => Array.from({ length: view.length }, (_, row) => view.position(row));

  test('are the entries that are kept, whatever comes and goes, filtered or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (bursts, size, max) => {
          const journal = new Journal({ size });
          const all = new LogView(journal, max);
          const some = new LogView(journal, max, { ...SHOW_ALL, search: 'fizz' });
          let count = 0;
          for (const burst of bursts) {
            notes(journal, count, (count += burst));
            all.update(journal.end, always);
            some.update(journal.end, always);
            const kept = Array.from({ length: Math.min(size, count) }, (_, i) => count - Math.min(size, count) + i);
            expect(positions(all)).toEqual(kept.slice(-max));
            expect(positions(some)).toEqual(kept.filter((at) => at % 3 === 0).slice(-max));
            for (const view of [all, some]) {
              for (const [row, position] of positions(view).entries()) {
                expect(view.rowOf(position)).toBe(row);
                expect(view.at(row)?.at).toBe(position);
              }
            }
          }
        },
      ),
    );
  });

  test('are looked for in steps, and none is left out', () => {
    const journal = new Journal({ size: 1000 });
    notes(journal, 0, 1000);
    const view = new LogView(journal, 1000, { ...SHOW_ALL, search: 'fizz' });
    let steps = 1;
    while (!view.update(journal.end, () => false)) steps++;
    expect(steps).toBe(10);
    expect(view.length).toBe(334);
  });

  test('stay where they are up to a limit', () => {
    const journal = new Journal();
    notes(journal, 0, 10);
    const view = new LogView(journal, 100);
    view.update(4, always);
    expect(positions(view)).toEqual([0, 1, 2, 3]);
    expect(view.rowOf(4)).toBeUndefined();
    expect(view.rowFrom(9)).toBe(4);
  });
});

test('a pattern without what compiles it finds nothing yet, and looks at no more of an entry than it may', () => {
  const journal = journalOf(start);
  const [entry] = flushed(journal);
  expect(compileFilter({ ...SHOW_ALL, search: '/Start/' })?.(entry!)).toBe(false);
  const seen: number[] = [];
  const long = { sequence: 1, at: 1, text: 'x'.repeat(5000), data: 'y'.repeat(50_000) } as unknown as JournalEntry;
  const never = (text: string): boolean => {
    seen.push(text.length);
    return false;
  };
  expect(fitsPattern(never, long)).toBe(false);
  expect(seen).toEqual([5000, 3192]);
});

describe('a filter', () => {
  const journal = journalOf(start, answer(0x1001, 0, '01000000'), answer(0x1008, 0, '81020304'));
  journal.add({ at: 9, note: 'Connection: ready' });
  journal.add({ at: 10, direction: 'from-reader', data: 'hello', error: new ReaderError('bad-message') });
  const entries = flushed(journal);
  const found = (filter: Partial<LogFilter>): number[] => {
    const fits = compileFilter({ ...SHOW_ALL, ...filter }, searchTools) ?? always;
    return entries.filter(fits).map(({ sequence }) => sequence);
  };

  const cases: readonly (readonly [Partial<LogFilter>, number[]])[] = [
    [{}, [1, 2, 3, 4, 5]],
    [{ direction: 'to-reader' }, [1]],
    [{ direction: 'from-reader' }, [2, 3, 5]],
    [{ kind: 'response' }, [2, 3]],
    [{ kind: 'event' }, [4]],
    [{ kind: 'broken' }, [5]],
    [{ command: 0x1001 }, [1, 2]],
    [{ errorsOnly: true }, [3, 5]],
    [{ search: 'start TRANS' }, [1, 2]],
    [{ search: 'hello' }, [5]],
    [{ search: '5f2a0208 40' }, [1]],
    [{ search: '9F02' }, [1]],
    [{ search: 'amount, auth' }, [1]],
    // Half bytes are no bytes: 1A 00 03 holds A0, but no byte A0.
    [{ search: 'F020' }, []],
    [{ search: '   ' }, [1, 2, 3, 4, 5]],
    [{ search: 'ready', kind: 'response' }, []],
    [{ search: '/Start .*USD/' }, [1]],
    [{ search: '/start/' }, []],
    [{ search: '/^start tr/i' }, [1, 2]],
    [{ search: '/5F2A02(08)?40/' }, [1]],
    [{ search: '/^9F0[26] /' }, [1]],
    [{ search: '/hel+o/' }, [5]],
    [{ search: '/hel(o/' }, []],
    [{ search: '//' }, []],
  ];
  test.each(cases)('%j finds %j', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });
});

describe('a copy', () => {
  const [entry] = flushed(journalOf(start)) as [JournalEntry];
  const hex = toHex(start.bytes);

  test('has the forms that make sense', () => {
    expect(copyFormsOf(entry)).toEqual(['hex', 'base64', 'json', 'command', 'fixture']);
    expect(copyFormsOf(flushed(journalOf(answer(0x1001, 1)))[0] as JournalEntry)).not.toContain('command');
  });

  test('holds the bytes in each form', () => {
    expect(copyForms.hex.make(entry)).toBe(hex);
    expect(Buffer.from(copyForms.base64.make(entry), 'base64').toString('hex').toUpperCase()).toBe(hex);
    expect(copyForms.command.make(entry)).toBe(`SENDCOMMAND,${hex}`);
    expect(JSON.parse(copyForms.json.make(entry))).toMatchObject({ message: hex, direction: 'to-reader' });
    const fixture = JSON.parse(copyForms.fixture.make(entry)) as { hex: string; expect: { id: number; kind: string } };
    expect(decodeMessage(fixture.hex)).toMatchObject({ kind: fixture.expect.kind, id: fixture.expect.id });
  });
});

describe('figures', () => {
  test('count requests, answers, refusals and times of each command', () => {
    const journal = new Journal();
    for (let i = 1; i <= 100; i++) {
      const answers = journal.add({ at: i, direction: 'to-reader', message: start });
      const message = answer(0x1001, 0, i <= 3 ? '81020304' : '00000000');
      journal.add({ at: i, direction: 'from-reader', message, answers, milliseconds: 101 - i });
    }
    journal.add({ at: 200, direction: 'to-reader', message: commands.cancelTransaction() });
    // An answer to another client is none of ours.
    journal.add({ at: 201, direction: 'from-reader', message: answer(0x1008, 9) });
    expect(commandStatistics(journal.entries)).toEqual([
      { id: 0x1001, title: 'Start Transaction', sent: 100, answered: 100, errors: 3, p50: 50, p95: 95 },
      { id: 0x1008, title: 'Cancel Transaction', sent: 1, answered: 0, errors: 0, p50: undefined, p95: undefined },
    ]);
  });

  test('are none without commands', () => {
    expect(commandStatistics([])).toEqual([]);
  });
});
