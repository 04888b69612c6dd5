/** Sales that start by themselves when a card is presented to the idle reader. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AutoStartOptions } from '../../../src/transactions/auto-start.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from '../client/over-carriers.js';

/** User events of an idle reader. */
const events = { tap: '01000000', tapRemoved: '01010000', insert: '01020000', remove: '01030000', swipe: '01040000' };

let count = 0;

overEveryCarrier((make) => {
  let reader: ScriptedReader;
  let clock: ManualClock;
  let client: ReaderClient;
  let stop: () => void;
  let errors: string[];

  beforeEach(async () => {
    reader = await make();
    clock = new ManualClock();
    client = new ReaderClient({
      transport: reader.transport,
      environment: clock,
      reconnect: 'off',
      livenessCheck: false,
    });
    errors = [];
    client.subscribe('error', ({ error }) => errors.push(error.code));
    stop = () => undefined;
    await client.connect();
    await reader.settled();
  });

  afterEach(() => {
    stop();
    client.disconnect();
    expect(clock.running + clock.watching).toBe(0);
  });

  const present = (event: keyof typeof events): Promise<void> =>
    reader.deliver(`AA00810483001001 8204${events[event]}`);
  const starts = async (): Promise<number> => {
    await reader.settled();
    return reader.requests.filter(({ id }) => id === 0x1001).length;
  };
  const pass = async (milliseconds: number): Promise<void> => {
    await reader.settled();
    clock.pass(milliseconds);
    await reader.settled();
  };
  const sale = (): unknown =>
    client.startTransaction({ amount: '4.60', currency: 'EUR', transactionId: `automatic-${String(++count)}` });
  const automatic = (on: AutoStartOptions['on'], tapDelay?: number): void => {
    stop = client.autoStart({ on, start: sale, ...(tapDelay === undefined ? {} : { tapDelay }) });
  };
  /** Ends the sale that runs: refused. */
  async function refuse(): Promise<void> {
    const running = client.transaction;
    await reader.answerLast({ summary: 0x80, detail: '020308' });
    await running?.result;
    await reader.settled();
  }

  describe('a card that is presented to an idle reader', () => {
    test.each(['insert', 'swipe', 'tap'] as const)('starts exactly one sale by %s', async (way) => {
      automatic([way]);
      await present(way);
      await present(way);
      await reader.settled();
      await present(way);
      expect(await starts()).toBe(1);
      await refuse();
      await present(way);
      expect(await starts()).toBe(2);
    });

    test('starts nothing by another way, or when it is taken away', async () => {
      automatic('tap');
      for (const event of ['insert', 'swipe', 'tapRemoved', 'remove'] as const) await present(event);
      await pass(10_000);
      expect(await starts()).toBe(0);
    });

    test('by a tap waits for an insert where both start, and both together start one', async () => {
      automatic('insert tap swipe');
      await present('tap');
      await pass(400);
      expect(await starts()).toBe(0);
      await present('insert');
      expect(await starts()).toBe(1);
      await pass(10_000);
      await reader.settled();
      expect(await starts()).toBe(1);
    });

    test('by a tap alone starts when nothing was inserted, once for all its events', async () => {
      automatic('insert tap', 2);
      await present('tap');
      await pass(1_000);
      await present('tap');
      await pass(999);
      expect(await starts()).toBe(0);
      await pass(1);
      await reader.settled();
      await pass(4_000);
      expect(await starts()).toBe(1);
    });

    test('starts nothing while a sale runs that was started otherwise, also while a tap waits', async () => {
      automatic('insert tap');
      await present('tap');
      sale();
      await pass(4_000);
      await present('insert');
      expect(await starts()).toBe(1);
    });

    test('starts nothing once it is stopped or the connection is gone', async () => {
      automatic('insert tap');
      await present('tap');
      stop();
      await pass(10_000);
      await present('insert');
      expect(await starts()).toBe(0);
      automatic('insert tap');
      await present('tap');
      await reader.lose();
      await pass(10_000);
      expect(await starts()).toBe(0);
    });

    test('starts again after a start that threw or rejected, which is told', async () => {
      let tries = 0;
      stop = client.autoStart({
        on: 'insert',
        start: () => {
          if (++tries === 1) client.startTransaction({ amount: 'nothing', currency: 'EUR' });
          return Promise.reject(new Error('no basket'));
        },
      });
      await present('insert');
      expect(errors).toEqual(['bad-amount']);
      await present('insert');
      await reader.settled();
      expect(errors).toEqual(['bad-amount', 'listener-failed']);
      await present('insert');
      expect(tries).toBe(3);
      await reader.settled();
    });

    test('cannot start by a way that does not exist', () => {
      expect(() => client.autoStart({ on: 'wave', start: () => undefined })).toThrow(RangeError);
      expect(() => client.autoStart({ on: 'tap', tapDelay: -1, start: () => undefined })).toThrow(RangeError);
    });
  });
});
