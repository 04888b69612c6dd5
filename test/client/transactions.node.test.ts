import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decideOutcome, type Evidence } from '../../src/client/outcome.js';
import { ReaderClient, type ReaderClientOptions } from '../../src/client/reader-client.js';
import { ReaderError } from '../../src/client/reader-error.js';
import type { StartTransactionOptions } from '../../src/client/sales.js';
import type { Transaction, TransactionResult } from '../../src/client/transaction.js';
import { decodeMessage } from '../../src/mms/decode.js';
import { toMessage, longLengthObject } from '../../src/mms/encode.js';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { MmsRequest } from '../../src/mms/message.js';
import { encodeTlv, findTlv } from '../../src/mms/tlv.js';
import { FakeTransport } from '../tools/fake-transport.js';
import { ManualClock } from '../tools/manual-clock.js';

let transport: FakeTransport;
let clock: ManualClock;
let client: ReaderClient;
let phases: string[];
let results: TransactionResult[];

async function make(options: Partial<ReaderClientOptions> = {}): Promise<void> {
  transport = new FakeTransport();
  clock = new ManualClock();
  client = new ReaderClient({ transport, environment: clock, reconnect: 'off', livenessCheck: false, ...options });
  phases = [];
  results = [];
  client.subscribe('transaction', ({ phase }) => phases.push(phase));
  client.subscribe('transaction-complete', (result) => results.push(result));
  await client.connect();
}

beforeEach(() => make());

afterEach(() => {
  client.disconnect();
  expect(clock.running + clock.watching + clock.awake).toBe(0);
});

let count = 0;
const start = (options: Partial<StartTransactionOptions> = {}): Transaction =>
  client.startTransaction({ amount: '4.60', currency: 'EUR', transactionId: `test-${String(++count)}`, ...options });
const last = (): MmsRequest => decodeMessage(transport.sent[transport.sent.length - 1] as Uint8Array) as MmsRequest;
const starts = (): number => transport.sent.filter((bytes) => decodeMessage(bytes).id === 0x1001).length;
const accepted = (): void => {
  transport.answer(last(), { summary: 0x01 });
};
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
const stateOf = async (promise: Promise<unknown>): Promise<unknown> =>
  Promise.race([promise.catch((error: unknown) => (error as ReaderError).code), settle().then(() => 'waiting')]);

/** What a reader tells during a sale. */
const card = (detail = '10010200'): void => {
  transport.deliver(`AA00810483000101 8204${detail}`);
};
const data = (kind: 'arqc' | 'batch', result = '00', technology = '10'): void => {
  const inner =
    kind === 'arqc'
      ? [{ tag: '70', children: [{ tag: 'DFDF52', value: parseHex('05') }] }]
      : [{ tag: 'F0', children: [{ tag: 'F1', children: [{ tag: 'DFDF1A', value: parseHex(result) }] }] }];
  const f9 = encodeTlv([{ tag: 'F9', children: [{ tag: 'FA', children: inner }] }]);
  const blob = Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0);
  transport.deliver(
    toMessage({
      kind: 'notification',
      id: 0x0101,
      detail: parseHex(`${technology}08${kind === 'arqc' ? '02' : '03'}02`),
      payload: [{ tag: '84', value: blob }],
    }).bytes,
  );
};
const completed = (detail = '10FFFFFF'): void => {
  transport.deliver(`AA00810483000105 8204${detail}`);
};
/** A whole Quick Chip sale after its start. */
const sale = (): void => {
  card();
  data('arqc');
  completed();
  data('batch');
  completed();
};

