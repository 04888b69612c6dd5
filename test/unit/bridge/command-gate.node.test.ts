/** The gate before a published reader: commands that pass, their order, and those that it keeps out. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandGate, type Asker } from '../../../src/bridge/command-gate.js';
import { probe } from '../../../src/connection/probe.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsResponse } from '../../../src/mms/message.js';
import { ManualClock } from '../../support/manual-clock.js';

let clock: ManualClock;
let gate: CommandGate;
let isAway: boolean;
let sent: string[];
let dropped: string[];
let unanswered: number;

beforeEach(() => {
  clock = new ManualClock();
  isAway = false;
  sent = [];
  dropped = [];
  unanswered = 0;
  gate = new CommandGate({
    environment: clock,
    answerTimeout: 5_000,
    send: (bytes) => {
      if (isAway) throw new Error('away');
      sent.push(toHex(bytes));
    },
    unanswered: () => unanswered++,
    dropped: (why) => dropped.push(why),
  });
});

afterEach(async () => {
  gate.clear();
  await clock.letPass(0);
  expect(clock.running).toBe(0);
});

const byte = (number: number): string => number.toString(16).padStart(2, '0').toUpperCase();
const command = (reference: number, id = 'D101'): string => `AA00810401${byte(reference)}${id}8402${id}`;
const take = (hex: string): void => {
  gate.take(parseHex(hex));
};
/** The reader answers. */
const answer = async (reference: number, id = 'D101'): Promise<Asker> => {
  const hex = `AA00810482${byte(reference)}${id}820400000000`;
  const asker = gate.settle(decodeMessage(hex) as MmsResponse);
  gate.proceed();
  await clock.letPass(0);
  return asker;
};

describe('commands', () => {
  test('go out one at a time, in order, exactly as they came', async () => {
    for (const reference of [7, 3, 9]) take(command(reference));
    expect(sent).toEqual([command(7)]);
    expect(await answer(7)).toBe('page');
    expect(sent).toEqual([command(7), command(3)]);
    expect(await answer(3)).toBe('page');
    expect(await answer(9)).toBe('page');
    expect(sent).toEqual([command(7), command(3), command(9)]);
    expect(dropped).toEqual([]);
  });

  test('a cancel goes before those that wait', async () => {
    take(command(1));
    take(command(2));
    take(command(3, '1008'));
    await answer(1);
    expect(sent).toEqual([command(1), command(3, '1008')]);
  });

  test('a start that is running keeps nobody from cancelling it: it was answered at once', async () => {
    take(command(1, '1001'));
    await answer(1, '1001');
    take(command(2, '1008'));
    expect(sent).toEqual([command(1, '1001'), command(2, '1008')]);
  });

  test('the same one again does not go out while the first is in flight or waits', async () => {
    take(command(1, '1001'));
    take(command(2, '1001'));
    take(command(1, '1001'));
    take(command(2, '1001'));
    expect(dropped).toEqual(Array(2).fill('one with the same reference is not answered yet'));
    await answer(1, '1001');
    await answer(2, '1001');
    expect(sent).toEqual([command(1, '1001'), command(2, '1001')]);
    // Later it is another one: references come round again.
    take(command(1, '1001'));
    expect(sent).toHaveLength(3);
  });

  test('the same reference with another command is another question', async () => {
    take(command(1));
    take(command(1, '1001'));
    await answer(1);
    expect(sent).toEqual([command(1), command(1, '1001')]);
  });

  test('no more than sixteen wait', () => {
    for (let reference = 1; reference <= 20; reference++) take(command(reference));
    expect(dropped).toEqual(Array(3).fill('too many wait already'));
  });

  test('one that has waited for as long as its page does never goes out', async () => {
    take(command(1));
    await clock.letPass(500);
    take(command(2, '1001'));
    await clock.letPass(4_000);
    expect(dropped).toContain('it has waited for too long');
    await clock.letPass(60_000);
    expect(sent).toEqual([command(1)]);
  });

  test('a reader that never answers blocks the next one for as long as it may take, and no longer', async () => {
    take(command(1));
    await clock.letPass(3_000);
    take(command(2));
    expect(sent).toHaveLength(1);
    await clock.letPass(2_000);
    expect(sent).toEqual([command(1), command(2)]);
    expect(unanswered).toBe(1);
    expect(dropped).toEqual(['the reader has not answered in time']);
  });

  test('a late answer is still for the page, which may be more patient', async () => {
    take(command(1));
    await clock.letPass(5_000);
    expect(await answer(1)).toBe('page');
    expect(await answer(1)).toBe('nobody');
  });

  test.each([
    ['no message', 'AA'],
    ['an answer', 'AA0081048201D101820400000000'],
    ['an answer to the reader', 'AA0081040201D101820400000000'],
    ['a notification', 'AA0081040300010182040000000084020101'],
  ])('%s is not a command', (_, hex) => {
    take(hex);
    expect(sent).toEqual([]);
    expect(dropped).toEqual(['it is not a command']);
  });

  test('a file, which belongs to a command that was answered, is passed on at once', () => {
    const file = 'AA0081080401D812050000008403ABCDEF';
    take(command(1));
    take(file);
    expect(sent).toEqual([command(1), file]);
    isAway = true;
    take(file);
    expect(dropped).toEqual(['the reader is away']);
  });

  test('one that cannot be sent is dropped, and the next is tried', async () => {
    isAway = true;
    take(command(1));
    await clock.letPass(0);
    isAway = false;
    take(command(2));
    expect(dropped).toEqual(['the connection to the reader was lost']);
    expect(sent).toEqual([command(2)]);
  });

  test('what waits is forgotten when nobody can hear the answer; what is in flight is not', async () => {
    take(command(1));
    take(command(2));
    gate.dropWaiting('the broker is away');
    await clock.letPass(0);
    expect(dropped).toEqual(['the broker is away']);
    expect(await answer(1)).toBe('page');
    expect(sent).toEqual([command(1)]);
  });

  test('nothing survives the loss of the reader', async () => {
    take(command(1));
    take(command(2));
    gate.clear();
    await clock.letPass(0);
    expect(dropped).toEqual(Array(2).fill('the connection to the reader was lost'));
    expect(await answer(1)).toBe('nobody');
    expect(sent).toEqual([command(1)]);
  });
});

describe('a question of our own', () => {
  test('is answered to ourselves, and does not mix with one of a page that has its reference', async () => {
    const asked = gate.ask(probe(), true);
    const reference = decodeMessage(parseHex(sent[0] ?? '')).reference;
    take(command(reference));
    expect(await answer(reference)).toBe('bridge');
    expect((await asked).status.ok).toBe(true);
    expect(sent[1]).toBe(command(reference));
    expect(await answer(reference)).toBe('page');
  });

  test('keeps its late answer from the pages', async () => {
    const asked = gate.ask(probe(), true).catch((error: unknown) => error);
    const reference = decodeMessage(parseHex(sent[0] ?? '')).reference;
    await clock.letPass(5_000);
    expect(await asked).toMatchObject({ code: 'timeout' });
    expect(await answer(reference)).toBe('bridge');
  });
});
