/** The host's answers: to pages that ask for a decision or for the state of a sale, and to staff who take payments back. */
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createPaymentHost,
  sqliteLedger,
  type AmountOf,
  type GatewayAnswer,
  type Ledger,
  type PaymentHost,
} from '../../../src/host/index.js';
import {
  ADDRESS,
  arqcWith,
  authorizeRequest,
  deferred,
  operationRequest,
  pageSale,
  read,
  ScriptedGateway,
  statusRequest,
} from '../../support/host-kit.js';

let ledger: Ledger;
let gateway: ScriptedGateway;
let host: PaymentHost;
let lines: string[];
const order = { amount: '4.60', currency: 'EUR' };

beforeEach(() => {
  ledger = sqliteLedger(':memory:');
  gateway = new ScriptedGateway();
  lines = [];
  host = createPaymentHost({ ledger, gateway, amountOf: () => order, log: (line) => lines.push(line) });
});

afterEach(() => ledger.close());

const authorize = (sale = pageSale(1), headers = {}) => read(host(authorizeRequest(sale, headers)));
const status = (id = 'order-1') => read(host(statusRequest(id)));
const operate = (kind: string, body?: object, headers = {}) =>
  read(host(operationRequest(kind, 'order-1', body, headers)));
const refused = (httpStatus: number, code: string, field?: string) => ({
  status: httpStatus,
  body: { error: field === undefined ? { code } : { code, field } },
});

