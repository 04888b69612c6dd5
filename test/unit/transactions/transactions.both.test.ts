/** Sales: phases, outcomes and what they rest on, cancelling, what is kept of those without an outcome. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/connection/environment.js';
import { decideOutcome, type Evidence } from '../../../src/transactions/outcome.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import type { Transaction, TransactionResult } from '../../../src/transactions/transaction.js';
import { toMessage, longLengthObject } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { encodeTlv, findTlv } from '../../../src/mms/tlv.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from '../client/over-carriers.js';
import { storageOf } from '../../support/storage-of.js';

let runs = 0;
let count = 0;

overEveryCarrier((makeReader) => {
  /** Ids are remembered for as long as a page lives: each carrier has its own. */
  const run = String(++runs);
  let reader: ScriptedReader;
  let clock: ManualClock;
  let client: ReaderClient;
  let phases: string[];
  let results: TransactionResult[];

  /** Another reader, with a client that has connected to it. */
  async function make(also: Partial<Environment> = {}): Promise<void> {
    reader = await makeReader();
    clock = Object.assign(new ManualClock(), also);
    client = new ReaderClient({
      transport: reader.transport,
      environment: clock,
      reconnect: 'off',
      livenessCheck: false,
    });
    phases = [];
    results = [];
    client.subscribe('transaction', ({ phase }) => phases.push(phase));
    client.subscribe('transaction-complete', (result) => results.push(result));
    await client.connect();
    await reader.settled();
  }

  beforeEach(() => make());

  afterEach(() => {
    client.disconnect();
    expect(clock.running + clock.watching + clock.awake).toBe(0);
  });

  const start = (options: Partial<StartTransactionOptions> = {}): Transaction =>
    client.startTransaction({ amount: '4.60', currency: 'EUR', transactionId: `test-${String(++count)}`, ...options });
  const starts = async (): Promise<number> => (await reader.askedIds()).filter((id) => id === 0x1001).length;
  const accepted = async (): Promise<void> => reader.answer(await reader.lastRequest(), { summary: 0x01 });
  const settle = (): Promise<void> => reader.settled();
  const pass = async (milliseconds: number): Promise<void> => {
    await settle();
    clock.pass(milliseconds);
    await settle();
  };
  const stateOf = async (promise: Promise<unknown>): Promise<unknown> =>
    Promise.race([promise.catch((error: unknown) => (error as ReaderError).code), settle().then(() => 'waiting')]);

  /** What a reader tells during a sale. */
  const card = (detail = '10010200'): Promise<void> => reader.deliver(`AA00810483000101 8204${detail}`);
  const data = async (kind: 'arqc' | 'batch', result = '00', technology = '10'): Promise<void> => {
    const inner =
      kind === 'arqc'
        ? [{ tag: '70', children: [{ tag: 'DFDF52', value: parseHex('05') }] }]
        : [{ tag: 'F0', children: [{ tag: 'F1', children: [{ tag: 'DFDF1A', value: parseHex(result) }] }] }];
    const f9 = encodeTlv([{ tag: 'F9', children: [{ tag: 'FA', children: inner }] }]);
    const blob = Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0);
    await reader.deliver(
      toMessage({
        kind: 'notification',
        id: 0x0101,
        detail: parseHex(`${technology}08${kind === 'arqc' ? '02' : '03'}02`),
        payload: [{ tag: '84', value: blob }],
      }).bytes,
    );
  };
  const completed = (detail = '10FFFFFF'): Promise<void> => reader.deliver(`AA00810483000105 8204${detail}`);
  /** A whole Quick Chip sale after its start, as a burst. */
  const sale = async (): Promise<void> => {
    await settle();
    await Promise.all([card(), data('arqc'), completed(), data('batch'), completed()]);
  };

  describe('a sale', () => {
    test('sends what was asked for, once, and goes through its phases', async () => {
      const running = start({ accept: 'insert tap', timeout: 30, type: 'refund' });
      expect(running.phase).toBe('starting');
      expect(client.transaction).toBe(running);
      const list = findTlv((await reader.lastRequest()).payload, '86')?.value ?? new Uint8Array(0);
      expect(toHex(list)).toBe('9C01209F02060000000004609F03060000000000005F2A020978');
      expect(findTlv((await reader.lastRequest()).payload, '82')?.value).toEqual(Uint8Array.of(30));
      await accepted();
      expect(running.phase).toBe('waiting-for-card');
      await sale();
      const result = await running.result;
      expect(result).toMatchObject({
        outcome: 'deferred',
        amount: '4.60',
        currency: 'EUR',
        transactionId: running.transactionId,
      });
      expect(result.arqc?.transactionId).toBe(running.transactionId);
      expect(result.batch?.kind).toBe('batch');
      expect(phases).toEqual(['starting', 'waiting-for-card', 'reading', 'finishing', 'done']);
      expect(results).toEqual([result]);
      expect(await starts()).toBe(1);
      expect(client.transaction).toBeUndefined();
    });

    test('can be iterated over, also afterwards', async () => {
      const running = start();
      const seen: string[] = [];
      const iterated = (async () => {
        for await (const { phase } of running) seen.push(phase);
      })();
      await accepted();
      await sale();
      await iterated;
      expect(seen).toEqual(phases);
      const again: string[] = [];
      for await (const { phase } of running) again.push(phase);
      expect(again).toEqual(phases);
    });

    test('names itself where it was given no id, and keeps the screen on', async () => {
      await make({ uniqueId: () => `unique-${run}` });
      const running = client.startTransaction({ amount: '1', currency: 'JPY' });
      expect(running.transactionId).toBe(`unique-${run}`);
      expect(clock.awake).toBe(1);
      await accepted();
      await sale();
      await running.result;
      expect(clock.awake).toBe(0);
    });
  });

  describe('is refused before anything is sent', () => {
    test.each([
      [{ amount: '4,60' }, 'bad-amount'],
      [{ amount: '4.605' }, 'bad-amount'],
      [{ amount: '0.00' }, 'bad-amount'],
      [{ amount: '-1' }, 'bad-amount'],
      [{ amount: '' }, 'bad-amount'],
      [{ amount: '12345678901.00' }, 'bad-amount'],
      [{ amount: '1.5', currency: 'JPY' }, 'bad-amount'],
      [{ currency: 'XXX' }, 'bad-amount'],
      [{ currency: undefined as unknown as string }, 'bad-amount'],
      [{ currency: null as unknown as string }, 'bad-amount'],
      [{ timeout: 0 }, 'bad-option'],
      [{ timeout: 256 }, 'bad-option'],
      [{ accept: 'wave' as 'tap' }, 'bad-option'],
      [{ authorizeTimeout: 0 }, 'bad-option'],
      [{ authorizeTimeout: -1 }, 'bad-option'],
      [{ authorizeTimeout: NaN }, 'bad-option'],
      [{ authorizeTimeout: 2 ** 31 / 1000 }, 'bad-option'],
      [{ timeout: Infinity }, 'bad-option'],
      [{ timeout: NaN }, 'bad-option'],
      [{ transactionId: '' }, 'bad-option'],
      [{ transactionId: ' 1' }, 'bad-option'],
      [{ transactionId: '1 ' }, 'bad-option'],
      [{ transactionId: '1\n2' }, 'bad-option'],
      [{ transactionId: 'é' }, 'bad-option'],
      [{ transactionId: '販売' }, 'bad-option'],
      [{ transactionId: 'a'.repeat(256) }, 'bad-option'],
    ] as const)('%j', async (options, code) => {
      expect(() => start(options)).toThrow(expect.objectContaining({ code }) as Error);
      expect(await reader.askedIds()).toEqual([]);
      expect(client.transaction).toBeUndefined();
    });

    test('while one runs, and where its id was started before', async () => {
      const running = start({ transactionId: `sale-1-${run}` });
      expect(() => start()).toThrow(expect.objectContaining({ code: 'transaction-in-progress' }) as Error);
      await accepted();
      await sale();
      await running.result;
      expect(() => start({ transactionId: `sale-1-${run}` })).toThrow(
        expect.objectContaining({ code: 'duplicate-transaction' }) as Error,
      );
      expect(await starts()).toBe(1);
    });

    test('without a connection, and its id stays free', () => {
      client.disconnect();
      expect(() => start({ transactionId: `sale-2-${run}` })).toThrow(
        expect.objectContaining({ code: 'not-connected' }) as Error,
      );
    });
  });

  describe('outcomes', () => {
    test('the host decides', async () => {
      for (const [answer, outcome] of [
        [true, 'approved'],
        [{ approved: false, message: 'Funds' }, 'declined'],
      ] as const) {
        await make();
        const running = start({ authorize: () => Promise.resolve(answer) });
        await accepted();
        await sale();
        expect(await running.result).toMatchObject({ outcome });
        expect(phases).toContain('authorizing');
        client.disconnect();
      }
    });

    test('the host is asked once, with the encrypted data, and waited for', async () => {
      let decide: (answer: boolean) => void = () => undefined;
      const asked: unknown[] = [];
      client.authorize = (request) => {
        asked.push(request);
        return new Promise((resolve) => {
          decide = resolve;
        });
      };
      const running = start();
      await accepted();
      await card();
      await data('arqc');
      await data('arqc');
      await completed();
      await data('batch');
      await completed();
      expect(await stateOf(running.result)).toBe('waiting');
      expect(running.phase).toBe('authorizing');
      expect(asked).toHaveLength(1);
      expect(asked[0]).toMatchObject({ amount: '4.60', currency: 'EUR', arqc: { kind: 'arqc', via: 'contact' } });
      decide(true);
      expect((await running.result).outcome).toBe('approved');
    });

    test.each([
      ['rejects', () => Promise.reject(new Error('network'))],
      [
        'throws',
        () => {
          throw new Error('bug');
        },
      ],
      ['answers nonsense', () => Promise.resolve('ok' as unknown as boolean)],
      ['answers nothing', () => Promise.resolve(undefined as unknown as boolean)],
    ])('are unknown, never declined, when the host’s hook %s', async (_, authorize) => {
      const running = start({ authorize });
      await accepted();
      await sale();
      expect(await running.result).toMatchObject({ outcome: 'unknown', error: { code: 'authorize-failed' } });
    });

    test('are unknown when the host takes too long, and its late answer changes nothing', async () => {
      let decide: (answer: boolean) => void = () => undefined;
      let signal: AbortSignal | undefined;
      const running = start({
        authorizeTimeout: 10,
        authorize: (request) => {
          signal = request.signal;
          return new Promise((resolve) => {
            decide = resolve;
          });
        },
      });
      await accepted();
      await sale();
      await pass(10_000);
      expect((await running.result).outcome).toBe('unknown');
      expect(signal?.aborted).toBe(true);
      decide(true);
      await settle();
      expect(results).toHaveLength(1);
    });

    test('a refused start is failed, with the reader’s reason', async () => {
      const running = start();
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020308' });
      expect(await running.result).toMatchObject({
        outcome: 'failed',
        error: { code: 'rejected', status: { code: 'transaction-in-progress' } },
      });
    });

    test('an unanswered start is unknown, and nothing is sent again', async () => {
      const running = start();
      await pass(5_000);
      expect(await running.result).toMatchObject({ outcome: 'unknown', error: { code: 'timeout' } });
      expect(await starts()).toBe(1);
    });

    test('a start whose answer was lost is unknown, whatever the reader shows, and authorizes nothing', async () => {
      let asked = 0;
      const running = start({ authorize: () => (asked++, true) });
      await card();
      await data('arqc');
      await pass(5_000);
      expect(await running.result).toMatchObject({ outcome: 'unknown', because: { code: 'start-unanswered' } });
      await sale();
      await pass(400_000);
      expect(asked).toBe(0);
    });

    test('no card within the time limit is timed out; an earlier end is unknown', async () => {
      const late = start({ timeout: 20 });
      await accepted();
      await pass(20_000);
      await completed('00FFFFFF');
      await pass(2_000);
      expect((await late.result).outcome).toBe('timed-out');

      await make();
      const early = start({ timeout: 20 });
      await accepted();
      await pass(5_000);
      await completed('00FFFFFF');
      await pass(2_000);
      const result = await early.result;
      expect(result.outcome).toBe('unknown');
      expect(result.reason).toContain('00 FF FF FF');
    });

    test('a reader that never says how it ended is unknown', async () => {
      const running = start({ timeout: 20 });
      await accepted();
      await pass(49_999);
      expect(await stateOf(running.result)).toBe('waiting');
      await pass(1);
      expect((await running.result).outcome).toBe('unknown');
    });

    test('a batch that says error is failed without card data before it, else only data', async () => {
      const failed = start();
      await accepted();
      await card();
      await data('batch', '02');
      await completed();
      expect((await failed.result).outcome).toBe('failed');

      await make();
      const deferred = start();
      await accepted();
      await card();
      await data('arqc');
      await data('batch', '02');
      await completed();
      expect((await deferred.result).outcome).toBe('deferred');
    });

    test('detail codes are interpreted only where an integrator says what they mean', async () => {
      const running = start({ outcomeCodes: { '10FF0102': 'cancelled' } });
      await accepted();
      await card();
      await completed('10FF0102');
      await pass(2_000);
      expect((await running.result).outcome).toBe('cancelled');
    });

    test('the first completion is not the end while the batch has not come, and a single one does not hang', async () => {
      const running = start();
      await accepted();
      await card();
      await data('arqc');
      await completed();
      expect(await stateOf(running.result)).toBe('waiting');
      await pass(1_999);
      expect(await stateOf(running.result)).toBe('waiting');
      await pass(1);
      expect((await running.result).outcome).toBe('deferred');
    });

    test('card data that cannot be read are never taken for none', async () => {
      const running = start();
      await accepted();
      await card();
      await reader.deliver(
        toMessage({ kind: 'notification', id: 0x0101, detail: parseHex('10080202'), payload: [] }).bytes,
      );
      await completed();
      await pass(2_000);
      expect((await running.result).outcome).toBe('unknown');
    });
  });

  describe('messages of the sale before', () => {
    test('do not end the next one', async () => {
      const first = start();
      await accepted();
      await card();
      await data('arqc');
      await completed();
      await data('batch');
      await pass(2_000);
      expect((await first.result).outcome).toBe('deferred');
      const second = start();
      await completed();
      await data('batch', '02');
      expect(second.phase).toBe('starting');
      await accepted();
      await pass(10_000);
      expect(second.phase).toBe('waiting-for-card');
      await sale();
      expect(await second.result).toMatchObject({ outcome: 'deferred' });
    });

    test('are not taken for its own by one that was not even sent', async () => {
      const busy = client.request('AA0081040155180384081803810100820103');
      const running = start({ authorize: () => Promise.resolve(true) });
      const request = await reader.lastRequest();
      const told: string[] = [];
      client.subscribe('card-data', ({ transactionId }) => told.push(transactionId));
      await card();
      await data('arqc');
      expect(told).toEqual(['']);
      await reader.answer(request);
      await busy;
      expect(running.phase).toBe('starting');
      await reader.lose();
      expect(await running.result).toMatchObject({ outcome: 'unknown' });
      expect((await running.result).arqc).toBeUndefined();
    });

    test('are waited for: a batch after the first completion is not the end, another completion is', async () => {
      const running = start();
      await accepted();
      await card();
      await data('arqc');
      await completed('10000001');
      await data('batch');
      await pass(1_999);
      expect(await stateOf(running.result)).toBe('waiting');
      await completed('10000002');
      expect((await running.result).outcome).toBe('deferred');
    });
  });

  describe('card data that come before the start is answered', () => {
    const asking = (): { asked: number; running: Transaction } => {
      const seen = { asked: 0 };
      const running = start({
        authorize: () => {
          seen.asked++;
          return Promise.resolve(true);
        },
      });
      return Object.assign(seen, { running });
    };

    test('are of another sale where it is refused: the host is not asked', async () => {
      const seen = asking();
      await card();
      await data('arqc');
      expect(seen.asked).toBe(0);
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020308' });
      const result = await seen.running.result;
      expect(result.outcome).toBe('failed');
      expect(result.arqc).toBeUndefined();
      expect(seen.asked).toBe(0);
    });

    test('are of another sale where it is accepted, too: only those that come afterwards are its own', async () => {
      const seen = asking();
      const request = await reader.lastRequest();
      await card();
      await data('arqc');
      await completed();
      await data('batch', '02');
      await completed();
      await reader.answer(request, { summary: 0x01 });
      await pass(10_000);
      expect(seen.asked).toBe(0);
      expect(seen.running.phase).toBe('waiting-for-card');
      await sale();
      expect(await seen.running.result).toMatchObject({ outcome: 'approved' });
      expect(seen.asked).toBe(1);
    });

    test('are in no result of a sale that was cut', async () => {
      const seen = asking();
      await card();
      await data('arqc');
      await reader.lose();
      const result = await seen.running.result;
      expect(result.outcome).toBe('unknown');
      expect(result.arqc).toBeUndefined();
      expect(seen.asked).toBe(0);
    });
  });

  test('a decision of the host does not end the sale before the reader has ended its part', async () => {
    let decide: (answer: boolean) => void = () => undefined;
    const running = start({
      authorize: () =>
        new Promise((resolve) => {
          decide = resolve;
        }),
    });
    await accepted();
    await settle();
    await card();
    await data('arqc');
    await completed();
    decide(true);
    await settle();
    expect(running.phase).toBe('finishing');
    await pass(2_000);
    expect((await running.result).outcome).toBe('approved');
  });

  describe('a connection that is lost', () => {
    const steps: readonly (readonly [string, () => void | Promise<void>])[] = [
      ['before the start is answered', () => undefined],
      ['while the reader waits for a card', () => accepted()],
      ['while the card is read', async () => (await accepted(), await card())],
      ['after the card data came', async () => (await accepted(), await card(), await data('arqc'))],
      [
        'after the first completion',
        async () => (await accepted(), await card(), await data('arqc'), await completed()),
      ],
    ];
    test.each(steps)('%s leaves it unknown', async (_, step) => {
      const running = start();
      await step();
      await settle();
      await reader.lose();
      expect(await running.result).toMatchObject({ outcome: 'unknown', error: { code: 'connection-lost' } });
      expect(await starts()).toBe(1);
      await client.connect();
      await settle();
      expect(await starts()).toBe(1);
    });

    test('while the host is asked leaves it unknown, after it has decided it stays decided', async () => {
      const undecided = start({ authorize: () => new Promise(() => undefined) });
      await accepted();
      await card();
      await data('arqc');
      await settle();
      await reader.lose();
      expect((await undecided.result).outcome).toBe('unknown');

      await make();
      const decided = start({ authorize: () => Promise.resolve(true) });
      await accepted();
      await card();
      await data('arqc');
      await settle();
      await reader.lose();
      expect((await decided.result).outcome).toBe('approved');
    });
  });

  describe('cancelling', () => {
    test('resolves when the reader is idle again', async () => {
      const running = start();
      await accepted();
      const cancelled = running.cancel();
      expect((await reader.lastRequest()).id).toBe(0x1008);
      await reader.answer(await reader.lastRequest());
      expect(await stateOf(cancelled)).toBe('waiting');
      await completed('00FFFFFF');
      expect((await cancelled).outcome).toBe('cancelled');
    });

    test('resolves at once where the completion came before the answer', async () => {
      const running = start();
      await accepted();
      const cancelled = running.cancel();
      const request = await reader.lastRequest();
      await completed('00FFFFFF');
      await reader.answer(request);
      expect((await cancelled).outcome).toBe('cancelled');
    });

    test('does not hang where no completion follows', async () => {
      const running = start();
      await accepted();
      const cancelled = client.cancelTransaction();
      await reader.answer(await reader.lastRequest());
      await settle();
      await pass(2_000);
      expect((await cancelled)?.outcome).toBe('cancelled');
      expect(client.transaction).toBeUndefined();
      expect(running.phase).toBe('done');
    });

    test('that comes too late leaves the sale as it is', async () => {
      const running = start();
      await accepted();
      await card();
      const refused = expect(running.cancel()).rejects.toMatchObject({
        code: 'rejected',
        status: { code: 'cannot-cancel' },
      });
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020305' });
      await refused;
      await sale();
      expect((await running.result).outcome).toBe('deferred');
    });

    test('after the card data came does not pretend that nothing was charged', async () => {
      const running = start();
      await accepted();
      await card();
      await data('arqc');
      const cancelled = running.cancel();
      await reader.answer(await reader.lastRequest());
      await completed();
      await settle();
      await pass(2_000);
      expect((await cancelled).outcome).toBe('deferred');
    });

    test('of a sale that the reader does not know ends it with what is known', async () => {
      const running = start();
      await accepted();
      const cancelled = running.cancel();
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020304' });
      await settle();
      await pass(2_000);
      expect((await cancelled).outcome).toBe('unknown');
      expect(running.phase).toBe('done');
    });

    test('before the start was sent sends nothing, and leaves the id free', async () => {
      const busy = client.request('AA0081040155180384081803810100820103');
      const running = start({ transactionId: `sale-3-${run}` });
      const cancelled = running.cancel();
      expect((await cancelled).outcome).toBe('cancelled');
      await reader.answer(await reader.lastRequest());
      await busy;
      expect(await starts()).toBe(0);
      const again = start({ transactionId: `sale-3-${run}` });
      expect(await starts()).toBe(1);
      await accepted();
      await sale();
      await again.result;
    });

    test('what is over resolves with its outcome', async () => {
      const running = start();
      await accepted();
      await sale();
      const result = await running.result;
      expect(await running.cancel()).toBe(result);
      expect(await reader.askedIds()).toHaveLength(1);
    });

    test('without a sale of ours asks the reader all the same', async () => {
      const refused = expect(client.cancelTransaction()).rejects.toMatchObject({ code: 'rejected' });
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020304' });
      await refused;
      const elsewhere = client.cancelTransaction();
      await reader.answer(await reader.lastRequest());
      expect(await elsewhere).toBeUndefined();
    });
  });

  describe('showing the outcome', () => {
    test('tells the reader’s screen where it is wished', async () => {
      const running = start({ showOutcome: true, authorize: () => Promise.resolve(false) });
      await accepted();
      await sale();
      await running.result;
      expect(toHex((await reader.lastRequest()).bytes).slice(-12)).toBe('810105820107');
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '010113' });
      await settle();
    });

    test('keeps the next start back for as long as it is shown: readers refuse to start meanwhile', async () => {
      const first = start({ showOutcome: true, authorize: () => Promise.resolve(true) });
      await accepted();
      await sale();
      await first.result;
      const second = start();
      await settle();
      expect(second.phase).toBe('starting');
      expect((await reader.lastRequest()).id).toBe(0x1803);
      await reader.answer(await reader.lastRequest(), { summary: 0x01 });
      await settle();
      await pass(5_000);
      await settle();
      expect((await reader.lastRequest()).id).toBe(0x1803);
      const cancelled = second.cancel();
      await settle();
      expect((await cancelled).outcome).toBe('cancelled');
      const third = start();
      await pass(400);
      await settle();
      expect((await reader.lastRequest()).id).toBe(0x1001);
      expect(clock.running).toBeGreaterThan(0);
      client.disconnect();
      expect((await third.result).outcome).toBe('unknown');
      expect(clock.running).toBe(0);
    });

    test('lets the next start go at once where the reader shows nothing', async () => {
      const first = start({ showOutcome: true, authorize: () => Promise.resolve(true) });
      await accepted();
      await sale();
      await first.result;
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '010113' });
      await settle();
      start();
      expect((await reader.lastRequest()).id).toBe(0x1001);
    });

    test('says nothing about what was not decided', async () => {
      const running = start({ showOutcome: true });
      await accepted();
      await sale();
      await running.result;
      expect(await reader.askedIds()).toHaveLength(1);
    });
  });

  describe('sales without an outcome', () => {
    const items = new Map<string, string>();
    const storage = storageOf(items);

    beforeEach(async () => {
      client.disconnect();
      items.clear();
      await make({ storage });
    });

    test('are there after a reload, without card data, until they are resolved', async () => {
      const running = start({ transactionId: `lost-${run}` });
      await accepted();
      await card();
      await data('arqc');
      expect(client.unresolvedTransactions).toEqual([]);
      // The page goes away now: the record was written before.
      const written = [...items.values()].join('');
      expect(written).toContain(`lost-${run}`);
      expect(written).not.toMatch(/DFDF|tlv|bytes/);
      client.disconnect();
      await running.result;

      await make({ storage });
      expect(client.unresolvedTransactions).toMatchObject([
        { transactionId: `lost-${run}`, amount: '4.60', currency: 'EUR', arqc: true },
      ]);
      expect(() => start({ transactionId: `lost-${run}` })).toThrow(
        expect.objectContaining({ code: 'duplicate-transaction' }) as Error,
      );
      client.resolveTransaction(`lost-${run}`);
      expect(client.unresolvedTransactions).toEqual([]);
      expect(items.size).toBe(0);
    });

    test('are only those: one with an outcome leaves nothing', async () => {
      const running = start();
      await accepted();
      await sale();
      await running.result;
      expect(client.unresolvedTransactions).toEqual([]);
      expect(items.size).toBe(0);
    });

    test('do not keep a sale from being started where nothing can be kept', async () => {
      client.disconnect();
      const refuse = (): never => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      await make({ storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
      const running = start({ transactionId: `full-${run}` });
      expect(await starts()).toBe(1);
      await reader.lose();
      expect((await running.result).outcome).toBe('unknown');
      expect(client.unresolvedTransactions).toMatchObject([{ transactionId: `full-${run}`, phase: 'starting' }]);
    });

    test('of two readers in a page are kept side by side, without those that still run', async () => {
      const [first, firstReader] = [client, reader];
      const one = start({ transactionId: `both-1-${run}` });
      await make({ storage });
      start({ transactionId: `both-2-${run}` });
      expect(first.unresolvedTransactions).toEqual([]);
      expect(client.unresolvedTransactions).toEqual([]);
      await firstReader.lose();
      await one.result;
      expect(client.unresolvedTransactions).toMatchObject([{ transactionId: `both-1-${run}` }]);
      await reader.lose();
      await settle();
      const both = [{ transactionId: `both-1-${run}` }, { transactionId: `both-2-${run}` }];
      expect(first.unresolvedTransactions).toMatchObject(both);
      expect(client.unresolvedTransactions).toMatchObject(both);
      first.resolveTransaction(`both-2-${run}`);
      expect(client.unresolvedTransactions).toMatchObject([{ transactionId: `both-1-${run}` }]);
    });

    test('say how far they had come', async () => {
      const running = start({ transactionId: `far-${run}`, authorize: () => new Promise(() => undefined) });
      await accepted();
      await card();
      await data('arqc');
      await reader.lose();
      await running.result;
      expect(client.unresolvedTransactions).toMatchObject([
        { transactionId: `far-${run}`, phase: 'authorizing', arqc: true },
      ]);
    });

    test.each(['not json', '{}', '[1]', '[{"transactionId":"x"}]'])(
      'ignores what it did not write: %s',
      async (text) => {
        items.set('magtek-elements/unresolved', text);
        await make({ storage });
        expect(client.unresolvedTransactions).toEqual([]);
      },
    );
  });

  test('long objects of the reader are read like short ones', async () => {
    const running = start();
    await accepted();
    await settle();
    const blob = Uint8Array.of(0, 4, 0xf9, 0x02, 0xfa, 0x00, 0, 0, 0, 0);
    const payload = longLengthObject(0x84, blob);
    const bytes = toMessage({
      kind: 'notification',
      id: 0x0101,
      detail: parseHex('10080202'),
      payload: [],
      opaque: payload,
    }).bytes;
    await reader.deliver(bytes);
    await completed();
    await pass(2_000);
    expect((await running.result).outcome).toBe('deferred');
  });
});

