/** A sale as plain data: the same in event, promise and JSON, valid by the schema of the package, without anything in clear. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Authorize, AuthorizeRequest, TransactionResult } from '../../../src/transactions/contract.js';
import { isPartlyApproved, remainderOf } from '../../../src/transactions/partial-approval.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import { transactionData } from '../../../src/transactions/transaction-data.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedSale } from '../../support/simulated-sale.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/transaction.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

function expectValid(data: unknown): void {
  validate(data);
  expect(validate.errors ?? []).toEqual([]);
}

interface Played {
  readonly result: TransactionResult;
  readonly told: readonly TransactionResult[];
  readonly asked: readonly AuthorizeRequest[];
}

/** A whole sale: what the cardholder does, and what the host says. */
async function play(
  options: Partial<StartTransactionOptions>,
  act: (reader: SimulatedReader) => void,
  host: Authorize = () => true,
): Promise<Played> {
  const made = await SimulatedSale.connected();
  const told: TransactionResult[] = [];
  const asked: AuthorizeRequest[] = [];
  made.client.subscribe('transaction-complete', (result) => told.push(result));
  const sale = await made.started({ authorize: (request) => (asked.push(request), host(request)), ...options });
  act(made.reader);
  await made.pass(200_000);
  const result = await sale.result;
  made.client.disconnect();
  return { result, told, asked };
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what a result is as JSON is valid by the schema', () => {
  const insert = (reader: SimulatedReader): void => reader.insert('visa');
  test.each<readonly [string, Partial<StartTransactionOptions>, (reader: SimulatedReader) => void, Authorize, string]>([
    ['approved', {}, insert, () => true, 'approved'],
    ['declined', {}, (reader) => reader.tap('mastercard'), () => ({ approved: false, message: 'No' }), 'declined'],
    ['by stripe', {}, (reader) => reader.swipe('amex'), () => true, 'approved'],
    ['deferred', {}, insert, () => undefined, 'deferred'],
    ['no card', { timeout: 5 }, () => undefined, () => true, 'timed-out'],
    ['a host that fails', {}, insert, () => Promise.reject(new Error('no network')), 'unknown'],
    ['yen', { amount: '460', currency: 'JPY' }, insert, () => true, 'approved'],
  ])('%s', async (_, options, act, host, outcome) => {
    const { result, told } = await play(options, act, host);
    expect(result.outcome).toBe(outcome);
    expect(told).toEqual([result]);
    expectValid(json(result));
    expect(json(result)).toEqual(json(transactionData(result)));
  });
});

test('a result has all that a receipt needs', async () => {
  const { result } = await play(
    { amount: '4.6' },
    (reader) => reader.insert('visa'),
    () => ({
      approved: true,
      authorizedAmount: '4.60',
      responseCode: '00',
      authorizationCode: 'A1B2C3',
      reference: '77',
      emv: { label: 'VISA', tvr: '0000008000', cryptogram: '0123456789ABCDEF', cryptogramType: 'ARQC' },
    }),
  );
  expect(json(result)).toMatchObject({
    schema: 1,
    type: 'purchase',
    dateTime: '1970-01-01T00:16:40.000Z',
    amount: '4.6',
    amounts: { base: '4.60', tip: '0.00', tax: '0.00', surcharge: '0.00', cashback: '0.00', total: '4.60' },
    card: { maskedPan: '4111********1111', last4: '1111', brand: 'visa', entryMode: 'contact' },
    emv: {
      aid: 'A0000000031010',
      cvm: '1F0302',
      label: 'VISA',
      tvr: '0000008000',
      cryptogram: '0123456789ABCDEF',
      cryptogramType: 'ARQC',
    },
    outcome: 'approved',
    because: { code: 'host-approved' },
    approvedAmount: '4.6',
    responseCode: '00',
    authorizationCode: 'A1B2C3',
    reference: '77',
    via: 'contact',
  });
});

test('a refund says which earlier sale it gives back, to the host and in its result', async () => {
  const refund = { type: 'refund', originalReference: 'order-1', amount: '1.20' } as const;
  const { result, asked } = await play(refund, (reader) => reader.insert('visa'));
  for (const data of [json(result), json(transactionData(asked[0]!))]) {
    expectValid(data);
    expect(data).toMatchObject(refund);
  }
});

test.each([
  ['of a purchase', { originalReference: 'order-1' }],
  ['that is empty', { type: 'refund', originalReference: '' }],
  ['that no host gets as it is', { type: 'refund', originalReference: 'Bestellung №1' }],
  ['that is a card number', { type: 'refund', originalReference: '4111111111111111' }],
] as const)('an original reference %s is refused before anything is sent', async (_, options) => {
  const made = await SimulatedSale.connected();
  const sent = made.requests.length;
  await expect(made.started(options)).rejects.toMatchObject({
    code: 'bad-option',
    because: { values: { name: 'originalReference' } },
  });
  expect(made.requests).toHaveLength(sent);
  made.client.disconnect();
});

test('a host is asked with what is known by then, in the same form', async () => {
  const { result, asked } = await play({}, (reader) => reader.insert('visa'));
  const [request] = asked;
  const { signal, ...sale } = request!;
  expect(signal.aborted).toBe(true);
  const body = transactionData(sale);
  expectValid(json(body));
  expect(body).not.toHaveProperty('outcome');
  expect(json(result)).toMatchObject({ ...(json({ ...body, emv: {} }) as object) });
});

test('nothing that the reader sent in clear is in it, unless that is wanted', async () => {
  const made = await SimulatedSale.connected();
  made.reader.startFault('clear-card-data');
  const sale = await made.started();
  made.reader.insert('visa');
  await made.pass(10_000);
  const result = await sale.result;
  expect(result.arqc?.clearTags).not.toEqual([]);
  expect(JSON.stringify(result)).not.toContain(Buffer.from(result.arqc!.bytes).toString('hex').toUpperCase());
  expect(transactionData(result)).not.toHaveProperty('arqc');
  expect(transactionData(result, true)).toHaveProperty('arqc');
});

test('a host that approves a part has not approved the sale', async () => {
  const { result } = await play(
    {},
    (reader) => reader.insert('visa'),
    () => ({ approved: true, authorizedAmount: '2.3', message: 'Approved for 2.30' }),
  );
  expect(result).toMatchObject({
    outcome: 'approved',
    approvedAmount: '2.30',
    amount: '4.60',
    reason: 'Approved for 2.30',
    because: { code: 'partly-approved' },
  });
  expect([isPartlyApproved(result), remainderOf(result)]).toEqual([true, '2.30']);
  expectValid(json(result));
});

describe('an answer that is not one decides nothing', () => {
  test.each([
    ['more than was asked for', { approved: true, authorizedAmount: '4.61' }],
    ['nothing', { approved: true, authorizedAmount: '0.00' }],
    ['a float', { approved: true, authorizedAmount: 2.3 }],
    ['too many decimals', { approved: true, authorizedAmount: '2.305' }],
  ])('%s', async (_, answer) => {
    const { result } = await play(
      {},
      (reader) => reader.insert('visa'),
      () => answer as never,
    );
    expect(result).toMatchObject({ outcome: 'unknown', because: { code: 'host-unclear' } });
    expect(result).not.toHaveProperty('approvedAmount');
  });
});