describe('a sale', () => {
  test.each(['refund', 'preauthorisation', 'gift'])('of type %s is refused: it would be charged', async (type) => {
    expect(await authorize({ ...pageSale(1), type })).toEqual(refused(422, 'not-supported', 'type'));
    expect(gateway.asked).toEqual([]);
    expect(await authorize({ ...pageSale(1), type: 'cashback' })).toMatchObject({ body: { approved: true } });
  });

  test('is asked for with what the ledger and the order say, and answered', async () => {
    expect(await authorize(pageSale(1, { amount: '4.6' }))).toEqual({
      status: 200,
      body: { approved: true, message: 'Approved' },
    });
    const [request] = gateway.asked;
    const { arqc, ksn, serialNumber } = pageSale(1);
    expect(request).toMatchObject({
      ...{ transactionId: 'order-1', amount: '4.60', currency: 'EUR', arqc, ksn, serialNumber },
      signal: expect.any(AbortSignal),
    });
  });

  test('is answered with what the page and the card need, never with the gateway’s reference', async () => {
    gateway.answer = {
      ...{
        outcome: 'approved',
        authorizedAmount: '2.3',
        responseCode: '00',
        issuerData: '910a0102',
        reference: 'secret',
      },
    };
    const message = 'Approved for 2.30 of 4.60 EUR';
    const body = { approved: true, message, authorizedAmount: '2.30', responseCode: '00', issuerData: '910A0102' };
    expect(await authorize()).toEqual({ status: 200, body });
    expect(await status()).toEqual({ status: 200, body });
  });

  test('has the issuer’s data also where the gateway’s code gives them as bytes, of whatever realm', async () => {
    for (const [order, issuerData] of [
      [1, Uint8Array.of(0x91, 0)],
      [2, runInNewContext('Uint8Array.of(0x91, 0)') as Uint8Array],
    ] as const) {
      // Its type says text; code in JavaScript may give bytes.
      gateway.answer = { outcome: 'approved', responseCode: '00', issuerData: issuerData as unknown as string };
      expect((await authorize(pageSale(order))).body).toMatchObject({ approved: true, issuerData: '9100' });
    }
  });

  test('that is declined is answered with false', async () => {
    gateway.answer = { outcome: 'declined', message: 'Insufficient funds' };
    expect(await authorize()).toEqual({ status: 200, body: { approved: false, message: 'Insufficient funds' } });
  });

  test.each([
    ['throws', () => Promise.reject(new Error('socket hang up'))],
    [
      'throws at once',
      () => {
        throw new Error('no route');
      },
    ],
    ['answers nothing', () => undefined as never],
    ['answers another word', () => ({ outcome: 'APPROVED' }) as never],
    ['answers true', () => true as never],
    ['approves an amount that cannot be read', () => ({ outcome: 'approved' as const, authorizedAmount: 'NaN' })],
    ['approves nothing', () => ({ outcome: 'approved' as const, authorizedAmount: '0.00' })],
    ['approves more than was asked', () => ({ outcome: 'approved' as const, authorizedAmount: '46.00' })],
  ])('is unknown when the gateway %s', async (_, answer) => {
    gateway.answer = answer;
    expect(await authorize()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await status()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await authorize()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(gateway.asked).toHaveLength(1);
  });

  test('is unknown after the time limit, and what the gateway answers later is taken down', async () => {
    const late = deferred<{ outcome: 'approved' }>();
    gateway.answer = () => late.promise;
    host = createPaymentHost({ ledger, gateway, amountOf: () => order, timeout: 0.05 });
    expect(await authorize()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(gateway.asked[0]?.signal.aborted).toBe(true);
    late.resolve({ outcome: 'approved' });
    await expect.poll(() => status()).toEqual({ status: 200, body: { approved: true } });
  });

  test('200 times at once is asked for once, and answered alike', async () => {
    const answer = deferred<{ outcome: 'approved'; message: string }>();
    gateway.answer = () => answer.promise;
    const answers = Array.from({ length: 200 }, () => authorize());
    await expect.poll(() => gateway.asked.length).toBe(1);
    answer.resolve({ outcome: 'approved', message: 'Approved' });
    expect(new Set((await Promise.all(answers)).map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ status: 200, body: { approved: true, message: 'Approved' } })]),
    );
    expect(await authorize()).toEqual({ status: 200, body: { approved: true, message: 'Approved' } });
    expect(gateway.asked).toHaveLength(1);
  });

  test('is answered from the ledger by a host that starts later', async () => {
    await authorize();
    host = createPaymentHost({ ledger, gateway, amountOf: () => undefined });
    expect(await authorize()).toEqual({ status: 200, body: { approved: true, message: 'Approved' } });
    expect(gateway.asked).toHaveLength(1);
  });

  test.each(['status', 'authorize'] as const)(
    'is not taken for given up by %s at another process when the clock is set forward',
    async (path) => {
      const answer = deferred<{ outcome: 'approved' }>();
      gateway.answer = () => answer.promise;
      const first = authorize();
      await expect.poll(() => gateway.asked.length).toBe(1);
      const lookUp = new ScriptedGateway();
      lookUp.inquiry = { outcome: 'declined', message: 'Not found' };
      const other = createPaymentHost({ ledger, gateway: lookUp, amountOf: () => order });
      vi.useFakeTimers({ toFake: ['Date'] });
      try {
        vi.setSystemTime(Date.now() + 3_600_000);
        const second = read(other(path === 'status' ? statusRequest('order-1') : authorizeRequest(pageSale(1))));
        await expect.poll(() => lookUp.inquired.length).toBe(1);
        if (path === 'status') expect(await second).toEqual({ status: 202, body: { outcome: 'unknown' } });
        answer.resolve({ outcome: 'approved' });
        expect(await first).toEqual({ status: 200, body: { approved: true } });
        if (path === 'authorize') expect(await second).toEqual({ status: 200, body: { approved: true } });
        expect(await status()).toEqual({ status: 200, body: { approved: true } });
      } finally {
        vi.useRealTimers();
      }
    },
  );

  test.each(['in time', 'too late'])(
    'stays unknown where the ledger cannot be read when an inquiry is answered, %s',
    async (when) => {
      const answer = deferred<{ outcome: 'approved' }>();
      gateway.answer = () => answer.promise;
      const first = authorize();
      await expect.poll(() => gateway.asked.length).toBe(1);
      const inquiry = deferred<GatewayAnswer>();
      const lookUp = Object.assign(new ScriptedGateway(), { inquire: () => inquiry.promise });
      const away = Object.create(ledger) as Ledger;
      let looks = 0;
      away.find = (id) => (++looks === 1 ? ledger.find(id) : Promise.reject(new Error('connection terminated')));
      const timeout = when === 'in time' ? 60 : 0.05;
      const other = createPaymentHost({ ledger: away, gateway: lookUp, amountOf: () => order, timeout });
      vi.useFakeTimers({ toFake: ['Date'] });
      try {
        vi.setSystemTime(Date.now() + 3_600_000);
        const second = read(other(statusRequest('order-1')));
        if (when === 'too late') expect(await second).toEqual({ status: 202, body: { outcome: 'unknown' } });
        const before = looks;
        inquiry.resolve({ outcome: 'declined' });
        await expect.poll(() => looks).toBeGreaterThan(before);
        expect(await second).toEqual({ status: 202, body: { outcome: 'unknown' } });
        answer.resolve({ outcome: 'approved' });
        expect(await first).toEqual({ status: 200, body: { approved: true } });
      } finally {
        vi.useRealTimers();
      }
    },
  );

  test('whose answer the ledger cannot take is unknown until it can', async () => {
    let isFull = true;
    const full = Object.create(ledger) as Ledger;
    full.decide = (...decision) =>
      isFull ? Promise.reject(new Error('database or disk is full')) : ledger.decide(...decision);
    host = createPaymentHost({ ledger: full, gateway, amountOf: () => order, log: (line) => lines.push(line) });
    expect(await authorize()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    isFull = false;
    await expect.poll(() => status()).toEqual({ status: 200, body: { approved: true, message: 'Approved' } });
    expect(lines.join('\n')).toContain('disk is full');
    await host.idle();
  });

  test('of a process that died is found declined although the clock was set back since', async () => {
    const { arqc, ...sale } = pageSale(1);
    await ledger.claim({ ...sale, arqcHash: arqc });
    await ledger.ask('order-1', 'a process that has died');
    gateway.inquiry = { outcome: 'declined', message: 'Not found' };
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime(Date.now() - 3_600_000);
      expect(await status()).toMatchObject({ status: 200, body: { approved: false } });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(['authorize', 'status'] as const)(
    'is not over before its answer is written where who asked by %s has left',
    async (path) => {
      const answer = deferred<GatewayAnswer>();
      if (path === 'authorize') gateway.answer = () => answer.promise;
      else {
        gateway.answer = { outcome: 'unknown' };
        await authorize();
        Object.assign(gateway, { inquire: () => answer.promise });
      }
      void host(path === 'authorize' ? authorizeRequest(pageSale(1)) : statusRequest('order-1'));
      await expect.poll(() => gateway.asked.length).toBe(1);
      let isIdle = false;
      const idle = host.idle().then(() => (isIdle = true));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(isIdle).toBe(false);
      answer.resolve({ outcome: 'approved' });
      await idle;
      expect(await ledger.find('order-1')).toMatchObject({ state: 'approved' });
    },
  );
});

/** The first of these is the sample of docs/host.md. */
describe('a tip that the cardholder chose', () => {
  const amounts = { base: '4.00', tip: '0.72', tax: '0.60', surcharge: '0.00', cashback: '0.00', total: '5.32' };
  const tipped = (changes: Partial<typeof amounts> = {}) =>
    pageSale(1, { amount: changes.total ?? amounts.total, amounts: { ...amounts, ...changes } });

  test('is what amountOf is asked about, and charged where it accepts it', async () => {
    const asked: unknown[] = [];
    const amountOf: AmountOf = (...question) => {
      asked.push(question);
      return { ...order, tip: question[1].amounts.tip };
    };
    host = createPaymentHost({ ledger, gateway, amountOf });
    expect(await authorize(tipped({ tip: '0.720', total: '5.32' }))).toEqual(refused(400, 'bad-body', 'amounts'));
    expect(await authorize(tipped({ tax: '0.6', total: '5.32' }))).toMatchObject({ body: { approved: true } });
    expect(asked).toEqual([['order-1', { amounts, currency: 'EUR' }]]);
    expect(gateway.asked[0]).toMatchObject({ amount: '5.32' });
  });

  test('is refused where amountOf accepts none, and other parts of the sale do not pass as it', async () => {
    expect(await authorize(tipped())).toEqual(refused(409, 'amount-mismatch', 'amount'));
    host = createPaymentHost({
      ...{ ledger, gateway },
      amountOf: (_, asked) => ({ ...order, tip: asked.amounts.tip }),
    });
    const cheap = tipped({ base: '0.01', total: '1.33' });
    expect(await authorize(cheap)).toEqual(refused(409, 'amount-mismatch', 'amount'));
    host = createPaymentHost({ ledger, gateway, amountOf: () => ({ ...order, tip: '0.72', cashback: '0.00' }) });
    const hidden = tipped({ tip: '0.00', surcharge: '0.72' });
    expect(await authorize(hidden)).toEqual(refused(409, 'amount-mismatch', 'amounts.tip'));
    host = createPaymentHost({ ledger, gateway, amountOf: () => ({ ...order, tip: 0.72 as never }) });
    expect((await authorize(tipped())).status).toBe(503);
    expect(gateway.asked).toEqual([]);
  });

  test('goes with cash that the shop pays out', async () => {
    host = createPaymentHost({
      ...{ ledger, gateway },
      amountOf: (_, asked) => ({ ...order, tip: asked.amounts.tip, cashback: '10' }),
    });
    expect(await authorize(tipped())).toEqual(refused(409, 'amount-mismatch', 'amounts.cashback'));
    const sale = tipped({ cashback: '10.00', total: '15.32' });
    expect(await authorize({ ...sale, type: 'cashback' })).toMatchObject({ body: { approved: true } });
  });

  test('is nothing where the page says only the total', async () => {
    const asked: unknown[] = [];
    host = createPaymentHost({
      ...{ ledger, gateway },
      amountOf: (_, { amounts: { base, tip, total } }) => {
        asked.push({ base, tip, total });
        return '4.60';
      },
    });
    expect(await authorize()).toMatchObject({ body: { approved: true } });
    expect(asked).toEqual([{ base: '4.60', tip: '0.00', total: '4.60' }]);
  });

  test.each([
    ['does not add up', { tip: '0.73' }],
    ['is negative', { tip: '-0.72' }],
    ['is a number', { tip: 0.72 as never }],
    ['is missing', { tip: undefined as never }],
    ['has too many decimals', { tip: '0.7200001' }],
    ['has too many digits', { tip: '1'.repeat(20) }],
    ['goes with another total', { total: '5.33' }],
  ])('is refused where it %s', async (_, changes) => {
    const sale = { ...tipped(), amounts: { ...amounts, ...changes } };
    expect(await authorize(sale)).toEqual(refused(400, 'bad-body', 'amounts'));
    expect(gateway.asked).toEqual([]);
  });
});

describe('refused before the gateway is asked', () => {
  afterEach(() => {
    expect(gateway.asked).toEqual([]);
  });

  test('another amount than the order’s; the right one may follow', async () => {
    expect(await authorize(pageSale(1, { amount: '0.01' }))).toEqual(refused(409, 'amount-mismatch', 'amount'));
    expect(await status()).toEqual(refused(404, 'not-found', 'transactionId'));
    gateway.answer = { outcome: 'approved' };
    expect((await authorize()).status).toBe(200);
    expect(gateway.asked.splice(0)).toHaveLength(1);
  });

  test('another currency than the order’s', async () => {
    expect(await authorize(pageSale(1, { currency: 'USD' }))).toEqual(refused(409, 'currency-mismatch', 'currency'));
  });

  test('an order that the shop does not have', async () => {
    host = createPaymentHost({ ledger, gateway, amountOf: () => undefined });
    expect(await authorize()).toEqual(refused(404, 'unknown-order', 'transactionId'));
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no database'))],
    ['gives a number', () => ({ amount: 4.6 as never, currency: 'EUR' })],
  ])('a sale of which amountOf %s', async (_, amountOf) => {
    host = createPaymentHost({ ledger, gateway, amountOf });
    expect(await authorize()).toEqual({ status: 503, body: { error: { code: 'unavailable' } } });
  });

  test('a ledger that fails', async () => {
    const broken = Object.create(ledger) as Ledger;
    broken.claim = () => Promise.reject(new Error('disk I/O error'));
    host = createPaymentHost({ ledger: broken, gateway, amountOf: () => order });
    expect((await authorize()).status).toBe(503);
  });

  test.each([
    ['transactionId', { transactionId: '' }],
    ['transactionId', { transactionId: 'a\nb' }],
    ['transactionId', { transactionId: '\ud800' }],
    ['transactionId', { transactionId: 'x'.repeat(201) }],
    ['amount', { amount: '4,60' }],
    ['amount', { amount: '4.605' }],
    ['amount', { amount: '-4.60' }],
    ['amount', { amount: '1'.repeat(20) }],
    ['amount', { amount: 4.6 as never }],
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'XYZ' }],
    ['arqc', { arqc: '' }],
    ['arqc', { arqc: '012' }],
    ['arqc', { arqc: 'card' }],
    ['ksn', { ksn: 'none' }],
  ])('a bad %s', async (field, changes) => {
    const { transactionId, ...rest } = pageSale(1, changes);
    const request = new Request(`${ADDRESS}/authorize`, {
      method: 'POST',
      body: JSON.stringify({ transactionId, ...rest }),
    });
    expect(await read(host(request))).toEqual(refused(400, 'bad-body', field));
  });

  test.each([
    ['not JSON', '{"transactionId":'],
    ['a list', '[]'],
    ['a text', '"order-1"'],
    ['null', 'null'],
    ['empty', ''],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
  ])('a body that is %s', async (_, body) => {
    const { status: code, body: answer } = await read(
      host(new Request(`${ADDRESS}/authorize`, { method: 'POST', body })),
    );
    expect([code, answer]).toEqual([400, { error: { code: 'bad-body', field: expect.any(String) } }]);
  });

  test('a body that is too large, whether it says so or not', async () => {
    const large = JSON.stringify({ ...pageSale(1), more: 'x'.repeat(70_000) });
    const stream = new Blob([large]).stream();
    for (const init of [{ body: large }, { body: stream, duplex: 'half' }]) {
      const request = new Request(`${ADDRESS}/authorize`, { method: 'POST', ...init });
      expect(await read(host(request))).toEqual(refused(413, 'body-too-large'));
    }
  });

  test('a key that is not the id', async () => {
    expect(await authorize(pageSale(1), { 'idempotency-key': 'order-2' })).toEqual(
      refused(400, 'idempotency-key-mismatch', 'Idempotency-Key'),
    );
  });

  test('fields that contradict the ARQC', async () => {
    expect(await authorize(pageSale(1, { ksn: pageSale(2).ksn }))).toEqual(refused(400, 'card-data-mismatch', 'ksn'));
    expect(await authorize(pageSale(1, { serialNumber: 'B000000' }))).toEqual(
      refused(400, 'card-data-mismatch', 'serialNumber'),
    );
  });

  test('a page of another site', async () => {
    expect(await authorize(pageSale(1), { 'sec-fetch-site': 'cross-site' })).toEqual(refused(403, 'forbidden'));
  });

  test('what permit does not allow', async () => {
    const asked: unknown[] = [];
    host = createPaymentHost({
      ...{ ledger, gateway, amountOf: () => order },
      permit: (_, what) => {
        asked.push(what);
        return what.operation === 'status';
      },
    });
    expect(await authorize()).toEqual(refused(403, 'forbidden'));
    expect(await operate('refund')).toEqual(refused(403, 'forbidden'));
    expect((await status()).status).toBe(404);
    expect(asked).toEqual([
      { operation: 'authorize' },
      { operation: 'refund', transactionId: 'order-1' },
      { operation: 'status', transactionId: 'order-1' },
    ]);
  });

  test('paths and methods that are not the host’s', async () => {
    const ask = (path: string, method: string) => read(host(new Request(ADDRESS + path, { method })));
    expect(await ask('', 'GET')).toEqual(refused(404, 'not-found'));
    expect(await ask('/unauthorize', 'POST')).toEqual(refused(404, 'not-found'));
    expect(await ask('/status/', 'GET')).toEqual(refused(404, 'not-found'));
    expect(await ask('/authorize', 'GET')).toEqual(refused(405, 'method-not-allowed'));
    expect(await ask('/status/order-1', 'POST')).toEqual(refused(405, 'method-not-allowed'));
    expect(await ask('/refund/order-1', 'GET')).toEqual(refused(405, 'method-not-allowed'));
    expect(await ask('/status/%E0%A4%A', 'GET')).toEqual(refused(400, 'bad-body', 'transactionId'));
    expect(await ask('/status/%00', 'GET')).toEqual(refused(400, 'bad-body', 'transactionId'));
  });
});

