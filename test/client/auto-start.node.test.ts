import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AutoStartOptions } from '../../src/client/auto-start.js';
import { ReaderClient } from '../../src/client/reader-client.js';
import { decodeMessage } from '../../src/mms/decode.js';
import type { MmsRequest } from '../../src/mms/message.js';
import { FakeTransport } from '../tools/fake-transport.js';
import { ManualClock } from '../tools/manual-clock.js';

/** User events of an idle reader. */
const events = { tap: '01000000', tapRemoved: '01010000', insert: '01020000', remove: '01030000', swipe: '01040000' };

let transport: FakeTransport;
let clock: ManualClock;
let client: ReaderClient;
let stop: () => void;
let errors: string[];

beforeEach(async () => {
  transport = new FakeTransport();
  clock = new ManualClock();
  client = new ReaderClient({ transport, environment: clock, reconnect: 'off', livenessCheck: false });
  errors = [];
  client.subscribe('error', ({ error }) => errors.push(error.code));
  stop = () => undefined;
  await client.connect();
});

afterEach(() => {
  stop();
  client.disconnect();
  expect(clock.running + clock.watching).toBe(0);
});

const present = (event: keyof typeof events): void => {
  transport.deliver(`AA00810483001001 8204${events[event]}`);
};
const starts = (): number => transport.sent.filter((bytes) => decodeMessage(bytes).id === 0x1001).length;
let count = 0;
const sale = (): unknown =>
  client.startTransaction({ amount: '4.60', currency: 'EUR', transactionId: `automatic-${String(++count)}` });
const automatic = (on: AutoStartOptions['on'], tapDelay?: number): void => {
  stop = client.autoStart({ on, start: sale, ...(tapDelay === undefined ? {} : { tapDelay }) });
};
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
/** Ends the sale that runs: refused. */
async function refuse(): Promise<void> {
  const running = client.transaction;
  transport.answer(decodeMessage(transport.sent.at(-1)!) as MmsRequest, { summary: 0x80, detail: '020308' });
  await running?.result;
  await settle();
}

describe('a card that is presented to an idle reader', () => {
  test.each(['insert', 'swipe', 'tap'] as const)('starts exactly one sale by %s', async (way) => {
    automatic([way]);
    present(way);
    present(way);
    await settle();
    present(way);
    expect(starts()).toBe(1);
    await refuse();
    present(way);
    expect(starts()).toBe(2);
  });

  test('starts nothing by another way, or when it is taken away', async () => {
    automatic('tap');
    for (const event of ['insert', 'swipe', 'tapRemoved', 'remove'] as const) present(event);
    clock.pass(10_000);
    expect(starts()).toBe(0);
  });

  test('by a tap waits for an insert where both start, and both together start one', async () => {
    automatic('insert tap swipe');
    present('tap');
    clock.pass(400);
    expect(starts()).toBe(0);
    present('insert');
    expect(starts()).toBe(1);
    clock.pass(10_000);
    await settle();
    expect(starts()).toBe(1);
  });

  test('by a tap alone starts when nothing was inserted, once for all its events', async () => {
    automatic('insert tap', 2);
    present('tap');
    clock.pass(1_000);
    present('tap');
    clock.pass(999);
    expect(starts()).toBe(0);
    clock.pass(1);
    await settle();
    clock.pass(4_000);
    expect(starts()).toBe(1);
  });

  test('starts nothing while a sale runs that was started otherwise, also while a tap waits', () => {
    automatic('insert tap');
    present('tap');
    sale();
    clock.pass(4_000);
    present('insert');
    expect(starts()).toBe(1);
  });

  test('starts nothing once it is stopped or the connection is gone', async () => {
    automatic('insert tap');
    present('tap');
    stop();
    clock.pass(10_000);
    present('insert');
    expect(starts()).toBe(0);
    automatic('insert tap');
    present('tap');
    transport.lose();
    clock.pass(10_000);
    expect(starts()).toBe(0);
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
    present('insert');
    expect(errors).toEqual(['bad-amount']);
    present('insert');
    await settle();
    expect(errors).toEqual(['bad-amount', 'listener-failed']);
    present('insert');
    expect(tries).toBe(3);
    await settle();
  });

  test('cannot start by a way that does not exist', () => {
    expect(() => client.autoStart({ on: 'wave', start: () => undefined })).toThrow(RangeError);
    expect(() => client.autoStart({ on: 'tap', tapDelay: -1, start: () => undefined })).toThrow(RangeError);
  });
});
