/** The operations of a client above single requests, against the simulated reader: PIN, signature, barcode, tag, screen, device. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientEvents } from '../../../src/client/client-events.js';
import { loadRare } from '../../../src/client/operations/load-rare.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { redact } from '../../../src/mms/redact.js';
import { encodeTlv, findTlv } from '../../../src/mms/tlv.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { carriers, type CarriedReader } from '../simulator/carriers.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from './over-carriers.js';
import { codeOf } from '../../support/code-of.js';

describe.each(Object.entries(carriers))('over %s:', (_, carry) => {
  let carried: CarriedReader;
  let reader: SimulatedReader;
  let client: ReaderClient;
  let sent: string[];

  async function start(options: SimulatedReaderOptions = {}): Promise<void> {
    carried = await carry(options);
    ({ reader } = carried);
    client = new ReaderClient({ transport: carried.transport() });
    sent = [];
    client.subscribe('message', ({ direction, message }) => {
      if (direction === 'to-reader') sent.push(toHex(message.bytes).slice(12, 16));
    });
    await client.connect();
  }
  const end = async (): Promise<void> => {
    client.disconnect();
    await carried.close();
  };
  /** Another reader than the one that every test has. */
  const startAnother = async (options: SimulatedReaderOptions): Promise<void> => {
    await end();
    await start(options);
  };

  beforeEach(() => start());
  afterEach(end);

  /** Waits until the reader is in a state. */
  const untilState = (state: string): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (reader.face.state !== state) return;
        stop();
        resolve();
      };
      const stop = reader.subscribe(check);
      check();
    });

  const next = <Name extends keyof ClientEvents>(name: Name): Promise<ClientEvents[Name]> =>
    new Promise((resolve) => {
      const stop = client.subscribe(name, (detail) => {
        stop();
        resolve(detail);
      });
    });

  describe('a PIN', () => {
    test.each([
      ['for an account number', { accountNumber: '123456789012' }, '2001'],
      ['for a card', { accept: 'insert' }, '2002'],
    ])('is asked for %s, comes encrypted, and its session is ended', async (_, options, command) => {
      const event = next('pin');
      const asked = client.requestPin({ ...options, timeout: 9 });
      await untilState('pin');
      if (command === '2002') reader.insert('visa');
      reader.enterPin('4321');
      const pin = await asked;
      expect(pin.blockFormat).toBe(0);
      expect(pin.block).toHaveLength(8);
      expect(pin.ksn).toMatch(/^[0-9A-F]{20}$/);
      expect((await event).block).toEqual(pin.block);
      expect(reader.face.state).toBe('pin');
      await pin.end(true);
      expect(reader.face.state).toBe('idle');
      expect(sent).toEqual([command, command]);
      expect(await codeOf(pin.end(false))).toBe('rejected');
    });

    test('that nobody enters is not completed', async () => {
      const asked = client.requestPin({ accountNumber: '123456789012' });
      await untilState('pin');
      reader.cancel();
      expect(await codeOf(asked)).toBe('not-completed');
    });

    test('never shows in the journal, nor does the account number', async () => {
      const asked = client.requestPin({ accountNumber: '4111111111111111' });
      await untilState('pin');
      reader.enterPin();
      const { block } = await asked;
      const kept = client.journal.entries.map(({ message }) => toHex(message?.bytes ?? new Uint8Array(0))).join();
      expect(kept).not.toContain(toHex(block));
      expect(kept).not.toContain('4111111111111111');
    });

    test('is refused while the reader is busy, and given up by a signal', async () => {
      await client.request(
        'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000',
      );
      expect(await codeOf(client.requestPin())).toBe('rejected');
      await client.cancelTransaction();
      const controller = new AbortController();
      await untilState('idle');
      const asked = client.requestPin({ signal: controller.signal });
      await untilState('pin');
      controller.abort();
      expect(await codeOf(asked)).toBe('aborted');
    });
  });

  describe('a signature', () => {
    const strokes = [
      [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
      [{ x: 5, y: 6 }],
    ];

    test('is asked for, fetched and read', async () => {
      const event = next('signature');
      const asked = client.requestSignature({ timeout: 5 });
      await untilState('signature');
      reader.sign(strokes);
      expect(await asked).toEqual({ width: 253, height: 120, strokes });
      expect((await event).strokes).toEqual(strokes);
      expect(sent).toEqual(['1801', 'D821']);
    });

    test('that nobody gives is not completed', async () => {
      const asked = client.requestSignature();
      await untilState('signature');
      reader.cancel();
      expect(await codeOf(asked)).toBe('not-completed');
    });

    test('is lost with the connection, and says so', async () => {
      const asked = client.requestSignature();
      await untilState('signature');
      client.disconnect();
      expect(await codeOf(asked)).toBe('connection-lost');
    });
  });

  describe('a barcode', () => {
    test('is read outside of a sale', async () => {
      const event = next('barcode');
      const asked = client.readBarcode({ timeout: 5 });
      await untilState('barcode');
      reader.scan('https://example.com/voucher');
      expect((await asked).text).toBe('https://example.com/voucher');
      expect((await event).text).toBe('https://example.com/voucher');
    });

    test('that does not come is not completed', async () => {
      const asked = client.readBarcode();
      await untilState('barcode');
      reader.cancel();
      expect(await codeOf(asked)).toBe('not-completed');
    });
  });

  describe('a tag', () => {
    test('is read page by page, with progress, and gives its records', async () => {
      const progress: string[] = [];
      const asked = client.readTag({
        timeout: 5,
        onProgress: ({ read, total }) => progress.push(`${String(read)}/${String(total)}`),
      });
      await untilState('transaction');
      reader.tap('ntag');
      const { uid, memory, records } = await asked;
      expect(uid).toBe('04A1B2C3D4E5F6');
      expect(memory).toHaveLength(160);
      expect(records).toEqual([{ kind: 'text', language: 'en', text: 'hello' }]);
      expect(progress[0]).toBe('16/160');
      expect(progress.at(-1)).toBe('160/160');
      await untilState('idle');
      // The last command says that it is the last: the reader is given back without a cancel.
      expect(new Set(sent)).toEqual(new Set(['1001', '1100']));
    });

    test('is read twice, one call right behind the other', async () => {
      for (const tag of ['ntag', 'ntag'] as const) {
        const asked = client.readTag({ timeout: 5 });
        await untilState('transaction');
        reader.tap(tag);
        expect((await asked).uid).toBe('04A1B2C3D4E5F6');
      }
      expect(sent.filter((id) => id === '1001')).toHaveLength(2);
    });

    test('is not a payment card: the reader is told to cancel, and nothing is charged', async () => {
      await startAnother({ pace: 1000 });
      const asked = client.readTag();
      await untilState('transaction');
      reader.tap('visa');
      expect(await codeOf(asked)).toBe('not-completed');
      expect(sent).toEqual(['1001', '1008']);
      await untilState('idle');
    });

    test('that is given up leaves the reader idle', async () => {
      const controller = new AbortController();
      const asked = client.readTag({ signal: controller.signal });
      await untilState('transaction');
      controller.abort();
      expect(await codeOf(asked)).toBe('aborted');
      await untilState('idle');
    });

    test('is refused while a sale runs', async () => {
      const sale = client.startTransaction({ amount: '1.00', currency: 'EUR' });
      expect(await codeOf(client.readTag())).toBe('transaction-in-progress');
      await sale.cancel();
    });
  });

  describe('the screen and the buzzer', () => {
    test('show a text by its words or its number, and wait for its end where asked', async () => {
      await client.showMessage('APPROVED');
      expect(reader.face.display).toBe('APPROVED');
      await client.showMessage(7);
      expect(reader.face.display).toBe('DECLINED');
      await client.showMessage('PLEASE WAIT', { timeout: 1, until: 'completed' });
      expect(reader.face.state).toBe('idle');
    });

    test('tell of texts, tones and slots that there are not, before anything is sent', async () => {
      await expect(client.showMessage('HELLO' as never)).rejects.toThrow(/no text “HELLO”/);
      await expect(client.showImage(9)).rejects.toThrow(/slot/);
      await expect(client.playTones([])).rejects.toThrow(/tones/);
      expect(sent).toEqual([]);
    });

    test('play tones to their end', async () => {
      await client.playTones([{ frequency: 1000, duration: 20 }], { until: 'completed' });
      expect(reader.face.state).toBe('idle');
      await client.showImage(1);
      expect(sent).toEqual(['1805', '1821']);
    });
  });

  describe('the device', () => {
    test('tells what it is', async () => {
      const info = await client.getDeviceInfo();
      expect(info.serialNumber).toBe('B571AF2');
      expect(info.connectionLimit).toBe(4);
      expect(info.capabilities).toMatch(/^[0-9A-F]+$/);
      const texts = Object.fromEntries(info.properties.map(({ oid, text }) => [oid, text]));
      expect(texts['2.1.2.5.6.3']).toBe('127.0.0.1');
      expect(texts['1.2.2.1.1.11']).toBe('WebSocket server');
      expect(texts['1.2.7.1.2.1']).toBe('none');
      expect(new Set(sent)).toEqual(new Set(['D101', 'EF11']));
    });
  });

  describe('a choice', () => {
    test('is offered with its lines and answered once', async () => {
      await startAnother({ display: false });
      const sale = client.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'insert' });
      const offered = next('selection-request');
      await untilState('transaction');
      reader.insert('twoApplications');
      const { lines, text, select } = await offered;
      expect(lines).toEqual(['VISA CREDIT', 'VISA ELECTRON']);
      expect(text).toContain('Application ID Selection');
      await Promise.all([select(1), select(0)]);
      expect(sent.filter((id) => id === '1802')).toHaveLength(1);
      expect((await sale.result).outcome).toBe('deferred');
      expect(await codeOf(select(0))).toBe('resolved');
    });

    test.each([
      ['cancelled', 'cancelled', 'cancelled'],
      ['timed-out', 'timed-out', 'no-choice'],
    ] as const)('is answered as %s, which ends the sale', async (why, outcome, code) => {
      await startAnother({ display: false });
      const sale = client.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'insert', timeout: 40 });
      const offered = next('selection-request');
      await untilState('transaction');
      reader.insert('twoApplications');
      const { seconds, dismiss, select } = await offered;
      expect(seconds).toBe(40);
      await dismiss(why);
      await select(0);
      expect(await sale.result).toMatchObject({ outcome, because: { code } });
      expect(sent.filter((id) => id === '1802')).toHaveLength(1);
      expect(sent).not.toContain('1008');
    });
  });
});