describe('card data are used once', () => {
  test('the same under another id is refused', async () => {
    await authorize();
    expect(await authorize(pageSale(1, { transactionId: 'order-2' }))).toEqual(refused(409, 'card-data-used', 'ksn'));
    expect(gateway.asked).toHaveLength(1);
  });

  test('another ARQC with the same key serial number of the same reader is refused', async () => {
    await authorize();
    const { ksn, serialNumber } = pageSale(1);
    const changed = arqcWith(ksn, serialNumber, new Uint8Array(16).fill(1));
    expect(await authorize({ ...pageSale(2), ksn, serialNumber, arqc: changed })).toEqual(
      refused(409, 'card-data-used', 'ksn'),
    );
  });

  test('an ARQC that cannot be read counts by its bytes, whatever the page says about it', async () => {
    expect((await authorize(pageSale(1, { arqc: '0102' }))).status).toBe(200);
    expect(await authorize(pageSale(2, { arqc: '0102' }))).toEqual(refused(409, 'card-data-used', 'ksn'));
    const { arqc, ...sale } = pageSale(3, { arqc: '0103' });
    const bare = { transactionId: sale.transactionId, amount: sale.amount, currency: sale.currency, arqc };
    expect(await authorize(bare as never)).toEqual(refused(400, 'bad-body', 'ksn'));
  });

  test('an id belongs to its card and amount', async () => {
    await authorize();
    const other = pageSale(2, { transactionId: 'order-1' });
    expect(await authorize(other)).toEqual(refused(409, 'transaction-id-used', 'transactionId'));
    expect(await authorize(pageSale(1, { amount: '9.00' }))).toEqual(refused(409, 'amount-mismatch', 'amount'));
    expect(await authorize(pageSale(1, { currency: 'USD' }))).toEqual(refused(409, 'currency-mismatch', 'currency'));
  });

  test('also while the first is being asked for', async () => {
    const answer = deferred<{ outcome: 'approved' }>();
    gateway.answer = () => answer.promise;
    const first = authorize();
    await expect.poll(() => gateway.asked.length).toBe(1);
    expect(await status()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await authorize(pageSale(2, { transactionId: 'order-1' }))).toEqual(
      refused(409, 'transaction-id-used', 'transactionId'),
    );
    expect(await authorize(pageSale(1, { transactionId: 'order-2' }))).toEqual(refused(409, 'card-data-used', 'ksn'));
    answer.resolve({ outcome: 'approved' });
    expect((await first).body).toEqual({ approved: true });
  });
});

