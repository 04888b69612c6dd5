/** Unigate as a client of it must be: the published request, and every kind of answer as one of three outcomes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mppgGateway, unigateGateway, type Gateway, type UnigateOptions } from '../../../../src/host/index.js';
import { pageSale } from '../../../support/host-kit.js';
import { hangUp, json, raw, silence, startService, type MockService } from '../../../support/mock-service.js';

const environment = {
  MAGENSA_CUSTOMER_CODE: 'SHOP',
  MAGENSA_USERNAME: 'till',
  MAGENSA_PASSWORD: 'not-a-password',
};

let service: MockService;
let gateway: Gateway;

const open = (options: UnigateOptions = {}): Gateway =>
  unigateGateway({ address: service.address, environment, processorName: 'TSYS - Pilot', ...options });

beforeEach(async () => {
  service = await startService();
  gateway = open();
});
afterEach(() => service.close());

const { transactionId, arqc, ksn, serialNumber } = pageSale(1);
const payment = { transactionId, amount: '4.60', currency: 'USD' };
const authorize = (signal = AbortSignal.timeout(10_000)) =>
  gateway.authorize({ ...payment, arqc, ksn, serialNumber, signal });
const inquire = (reference?: string) =>
  gateway.inquire!({ ...payment, signal: AbortSignal.timeout(10_000), ...(reference ? { reference } : {}) });

const MAG_ID = 'b5a54ae2-63b1-4a60-8a01-5f0ca0d1ad1f';

/** The published answer; fields can be changed in its parts. */
const answer = ({
  output = {},
  data = {},
  ...top
}: { output?: object; data?: object } & Record<string, unknown> = {}) => ({
  magTranID: MAG_ID,
  traceID: '0c0f4f63-7ae2-4b3f-96ea-5ac6a6e8b1c1',
  customerTransactionID: transactionId,
  transactionUTCTimeStamp: '2026-07-04 10:45:15Z',
  dataOutput: { cardID: 'x', panLast4: '1111', isReplay: false, additionalOutputData: [], ...data },
  transactionOutput: {
    isTransactionApproved: true,
    transactionStatus: '000',
    transactionMessage: 'Approved',
    transactionID: '12345',
    authCode: 'A1B2C3',
    authorizedAmount: 4.6,
    issuerAuthenticationData: '8A023030910A0102030405060708090A9F36020001',
    issuerScriptTemplate1: '71079F180411223344',
    issuerScriptTemplate2: '9F180455667788',
    token: 'FA00',
    transactionOutputDetails: null,
    ...output,
  },
  additionalResponseData: null,
  ...top,
});

const reference = expect.stringContaining(MAG_ID) as string;

