/** How a sale ended, heard by somebody who only passes messages on: compared with what the client itself says of it. */
import { describe, expect, test } from 'vitest';
import { LastSale, type Moment } from '../../../src/bridge/last-sale.js';
import type { ReaderClientOptions } from '../../../src/client/client-options.js';
import { commands } from '../../../src/mms/commands/index.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import { SimulatedSale } from '../../support/simulated-sale.js';

interface Overheard {
  readonly desk: SimulatedSale;
  readonly heard: LastSale;
  /** Every outcome that was heard, in order. */
  readonly outcomes: (string | undefined)[];
}

/** By a clock that is set back all the time: no outcome depends on it. */
const momentOf = ({ clock }: SimulatedSale): Moment => ({ now: clock.now(), at: -clock.now() });

/** A client at a simulated reader, and who reads along. */
async function overhear(
  reader: SimulatedReaderOptions = {},
  client: Partial<ReaderClientOptions> = {},
): Promise<Overheard> {
  const desk = await SimulatedSale.connected(reader, client);
  const heard = new LastSale();
  const outcomes: (string | undefined)[] = [];
  desk.client.subscribe('message', ({ message }) => {
    if (heard.take(message, momentOf(desk))) outcomes.push(heard.result?.outcome);
  });
  return { desk, heard, outcomes };
}

/** A sale until a minute after its card. */
async function sell({ desk }: Overheard, options: Partial<StartTransactionOptions>): Promise<string> {
  const sale = await desk.started({ accept: 'tap insert', timeout: 30, ...options });
  desk.reader.tap('visa');
  await desk.pass(60_000);
  return (await sale.result).outcome;
}

describe('the outcome that is heard', () => {
  test.each([
    ['approved', true],
    ['declined', false],
  ])('is %s where the reader is told to show that', async (outcome, approved) => {
    const told = await overhear();
    expect(await sell(told, { authorize: () => approved, showOutcome: true })).toBe(outcome);
    expect(told.heard.result).toEqual({ outcome, at: expect.any(Number) as number });
    expect(told.outcomes.at(-1)).toBe(outcome);
  });

  test('is that a card was read, where nobody decides in the hearing of the reader', async () => {
    const told = await overhear();
    expect(await sell(told, {})).toBe('deferred');
    expect(told.outcomes).toEqual(['deferred']);
    // The page knows, and has told nobody.
    expect(await sell(told, { authorize: () => true })).toBe('approved');
    expect(told.heard.result?.outcome).toBe('deferred');
  });

  test.each([
    ['approved', true],
    ['declined', false],
  ])('is %s in full EMV, by the batch', async (outcome, approved) => {
    const told = await overhear({ flow: 'full-emv' });
    const sale = await told.desk.started({
      accept: 'insert',
      timeout: 30,
      flow: 'full-emv',
      authorize: () => approved,
    });
    told.desk.reader.insert('visa');
    await told.desk.pass(60_000);
    expect((await sale.result).outcome).toBe(outcome);
    expect(told.heard.result?.outcome).toBe(outcome);
  });

  test('is cancelled, or that no card came', async () => {
    const told = await overhear();
    const cancelled = await told.desk.started({ accept: 'tap', timeout: 30 });
    expect(told.heard.isRunning(told.desk.clock.now())).toBe(true);
    void cancelled.cancel();
    await told.desk.pass(60_000);
    expect((await cancelled.result).outcome).toBe('cancelled');
    expect(told.heard.result?.outcome).toBe('cancelled');
    const waiting = await told.desk.started({ accept: 'tap', timeout: 5 });
    await told.desk.pass(60_000);
    expect((await waiting.result).outcome).toBe('timed-out');
    expect(told.heard.result?.outcome).toBe('timed-out');
    expect(told.heard.isRunning(told.desk.clock.now())).toBe(false);
  });

  test('is unknown where the reader is lost meanwhile, and stays what it was where none runs', async () => {
    const told = await overhear();
    expect(told.heard.lost({ now: 0, at: 0 })).toBe(false);
    expect(told.heard.result).toBeUndefined();
    await told.desk.started({ accept: 'tap', timeout: 30 });
    expect(told.heard.lost(momentOf(told.desk))).toBe(true);
    expect(told.heard.result?.outcome).toBe('unknown');
    expect(told.heard.lost(momentOf(told.desk))).toBe(false);
  });

  test('is not that of a start that was refused while another runs', async () => {
    const told = await overhear();
    const sale = await told.desk.started({ accept: 'tap', timeout: 30 });
    const second = told.desk.client.request(
      commands.startTransaction({ amount: '1.00', accept: 'tap', currency: 'EUR' }),
    );
    await told.desk.pass(1_000);
    await second.catch(() => undefined);
    expect(told.heard.result).toBeUndefined();
    told.desk.reader.tap('visa');
    await told.desk.pass(60_000);
    expect((await sale.result).outcome).toBe('deferred');
    expect(told.heard.result?.outcome).toBe('deferred');
  });

  test('is failed where the reader refuses to begin', async () => {
    const told = await overhear();
    told.desk.reader.startFault('low-battery');
    const sale = await told.desk.started({ accept: 'tap', timeout: 30 });
    await told.desk.pass(1_000);
    expect((await sale.result).outcome).toBe('failed');
    expect(told.heard.result?.outcome).toBe('failed');
  });

  test('holds no card data', async () => {
    const told = await overhear();
    await sell(told, { authorize: () => true });
    expect(Object.keys(told.heard.result ?? {})).toEqual(['outcome', 'at']);
    expect(JSON.stringify(told.heard)).not.toMatch(/4111|DFDF|F9/);
  });

  test('does not follow from what a page has shown without a sale', async () => {
    const told = await overhear();
    void told.desk.client.request(commands.displayMessage({ message: 0x03, timeout: 1 }));
    await told.desk.pass(2_000);
    expect(told.heard.result).toBeUndefined();
  });
});
