/** The state of a log, with frames that the test plays. */
import { beforeEach, describe, expect, test } from 'vitest';
import { SHOW_ALL } from '../../../src/elements/log/log-filter.js';
import { LogModel } from '../../../src/elements/log/log-model.js';
import { Journal } from '../../../src/journal/journal.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toMessage } from '../../../src/mms/encode.js';
import { searchTools } from '../../../src/elements/log/search-tools.js';

let told: string[];
let frame: (() => void) | undefined;
let clock: number;
let step: number;
let model: LogModel;
let treeIsThere: boolean;

const nextFrame = (): void => {
  const callback = frame;
  frame = undefined;
  callback?.();
};

const journalOf = (...notes: string[]): Journal => {
  const journal = new Journal();
  add(journal, ...notes);
  return journal;
};

function add(journal: Journal, ...notes: string[]): void {
  for (const note of notes) journal.add({ at: 0, note });
  settle(journal);
}

/** Reading the entries keeps what waits for redaction, and tells of it. */
const settle = (journal: Journal): number => journal.entries.length;

const lines = (): string[] => [...model.found()].map(({ note }) => note ?? '');

beforeEach(() => {
  told = [];
  frame = undefined;
  clock = 0;
  step = 0;
  treeIsThere = true;
  model = new LogModel(
    {
      now: () => (clock += step),
      request: (callback) => {
        frame = callback;
        return 1;
      },
      cancel: () => {
        frame = undefined;
      },
    },
    {
      changed: () => told.push('changed'),
      restarted: () => told.push('restarted'),
      dropped: (rows) => told.push(`dropped ${String(rows)}`),
      loadTools: () => (treeIsThere ? Promise.resolve(searchTools) : Promise.reject(new Error('gone'))),
      toolsMissing: () => told.push('tree missing'),
    },
  );
  model.resume(false);
});

describe('the journal that is shown', () => {
  test('is that of the reader, and new entries wait for the next frame', () => {
    const journal = journalOf('one');
    model.follow(journal);
    expect(lines()).toEqual(['one']);
    add(journal, 'two', 'three');
    expect(lines()).toEqual(['one']);
    nextFrame();
    expect(lines()).toEqual(['one', 'two', 'three']);
  });

  test('is that of an opened file until it is closed, whatever the reader does meanwhile', () => {
    const journal = journalOf('one');
    model.follow(journal);
    model.open(journalOf('of the file'));
    add(journal, 'two');
    journal.clear();
    add(journal, 'three');
    nextFrame();
    model.follow(journalOf('of another reader'));
    expect(lines()).toEqual(['of the file']);
    model.open(undefined);
    expect(lines()).toEqual(['of another reader']);
  });

  test('stays while the log is away from the page, and is empty where there is no reader', () => {
    const journal = journalOf('one');
    model.follow(journal);
    model.choose(0);
    model.follow(undefined, { away: true });
    model.suspend();
    expect(lines()).toEqual(['one']);
    add(journal, 'two');
    model.follow(journal);
    model.resume(true);
    nextFrame();
    expect(lines()).toEqual(['one', 'two']);
    expect(model.chosen).toBe(0);
    model.follow(undefined);
    expect(lines()).toEqual([]);
    expect(model.chosen).toBeUndefined();
  });

  test('begins again when it is cleared', () => {
    const journal = journalOf('one', 'two');
    model.follow(journal);
    model.choose(1);
    model.showDetails(true);
    told = [];
    journal.clear();
    expect(lines()).toEqual([]);
    expect(model.chosen).toBeUndefined();
    expect(model.showsDetails).toBe(false);
    expect(told).toContain('restarted');
  });

  test('uses no frames while it is suspended', () => {
    const journal = journalOf('one');
    model.follow(journal);
    add(journal, 'two');
    model.suspend();
    expect(frame).toBeUndefined();
  });
});

describe('a flood of entries', () => {
  const FRAME = 17;
  let journal: Journal;
  /** How many rows there are after each of some frames, in each of which so many entries come. */
  function rowsAfter(...perFrame: readonly number[]): number[] {
    return perFrame.map((count) => {
      add(journal, ...Array.from({ length: count }, (_, at) => String(at)));
      clock += FRAME;
      nextFrame();
      return model.view.length;
    });
  }

  beforeEach(() => {
    journal = new Journal();
    model.follow(journal);
    clock = 1000;
  });

  test('is looked at ten times a second, and at once when it ends', () => {
    const rows = rowsAfter(...Array.from({ length: 60 }, () => 20));
    expect(new Set(rows).size).toBeLessThanOrEqual(11);
    // In none of these frames was anything older than a tenth of a second.
    expect(rows.every((count, frames) => count >= (frames + 1 - Math.ceil(100 / FRAME)) * 20)).toBe(true);
    expect(rowsAfter(0)).toEqual([1200]);
    expect(frame).toBeUndefined();
  });

  test('is not what can be read, and what comes once is shown in the next frame but one', () => {
    expect(rowsAfter(500)).toEqual([500]);
    expect(rowsAfter(8, 8, 8, 1)).toEqual([508, 516, 524, 525]);
    expect(rowsAfter(500, 0)).toEqual([525, 1025]);
    clock += 100;
    expect(rowsAfter(500)).toEqual([1525]);
  });

  test('is caught up with when something else is rendered', () => {
    expect(rowsAfter(20, 20)).toEqual([20, 20]);
    model.catchUp();
    expect(model.view.length).toBe(40);
    told = [];
    model.catchUp();
    expect(told).toEqual([]);
  });

  test('does not hold up a search', () => {
    step = 4;
    model.select({ ...SHOW_ALL, kind: 'event' }, Infinity);
    clock += 100;
    expect(rowsAfter(1000)[0]).toBeLessThan(1000);
    for (let frames = 0; frames < 10; frames++) {
      const before = model.view.length;
      rowsAfter(20);
      expect(model.view.length).toBeGreaterThan(before);
    }
  });
});