describe('the request', () => {
  test('is the published one, with the whole ARQC and an amount of dollars', async () => {
    service.behave(json(answer()));
    await authorize();
    expect(service.requests).toEqual([
      {
        method: 'POST',
        path: '/service/api/Transaction/EMV',
        headers: expect.objectContaining({
          authorization: `Basic ${btoa('SHOP/till:not-a-password')}`,
          'content-type': 'application/json',
        }),
        body: {
          customerTransactionID: transactionId,
          transactionInput: {
            transactionType: 'SALE',
            amount: 4.6,
            processorName: 'TSYS - Pilot',
            transactionInputDetails: [],
          },
          dataInput: {
            encryptedData: { dataType: 'ARQC', data: arqc },
            paymentMode: 'EMV',
            paymentType: 'Credit',
          },
        },
      },
    ]);
  });

  test('has cents, another type, mode and extras where that is asked for', async () => {
    service.behave(json(answer({ output: { authorizedAmount: 460 } })));
    const details = [{ key: 'deviceID', value: '1' }];
    gateway = open({ amountUnit: 'cents', transactionType: 'AUTHORIZE', paymentMode: 'MagStripe', details });
    expect(await authorize()).toMatchObject({ authorizedAmount: '4.60' });
    expect(service.requests[0]?.body).toMatchObject({
      transactionInput: { amount: 460, transactionType: 'AUTHORIZE', transactionInputDetails: details },
      dataInput: { paymentMode: 'MagStripe' },
    });
  });

  test('is not sent in another currency than the account’s, nor for half an ARQC', async () => {
    expect(
      await gateway.authorize({
        ...payment,
        currency: 'EUR',
        arqc,
        ksn,
        serialNumber,
        signal: AbortSignal.timeout(1000),
      }),
    ).toEqual({
      outcome: 'declined',
      message: 'The gateway’s account is in USD.',
    });
    expect(
      await gateway.authorize({
        ...payment,
        arqc: arqc.slice(0, 40),
        ksn,
        serialNumber,
        signal: AbortSignal.timeout(1000),
      }),
    ).toMatchObject({ outcome: 'declined' });
    expect(service.requests).toEqual([]);
  });

  test('is sent once, whatever comes back', async () => {
    for (const behaviour of [hangUp, json({}, 500), json({}, 503), raw('', 302), json({}, 429)]) {
      service.requests.length = 0;
      service.behave(behaviour);
      await authorize().catch(() => undefined);
      expect(service.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    }
  });
});

describe('outcomes', () => {
  test('approved, with what the issuer says and what finds the payment again', async () => {
    service.behave(json(answer()));
    expect(await authorize()).toEqual({
      outcome: 'approved',
      message: 'Approved',
      authorizedAmount: '4.6',
      responseCode: '00',
      issuerData: '910A0102030405060708090A71079F18041122334472079F180455667788',
      reference,
    });
  });

  test('approved for less', async () => {
    service.behave(json(answer({ output: { authorizedAmount: '2.00' } })));
    expect(await authorize()).toMatchObject({ outcome: 'approved', authorizedAmount: '2.00' });
  });

  test('names without regard to case', async () => {
    service.behave(
      json({
        MagTranID: MAG_ID,
        CustomerTransactionId: transactionId,
        TransactionOutput: { IsTransactionApproved: true, AuthorizedAmount: null },
      }),
    );
    expect(await authorize()).toEqual({ outcome: 'approved', reference });
  });

  test('declined with status 200', async () => {
    service.behave(json(answer({ output: { isTransactionApproved: false, transactionMessage: 'Do not honor' } })));
    const declined = await authorize();
    expect(declined).toMatchObject({ outcome: 'declined', message: 'Do not honor' });
    expect(declined).not.toHaveProperty('authorizedAmount');
  });

  test.each([
    ['no transactionOutput', answer({ transactionOutput: undefined })],
    ['no flag', answer({ output: { isTransactionApproved: undefined } })],
    ['the flag as text', answer({ output: { isTransactionApproved: 'true' } })],
    ['the flag as a number', answer({ output: { isTransactionApproved: 1 } })],
    ['null', null],
    ['an empty list', []],
    ['a list of two', [answer(), answer()]],
    ['a text', 'approved'],
    ['another payment’s id', answer({ customerTransactionID: 'order-2' })],
    ['another payment’s id as a number', answer({ customerTransactionID: 2 })],
  ])('unknown with %s', async (_, body) => {
    service.behave(json(body));
    expect((await authorize()).outcome).toBe('unknown');
  });

  test('a list of one is that one', async () => {
    service.behave(json([answer()]));
    expect((await authorize()).outcome).toBe('approved');
  });

  test.each([
    ['HTML of a proxy', raw('<html>Bad gateway</html>', 502)],
    ['HTML with status 200', raw('<html>Welcome</html>')],
    ['HTML with status 403', raw('<html>Forbidden</html>', 403)],
    ['half a JSON', raw('{"transactionOutput":{"isTransactionApproved":true', 200, 'application/json')],
    ['nothing', raw('', 200)],
    ['a failure of the service', json({ code: 'UnknownError', message: 'x', traceID: 'y' }, 500)],
    ['an approval with status 500', json(answer(), 500)],
    ['a code for “too late”', json({ code: 'Timeout', message: 'x', traceID: 'y' }, 408)],
    ['a code for “there already”', json({ code: 'Duplicate', message: 'x', traceID: 'y' }, 409)],
  ])('unknown with %s', async (_, behaviour) => {
    service.behave(behaviour);
    expect((await authorize()).outcome).toBe('unknown');
  });

  test('what the service refuses by a code of its own was not charged', async () => {
    service.behave(json({ code: 'InvalidPaymentMode', message: 'x', traceID: 'y' }, 400));
    expect(await authorize()).toEqual({
      outcome: 'declined',
      message: 'The gateway refused the request: InvalidPaymentMode.',
    });
  });

  test.each([
    ['hangs up', hangUp],
    ['redirects', raw('', 307)],
  ])('the promise is rejected when the service %s, which the host takes for unknown', async (_, behaviour) => {
    service.behave((request, response) => {
      response.setHeader('location', '/elsewhere');
      behaviour(request, response);
    });
    await expect(authorize()).rejects.toThrow();
    expect(service.requests).toHaveLength(1);
  });

  test('silence ends with the host’s signal', async () => {
    service.behave(silence);
    await expect(authorize(AbortSignal.timeout(50))).rejects.toThrow();
  });

  test('an answer without an end is not read for ever', async () => {
    service.behave((_, response) => {
      response.writeHead(200);
      response.end(' '.repeat(2_000_000));
    });
    await expect(authorize()).rejects.toThrow('too long');
  });
});

describe('card data that the gateway has seen before', () => {
  const replayed = answer({ data: { isReplay: true } });

  test.each([
    ['has it approved under this id', answer(), 'approved'],
    ['has it approved under another id', answer({ customerTransactionID: 'order-0' }), 'unknown'],
    ['has it declined', answer({ output: { isTransactionApproved: false } }), 'unknown'],
    ['does not know it', { code: 'NotFound' }, 'unknown'],
  ])('are looked up: %s', async (_, found, outcome) => {
    service.behave((request, response) => {
      json(request.method === 'POST' ? replayed : found)(request, response);
    });
    expect((await authorize()).outcome).toBe(outcome);
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /service/api/Transaction/EMV',
      `GET /service/api/Transaction/${MAG_ID}`,
    ]);
  });

  test('are unknown where looking them up fails', async () => {
    service.behave((request, response) => {
      (request.method === 'POST' ? json(replayed) : hangUp)(request, response);
    });
    expect(await authorize()).toMatchObject({ outcome: 'unknown', reference });
  });
});

