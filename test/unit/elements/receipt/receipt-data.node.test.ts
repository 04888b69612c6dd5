/** The data of a receipt: what of a result gets there, and what never does. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copies, receiptData } from '../../../../src/elements/receipt/receipt-data.js';
import type { TransactionData } from '../../../../src/transactions/contract.js';

const sale: TransactionData = {
  schema: 1,
  transactionId: 'A-1',
  type: 'purchase',
  dateTime: '2026-11-28T23:41:00.000Z',
  amount: '12.80',
  currency: 'EUR',
  amounts: { base: '10.00', tip: '1.00', tax: '1.80', surcharge: '0.00', cashback: '0.00', total: '12.80' },
  card: { maskedPan: '4111********1111', last4: '1111', brand: 'visa', entryMode: 'contact' },
  emv: {
    ...{ aid: 'A0000000031010', label: 'VISA CREDIT', preferredName: 'CARTE BLEUE', tvr: '0000008000', tsi: 'E800' },
    ...{ cvm: '420300', cryptogram: '1122334455667788', cryptogramType: 'TC', responseCode: 'Z3' },
  },
  outcome: 'approved',
  reason: 'Approved',
  approvedAmount: '12.80',
  responseCode: '00',
  authorizationCode: 'A1B2C3',
  reference: 'R-1001',
  ...{ via: 'contact', serialNumber: 'B571AF2', maskedPan: '4111********1111', ksn: '9500030000000100001D' },
  ...{ encryption: '80', arqc: '0102030405' },
};

describe('the data of a receipt', () => {
  test('are all that a receipt may have, and not what only a host needs', () => {
    expect(receiptData(sale, 'customer', 'Table 4')).toEqual({
      ...{
        schema: 1,
        copy: 'customer',
        transactionId: 'A-1',
        type: 'purchase',
        outcome: 'approved',
        reason: 'Approved',
      },
      ...{ dateTime: '2026-11-28T23:41:00.000Z', currency: 'EUR' },
      amounts: { base: '10.00', tax: '1.80', tip: '1.00', total: '12.80' },
      card: { number: '**** **** **** 1111', brand: 'Visa', entryMode: 'contact' },
      emv: {
        ...{
          label: 'VISA CREDIT',
          preferredName: 'CARTE BLEUE',
          aid: 'A0000000031010',
          tvr: '0000008000',
          tsi: 'E800',
        },
        ...{ cvm: '420300', verification: 'pin', cryptogramType: 'TC', cryptogram: '1122334455667788' },
      },
      ...{ responseCode: '00', authorizationCode: 'A1B2C3', reference: 'R-1001', note: 'Table 4' },
    });
  });

  test('name the sale that a refund gives back', () => {
    const refund: TransactionData = { ...sale, type: 'refund', transactionId: 'A-2', originalReference: 'A-1' };
    expect(receiptData(refund, 'customer', '')).toMatchObject({ transactionId: 'A-2', originalReference: 'A-1' });
    const wrong = { ...refund, originalReference: '4111 1111 1111 1111' };
    expect(receiptData(wrong, 'customer', '')?.originalReference).toBe('**** **** **** ****');
  });

  test('have the last four digits on both copies', () => {
    for (const copy of copies) expect(receiptData(sale, copy, '')?.card?.number).toBe('**** **** **** 1111');
    const card = { ...sale.card!, last4: '' };
    expect(receiptData({ ...sale, card }, 'merchant', '')?.card?.number).toBe('**** **** **** ****');
  });

  test('say what was approved only where it is another amount', () => {
    expect(receiptData({ ...sale, approvedAmount: '12.8' }, 'customer', '')?.approvedAmount).toBeUndefined();
    expect(receiptData({ ...sale, approvedAmount: '5.00' }, 'customer', '')?.approvedAmount).toBe('5.00');
  });

  test('leave out parts of the amount that are nothing, and the amount that is all', () => {
    const none = { tip: '0.00', tax: '0.00', surcharge: '0.00', cashback: '0.00' };
    const amounts = { ...none, base: '12.80', total: '12.80' };
    expect(receiptData({ ...sale, amounts }, 'customer', '')?.amounts).toEqual({ total: '12.80' });
  });

  test.each([
    ['410302', 'pin'],
    ['020300', 'pin'],
    ['440302', 'pin'],
    ['5E0300', 'signature'],
    ['1E0300', 'signature'],
    ['430302', 'pin-signature'],
    ['080302', 'biometric'],
    ['1F0302', 'none'],
    ['3F0000', 'none'],
    ['410301', 'failed'],
    ['000000', 'failed'],
  ])('read the verification method %s as %s', (cvm, verification) => {
    expect(receiptData({ ...sale, emv: { cvm } }, 'customer', '')?.emv?.verification).toBe(verification);
  });

  test.each(['100302', '1D0302', '200302', '2F0302', '300302', '3E0302'])(
    'say nothing of the method %s, which is reserved',
    (cvm) => {
      const { emv } = receiptData({ ...sale, emv: { cvm } }, 'customer', '')!;
      expect(emv).toEqual({ cvm });
    },
  );

  test('call a PIN that the host checks verified only where the host approved', () => {
    const said = (cvm: string, outcome: TransactionData['outcome']) =>
      receiptData({ ...sale, outcome, emv: { cvm } }, 'customer', '')?.emv?.verification;
    for (const outcome of ['declined', 'deferred', 'unknown', 'failed', undefined] as const) {
      for (const cvm of ['420300', '430300', '070300']) expect(said(cvm, outcome)).toBeUndefined();
      expect(said('410302', outcome)).toBe('pin');
      expect(said('420301', outcome)).toBe('failed');
      expect(said('5E0300', outcome)).toBe('signature');
      expect(said('1F0302', outcome)).toBe('none');
    }
    expect(said('420300', 'approved')).toBe('pin');
  });

  test.each([undefined, null, 'sale', 7, true])('are none for %s', (value) => {
    expect(receiptData(value, 'customer', '')).toBeUndefined();
  });

  test('show ids as they are, unless they are the number of a card', () => {
    const ids = ['3f0c1e5b9a7d4c2e8b6f0a1d2c3e4f50', '9b2f6d0e-1c4a-4f7b-8e3d-5a6c7b8d9e0f', 'A-1', '2026-11-28-0017'];
    for (const transactionId of ids)
      expect(receiptData({ ...sale, transactionId }, 'customer', '')?.transactionId).toBe(transactionId);
    for (const id of ['a4111111111111111b', '4111-1111-1111-1111'])
      expect(receiptData({ ...sale, transactionId: id }, 'customer', '')?.transactionId).not.toMatch(/1111/);
  });

  test('leave nothing of a card number in a note, and of its expiry date', () => {
    for (const [note, shown] of [
      ['Table 4', 'Table 4'],
      ['Table 4, card 4111 1111 1111 1111', 'Table *, card **** **** **** ****'],
      ['4111111111111111=30121010000012345678?', '*'.repeat(38)],
      ['NDExMTExMTExMTExMTExMQ==', '*'.repeat(24)],
      ['４１１１１１１１１１１１１１１１', '*'.repeat(16)],
    ])
      expect(receiptData(sale, 'customer', note)?.note).toBe(shown);
  });

  const NUMBERS = ['4111111111111111', '4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005'];
  const hostile = NUMBERS.flatMap((number) => [number, `Card ${number}, thank you`, `${number}=30121010000012345678?`]);

  /** Every value replaced, whatever it is. */
  const replaced = (value: unknown, by: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, by)]))
      : by;

  test.each(hostile)('hold no card number where every value is “%s”', (text) => {
    const digits = NUMBERS.map((number) => number.replace(/\D/g, ''));
    for (const copy of copies) {
      const shown = JSON.stringify(receiptData(replaced(sale, text), copy, text)).replace(/[ -]/g, '');
      for (const number of digits) expect(shown).not.toContain(number);
      expect(shown).not.toContain(digits[0]!.slice(4, 12));
    }
  });

  test('hold no card number in any one of them', () => {
    const places = Object.keys(sale) as (keyof TransactionData)[];
    for (const place of places) {
      for (const value of [NUMBERS[0], { [place]: NUMBERS[0] }, [NUMBERS[0]], Number(NUMBERS[0])]) {
        expect(JSON.stringify(receiptData({ ...sale, [place]: value }, 'merchant', ''))).not.toContain(NUMBERS[0]);
      }
    }
  });

  test('come of anything that JSON can hold, without an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(sale)), (value, place) => {
        JSON.stringify(receiptData({ ...sale, [place]: value }, 'customer', value));
        JSON.stringify(receiptData(value, 'customer', ''));
      }),
    );
  });

  test('need nothing of elements', () => {
    const source = readFileSync(new URL('../../../../src/elements/receipt/receipt-data.ts', import.meta.url), 'utf8');
    expect(source).not.toContain("from 'lit");
  });
});
