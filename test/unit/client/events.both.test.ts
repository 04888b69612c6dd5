/** The events of a client: events of the reader, what is not a message, the journal, and listeners. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CardDataDetail, CardDetail } from '../../../src/transactions/card.js';
import type { DisplayDetail } from '../../../src/client/client-events.js';
import { Emitter } from '../../../src/connection/emitter.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { takeUncaught } from '../../support/uncaught.js';
import { overEveryCarrier } from './over-carriers.js';

/** The fictional contact ARQC of the protocol page, masked track with the test number 4111 1111 1111 1111. */
const ARQC =
  'AA00810483000101820410080202848200CA0101848200C400BBF98200B7DFDF540A00000000000000000000DFDF550182DFDF250742363033323236FA8196708193DFDF530100DFDF4D273B343131313030303030303030313131313D30303030303030303030303030303030303030303FDFDF520105F85CDFDF5940101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4FDFDF560A00000000000000000000DFDF570180DFDF58010300000000000000';

overEveryCarrier((make) => {
  let reader: ScriptedReader;
  let client: ReaderClient;

  beforeEach(async () => {
    reader = await make();
    client = new ReaderClient({ transport: reader.transport, reconnect: 'off' });
    await client.connect();
    await reader.settled();
  });

  afterEach(() => {
    client.disconnect();
  });

  describe('buttons of the screen', () => {
    test.each([
      ['01020100', 'left'],
      ['01020200', 'middle'],
      ['01020300', 'right'],
      ['01030100', 'text-1'],
      ['01030600', 'text-6'],
      ['01040000', 'amount'],
      ['01050000', 'present-card'],
      ['01020400', 'unknown'],
      ['01030700', 'unknown'],
    ])('%s is the button %s, under both numbers, and nothing else', async (code, button) => {
      const told: unknown[] = [];
      const shown: unknown[] = [];
      client.subscribe('button', (detail) => told.push(detail));
      client.subscribe('display', (detail) => shown.push(detail));
      client.subscribe('selection-request', (detail) => shown.push(detail));
      for (const id of ['1803', '1805']) {
        await reader.deliver(`AA0081048300${id}8204${code}8409${id}8105312E303030`);
      }
      await reader.settled();
      expect(told).toEqual([
        { button, code },
        { button, code },
      ]);
      expect(shown).toEqual([]);
    });

    test('a captured signature and a finished buzzer are none', async () => {
      const told: unknown[] = [];
      client.subscribe('button', (detail) => told.push(detail));
      for (const code of ['01010101', '05040100', '01060101']) {
        await reader.deliver(`AA008104830018058204${code}`);
      }
      await reader.settled();
      expect(told).toEqual([]);
    });
  });

  describe('card events', () => {
    test.each([
      ['0101', '10010200', { via: 'contact', action: 'inserted', during: 'transaction' }],
      ['0101', '10010300', { via: 'contact', action: 'removed', during: 'transaction' }],
      ['0101', '08010100', { via: 'swipe', action: 'swiped', during: 'transaction' }],
      ['0101', '20010400', { via: 'contactless', action: 'detected', during: 'transaction' }],
      ['0101', '20010401', { via: 'contactless', action: 'detected', during: 'transaction', tagType: 'type-2' }],
      [
        '0101',
        '20010402',
        { via: 'contactless', action: 'detected', during: 'transaction', tagType: 'mifare-classic-1k' },
      ],
      [
        '0101',
        '20010403',
        { via: 'contactless', action: 'detected', during: 'transaction', tagType: 'mifare-classic-4k' },
      ],
      ['0101', '20010500', { via: 'contactless', action: 'collision', during: 'transaction' }],
      ['0101', '07010100', { via: 'manual', action: 'detected', during: 'transaction' }],
      ['0101', '30010100', { via: 'barcode', action: 'detected', during: 'transaction' }],
      ['1001', '01000000', { via: 'contactless', action: 'presented', during: 'idle' }],
      ['1001', '01010000', { via: 'contactless', action: 'removed', during: 'idle' }],
      ['1001', '01020000', { via: 'contact', action: 'inserted', during: 'idle' }],
      ['1001', '01030005', { via: 'contact', action: 'removed', during: 'idle' }],
      ['1001', '01040000', { via: 'swipe', action: 'swiped', during: 'idle' }],
    ])('%s %s', async (id, detail, expected) => {
      const events: CardDetail[] = [];
      client.subscribe('card', (card) => events.push(card));
      await reader.deliver(`AA0081048300${id}8204${detail}`);
      expect(events).toEqual([expected]);
    });

    test.each(['AA0081048300010582041002FFFF', 'AA0081048300100182040002000D', 'AA00810483000101820410FFFFFF'])(
      'are not guessed: %s',
      async (hex) => {
        const events: CardDetail[] = [];
        client.subscribe('card', (card) => events.push(card));
        await reader.deliver(hex);
        expect(events).toEqual([]);
      },
    );
  });

  describe('card data', () => {
    test('are given whole to the page and masked to the journal', async () => {
      const events: CardDataDetail[] = [];
      client.subscribe('card-data', (data) => events.push(data));
      await reader.deliver(ARQC);
      expect(events).toHaveLength(1);
      const [data] = events;
      expect(data).toMatchObject({
        kind: 'arqc',
        via: 'contact',
        transactionId: '',
        serialNumber: 'B603226',
        ksn: '00000000000000000000',
        encryption: '80',
      });
      expect(data?.tlv[0]?.tag).toBe('F9');
      expect(toHex(data?.bytes ?? new Uint8Array(0))).toBe(ARQC.slice(ARQC.indexOf('848200C4') + 8));
      expect(data).toMatchObject({
        maskedPan: '4111********1111',
        last4: '1111',
        brand: 'visa',
        entryMode: 'contact',
        cardType: 'contact',
        fallback: 'none',
        tracks: { 2: 'good' },
      });
      expect(data?.encrypted).toHaveLength(64);
      await Promise.resolve();
      const entry = client.journal.entries.at(-1);
      expect(entry?.message?.bytes.length).toBe(ARQC.length / 2);
      expect(toHex(entry?.message?.bytes ?? new Uint8Array(0))).not.toContain('101112131415161718');
    });

    test('show as many digits as the reader has said that it leaves', async () => {
      const pans: string[] = [];
      client.subscribe('card-data', ({ maskedPan }) => pans.push(maskedPan));
      const answer = async (leaf: string, oid: string): Promise<void> => {
        const asked = client.request(commands.getProperty({ oid }));
        const { reference } = await reader.lastRequest();
        const ref = toHex(Uint8Array.of(reference));
        await reader.deliver(
          `AA00810482${ref}D101820400000000 8410D1018501018704010202018903${leaf}0102`.replace(' ', ''),
        );
        await asked;
      };
      await reader.deliver(ARQC);
      await answer('C3', '1.1.2.2.1.3');
      await reader.deliver(ARQC);
      await answer('C4', '1.1.2.2.1.4');
      await reader.deliver(ARQC);
      expect(pans).toEqual(['4111********1111', '41**********1111', '41************11']);
    });

    test('in clear raise an alarm in the log, and the host gets nothing of them unless it is allowed', async () => {
      // The masked track of the page becomes one in clear, of the same length.
      const clear = ARQC.replace('34313131303030303030303031313131', '34313131313131313131313131313131');
      const errors: ReaderError[] = [];
      const asked: string[] = [];
      client.observe('error', ({ error }) => errors.push(error));
      const sell = async (allowClearData: boolean): Promise<void> => {
        const sale = client.startTransaction({
          amount: '4.60',
          currency: 'EUR',
          allowClearData,
          authorize: ({ transactionId }) => {
            asked.push(transactionId);
            return Promise.resolve(true);
          },
        });
        await reader.lastRequest();
        await reader.answerLast({ summary: 1 });
        await reader.deliver(clear);
        await reader.deliver('AA00810483000105820410000000');
        await reader.deliver(clear.replace('10080202', '10080302'));
        await sale.result;
      };
      await sell(false);
      expect(asked).toEqual([]);
      expect(errors[0]).toMatchObject({ code: 'clear-card-data', detail: 'In clear: DFDF4D.' });
      expect(client.journal.entries.some(({ error }) => error?.code === 'clear-card-data')).toBe(true);
      expect(JSON.stringify(client.journal.entries)).not.toContain('4111111111111111');
    });

    test('that are malformed raise an error and no event; the session goes on', async () => {
      const events: unknown[] = [];
      const errors: ReaderError[] = [];
      client.subscribe('card-data', (data) => events.push(data));
      client.subscribe('error', ({ error }) => errors.push(error));
      await reader.deliver(ARQC.replace('00BBF98200B7', '00FFF98200B7'));
      expect(events).toEqual([]);
      expect(errors.map(({ code }) => code)).toEqual(['bad-message']);
      expect(client.state).toBe('ready');
    });
  });

  describe('display', () => {
    test('is told from the reader’s prompt', async () => {
      const events: DisplayDetail[] = [];
      client.subscribe('display', (detail) => events.push(detail));
      await reader.deliver('AA00810483001803820402FFFFFF8482001818030000000000000000000050524553454E542043415244');
      expect(events).toEqual([{ text: 'PRESENT CARD', clear: false }]);
    });

    test('is told when the reader has accepted a text of ours', async () => {
      const events: DisplayDetail[] = [];
      client.subscribe('display', (detail) => events.push(detail));
      const shown = client.request('AA0081040155180384081803810100820103');
      await reader.answerLast();
      await shown;
      const refused = client.request('AA0081040155180384081803810100820101');
      await reader.answerLast({ summary: 0x80, detail: '010113' });
      await refused;
      const empty = client.request('AA008104015518038408180381010082011E');
      await reader.answerLast();
      await empty;
      expect(events).toEqual([
        { text: 'APPROVED', clear: false },
        { text: '', clear: true },
      ]);
    });
  });

  describe('what is not a message', () => {
    test.each([
      ['bytes', () => reader.deliver(Uint8Array.of(1, 2, 3))],
      ['a message cut short', () => reader.deliver('AA00810482B5D1')],
      ['something else', () => reader.noise()],
      ['nothing', () => reader.deliver(new Uint8Array(0))],
    ])('is logged and told, rejects nothing and does not end the session: %s', async (_, deliver) => {
      const errors: ReaderError[] = [];
      client.subscribe('error', ({ error }) => errors.push(error));
      const asked = client.request('AA0081040113100884021008');
      await reader.settled();
      await deliver();
      expect(errors.map(({ code }) => code)).toEqual(['bad-message']);
      expect(client.journal.entries.at(-1)).toMatchObject({ direction: 'from-reader', error: { code: 'bad-message' } });
      await reader.answerLast();
      expect((await asked).status.ok).toBe(true);
      expect(client.state).toBe('ready');
    });
  });

  describe('the journal', () => {
    test('links answers to their requests, in the order of the wire', async () => {
      client.journal.clear();
      const asked = client.request('AA0081040113100884021008');
      await reader.answerLast();
      await asked;
      const entries = client.journal.entries;
      expect(entries.map(({ direction }) => direction)).toEqual(['to-reader', 'from-reader']);
      expect(entries[1]?.answers).toBe(entries[0]?.sequence);
      expect(entries[1]?.milliseconds).toBeGreaterThanOrEqual(0);
    });

    test('keeps the newest entries only, and tells listeners of all', async () => {
      client.disconnect();
      await reader.settled();
      client = new ReaderClient({ transport: reader.transport, journalSize: 3, reconnect: 'off' });
      await client.connect();
      await reader.settled();
      const batches: number[] = [];
      client.journal.subscribe((added) => batches.push(added.length));
      await Promise.all(Array.from({ length: 50 }, () => reader.deliver('AA0081048300100182040002000D')));
      expect(batches.reduce((sum, count) => sum + count, 0)).toBe(50);
      expect(client.journal.entries).toHaveLength(3);
      expect(client.journal.entries.map(({ sequence }) => sequence)).toEqual([50, 51, 52]);
      client.journal.clear();
      expect(batches.at(-1)).toBe(0);
      expect(client.journal.entries).toEqual([]);
    });
  });

  describe('listeners', () => {
    test('that throw stop neither the others nor the session', async () => {
      const errors: ReaderError[] = [];
      const heard: unknown[] = [];
      client.subscribe('notification', () => {
        throw new Error('listener');
      });
      client.subscribe('notification', (detail) => heard.push(detail));
      client.subscribe('error', ({ error }) => {
        errors.push(error);
        throw new Error('listener of errors');
      });
      const giveBack = takeUncaught();
      await reader.deliver('AA0081048300100182040002000D');
      await new Promise((resolve) => setTimeout(resolve, 0));
      const uncaught = giveBack();
      expect(heard).toHaveLength(1);
      expect(errors.map(({ code }) => code)).toEqual(['listener-failed']);
      expect(uncaught).toBe(1);
    });
  });
});

describe('listeners of an emitter', () => {
  test('are called until they unsubscribe, each subscription by itself', () => {
    const failures: unknown[] = [];
    const emitter = new Emitter<{ tick: number }>((error) => failures.push(error));
    const heard: number[] = [];
    const listener = (tick: number): void => void heard.push(tick);
    const first = emitter.subscribe('tick', listener);
    const second = emitter.subscribe('tick', (tick) => {
      listener(tick * 10);
      second();
    });
    expect(emitter.count('tick')).toBe(2);
    emitter.emit('tick', 1);
    emitter.emit('tick', 2);
    first();
    first();
    emitter.emit('tick', 3);
    expect(heard).toEqual([1, 10, 2]);
    expect(emitter.count('tick')).toBe(0);
    expect(failures).toEqual([]);
  });

  test('are not called once they unsubscribed, even by a listener before them', () => {
    const emitter = new Emitter<{ tick: number }>(() => undefined);
    const heard: number[] = [];
    emitter.subscribe('tick', () => {
      later();
    });
    const later = emitter.subscribe('tick', (tick) => heard.push(tick));
    emitter.emit('tick', 1);
    expect(heard).toEqual([]);
  });
});