describe('inquiry', () => {
  test('by the own id, an object or a list', async () => {
    for (const body of [answer(), [answer({ output: { isTransactionApproved: false } }), answer()]]) {
      service.behave(json(body));
      expect(await inquire()).toMatchObject({ outcome: 'approved', reference });
    }
    expect(service.requests[0]?.path).toBe(`/service/api/Transaction?custTranID=${transactionId}`);
  });

  test('by the gateway’s id where there is one', async () => {
    service.behave(json(answer({ customerTransactionID: null })));
    expect((await inquire(JSON.stringify({ magTranID: MAG_ID }))).outcome).toBe('approved');
    expect(service.requests[0]?.path).toBe(`/service/api/Transaction/${MAG_ID}`);
  });

  test.each([
    ['404', json({}, 404)],
    ['an empty list', json([])],
    ['nothing', raw('')],
    ['another payment', json(answer({ customerTransactionID: 'order-2' }))],
    ['a payment without an id', json(answer({ customerTransactionID: null }))],
  ])('that finds %s leaves it unknown', async (_, behaviour) => {
    service.behave(behaviour);
    expect(await inquire()).toEqual({ outcome: 'unknown' });
  });
});

describe('later operations', () => {
  const later = { ...payment, amount: '1.20', reference: JSON.stringify({ magTranID: MAG_ID }) };

  test.each([
    ['void', 'VOID', { referenceMagTranID: MAG_ID }],
    ['reverse', 'VOID', { referenceMagTranID: MAG_ID }],
    ['refund', 'REFUND', { referenceMagTranID: MAG_ID, amount: 1.2 }],
    ['capture', 'CAPTURE', { referenceMagTranID: MAG_ID, amount: 1.2 }],
  ] as const)('%s refers to the gateway’s id', async (kind, path, body) => {
    service.behave(json(answer({ customerTransactionID: null })));
    expect((await gateway[kind]!({ ...later, signal: AbortSignal.timeout(10_000) })).outcome).toBe('approved');
    expect(service.requests.map((request) => [request.path, request.body])).toEqual([
      [`/service/api/ReferenceTransaction/${path}`, body],
    ]);
  });

  test('without that id it is asked for first; without an answer nothing is done', async () => {
    service.behave(json(answer()));
    await gateway.void!({ ...payment, signal: AbortSignal.timeout(10_000) });
    expect(service.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    service.requests.length = 0;
    service.behave(json({}, 404));
    expect((await gateway.void!({ ...payment, signal: AbortSignal.timeout(10_000) })).outcome).toBe('unknown');
    expect(service.requests.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('address and credentials', () => {
  test.each(['http://svc1.magensa.net/', 'https://a:b@svc1.magensa.net/', 'https://x.example/?a=1', 'ftp://x', 'x'])(
    'the address %s is refused',
    (address) => {
      expect(() => open({ address })).toThrow('must be https://');
    },
  );

  test('an account in a currency that is not listed is refused', () => {
    expect(() => open({ currency: 'ZZZ' })).toThrow('ZZZ is not a currency of ISO 4217');
    expect(() => mppgGateway({ environment, processorName: 'TSYS - Pilot', currency: 'eur' })).toThrow(RangeError);
  });

  test('missing credentials are named, and none is shown', () => {
    expect(() => open({ environment: { MAGENSA_PASSWORD: 'secret' } })).toThrow(
      /^The gateway’s credentials are missing: set MAGENSA_CUSTOMER_CODE, MAGENSA_USERNAME\.$/,
    );
  });
});
