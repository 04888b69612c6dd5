/** Money that is given back: how a host is told, what counts as its yes, and what may leave for it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reversalKey, reverseAt } from '../../../src/elements/transaction/host.js';
import { createPaymentHost, sqliteLedger, testGateway } from '../../../src/host/index.js';
import type { CardDataDetail } from '../../../src/transactions/card.js';
import type { ReversalRequest, Reverse } from '../../../src/transactions/contract.js';
import { Reversal, withoutClearBatch } from '../../../src/transactions/reversal.js';
import { ManualClock } from '../../support/manual-clock.js';

const ORIGIN = 'https://shop.example';
const batchWith = (...clearTags: string[]): CardDataDetail =>
  ({ kind: 'batch', clearTags, bytes: Uint8Array.of(0, 1) }) as unknown as CardDataDetail;
const request = (transactionId = 'order-1', batch = batchWith()): ReversalRequest =>
  ({ transactionId, amount: '4.60', currency: 'EUR', batch }) as unknown as ReversalRequest;

let posted: RequestInit[];
let answer: unknown;

beforeEach(() => {
  posted = [];
  answer = { approved: true };
  vi.stubGlobal('self', { origin: ORIGIN });
  vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
    posted.push(init);
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a host that never answers is given up after a minute, and asked again', async () => {
  const clock = new ManualClock();
  const signals: AbortSignal[] = [];
  const never: Reverse = ({ signal }) => {
    if (signal) signals.push(signal);
    return new Promise(() => undefined);
  };
  const reversal = new Reversal({ request: request(), reverse: never }, clock);
  const end = reversal.run();
  await clock.letPass(59_999);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await clock.letPass(2_001);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  await clock.letPass(1_000_000);
  expect([await end, signals.length]).toEqual(['failed', 6]);
  expect(reversal.cause).toMatchObject({ because: { code: 'host-silent' } });
  expect(clock.running).toBe(0);
});

test('the request at an address ends with the attempt', async () => {
  const { signal } = new AbortController();
  await reverseAt('/reverse', ORIGIN)({ ...request(), signal });
  expect(posted[0]?.signal).toBe(signal);
});

test.each([true, 1, 'approved', null, [true], { approved: 'true' }])(
  '%j at an address does not say that it was given back',
  async (said) => {
    answer = said;
    const clock = new ManualClock();
    const end = new Reversal({ request: request(), reverse: reverseAt('/reverse', ORIGIN) }, clock).run();
    await clock.letPass(1_000_000);
    expect([await end, posted.length]).toEqual(['failed', 6]);
  },
);

test('each sale has a key of its own, which the payment host takes', async () => {
  const long = 'x'.repeat(254);
  const ids = ['order-1', 'order.2', 'order_3', `${long}1`, `${long}2`];
  const keys = ids.map(reversalKey);
  expect(keys.slice(0, 3)).toEqual(['reverse-order-1', 'reverse-order.2', 'reverse-order_3']);
  expect(new Set(keys).size).toBe(ids.length);
  const ledger = sqliteLedger(':memory:');
  const host = createPaymentHost({
    ledger,
    gateway: testGateway({ bdk: '0123456789ABCDEFFEDCBA9876543210' }),
    amountOf: () => undefined,
  });
  expect(keys.every(({ length }) => length <= 200)).toBe(true);
  // The payment host takes shorter ids than the page.
  for (const [at, id] of ids.slice(0, 3).entries()) {
    await reverseAt('/reverse', ORIGIN)(request(id));
    const { method, headers, body } = posted[at] as { method: string; headers: Record<string, string>; body: string };
    expect(headers['idempotency-key']).toBe(keys[at]);
    expect(JSON.parse(body)).toMatchObject({ transactionId: id });
    const url = `${ORIGIN}/reverse/${encodeURIComponent(id)}`;
    // Not refused for its key: it has never heard of the sale.
    const said = await host(new Request(url, { method, headers, body }));
    expect([said.status, said.status === 404 ? '' : await said.text()]).toEqual([404, '']);
  }
  await ledger.close();
});

test('a batch with card data in clear does not leave', () => {
  expect(withoutClearBatch(request('order-1', batchWith('57')))).not.toHaveProperty('batch');
  expect(withoutClearBatch(request())).toHaveProperty('batch');
});
