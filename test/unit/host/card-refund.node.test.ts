/** A refund that a page has read from a card, for an earlier sale: carried out once, at that sale, and only for whom it is permitted. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPaymentHost, sqliteLedger, type Ledger, type PaymentHost } from '../../../src/host/index.js';
import {
  authorizeRequest,
  pageSale,
  read,
  ScriptedGateway,
  statusRequest,
  type PageSale,
} from '../../support/host-kit.js';

let ledger: Ledger;
let gateway: ScriptedGateway;
let host: PaymentHost;
let permitted: unknown[];

beforeEach(async () => {
  ledger = sqliteLedger(':memory:');
  gateway = new ScriptedGateway();
  permitted = [];
  host = createPaymentHost({
    ...{ ledger, gateway, amountOf: () => ({ amount: '4.60', currency: 'EUR' }) },
    permit: (_, what) => (permitted.push(what), true),
  });
  await authorize(pageSale(1));
});

afterEach(() => ledger.close());

const authorize = (sale: PageSale) => read(host(authorizeRequest(sale)));
/** A card is read for money back. */
const refund = (changes: Partial<PageSale> = {}) =>
  authorize(pageSale(2, { transactionId: 'back-1', type: 'refund', originalReference: 'order-1', ...changes }));
const status = (id: string, original: string) => read(host(statusRequest(id, `?originalReference=${original}`)));
const refused = (httpStatus: number, code: string, field?: string) => ({
  status: httpStatus,
  body: { error: field === undefined ? { code } : { code, field } },
});

test('is given back where the sale took it from, and no card is charged', async () => {
  expect(await refund({ amount: '1.2' })).toEqual({ status: 200, body: { approved: true } });
  expect(gateway.operated).toMatchObject([
    { kind: 'refund', transactionId: 'order-1', amount: '1.20', currency: 'EUR', reference: 'ref-1' },
  ]);
  expect(gateway.asked).toHaveLength(1); // the sale
  expect(permitted.at(-1)).toEqual({ operation: 'refund', transactionId: 'order-1' });
});

test('is carried out once under its id, and never for more than was taken', async () => {
  expect(await Promise.all([refund(), refund()])).toContainEqual({ status: 200, body: { approved: true } });
  expect(await refund()).toEqual({ status: 200, body: { approved: true } });
  expect(gateway.operated).toHaveLength(1);
  expect(await refund({ transactionId: 'back-2', amount: '0.01' })).toEqual(refused(409, 'not-allowed'));
  expect(gateway.operated).toHaveLength(1);
});

test('without an outcome is asked about with the sale', async () => {
  gateway.operation = { outcome: 'unknown' };
  expect(await refund()).toEqual({ status: 202, body: { outcome: 'unknown' } });
  expect(await status('back-1', 'order-1')).toEqual({ status: 202, body: { outcome: 'unknown' } });
  await host.settle('order-1', 'approved', 'back-1');
  expect(await status('back-1', 'order-1')).toEqual({ status: 200, body: { approved: true } });
  expect((await status('back-2', 'order-1')).status).toBe(404);
  expect((await status('back-1', 'order-9')).status).toBe(404);
});

test.each([
  ['of a sale that there is not', { originalReference: 'order-9' }, refused(404, 'not-found', 'originalReference')],
  ['in another currency', { currency: 'USD' }, refused(409, 'currency-mismatch', 'currency')],
  ['of nothing', { amount: '0.00' }, refused(400, 'bad-body', 'amount')],
  ['of no sale', { originalReference: undefined as never }, refused(422, 'not-supported', 'type')],
  ['whose id no store takes', { transactionId: 'zurück' }, refused(400, 'bad-body', 'transactionId')],
])('%s is refused', async (_, changes, expected) => {
  const sale = {
    ...pageSale(2, { transactionId: 'back-1', type: 'refund', originalReference: 'order-1' }),
    ...changes,
  };
  const { transactionId } = sale;
  expect(await read(host(authorizeRequest(sale, { 'idempotency-key': encodeURIComponent(transactionId) })))).toEqual(
    expected,
  );
  expect(gateway.operated).toEqual([]);
});

test('is for whom the shop permits it, and for nobody where it does not say', async () => {
  for (const permit of [undefined, (_: Request, { operation }: { operation: string }) => operation === 'authorize']) {
    host = createPaymentHost({ ...{ ledger, gateway, amountOf: () => undefined }, ...(permit ? { permit } : {}) });
    expect(await refund()).toEqual(refused(403, 'forbidden'));
  }
  expect(gateway.operated).toEqual([]);
});
