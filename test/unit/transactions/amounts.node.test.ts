/**
 * The parts of an amount: tips at the reader, tax, surcharge and cashback; what the card and the host are asked for
 * (docs/payment.md).
 */
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { decodeTlv, encodeTlv, findTlv, type TlvInput } from '../../../src/mms/tlv.js';
import type { CardDataDetail } from '../../../src/transactions/card.js';
import { readerAmounts } from '../../../src/transactions/reader-amounts.js';
import { startRequest, termsOf, type StartTransactionOptions } from '../../../src/transactions/start-options.js';
import { errorOf } from '../../support/error-of.js';
import { SimulatedSale } from '../../support/simulated-sale.js';

const SHARES = '5% 10% 15% 18% 20% 25%';

/** 9C, 9F02, 9F03 and A4 of the command. */
function sent(options: Partial<StartTransactionOptions>): Record<string, string | undefined> {
  const { payload } = startRequest({ amount: '10.00', currency: 'USD', ...options });
  const list = decodeTlv(findTlv(payload, '86')!.value);
  const hex = (value: Uint8Array | undefined): string | undefined => value && toHex(value);
  return {
    type: hex(findTlv(list, '9C')?.value),
    amount: hex(findTlv(list, '9F02')?.value),
    other: hex(findTlv(list, '9F03')?.value),
    tips: hex(findTlv(payload, 'A4/81')?.value),
    tax: hex(findTlv(payload, 'A4/82')?.value),
    options: hex(findTlv(payload, '84')?.value),
  };
}

interface Sold {
  readonly asked: { readonly amount: string; readonly amounts: object } | undefined;
  readonly result: { readonly amount: string; readonly amounts: object; readonly approvedAmount?: string };
}

/** A whole sale in which the cardholder chooses so. */
async function sell(options: Partial<StartTransactionOptions>, choice?: number): Promise<Sold> {
  const made = await SimulatedSale.connected();
  let asked: Sold['asked'];
  const sale = await made.started({
    amount: '10.00',
    currency: 'USD',
    authorize: ({ amount, amounts }) => ((asked = { amount, amounts }), true),
    ...options,
  });
  if (choice !== undefined) {
    made.reader.select(choice);
    await made.pass(100);
  }
  made.reader.insert('visa');
  await made.pass(10_000);
  const result = await sale.result;
  made.client.disconnect();
  return { asked, result };
}

describe('the reader is started with', () => {
  test.each<[string, Partial<StartTransactionOptions>, Record<string, string | undefined>]>([
    ['the amount alone', {}, { type: '00', amount: '000000001000', other: '000000000000', options: '0003' }],
    [
      'cashback as a part of it',
      { otherAmount: '2.50' },
      { type: '09', amount: '000000001000', other: '000000000250' },
    ],
    [
      'a tip, tax and surcharge added to it',
      { tip: '1.00', tax: '0.80', surcharge: '0.20' },
      { amount: '000000001200', tips: undefined },
    ],
    [
      'shares to choose among, and the tax for itself',
      { tipOptions: SHARES, tax: '0.80' },
      {
        amount: '000000001000',
        tips: '01000000000500000000100000000015000000001800000000200000000025',
        tax: '000000000080',
        options: 'B10B',
      },
    ],
    [
      'amounts to choose among, with cashback and surcharge',
      { tipOptions: ['0.50', '1.00', '1.50', '2', '3', '4'], otherAmount: '5.00', surcharge: '0.30' },
      {
        type: '09',
        amount: '000000001030',
        tips: '02000000005000000001000000000150000000020000000003000000000400',
        tax: '000000000000',
      },
    ],
    ['what its manual says', { transactionOptions: 0x0102 }, { options: '0102' }],
  ])('%s', (_, options, expected) => {
    expect(sent(options)).toMatchObject(expected);
  });

  test.each<[string, Partial<StartTransactionOptions>, string]>([
    ['more cashback than amount', { otherAmount: '10.01' }, 'otherAmount'],
    ['cashback in a refund', { otherAmount: '1.00', type: 'refund' }, 'otherAmount'],
    ['a tip that is no amount', { tip: 'much' }, 'tip'],
    ['a tax with too many decimals', { tax: '0.805' }, 'tax'],
    ['a surcharge below zero', { surcharge: '-1' }, 'surcharge'],
    ['five tips', { tipOptions: '5% 10% 15% 18% 20%' }, 'tipOptions'],
    ['shares and amounts', { tipOptions: '5% 10% 15% 18% 20% 2.00' }, 'tipOptions'],
    ['shares of cashback too', { tipOptions: SHARES, otherAmount: '1.00' }, 'tipOptions'],
    ['a tip and a choice', { tipOptions: SHARES, tip: '1.00' }, 'tipOptions'],
  ])('nothing with %s', (_, options, name) => {
    expect(errorOf(() => sent(options))).toMatchObject({ code: 'bad-option', because: { values: { name } } });
  });

  test('nothing with a sum that has no room', () => {
    expect(errorOf(() => sent({ amount: '9999999999.99', tip: '0.01' }))).toMatchObject({ code: 'bad-amount' });
  });
});