describe('forms', () => {
  const post = (body: BodyInit) => read(host(new Request(`${ADDRESS}/authorize`, { method: 'POST', body })));
  const value = JSON.stringify(pageSale(1));

  test('have the sale in one of their fields, urlencoded or in parts', async () => {
    expect(await post(new URLSearchParams({ cake: '{"a":1}', payment: value }))).toMatchObject({ status: 200 });
    const parts = new FormData();
    parts.set('cake', 'Ada');
    parts.set('payment', JSON.stringify(pageSale(2)));
    expect(await post(parts)).toMatchObject({ status: 200, body: { approved: true } });
  });

  test('without a sale, with two, or that are broken are refused', async () => {
    expect(await post(new URLSearchParams({ cake: 'Ada' }))).toEqual(refused(400, 'bad-body', 'body'));
    const twice = new URLSearchParams({ a: value, b: value });
    expect(await post(twice)).toEqual(refused(400, 'bad-body', 'body'));
    const broken = new Request(`${ADDRESS}/authorize`, {
      ...{ method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\nbroken' },
    });
    expect(await read(host(broken))).toEqual(refused(400, 'bad-body', 'body'));
  });
});

describe('keys of the header', () => {
  test.each([
    ['in quotes', 'order-1', '"order-1"'],
    ['percent-encoded', 'Bestellung № 4', encodeURIComponent('Bestellung № 4')],
  ])('may be %s', async (_, transactionId, key) => {
    expect((await authorize(pageSale(1, { transactionId }), { 'idempotency-key': key })).status).toBe(200);
    expect((await status(transactionId)).body).toMatchObject({ approved: true });
  });
});

describe('a sale without an outcome', () => {
  beforeEach(async () => {
    gateway.answer = { outcome: 'unknown', reference: 'ref-9' };
    await authorize();
  });

  test('is asked about when its state is asked for', async () => {
    expect(await status()).toEqual({ status: 202, body: { outcome: 'unknown' } });
    gateway.inquiry = { outcome: 'approved', message: 'Found' };
    expect(await status()).toEqual({ status: 200, body: { approved: true, message: 'Found' } });
    expect(gateway.inquired.at(-1)).toMatchObject({ transactionId: 'order-1', amount: '4.60', reference: 'ref-9' });
    await status();
    expect(gateway.inquired).toHaveLength(2);
  });

  test('is asked about once by many', async () => {
    await Promise.all(Array.from({ length: 20 }, () => status()));
    expect(gateway.inquired).toHaveLength(1);
  });

  test('is found by reconcile', async () => {
    gateway.answer = { outcome: 'declined' };
    await authorize(pageSale(2));
    expect(await host.reconcile()).toEqual({ approved: [], declined: [], unknown: ['order-1'], notAsked: [] });
    gateway.inquiry = { outcome: 'declined' };
    expect(await host.reconcile()).toEqual({ approved: [], declined: ['order-1'], unknown: [], notAsked: [] });
    expect(await host.reconcile()).toEqual({ approved: [], declined: [], unknown: [], notAsked: [] });
  });

  test('may be settled by a person, once', async () => {
    expect(await host.settle('order-1', 'approved')).toBe(true);
    expect(await host.settle('order-1', 'declined')).toBe(false);
    expect((await status()).body).toEqual({ approved: true });
  });

  test('cannot be refunded', async () => {
    expect(await operate('refund')).toEqual(refused(409, 'not-allowed'));
    expect(gateway.operated).toEqual([]);
  });
});

describe('after a sale', () => {
  beforeEach(() => authorize());

  test.each([
    ['void', 'voided', false],
    ['reverse', 'reversed', false],
    ['capture', 'captured', true],
    ['refund', 'refunded', true],
  ])('%s is asked for once, and shows in its state', async (kind, state, approved) => {
    expect(await operate(kind)).toEqual({ status: 200, body: { approved: true } });
    expect(await operate(kind)).toEqual({ status: 200, body: { approved: true } });
    expect(gateway.operated).toEqual([
      expect.objectContaining({ kind, transactionId: 'order-1', amount: '4.60', currency: 'EUR', reference: 'ref-1' }),
    ]);
    expect(await status()).toEqual({ status: 200, body: { approved, message: 'Approved', state } });
  });

  test('no more is refunded than was paid, in parts of their own keys', async () => {
    expect((await operate('refund', { amount: '4' }, { 'idempotency-key': 'a' })).status).toBe(200);
    expect(await operate('refund', { amount: '0.61' }, { 'idempotency-key': 'b' })).toEqual(
      refused(409, 'not-allowed', 'amount'),
    );
    expect((await status()).body).toEqual({ approved: true, message: 'Approved' });
    expect((await operate('refund', undefined, { 'idempotency-key': 'c' })).status).toBe(200);
    expect(gateway.operated.map(({ amount }) => amount)).toEqual(['4.00', '0.60']);
    expect((await status()).body).toMatchObject({ state: 'refunded' });
    expect(await operate('void')).toEqual(refused(409, 'not-allowed'));
  });

  test('what the gateway declines changes nothing', async () => {
    gateway.operation = { outcome: 'declined', message: 'Too late' };
    expect(await operate('void')).toEqual({ status: 200, body: { approved: false, message: 'Too late' } });
    expect((await status()).body).toEqual({ approved: true, message: 'Approved' });
  });

  test('an operation without an answer keeps others away until a person settles it', async () => {
    gateway.operation = { outcome: 'unknown' };
    expect(await operate('void')).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await operate('void')).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await operate('refund')).toEqual(refused(409, 'operation-undecided'));
    expect(gateway.operated).toHaveLength(1);
    expect(await host.settle('order-1', 'approved', 'void')).toBe(true);
    expect(await host.settle('order-1', 'approved', 'void')).toBe(false);
    expect((await status()).body).toMatchObject({ approved: false, state: 'voided' });
  });

  test('one whose answer the ledger cannot take is unknown until it can, and is not asked for again', async () => {
    let isFull = true;
    const full = Object.create(ledger) as Ledger;
    full.decideOperation = (...decision) =>
      isFull ? Promise.reject(new Error('database or disk is full')) : ledger.decideOperation(...decision);
    host = createPaymentHost({ ledger: full, gateway, amountOf: () => order, log: (line) => lines.push(line) });
    expect(await operate('refund')).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect(await operate('refund')).toEqual({ status: 202, body: { outcome: 'unknown' } });
    isFull = false;
    await host.idle();
    expect(await operate('refund')).toEqual({ status: 200, body: { approved: true } });
    expect((await status()).body).toMatchObject({ state: 'refunded' });
    expect(gateway.operated).toHaveLength(1);
    expect(lines.join('\n')).toContain('disk is full');
  });

  test('refunds at once are carried out one after the other at most', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => operate('refund', { amount: '4.60' }, { 'idempotency-key': String(at) })),
    );
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(1);
    expect(gateway.operated).toHaveLength(1);
  });

  test('a key belongs to one operation; amounts are checked', async () => {
    await operate('capture', { amount: '4.00' }, { 'idempotency-key': 'a' });
    expect(await operate('void', undefined, { 'idempotency-key': 'a' })).toEqual(
      refused(400, 'idempotency-key-mismatch', 'Idempotency-Key'),
    );
    expect(await operate('void', { amount: '1.00' })).toEqual(refused(409, 'not-allowed', 'amount'));
    expect(await operate('refund', { amount: 'all' })).toEqual(refused(400, 'bad-body', 'amount'));
    expect(await operate('refund', { amount: '0' })).toEqual(refused(409, 'not-allowed', 'amount'));
  });

  test('no more is refunded than was captured', async () => {
    await operate('capture', { amount: '4.00' });
    expect(await operate('refund', { amount: '4.01' })).toEqual(refused(409, 'not-allowed', 'amount'));
    expect(await operate('refund')).toMatchObject({ body: { approved: true } });
    expect(gateway.operated).toMatchObject([{ amount: '4.00' }, { amount: '4.00' }]);
    expect((await status()).body).toMatchObject({ state: 'refunded' });
  });

  test.each(['void', 'reverse'])('%s takes back what was captured', async (kind) => {
    await operate('capture', { amount: '4.00' });
    expect(await operate(kind)).toMatchObject({ body: { approved: true } });
    expect(gateway.operated[1]).toMatchObject({ kind, amount: '4.00' });
  });

  test.each(['void', 'reverse', 'capture'])('%s of the whole is refused once a part was paid back', async (kind) => {
    await operate('refund', { amount: '1.00' });
    expect((await operate(kind)).body).toEqual({ error: { code: 'not-allowed', field: 'amount' } });
    expect((await operate(kind, { amount: '3.61' })).body).toEqual({ error: { code: 'not-allowed', field: 'amount' } });
    expect(gateway.operated).toHaveLength(1);
  });

  test.each([
    ['another amount', { amount: '2.00' }],
    ['all of it', undefined],
  ])('a key that comes again for %s is refused: the first answer would be taken for one to it', async (_, body) => {
    for (const headers of [{}, { 'idempotency-key': 'a' }]) {
      await operate('refund', { amount: '1.00' }, headers);
      expect(await operate('refund', { amount: '1' }, headers)).toMatchObject({ body: { approved: true } });
      expect(await operate('refund', body, headers)).toEqual(
        refused(400, 'idempotency-key-mismatch', 'Idempotency-Key'),
      );
    }
    expect(gateway.operated.map(({ amount }) => amount)).toEqual(['1.00', '1.00']);
  });

  test('one that was refused for its amount leaves its key to the right one', async () => {
    expect(await operate('refund', { amount: '46' })).toEqual(refused(409, 'not-allowed', 'amount'));
    expect(await operate('refund', { amount: '4.60' })).toMatchObject({ body: { approved: true } });
  });

  test('one of all that was declined stays declined, also when less is left since', async () => {
    gateway.operation = { outcome: 'declined' };
    await operate('refund');
    gateway.operation = { outcome: 'approved' };
    await operate('refund', { amount: '1.00' }, { 'idempotency-key': 'a' });
    expect(await operate('refund')).toEqual({ status: 200, body: { approved: false } });
  });

  test('what the gateway cannot do, and sales that are not there, are refused', async () => {
    const { name } = gateway;
    host = createPaymentHost({ ledger, gateway: { name, authorize: gateway.authorize }, amountOf: () => order });
    expect(await operate('void')).toEqual(refused(422, 'not-supported'));
    expect(await read(host(operationRequest('void', 'order-9')))).toEqual(refused(404, 'not-found', 'transactionId'));
  });
});

describe('logs', () => {
  test('have no card number, wherever one was put', async () => {
    const pan = '4111111111111111';
    gateway.answer = () => Promise.reject(new Error(`cannot reach card ${pan}`));
    await authorize(pageSale(1, { transactionId: pan }));
    await host.settle(pan, 'approved');
    gateway.answer = { outcome: 'approved', message: `Card ${pan}\nFORGED` };
    expect(JSON.stringify(await authorize(pageSale(2)))).not.toContain(pan);
    expect(lines.join('\n')).toContain('sale #');
    expect(lines.join('\n')).not.toContain(pan);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });

  test('that fail stop nothing', async () => {
    host = createPaymentHost({
      ...{ ledger, gateway, amountOf: () => order },
      log: () => {
        throw new Error('disk full');
      },
    });
    expect((await authorize()).status).toBe(200);
  });
});

test.each([0, -1, NaN, Infinity, 1e9])('a time limit of %d seconds is refused', (timeout) => {
  expect(() => createPaymentHost({ ledger, gateway, amountOf: () => order, timeout })).toThrow(RangeError);
});