describe('decideOutcome', () => {
  const refused = { text: 'busy' } as NonNullable<Evidence['refused']>;
  const error = new ReaderError('timeout');
  test.each([
    [{ decision: { approved: true }, lost: error, cancelled: true }, 'approved', 'host-approved'],
    [{ decision: { approved: false }, undecided: 'host-silent' }, 'declined', 'host-declined'],
    [{ decision: { approved: false, message: 'No.' } }, 'declined', undefined],
    [{ decision: { approved: true, authorizedAmount: '1.00' } }, 'approved', 'partly-approved'],
    [{ decision: { approved: true, authorizedAmount: '1.00', message: 'A part.' } }, 'approved', 'partly-approved'],
    [{ unsent: true }, 'cancelled', 'not-sent'],
    [{ refused }, 'failed', 'refused'],
    [{ lost: error, arqc: true, cancelled: true }, 'unknown', 'connection-lost'],
    [{ unanswered: error, cardSeen: true }, 'unknown', 'start-unanswered'],
    [{ unanswered: error, arqc: true, decision: { approved: true } }, 'unknown', 'start-unanswered'],
    [{ batchError: true, cardSeen: true, arqc: true }, 'deferred', 'card-read'],
    [{ arqc: true, decision: { approved: true }, refusedByReader: true }, 'unknown', 'approved-and-refused'],
    [{ arqc: true, decision: { approved: false }, refusedByReader: true }, 'declined', 'host-declined'],
    [{ arqc: true, decision: { approved: true }, otherCard: ['1', '2'] }, 'unknown', 'two-cards'],
    [{ arqc: true, decision: { approved: false }, otherCard: ['1', '2'] }, 'declined', 'host-declined'],
    [{ arqc: true, otherCard: ['1', '2'] }, 'unknown', 'two-cards'],
    [{ undecided: 'host-silent', arqc: true, completion: '10000000' }, 'unknown', 'host-silent'],
    [{ batchError: true, cardSeen: true }, 'failed', 'error-before-card'],
    [{ arqc: true, cancelled: true }, 'deferred', 'card-read'],
    [{ cancelled: true, cardSeen: true }, 'cancelled', 'cancelled'],
    [{ cancelled: true, choiceOver: true, cardSeen: true, completion: '00000000' }, 'timed-out', 'no-choice'],
    [{ cancelled: true, choiceOver: true, arqc: true }, 'deferred', 'card-read'],
    [{ limitOver: true, completion: '00000000' }, 'timed-out', 'no-card'],
    [{ limitOver: true, completion: '00000000', cardSeen: true }, 'unknown', 'unexplained-code'],
    [{ limitOver: true }, 'unknown', 'end-not-told'],
    [{ completion: '00000000' }, 'unknown', 'unexplained-code'],
    [{}, 'unknown', 'end-not-told'],
  ] as const)('%j', (evidence, outcome, code) => {
    const decided = decideOutcome(evidence);
    expect(decided.outcome).toBe(outcome);
    expect(decided.because?.code).toBe(code);
    expect(decided.reason).toMatch(/^[A-Z][^{}]+\.$/);
  });

  test('the reason names what the reader said', () => {
    expect(decideOutcome({ refused }).reason).toBe('The reader refused to start: busy.');
    expect(decideOutcome({ completion: '0A000000' }).reason).toContain('code 0A 00 00 00,');
  });

  test('a table of codes decides only what nothing stronger has decided', () => {
    const codes = { '10000000': 'approved' } as const;
    expect(decideOutcome({ completion: '10000000', arqc: true }, codes).outcome).toBe('approved');
    expect(decideOutcome({ completion: '10000000', lost: error }, codes).outcome).toBe('unknown');
    expect(decideOutcome({ completion: '20000000' }, codes).outcome).toBe('unknown');
  });

  test('a table of codes that contradicts the host makes it unknown, with both sides named', () => {
    const codes = { '10000000': 'approved', '20000000': 'declined', '30000000': 'deferred' } as const;
    const [yes, no] = [{ decision: { approved: true } }, { decision: { approved: false } }];
    expect(decideOutcome({ ...yes, completion: '20000000' }, codes)).toMatchObject({
      outcome: 'unknown',
      reason: 'The host approved the transaction, and the reader ended it with code 20 00 00 00, which says otherwise.',
    });
    expect(decideOutcome({ ...no, completion: '10000000' }, codes)).toMatchObject({
      outcome: 'unknown',
      reason: 'The host declined the transaction, and the reader ended it with code 10 00 00 00, which says otherwise.',
    });
    expect(decideOutcome({ ...yes, completion: '10000000' }, codes).outcome).toBe('approved');
    expect(decideOutcome({ ...no, completion: '20000000' }, codes).outcome).toBe('declined');
    expect(decideOutcome({ ...yes, completion: '30000000' }, codes).outcome).toBe('approved');
  });
});