describe('what the reader sends must add up', () => {
  const amountTag = (tag: string, cents: number): TlvInput => ({
    tag,
    value: parseHex(String(cents).padStart(12, '0')),
  });
  const read = (options: Partial<StartTransactionOptions>, ...objects: readonly TlvInput[]) => {
    const terms = termsOf({ amount: '10.00', currency: 'USD', ...options }, 'any', '');
    return readerAmounts(terms, { tlv: decodeTlv(encodeTlv(objects)) } as unknown as CardDataDetail);
  };
  const asked = { tipOptions: SHARES, tax: '0.80' };

  test('and then counts', () => {
    const sent = [amountTag('DF2A', 1230), amountTag('DF5D', 150), amountTag('DF5E', 80)];
    expect(read(asked, ...sent)).toMatchObject({ tip: '1.50', tax: '0.80', total: '12.30' });
    expect(read(asked)).toMatchObject({ tip: '0.00', total: '10.80' });
    expect(read({}, amountTag('DF2A', 1000))).toMatchObject({ total: '10.00' });
    expect(read({ tip: '1.00' }, amountTag('9F02', 1100))).toMatchObject({ total: '11.00' });
    for (const cards of [1000, 1230]) {
      expect(read(asked, amountTag('9F02', cards), ...sent)).toMatchObject({ tip: '1.50', total: '12.30' });
    }
  });

  test.each<[string, Partial<StartTransactionOptions>, readonly TlvInput[]]>([
    ['a total that is not the sum', asked, [amountTag('DF2A', 1231), amountTag('DF5D', 150), amountTag('DF5E', 80)]],
    ['another tax', asked, [amountTag('DF2A', 1240), amountTag('DF5D', 150), amountTag('DF5E', 90)]],
    ['a tip that nobody asked for', {}, [amountTag('DF2A', 1150), amountTag('DF5D', 150)]],
    ['a card that is asked for more', {}, [amountTag('9F02', 1001)]],
    ['a card that is asked for less', { tip: '1.00' }, [amountTag('9F02', 1000)]],
    [
      'a card that is asked for another sum',
      asked,
      [amountTag('9F02', 1230), amountTag('DF5D', 100), amountTag('DF5E', 80)],
    ],
    ['a tip for which there is no room', asked, [amountTag('DF5D', 999_999_999_999), amountTag('DF5E', 80)]],
    ['no digits', asked, [{ tag: 'DF5D', value: parseHex('00000000015A') }]],
    ['too few digits', asked, [{ tag: 'DF5D', value: parseHex('0150') }]],
  ])('%s is none', (_, options, objects) => {
    expect(read(options, ...objects)).toBeUndefined();
  });
});

describe('the host is asked for the total, and the result has its parts', () => {
  test('as they were given', async () => {
    const { asked, result } = await sell({ otherAmount: '2.00', tip: '1.00', tax: '0.80', surcharge: '0.20' });
    const amounts = { base: '8.00', tip: '1.00', tax: '0.80', surcharge: '0.20', cashback: '2.00', total: '12.00' };
    expect(asked).toEqual({ amount: '12.00', amounts });
    expect(result).toMatchObject({ amount: '12.00', amounts, approvedAmount: '12.00' });
  });

  test.each([
    [2, '1.50', '12.30'],
    [5, '2.50', '13.30'],
    [6, '0.00', '10.80'],
  ])('with the choice %i at the reader', async (choice, tip, total) => {
    const { asked, result } = await sell({ tipOptions: SHARES, tax: '0.80' }, choice);
    expect(asked).toMatchObject({ amount: total, amounts: { base: '10.00', tip, tax: '0.80', total } });
    expect(result).toMatchObject({ amount: total, approvedAmount: total });
  });

  test('in a currency without decimals', async () => {
    const { asked } = await sell({ amount: '1000', currency: 'JPY', tipOptions: SHARES, tax: '100' }, 1);
    expect(asked).toMatchObject({ amount: '1200', amounts: { base: '1000', tip: '100', tax: '100' } });
  });
});

describe('a refund of zero', () => {
  test.each(['0', '0.00'])('is sent as such for %s', (amount) => {
    expect(sent({ amount, type: 'refund' })).toMatchObject({
      type: '20',
      amount: '000000000000',
      other: '000000000000',
    });
  });

  test('reads the card, and the host is asked with no amount', async () => {
    const none = { base: '0.00', tip: '0.00', tax: '0.00', surcharge: '0.00', cashback: '0.00', total: '0.00' };
    const { asked, result } = await sell({ amount: '0.00', type: 'refund' });
    expect(asked).toEqual({ amount: '0.00', amounts: none });
    expect(result).toMatchObject({ outcome: 'approved', type: 'refund', amount: '0.00', card: { last4: '1111' } });
  });

  test.each(['purchase', 'cash', 'cashback'] as const)('is not a %s of zero, which is refused', (type) => {
    expect(errorOf(() => sent({ amount: '0', type }))).toMatchObject({ code: 'bad-amount' });
  });
});