overEveryCarrier((make) => {
  describe('a reader that does not do its part', () => {
    let reader: ScriptedReader;
    let clock: ManualClock;
    let client: ReaderClient;

    beforeEach(async () => {
      reader = await make();
      clock = new ManualClock();
      client = new ReaderClient({
        transport: reader.transport,
        environment: clock,
        reconnect: 'off',
        livenessCheck: false,
      });
      await client.connect();
      await reader.settled();
    });
    afterEach(() => {
      client.disconnect();
      expect(clock.running).toBe(0);
    });

    const pass = async (milliseconds: number): Promise<void> => {
      // What was called is sent once its code is there, which pages must fetch first.
      await loadRare();
      await reader.settled();
      clock.pass(milliseconds);
      await reader.settled();
    };
    const signatureReady = 'AA00810483001805820401010101830401000000';
    const file = (fileId: string, contents: Uint8Array) =>
      toMessage({ kind: 'file', id: 0xd821, fileId, contents }).bytes;

    test('accepts and never says how it ended: a time-out, with nothing left waiting', async () => {
      reader.onRequest = (request) => {
        void reader.answer(request, { summary: 1 });
      };
      const asked = [
        client.requestPin({ timeout: 5 }),
        client.requestSignature({ timeout: 5 }),
        client.readBarcode({ timeout: 5 }),
      ];
      const codes = Promise.all(asked.map(codeOf));
      await pass(36_000);
      expect(await codes).toEqual(['timeout', 'timeout', 'timeout']);
    });

    test('takes the press of a button for nothing else', async () => {
      reader.onRequest = (request) => {
        void reader.answer(request, { summary: 1 });
        if (request.id === 0x1801) void reader.deliver('AA008104830018058204' + '01020100');
      };
      const asked = codeOf(client.requestSignature({ timeout: 1 }));
      await pass(32_000);
      expect(await asked).toBe('timeout');
    });

    test('announces a file that is another one, or none at all', async () => {
      const contents = parseHex('4D47544B41503130C10401000000CE0C81080000000100000001' + '8200');
      let answer = (): void => undefined;
      reader.onRequest = (request) => {
        if (request.id === 0x1801) {
          void reader.answer(request, { summary: 1 });
          void reader.deliver(signatureReady);
        } else {
          void reader.answer(request, {
            payload: [{ tag: 'A2', children: [{ tag: '81', value: parseHex('0000001C') }] }],
          });
          answer();
        }
      };
      answer = () => {
        void reader.deliver(file('02000000', contents));
        void reader.deliver(file('01000000', contents));
      };
      expect((await client.requestSignature()).strokes).toEqual([]);
      answer = () => {
        void reader.deliver(file('01000000', contents.subarray(1)));
      };
      expect(await codeOf(client.requestSignature())).toBe('bad-message');
      answer = () => {
        void reader.deliver(file('01000000', new Uint8Array(28)));
      };
      expect(await codeOf(client.requestSignature())).toBe('bad-message');
      answer = () => undefined;
      const never = codeOf(client.requestSignature());
      await pass(11_000);
      expect(await never).toBe('timeout');
    });

    test('gives a tag’s answer in no form that is known', async () => {
      const uid = 'AA0081048300010182042008040284' + '0E0101840ADF790704A1B2C3D4E5F6';
      const cancels: number[] = [];
      for (const value of [new Uint8Array(0), parseHex('FC'), encodeTlv([{ tag: 'FC', children: [] }])]) {
        reader.onRequest = (request) => {
          if (request.id === 0x1001) {
            void reader.answer(request, { summary: 1 });
            void reader.deliver('AA00810483000101820420080402');
            void reader.deliver(uid);
          } else if (request.id === 0x1100) {
            void reader.answer(request, { payload: value.length === 0 ? [] : [{ tag: '82', value }] });
          } else {
            cancels.push(request.id);
            void reader.answer(request);
            // The end of the session, which is waited for.
            void reader.deliver('AA00810483000105820420FF05FF');
          }
        };
        expect(await codeOf(client.readTag())).toBe('bad-message');
      }
      expect(cancels).toEqual([0x1008, 0x1008, 0x1008]);
    });

    test('does not know its own properties', async () => {
      reader.onRequest = (request) => {
        const isSerial = toHex(request.bytes).includes('0201010' + '18902C100');
        void reader.answer(request, isSerial ? { payload: [] } : { summary: 0x80, detail: '020102' });
      };
      expect(await client.getDeviceInfo()).toEqual({
        model: 'unknown',
        serialNumber: '',
        wireless: [],
        properties: [],
      });
      reader.onRequest = (request) => {
        void reader.answer(request, { summary: 0x80, detail: '020102' });
      };
      expect(await codeOf(client.getDeviceInfo())).toBe('rejected');
      reader.onRequest = (request) => {
        void reader.answer(request, {
          payload: [
            { tag: '85', value: parseHex('02') },
            { tag: '89', value: parseHex('C1') },
          ],
        });
      };
      expect(await codeOf(client.getDeviceInfo())).toBe('bad-message');
    });
  });
});

test('of a PIN block nothing shows in a redacted message', () => {
  const message = decodeMessage(
    'AA008104830002058204FFFFFFFF848200250205F521DF71010099080102030405060708DFDF410A00000000000000000000DFDF420181',
  );
  const block = findTlv(redact(message).payload, 'F5/99')?.value;
  expect(toHex(block ?? new Uint8Array(0))).toBe('2A'.repeat(8));
});
