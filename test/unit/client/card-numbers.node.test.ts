/**
 * Card numbers that come where nobody expects them, in words of a reader, a host or a person: none is in an error, in the journal
 * and its sink, in a result or in what is stored. Where elements show such words is tested with the elements.
 */
import { expect, test } from 'vitest';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex } from '../../../src/mms/hex.js';
import { cardMessage, completionMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';
import { storageOf } from '../../support/storage-of.js';

const NUMBER = '4111111111111111';

/** Digits that follow each other, whatever stands between them. */
const digitsOf = (value: unknown): string => JSON.stringify(value).replace(/\D+/g, '');
const expectHidden = (value: unknown): void => {
  expect(digitsOf(value)).not.toContain(NUMBER);
};

test('the reason of a closed connection: state, error, its data, journal and sink', async () => {
  const sunk: unknown[] = [];
  const played = await PlayedSale.connected({}, { sink: (added) => void sunk.push(...added) });
  const told: unknown[] = [];
  played.client.subscribe('error', ({ error }) => told.push(error.message, error.detail, error.because));
  played.transport.lose(1011, 'card 4111 1111 1111 1111');
  await played.pass(0);
  expect(JSON.stringify(told)).toContain('card 4111');
  expectHidden(told);
  expectHidden(sunk);
  expectHidden(played.client.journal.entries);
  expectHidden(played.client.journal.entries.map(({ error }) => [error?.message, error?.because]));
});

test('the words of a host: result and journal', async () => {
  const played = await PlayedSale.connected(
    {},
    { authorize: () => ({ approved: true, message: 'paid by 4111-1111-1111-1111' }) },
  );
  const sale = await played.accepted();
  await played.deliver(
    cardMessage(),
    dataMessage('arqc'),
    completionMessage(),
    dataMessage('batch'),
    completionMessage(),
  );
  await played.pass(5_000);
  const { outcome, reason } = await sale.result;
  expect(outcome).toBe('approved');
  expect(reason).toContain('paid by 4111');
  expectHidden(reason);
});

test.each([NUMBER, '4111 1111 1111 1111', 'order-4111-1111-1111-1111'])(
  'a transaction id with a card number is refused before it is stored or sent: %s',
  async (transactionId) => {
    const items = new Map<string, string>();
    const played = await PlayedSale.connected({ lastingStorage: storageOf(items) });
    let refused: unknown;
    try {
      played.start({ transactionId });
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'bad-option' });
    expectHidden((refused as ReaderError).message);
    expect(played.requests).toEqual([]);
    expectHidden([...items]);
  },
);

test.each([' ', '  ', '    ', ' - ', '----', ' . . '])(
  'a text for the cardholder whose digits have %j between them: journal and sink',
  async (separator) => {
    const sunk: unknown[] = [];
    const played = await PlayedSale.connected({}, { sink: (added) => void sunk.push(...added) });
    const text = `CARD ${['4111', '1111', '1111', '1111'].join(separator)}`;
    const value = new TextEncoder().encode(text);
    const payload = [{ tag: '81', value }];
    await played.deliver(toMessage({ kind: 'notification', id: 0x1803, detail: parseHex('00000000'), payload }).bytes);
    const texts = played.client.journal.entries.map((entry) => entry.text);
    expect(texts.join()).toContain('CARD 4111');
    expectHidden(texts);
    expectHidden(sunk.map((entry) => (entry as { readonly text: string }).text));
  },
);

test('the identifier of a property that spells one: journal', async () => {
  const played = await PlayedSale.connected();
  const oid = Array.from(NUMBER).join('.');
  played.client.request(commands.getProperty({ oid })).catch(() => undefined);
  await played.pass(0);
  const texts = played.client.journal.entries.map(({ text }) => text);
  expect(texts.join()).toContain('Get Property 4.1.1.1');
  expectHidden(texts);
});

test('a key serial number is shown whole, although its digits may be those of a card', () => {
  const ksn = `FFFF${NUMBER}`;
  const error = new ReaderError('card-data-used', {
    detail: `Key serial number ${ksn}.`,
    because: { code: 'ksn', values: { ksn } },
  });
  expect(error.detail).toContain(ksn);
  expect(error.because?.values?.['ksn']).toBe(ksn);
});