describe('a sale', () => {
  test('sends what was asked for, once, and goes through its phases', async () => {
    const running = start({ accept: 'insert tap', timeout: 30, type: 'refund' });
    expect(running.phase).toBe('starting');
    expect(client.transaction).toBe(running);
    const list = findTlv(last().payload, '86')?.value ?? new Uint8Array(0);
    expect(toHex(list)).toBe('9C01209F02060000000004609F03060000000000005F2A020978');
    expect(findTlv(last().payload, '82')?.value).toEqual(Uint8Array.of(30));
    accepted();
    await settle();
    expect(running.phase).toBe('waiting-for-card');
    sale();
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
    expect(starts()).toBe(1);
    expect(client.transaction).toBeUndefined();
  });

  test('can be iterated over, also afterwards', async () => {
    const running = start();
    const seen: string[] = [];
    const iterated = (async () => {
      for await (const { phase } of running) seen.push(phase);
    })();
    accepted();
    await settle();
    sale();
    await iterated;
    expect(seen).toEqual(phases);
    const again: string[] = [];
    for await (const { phase } of running) again.push(phase);
    expect(again).toEqual(phases);
  });

  test('names itself where it was given no id, and keeps the screen on', async () => {
    const running = client.startTransaction({ amount: '1', currency: 'JPY' });
    expect(running.transactionId).toBe('id-1');
    expect(clock.awake).toBe(1);
    accepted();
    await settle();
    sale();
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
    [{ timeout: 0 }, 'bad-option'],
    [{ timeout: 256 }, 'bad-option'],
    [{ accept: 'wave' as 'tap' }, 'bad-option'],
  ] as const)('%j', (options, code) => {
    expect(() => start(options)).toThrow(expect.objectContaining({ code }) as Error);
    expect(transport.sent).toEqual([]);
    expect(client.transaction).toBeUndefined();
  });

  test('while one runs, and where its id was started before', async () => {
    const running = start({ transactionId: 'sale-1' });
    expect(() => start()).toThrow(expect.objectContaining({ code: 'transaction-in-progress' }) as Error);
    accepted();
    await settle();
    sale();
    await running.result;
    expect(() => start({ transactionId: 'sale-1' })).toThrow(
      expect.objectContaining({ code: 'duplicate-transaction' }) as Error,
    );
    expect(starts()).toBe(1);
  });

  test('without a connection, and its id stays free', () => {
    client.disconnect();
    expect(() => start({ transactionId: 'sale-2' })).toThrow(
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
      accepted();
      await settle();
      sale();
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
    accepted();
    await settle();
    card();
    data('arqc');
    data('arqc');
    completed();
    data('batch');
    completed();
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
    accepted();
    await settle();
    sale();
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
    accepted();
    await settle();
    sale();
    clock.pass(10_000);
    expect((await running.result).outcome).toBe('unknown');
    expect(signal?.aborted).toBe(true);
    decide(true);
    await settle();
    expect(results).toHaveLength(1);
  });

  test('a refused start is failed, with the reader’s reason', async () => {
    const running = start();
    transport.answer(last(), { summary: 0x80, detail: '020308' });
    expect(await running.result).toMatchObject({
      outcome: 'failed',
      error: { code: 'rejected', status: { code: 'transaction-in-progress' } },
    });
  });

  test('an unanswered start is unknown, and nothing is sent again', async () => {
    const running = start();
    clock.pass(5_000);
    expect(await running.result).toMatchObject({ outcome: 'unknown', error: { code: 'timeout' } });
    expect(starts()).toBe(1);
  });

  test('a start whose answer was lost goes on where the reader shows that it runs', async () => {
    const running = start({ authorize: () => Promise.resolve(true) });
    card();
    clock.pass(5_000);
    expect(await stateOf(running.result)).toBe('waiting');
    sale();
    expect((await running.result).outcome).toBe('approved');
  });

  test('no card within the time limit is timed out; an earlier end is unknown', async () => {
    const late = start({ timeout: 20 });
    accepted();
    await settle();
    clock.pass(20_000);
    completed('00FFFFFF');
    clock.pass(2_000);
    expect((await late.result).outcome).toBe('timed-out');

    await make();
    const early = start({ timeout: 20 });
    accepted();
    await settle();
    clock.pass(5_000);
    completed('00FFFFFF');
    clock.pass(2_000);
    const result = await early.result;
    expect(result.outcome).toBe('unknown');
    expect(result.reason).toContain('00 FF FF FF');
  });

  test('a reader that never says how it ended is unknown', async () => {
    const running = start({ timeout: 20 });
    accepted();
    await settle();
    clock.pass(49_999);
    expect(await stateOf(running.result)).toBe('waiting');
    clock.pass(1);
    expect((await running.result).outcome).toBe('unknown');
  });

  test('a batch that says error is failed without card data before it, else only data', async () => {
    const failed = start();
    accepted();
    await settle();
    card();
    data('batch', '02');
    completed();
    expect((await failed.result).outcome).toBe('failed');

    await make();
    const deferred = start();
    accepted();
    await settle();
    card();
    data('arqc');
    data('batch', '02');
    completed();
    expect((await deferred.result).outcome).toBe('deferred');
  });

  test('detail codes are interpreted only where an integrator says what they mean', async () => {
    const running = start({ outcomeCodes: { '10FF0102': 'cancelled' } });
    accepted();
    await settle();
    card();
    completed('10FF0102');
    clock.pass(2_000);
    expect((await running.result).outcome).toBe('cancelled');
  });

  test('the first completion is not the end while the batch has not come, and a single one does not hang', async () => {
    const running = start();
    accepted();
    await settle();
    card();
    data('arqc');
    completed();
    expect(await stateOf(running.result)).toBe('waiting');
    clock.pass(1_999);
    expect(await stateOf(running.result)).toBe('waiting');
    clock.pass(1);
    expect((await running.result).outcome).toBe('deferred');
  });

  test('card data that cannot be read are never taken for none', async () => {
    const running = start();
    accepted();
    await settle();
    card();
    transport.deliver(toMessage({ kind: 'notification', id: 0x0101, detail: parseHex('10080202'), payload: [] }).bytes);
    completed();
    clock.pass(2_000);
    expect((await running.result).outcome).toBe('unknown');
  });
});

describe('messages of the sale before', () => {
  test('do not end the next one', async () => {
    const first = start();
    accepted();
    await settle();
    card();
    data('arqc');
    completed();
    data('batch');
    clock.pass(2_000);
    expect((await first.result).outcome).toBe('deferred');
    const second = start();
    completed();
    data('batch', '02');
    expect(second.phase).toBe('starting');
    accepted();
    await settle();
    clock.pass(10_000);
    expect(second.phase).toBe('waiting-for-card');
    sale();
    expect(await second.result).toMatchObject({ outcome: 'deferred' });
  });

  test('are not taken for its own by one that was not even sent', async () => {
    const busy = client.request('AA0081040155180384081803810100820103');
    const running = start({ authorize: () => Promise.resolve(true) });
    const request = last();
    const told: string[] = [];
    client.subscribe('card-data', ({ transactionId }) => told.push(transactionId));
    card();
    data('arqc');
    expect(told).toEqual(['']);
    transport.answer(request);
    await busy;
    expect(running.phase).toBe('starting');
    transport.lose();
    expect(await running.result).toMatchObject({ outcome: 'unknown' });
    expect((await running.result).arqc).toBeUndefined();
  });

  test('are waited for: a batch after the first completion is not the end, another completion is', async () => {
    const running = start();
    accepted();
    await settle();
    card();
    data('arqc');
    completed('10000001');
    data('batch');
    clock.pass(1_999);
    expect(await stateOf(running.result)).toBe('waiting');
    completed('10000002');
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
    card();
    data('arqc');
    expect(seen.asked).toBe(0);
    transport.answer(last(), { summary: 0x80, detail: '020308' });
    const result = await seen.running.result;
    expect(result.outcome).toBe('failed');
    expect(result.arqc).toBeUndefined();
    expect(seen.asked).toBe(0);
  });

  test('are its own where it is accepted', async () => {
    const seen = asking();
    const request = last();
    card();
    data('arqc');
    transport.answer(request, { summary: 0x01 });
    await settle();
    expect(seen.asked).toBe(1);
    completed();
    data('batch');
    completed();
    expect((await seen.running.result).outcome).toBe('approved');
  });

  test('count where it is never answered, also when the reader has ended meanwhile', async () => {
    const seen = asking();
    sale();
    expect(await stateOf(seen.running.result)).toBe('waiting');
    clock.pass(5_000);
    expect((await seen.running.result).outcome).toBe('approved');
    expect(seen.asked).toBe(1);
  });

  test('are in the result of a sale that was cut', async () => {
    const seen = asking();
    card();
    data('arqc');
    transport.lose();
    const result = await seen.running.result;
    expect(result.outcome).toBe('unknown');
    expect(result.arqc).toBeDefined();
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
  accepted();
  await settle();
  card();
  data('arqc');
  completed();
  decide(true);
  await settle();
  expect(running.phase).toBe('finishing');
  clock.pass(2_000);
  expect((await running.result).outcome).toBe('approved');
});

describe('a connection that is lost', () => {
  const steps: readonly (readonly [string, () => void | Promise<void>])[] = [
    ['before the start is answered', () => undefined],
    ['while the reader waits for a card', () => accepted()],
    ['while the card is read', () => (accepted(), card())],
    ['after the card data came', () => (accepted(), card(), data('arqc'))],
    ['after the first completion', () => (accepted(), card(), data('arqc'), completed())],
  ];
  test.each(steps)('%s leaves it unknown', async (_, step) => {
    const running = start();
    await step();
    await settle();
    transport.lose();
    expect(await running.result).toMatchObject({ outcome: 'unknown', error: { code: 'connection-lost' } });
    expect(starts()).toBe(1);
    await client.connect();
    await settle();
    expect(starts()).toBe(1);
  });

  test('while the host is asked leaves it unknown, after it has decided it stays decided', async () => {
    const undecided = start({ authorize: () => new Promise(() => undefined) });
    accepted();
    await settle();
    card();
    data('arqc');
    await settle();
    transport.lose();
    expect((await undecided.result).outcome).toBe('unknown');

    await make();
    const decided = start({ authorize: () => Promise.resolve(true) });
    accepted();
    await settle();
    card();
    data('arqc');
    await settle();
    transport.lose();
    expect((await decided.result).outcome).toBe('approved');
  });
});

describe('cancelling', () => {
  test('resolves when the reader is idle again', async () => {
    const running = start();
    accepted();
    await settle();
    const cancelled = running.cancel();
    expect(last().id).toBe(0x1008);
    transport.answer(last());
    expect(await stateOf(cancelled)).toBe('waiting');
    completed('00FFFFFF');
    expect((await cancelled).outcome).toBe('cancelled');
  });

  test('resolves at once where the completion came before the answer', async () => {
    const running = start();
    accepted();
    await settle();
    const cancelled = running.cancel();
    const request = last();
    completed('00FFFFFF');
    transport.answer(request);
    expect((await cancelled).outcome).toBe('cancelled');
  });

  test('does not hang where no completion follows', async () => {
    const running = start();
    accepted();
    await settle();
    const cancelled = client.cancelTransaction();
    transport.answer(last());
    await settle();
    clock.pass(2_000);
    expect((await cancelled)?.outcome).toBe('cancelled');
    expect(client.transaction).toBeUndefined();
    expect(running.phase).toBe('done');
  });

  test('that comes too late leaves the sale as it is', async () => {
    const running = start();
    accepted();
    await settle();
    card();
    const cancelled = running.cancel();
    transport.answer(last(), { summary: 0x80, detail: '020305' });
    await expect(cancelled).rejects.toMatchObject({ code: 'rejected', status: { code: 'cannot-cancel' } });
    sale();
    expect((await running.result).outcome).toBe('deferred');
  });

  test('after the card data came does not pretend that nothing was charged', async () => {
    const running = start();
    accepted();
    await settle();
    card();
    data('arqc');
    const cancelled = running.cancel();
    transport.answer(last());
    completed();
    await settle();
    clock.pass(2_000);
    expect((await cancelled).outcome).toBe('deferred');
  });

  test('of a sale that the reader does not know ends it with what is known', async () => {
    const running = start();
    accepted();
    await settle();
    const cancelled = running.cancel();
    transport.answer(last(), { summary: 0x80, detail: '020304' });
    await settle();
    clock.pass(2_000);
    expect((await cancelled).outcome).toBe('unknown');
    expect(running.phase).toBe('done');
  });

  test('before the start was sent sends nothing, and leaves the id free', async () => {
    const busy = client.request('AA0081040155180384081803810100820103');
    const running = start({ transactionId: 'sale-3' });
    const cancelled = running.cancel();
    expect((await cancelled).outcome).toBe('cancelled');
    transport.answer(last());
    await busy;
    expect(starts()).toBe(0);
    const again = start({ transactionId: 'sale-3' });
    expect(starts()).toBe(1);
    accepted();
    await settle();
    sale();
    await again.result;
  });

  test('what is over resolves with its outcome', async () => {
    const running = start();
    accepted();
    await settle();
    sale();
    const result = await running.result;
    expect(await running.cancel()).toBe(result);
    expect(transport.sent).toHaveLength(1);
  });

  test('without a sale of ours asks the reader all the same', async () => {
    const nothing = client.cancelTransaction();
    transport.answer(last(), { summary: 0x80, detail: '020304' });
    await expect(nothing).rejects.toMatchObject({ code: 'rejected' });
    const elsewhere = client.cancelTransaction();
    transport.answer(last());
    expect(await elsewhere).toBeUndefined();
  });
});

describe('showing the outcome', () => {
  test('tells the reader’s screen where it is wished', async () => {
    const running = start({ showOutcome: true, authorize: () => Promise.resolve(false) });
    accepted();
    await settle();
    sale();
    await running.result;
    expect(toHex(last().bytes).slice(-12)).toBe('810105820107');
    transport.answer(last(), { summary: 0x80, detail: '010113' });
    await settle();
  });

  test('keeps the next start back for as long as it is shown: readers refuse to start meanwhile', async () => {
    const first = start({ showOutcome: true, authorize: () => Promise.resolve(true) });
    accepted();
    await settle();
    sale();
    await first.result;
    const second = start();
    await settle();
    expect(second.phase).toBe('starting');
    expect(last().id).toBe(0x1803);
    transport.answer(last(), { summary: 0x01 });
    await settle();
    clock.pass(5_000);
    await settle();
    expect(last().id).toBe(0x1803);
    const cancelled = second.cancel();
    await settle();
    expect((await cancelled).outcome).toBe('cancelled');
    const third = start();
    clock.pass(400);
    await settle();
    expect(last().id).toBe(0x1001);
    expect(clock.running).toBeGreaterThan(0);
    client.disconnect();
    expect((await third.result).outcome).toBe('unknown');
    expect(clock.running).toBe(0);
  });

  test('lets the next start go at once where the reader shows nothing', async () => {
    const first = start({ showOutcome: true, authorize: () => Promise.resolve(true) });
    accepted();
    await settle();
    sale();
    await first.result;
    transport.answer(last(), { summary: 0x80, detail: '010113' });
    await settle();
    start();
    expect(last().id).toBe(0x1001);
  });

  test('says nothing about what was not decided', async () => {
    const running = start({ showOutcome: true });
    accepted();
    await settle();
    sale();
    await running.result;
    expect(transport.sent).toHaveLength(1);
  });
});

describe('sales without an outcome', () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };

  async function withStorage(): Promise<void> {
    transport = new FakeTransport();
    clock = new ManualClock();
    const environment = Object.assign(clock, { storage });
    client = new ReaderClient({ transport, environment, reconnect: 'off', livenessCheck: false });
    await client.connect();
  }

  beforeEach(async () => {
    client.disconnect();
    items.clear();
    await withStorage();
  });

  test('are there after a reload, without card data, until they are resolved', async () => {
    const running = start({ transactionId: 'lost-1' });
    accepted();
    await settle();
    card();
    data('arqc');
    expect(client.unresolvedTransactions).toEqual([]);
    // The page goes away now: the record was written before.
    const written = [...items.values()].join('');
    expect(written).toContain('lost-1');
    expect(written).not.toMatch(/DFDF|tlv|bytes/);
    client.disconnect();
    await running.result;

    await withStorage();
    expect(client.unresolvedTransactions).toMatchObject([
      { transactionId: 'lost-1', amount: '4.60', currency: 'EUR', arqc: true },
    ]);
    expect(() => start({ transactionId: 'lost-1' })).toThrow(
      expect.objectContaining({ code: 'duplicate-transaction' }) as Error,
    );
    client.resolveTransaction('lost-1');
    expect(client.unresolvedTransactions).toEqual([]);
    expect(items.size).toBe(0);
  });

  test('are only those: one with an outcome leaves nothing', async () => {
    const running = start();
    accepted();
    await settle();
    sale();
    await running.result;
    expect(client.unresolvedTransactions).toEqual([]);
    expect(items.size).toBe(0);
  });

  test('do not keep a sale from being started where nothing can be kept', async () => {
    client.disconnect();
    transport = new FakeTransport();
    clock = new ManualClock();
    const refuse = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const environment = Object.assign(clock, { storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
    client = new ReaderClient({ transport, environment, reconnect: 'off', livenessCheck: false });
    await client.connect();
    const running = start({ transactionId: 'full-1' });
    expect(starts()).toBe(1);
    transport.lose();
    expect((await running.result).outcome).toBe('unknown');
    expect(client.unresolvedTransactions).toMatchObject([{ transactionId: 'full-1', phase: 'starting' }]);
  });

  test('of two readers in a page are kept side by side, without those that still run', async () => {
    const [first, firstTransport] = [client, transport];
    const one = start({ transactionId: 'both-1' });
    await withStorage();
    start({ transactionId: 'both-2' });
    expect(first.unresolvedTransactions).toEqual([]);
    expect(client.unresolvedTransactions).toEqual([]);
    firstTransport.lose();
    await one.result;
    expect(client.unresolvedTransactions).toMatchObject([{ transactionId: 'both-1' }]);
    transport.lose();
    await settle();
    const both = [{ transactionId: 'both-1' }, { transactionId: 'both-2' }];
    expect(first.unresolvedTransactions).toMatchObject(both);
    expect(client.unresolvedTransactions).toMatchObject(both);
    first.resolveTransaction('both-2');
    expect(client.unresolvedTransactions).toMatchObject([{ transactionId: 'both-1' }]);
  });

  test('say how far they had come', async () => {
    const running = start({ transactionId: 'far-1', authorize: () => new Promise(() => undefined) });
    accepted();
    await settle();
    card();
    data('arqc');
    transport.lose();
    await running.result;
    expect(client.unresolvedTransactions).toMatchObject([{ transactionId: 'far-1', phase: 'authorizing', arqc: true }]);
  });

  test.each(['not json', '{}', '[1]', '[{"transactionId":"x"}]'])('ignores what it did not write: %s', async (text) => {
    items.set('magtek-elements/unresolved', text);
    await withStorage();
    expect(client.unresolvedTransactions).toEqual([]);
  });
});

describe('decideOutcome', () => {
  const refused = { text: 'busy' } as NonNullable<Evidence['refused']>;
  const error = new ReaderError('timeout');
  test.each([
    [{ decision: { approved: true }, lost: error, cancelled: true }, 'approved', 'host-approved'],
    [{ decision: { approved: false }, undecided: 'host-silent' }, 'declined', 'host-declined'],
    [{ decision: { approved: false, message: 'No.' } }, 'declined', undefined],
    [{ unsent: true }, 'cancelled', 'not-sent'],
    [{ refused }, 'failed', 'refused'],
    [{ lost: error, arqc: true, cancelled: true }, 'unknown', 'connection-lost'],
    [{ unanswered: error, cardSeen: true }, 'unknown', 'start-unanswered'],
    [{ unanswered: error, arqc: true }, 'deferred', 'card-read'],
    [{ undecided: 'host-silent', arqc: true, completion: '10000000' }, 'unknown', 'host-silent'],
    [{ batchError: true, cardSeen: true }, 'failed', 'error-before-card'],
    [{ arqc: true, cancelled: true }, 'deferred', 'card-read'],
    [{ cancelled: true, cardSeen: true }, 'cancelled', 'cancelled'],
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
});

test('long objects of the reader are read like short ones', async () => {
  const running = start();
  accepted();
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
  transport.deliver(bytes);
  completed();
  clock.pass(2_000);
  expect((await running.result).outcome).toBe('deferred');
});
