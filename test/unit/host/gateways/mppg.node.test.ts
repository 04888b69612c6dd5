/** MPPG v4 as its manual describes it: lists of one, numbers for enumerations, faults beside status 200. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mppgGateway, type Gateway, type MppgOptions } from '../../../../src/host/index.js';
import { pageSale } from '../../../support/host-kit.js';
import { hangUp, json, raw, startService, type MockService } from '../../../support/mock-service.js';

const environment = { MAGENSA_CUSTOMER_CODE: 'SHOP', MAGENSA_USERNAME: 'till', MAGENSA_PASSWORD: 'not-a-password' };

let service: MockService;
let gateway: Gateway;

const open = (options: Partial<MppgOptions> = {}): Gateway =>
  mppgGateway({ address: service.address, environment, processorName: 'TSYS - Pilot', ...options });

beforeEach(async () => {
  service = await startService();
  gateway = open();
});
afterEach(() => service.close());

const { transactionId, arqc, ksn, serialNumber } = pageSale(1);
const payment = { transactionId, amount: '4.60', currency: 'USD' };
const authorize = () => gateway.authorize({ ...payment, arqc, ksn, serialNumber, signal: AbortSignal.timeout(10_000) });

const answer = ({
  output = {},
  data = {},
  ...top
}: { output?: object; data?: object } & Record<string, unknown> = {}) => ({
  MagTranID: 'b5a54ae2-63b1-4a60-8a01-5f0ca0d1ad1f',
  CustomerTransactionID: transactionId,
  TransactionUTCTimestamp: '2019-07-04 10:45:15Z',
  AdditionalResponseData: null,
  MPPGv4WSFault: null,
  DataOutput: { AdditionalOutputData: [], CardID: 'x', IsReplay: false, PANLast4: '', ...data },
  TransactionOutput: {
    IsTransactionApproved: true,
    TransactionID: '4711',
    TransactionStatus: '1',
    TransactionMessage: 'Success',
    AuthCode: 'OK1234',
    AuthorizedAmount: 4.6,
    IssuerAuthenticationData: null,
    IssuerScriptTemplate1: null,
    IssuerScriptTemplate2: null,
    Token: 'FA00',
    TransactionOutputDetails: [{ key: 'ProcessorResponse', value: '<Response/>' }],
    ...output,
  },
  ...top,
});

const fault = (FaultCode: string) =>
  answer({ MPPGv4WSFault: { FaultCode, FaultReason: 'why' }, TransactionOutput: null });

describe('the request', () => {
  test('is a list of one, with numbers for enumerations', async () => {
    service.behave(json([answer()]));
    await authorize();
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/service/JSON/ProcessData' });
    expect(service.requests[0]?.body).toEqual([
      {
        Authentication: { CustomerCode: 'SHOP', Username: 'till', Password: 'not-a-password' },
        CustomerTransactionID: transactionId,
        DataInput: {
          Data: arqc,
          DataFormatType: 0,
          EncryptionInfo: { EncryptionType: '80', KSN: ksn, NumberOfPaddedBytes: 0 },
          IsEncrypted: true,
          PaymentMode: 2,
        },
        TransactionInput: {
          Amount: 4.6,
          ProcessorName: 'TSYS - Pilot',
          TransactionType: 1,
          TransactionInputDetails: [],
        },
        AdditionalRequestData: [],
      },
    ]);
  });

  test.each([
    ['Chase - Pilot', 460],
    ['Elavon - Pilot', 460],
    ['Rapid Connect v3 - Pilot', 460],
    ['VantivExpress - Pilot', 4.6],
    ['Somebody - Production', 4.6],
  ])('has the amount that %s wants', async (processorName, amount) => {
    gateway = open({ processorName });
    service.behave(json([answer({ output: { AuthorizedAmount: amount } })]));
    expect((await authorize()).authorizedAmount).toMatch(/^4\.60?$/);
    expect(service.requests[0]?.body).toMatchObject([{ TransactionInput: { Amount: amount } }]);
  });

  test('is not sent in another currency, nor for half an ARQC', async () => {
    const signal = AbortSignal.timeout(1000);
    expect((await gateway.authorize({ ...payment, currency: 'EUR', arqc, ksn, serialNumber, signal })).outcome).toBe(
      'declined',
    );
    expect((await gateway.authorize({ ...payment, arqc: '0102', ksn, serialNumber, signal })).outcome).toBe('declined');
    expect(service.requests).toEqual([]);
  });
});

describe('outcomes', () => {
  test('approved, with the ids of the payment', async () => {
    service.behave(json([answer()]));
    const { reference = '', ...rest } = await authorize();
    expect(rest).toEqual({ outcome: 'approved', message: 'Success', authorizedAmount: '4.6' });
    expect(JSON.parse(reference)).toEqual({
      magTranID: 'b5a54ae2-63b1-4a60-8a01-5f0ca0d1ad1f',
      transactionID: '4711',
      authCode: 'OK1234',
      token: 'FA00',
    });
  });

  test('First Data’s own answer is kept, which it wants again', async () => {
    gateway = open({ processorName: 'Rapid Connect v3 - Pilot' });
    service.behave(json([answer({ output: { AuthorizedAmount: 460 } })]));
    expect(JSON.parse((await authorize()).reference ?? '')).toMatchObject({ processorResponse: '<Response/>' });
  });

  test('declined, although the amount is given back', async () => {
    service.behave(
      json([answer({ output: { IsTransactionApproved: false, TransactionMessage: 'Declined', AuthCode: null } })]),
    );
    const declined = await authorize();
    expect(declined).toMatchObject({ outcome: 'declined', message: 'Declined' });
    expect(declined).not.toHaveProperty('authorizedAmount');
  });

  test.each(['602', '659', '701', '712', '745', 'DeserializationFailed'])(
    'fault %s: nothing was charged',
    async (code) => {
      service.behave(json([fault(code)]));
      expect(await authorize()).toMatchObject({ outcome: 'declined', message: expect.stringContaining(code) });
    },
  );

  test.each(['721', '5000', '9999', ''])('fault %j: unknown', async (code) => {
    service.behave(json([fault(code)]));
    expect((await authorize()).outcome).toBe('unknown');
  });

  test.each([
    ['a list of two', json([answer(), answer()])],
    ['an empty list', json([])],
    ['no flag', json([answer({ output: { IsTransactionApproved: null } })])],
    ['another payment’s id', json([answer({ CustomerTransactionID: 'order-2' })])],
    ['another payment’s id as a number', json([answer({ CustomerTransactionID: 2 })])],
    ['a decision beside a fault', json([answer({ MPPGv4WSFault: { FaultCode: '712', FaultReason: 'why' } })])],
    ['a decision beside a fault in words', json([answer({ MPPGv4WSFault: 'failed' })])],
    ['card data seen before', json([answer({ data: { IsReplay: true } })])],
    ['HTML', raw('<html>', 200)],
    ['status 500', json([answer()], 500)],
    ['bad JSON', raw('[{', 200, 'application/json')],
  ])('unknown with %s', async (_, behaviour) => {
    service.behave(behaviour);
    expect((await authorize()).outcome).toBe('unknown');
    expect(service.requests).toHaveLength(1);
  });

  test('card data seen before may be accepted, for the pilot', async () => {
    gateway = open({ acceptReplay: true });
    service.behave(json([answer({ data: { IsReplay: true } })]));
    expect((await authorize()).outcome).toBe('approved');
  });

  test('an object instead of a list is that answer', async () => {
    service.behave(json(answer()));
    expect((await authorize()).outcome).toBe('approved');
  });

  test('no answer rejects, once', async () => {
    service.behave(hangUp);
    await expect(authorize()).rejects.toThrow(/^(?!.*not-a-password)/);
    expect(service.requests).toHaveLength(1);
  });
});

describe('later operations', () => {
  const reference = JSON.stringify({ transactionID: '4711', authCode: 'OK1234' });

  test.each([
    ['void', 4],
    ['reverse', 4],
    ['refund', 5],
    ['capture', 3],
  ] as const)('%s refers to the processor’s id', async (kind, type) => {
    service.behave(json([answer()]));
    const signal = AbortSignal.timeout(10_000);
    expect((await gateway[kind]!({ ...payment, reference, signal })).outcome).toBe('approved');
    expect(service.requests[0]?.path).toBe('/service/JSON/ProcessReferenceID');
    expect(service.requests[0]?.body).toMatchObject([
      { TransactionInput: { TransactionType: type, ReferenceTransactionID: '4711', ReferenceAuthCode: 'OK1234' } },
    ]);
  });

  test('are there where the processor has them', () => {
    expect(open({ processorName: 'Chase - Pilot' })).not.toHaveProperty('void');
    expect(open({ processorName: 'Chase - Pilot' })).toHaveProperty('refund');
    expect(open({ processorName: 'Elavon - Pilot' })).not.toHaveProperty('refund');
    expect(gateway).not.toHaveProperty('inquire');
  });

  test('without that id nothing is sent', async () => {
    expect((await gateway.void!({ ...payment, signal: AbortSignal.timeout(1000) })).outcome).toBe('unknown');
    expect(service.requests).toEqual([]);
  });
});