describe('a paused log', () => {
  test('shows nothing new, counts it, and loses nothing', () => {
    const journal = journalOf('one');
    model.follow(journal);
    model.pause(true);
    add(journal, 'two', 'three');
    nextFrame();
    expect(lines()).toEqual(['one']);
    expect(model.countNewer(true)).toBe(2);
    model.pause(false);
    expect(lines()).toEqual(['one', 'two', 'three']);
    expect(model.countNewer(true)).toBe(0);
  });

  test('goes on with an opened file', () => {
    model.follow(journalOf('one'));
    model.pause(true);
    model.open(journalOf('of the file'));
    expect(lines()).toEqual(['of the file']);
  });
});

describe('new entries', () => {
  test('are counted from where the person left the end', () => {
    const journal = journalOf('one', 'two');
    model.follow(journal);
    model.leaveEnd();
    add(journal, 'three');
    nextFrame();
    expect(model.countNewer(false)).toBe(1);
    expect(model.countNewer(true)).toBe(0);
  });

  test('push old rows out, which is reported so that what is read stays in its place', () => {
    const journal = new Journal({ size: 2 });
    add(journal, 'one', 'two');
    model.follow(journal);
    model.choose(0);
    add(journal, 'three');
    nextFrame();
    expect(told).toContain('dropped 1');
    model.catchUp();
    expect(model.chosen).toBeUndefined();
  });
});

describe('a search', () => {
  test('goes on in the next frame when the time of this one is used up', () => {
    const journal = journalOf(...Array.from({ length: 250 }, (_, i) => `note ${String(i)}`));
    model.follow(journal);
    const events = { ...SHOW_ALL, kind: 'event' as const };
    // Each look at the clock costs more than a frame has.
    step = 10;
    model.select(events, 1000);
    expect(model.isSearching).toBe(true);
    expect(lines().length).toBeLessThan(250);
    while (frame) nextFrame();
    expect(model.isSearching).toBe(false);
    expect(lines()).toHaveLength(250);
  });

  test('looks into messages once their reading is loaded, and says so until then', async () => {
    const journal = new Journal();
    const message = commands.startTransaction({ amount: '1.00', currency: 'USD' });
    journal.add({ at: 0, direction: 'to-reader', message: toMessage(message) });
    settle(journal);
    model.follow(journal);
    model.select({ ...SHOW_ALL, search: '9F02' }, 1000);
    expect(model.isSearching).toBe(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(model.isSearching).toBe(false);
    expect(model.view.length).toBe(1);
  });

  test('ends, and says why, where their reading cannot be loaded', async () => {
    treeIsThere = false;
    const journal = journalOf('one');
    model.follow(journal);
    model.select({ ...SHOW_ALL, search: 'one' }, 1000);
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toContain('tree missing');
    expect(model.isSearching).toBe(false);
    add(journal, 'one more');
    nextFrame();
    expect(model.isSearching).toBe(false);
    expect(lines()).toEqual(['one', 'one more']);
    treeIsThere = true;
    model.select({ ...SHOW_ALL, search: 'more' }, 1000);
    await Promise.resolve();
    await Promise.resolve();
    expect(told.filter((word) => word === 'tree missing')).toHaveLength(1);
    expect(lines()).toEqual(['one more']);
  });
});

describe('the chosen entry', () => {
  test('is of the nearest row', () => {
    model.follow(journalOf('one', 'two'));
    model.chooseRow(9);
    expect(model.chosenEntry?.note).toBe('two');
    model.chooseRow(-3);
    expect(model.chosenEntry?.note).toBe('one');
  });

  test('is none where there are no rows', () => {
    model.follow(journalOf());
    model.chooseRow(0);
    expect(model.chosen).toBeUndefined();
  });

  test('leads from a request to its answer and back, and says where that is hidden', () => {
    const journal = new Journal();
    const request = toMessage(commands.getProperty({ oid: '1.1.1.1.1.1' }));
    const sequence = journal.add({ at: 0, direction: 'to-reader', message: request });
    const answer = toMessage({
      kind: 'response',
      id: request.id,
      reference: 1,
      status: { summary: 0, detail: '000000' },
      payload: [],
    });
    journal.add({ at: 1, direction: 'from-reader', message: answer, answers: sequence });
    settle(journal);
    model.follow(journal);
    model.choose(0);
    expect(model.goToCounterpart()).toBe('chosen');
    expect(model.chosen).toBe(1);
    expect(model.goToCounterpart()).toBe('chosen');
    expect(model.chosen).toBe(0);
    model.select({ ...SHOW_ALL, kind: 'request' }, 1000);
    model.choose(0);
    expect(model.goToCounterpart()).toBe('answer-hidden');
    journal.clear();
    expect(model.goToCounterpart()).toBe('none');
  });
});
