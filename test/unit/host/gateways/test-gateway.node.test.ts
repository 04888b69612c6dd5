/** The test gateway decrypts what simulated readers send, and decides by its rules. */
import { afterEach, describe, expect, test } from 'vitest';
import { ReaderClient, type CardDataDetail } from '../../../../src/client.js';
import { createPaymentHost, sqliteLedger, testGateway, type TestGatewayOptions } from '../../../../src/host/index.js';
import { decryptArqc } from '../../../../src/host/gateways/decrypt-arqc.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import {
  aesDukptEncryption,
  dukptEncryption,
  SimulatedReader,
  SimulatedTransport,
  testCards,
  type CardEncryption,
  type TestCard,
} from '../../../../src/simulator/index.js';
import { arqcWith, authorizeRequest, pageSale, read, statusRequest } from '../../../support/host-kit.js';

const BDK = '0123456789ABCDEFFEDCBA9876543210';

interface Read {
  readonly arqc: string;
  readonly ksn: string;
  readonly serialNumber: string;
}

interface Reading {
  readonly encryption?: CardEncryption;
  readonly way?: 'insert' | 'tap' | 'swipe' | 'type';
  readonly amount?: string;
}

/** A card as a simulated reader reads it. */
async function readCard(
  card: TestCard,
  { encryption = dukptEncryption({ bdk: BDK }), way = 'insert', amount = '4.60' }: Reading = {},
): Promise<Read> {
  const reader = new SimulatedReader({ encryption, pace: 0 });
  const client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await client.connect();
  const found = new Promise<CardDataDetail>((resolve) => client.subscribe('card-data', resolve));
  const sale = client.startTransaction({
    amount,
    currency: 'EUR',
    accept: way === 'type' ? 'manual' : 'insert tap swipe',
  });
  for await (const { phase } of sale) {
    if (phase !== 'waiting-for-card') continue;
    reader[way](card);
    break;
  }
  const arqc = await found;
  client.disconnect();
  reader.close();
  return { arqc: toHex(arqc.bytes), ksn: arqc.ksn, serialNumber: arqc.serialNumber };
}

const withPan = (pan: string): TestCard => ({ ...testCards.visa, pan });

let counter = 0;
const decide = async (card: Read, options: Partial<TestGatewayOptions> = {}, amount = '4.60', seconds = 10) => {
  const gateway = testGateway({ bdk: BDK, ...options });
  const transactionId = `test-${String(++counter)}`;
  const signal = AbortSignal.timeout(seconds * 1000);
  const request = { transactionId, amount, currency: 'EUR', ...card, signal };
  return { gateway, request, answer: gateway.authorize(request) };
};

describe('decryption', () => {
  test.each([
    ['inserted', 'insert'],
    ['tapped', 'tap'],
    ['swiped', 'swipe'],
  ] as const)('of a card that was %s, with triple DES', async (_, way) => {
    const { arqc } = await readCard(testCards.visa, { way });
    expect(decryptArqc(parseHex(BDK), arqc).pan).toBe('4111111111111111');
  });

  test('of a number that was typed: it is on track 2 alone', async () => {
    const { arqc } = await readCard(testCards.visa, { way: 'type' });
    expect(decryptArqc(parseHex(BDK), arqc).pan).toBe('4111111111111111');
  });

  test('of a card with AES', async () => {
    const ksn = '123456789012345600000000';
    const card = await readCard(testCards.mastercard, { encryption: aesDukptEncryption({ bdk: BDK, ksn }) });
    expect(card.ksn).toHaveLength(24);
    expect(decryptArqc(parseHex(BDK), card.arqc)).toEqual({ pan: '5555555555554444', amount: '4.60' });
  });

  test('of a number with an odd count of digits, and the amount on the card', async () => {
    const { arqc } = await readCard(testCards.amex, { amount: '12.30' });
    expect(decryptArqc(parseHex(BDK), arqc)).toEqual({ pan: '378282246310005', amount: '12.30' });
  });

  test.each([
    ['under another key', () => readCard(testCards.visa, { encryption: dukptEncryption({ bdk: 'FE'.repeat(16) }) })],
    ['of noise', async () => pageSale(1)],
    ['with a key serial number of another length', async () => ({ ...pageSale(1), arqc: arqcWith('01', 'B1') })],
    ['cut', async () => ({ ...pageSale(1), arqc: pageSale(1).arqc.slice(0, 60) })],
  ])('of card data %s fails, and the sale is declined', async (_, card) => {
    const { answer } = await decide(await card());
    expect(await answer).toEqual({ outcome: 'declined', message: expect.any(String) });
  });
});

describe('rules', () => {
  test('other cards are approved, up to the limit', async () => {
    const card = await readCard(testCards.visa);
    expect(await (await decide(card)).answer).toMatchObject({
      outcome: 'approved',
      authorizedAmount: '4.60',
      responseCode: '00',
    });
    expect(await (await decide(card, { limit: '4.60' })).answer).toMatchObject({ outcome: 'approved' });
    expect(await (await decide(card, { limit: '4.59' })).answer).toMatchObject({
      outcome: 'declined',
      message: 'Above the limit of 4.59',
      responseCode: '05',
    });
  });

  test('cards that are declined, and that are approved for half', async () => {
    expect(await (await decide(await readCard(withPan('4000000000000002')))).answer).toMatchObject({
      outcome: 'declined',
    });
    expect(await (await decide(await readCard(withPan('4000000000009995')), {}, '4.61')).answer).toMatchObject({
      outcome: 'approved',
      authorizedAmount: '2.30',
      responseCode: '10',
    });
  });

  test('a slow card is waited for, a silent one never answers and is found by inquiry', async () => {
    const slow = await decide(await readCard(withPan('4000000000000127')), { slow: 0.05 });
    expect(await slow.answer).toMatchObject({ outcome: 'approved' });
    const silent = await decide(await readCard(withPan('4000000000000119')), {}, '4.60', 0.05);
    await expect(silent.answer).rejects.toThrow();
    expect(await silent.gateway.inquire!({ ...silent.request })).toMatchObject({ outcome: 'approved' });
    expect(await silent.gateway.inquire!({ ...silent.request, transactionId: 'other' })).toEqual({
      outcome: 'unknown',
    });
  });

  test('rules of a shop’s own come first', async () => {
    const card = await readCard(testCards.visa);
    expect(await (await decide(card, { cards: { '4111111111111111': 'decline' } })).answer).toMatchObject({
      outcome: 'declined',
    });
  });

  test('a payment that it knows can be taken back', async () => {
    const { gateway, request, answer } = await decide(await readCard(testCards.visa));
    const { reference = '' } = await answer;
    expect(await gateway.refund!({ ...request, reference })).toMatchObject({ outcome: 'approved' });
    expect(await gateway.refund!(request)).toMatchObject({ outcome: 'declined' });
  });

  test('keys and limits are checked, and not repeated', () => {
    expect(() => testGateway({ bdk: '0123' })).toThrow(/^(?!.*0123)/);
    expect(() => testGateway({ bdk: BDK, limit: 'fifty' })).toThrow(RangeError);
  });
});

describe('with a host', () => {
  let ledger = sqliteLedger(':memory:');
  afterEach(async () => {
    await ledger.close();
    ledger = sqliteLedger(':memory:');
  });

  test('a sale of a simulated reader goes its whole way; a silent card is resolved by inquiry', async () => {
    const host = createPaymentHost({
      ...{ ledger, gateway: testGateway({ bdk: BDK }), timeout: 0.2 },
      amountOf: () => ({ amount: '4.60', currency: 'EUR' }),
    });
    const sale = { ...pageSale(1), ...(await readCard(testCards.visa)) };
    expect((await read(host(authorizeRequest(sale)))).body).toEqual({
      ...{ approved: true, message: 'Approved', authorizedAmount: '4.60', responseCode: '00' },
    });
    const encryption = dukptEncryption({ bdk: BDK, ksn: 'FFFF9876543211E00000' });
    const silent = { ...pageSale(2), ...(await readCard(withPan('4000000000000119'), { encryption })) };
    expect(await read(host(authorizeRequest(silent)))).toEqual({ status: 202, body: { outcome: 'unknown' } });
    expect((await read(host(statusRequest('order-2')))).body).toMatchObject({ approved: true });
  });
});
