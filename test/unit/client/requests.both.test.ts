/** Requests and their answers: matching, the queue, giving up, completion. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CompletedResponse, RequestOptions } from '../../../src/client/client-options.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import { findTlv } from '../../../src/mms/tlv.js';
import { ManualClock } from '../../support/manual-clock.js';
import { nextTask } from '../../support/next-task.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from './over-carriers.js';
import { codeOf } from '../../support/code-of.js';

const SERIAL = 'AA00810401B5D1018418D10181072B06010401F6098501028704020101018902C100';
const CANCEL = 'AA0081040113100884021008';
const BUZZER = 'AA0081040155180584081805810400320064';
/** Milliseconds for 255 requests one after the other, over any carrier on a computer that does much else. */
const ALL_REFERENCES = 120_000;
const request = (hex: string): MmsRequest => decodeMessage(hex) as MmsRequest;

overEveryCarrier((make) => {
  let reader: ScriptedReader;
  let clock: ManualClock;
  let client: ReaderClient;

  beforeEach(async () => {
    reader = await make();
    clock = new ManualClock();
    // References begin with 1.
    clock.randoms = [0];
    client = new ReaderClient({
      transport: reader.transport,
      environment: clock,
      reconnect: 'off',
      livenessCheck: false,
    });
    await client.connect();
  });

  afterEach(() => {
    client.disconnect();
    expect(clock.running).toBe(0);
  });

  const pass = async (milliseconds: number): Promise<void> => {
    await reader.settled();
    clock.pass(milliseconds);
    await reader.settled();
  };
  const isWaiting = async (promise: Promise<unknown>): Promise<boolean> =>
    Promise.race([promise.then(() => false), reader.settled().then(() => true)]);
  const send = (hex = SERIAL, options?: RequestOptions): Promise<CompletedResponse> =>
    client.request(request(hex), options);

  describe('a request', () => {
    test('resolves with its response', async () => {
      const answer = send();
      await reader.answer(await reader.lastRequest());
      const response = await answer;
      expect(response).toMatchObject({ kind: 'response', id: 0xd101 });
      expect(response.status.ok).toBe(true);
    });

    test('resolves whatever the status says', async () => {
      const answer = send();
      await reader.answer(await reader.lastRequest(), { summary: 0x80, detail: '020102' });
      expect((await answer).status).toMatchObject({ ok: false, detail: '020102' });
    });

    test('made from a message gets a reference of this client and changes nothing else', async () => {
      const first = send();
      expect(toHex((await reader.lastRequest()).bytes)).toBe(SERIAL.replace('01B5', '0101'));
      await reader.answer(await reader.lastRequest());
      await first;
      const second = send();
      expect((await reader.lastRequest()).reference).toBe(2);
      await reader.answer(await reader.lastRequest());
      await second;
    });

    test.each([SERIAL, parseHex(SERIAL)])('made from hexadecimal text or bytes goes out as it is', async (raw) => {
      const answer = client.request(raw);
      expect(toHex((await reader.lastRequest()).bytes)).toBe(SERIAL);
      await reader.answer(await reader.lastRequest());
      expect((await answer).reference).toBe(0xb5);
    });

    // Around the sizes at which a carrier may need another packet or a longer header, and where packets become many.
    test.each([30, 50, 61, 100, 126, 200, 500, 20_000])(
      'with %d bytes of data is whole, as is its answer',
      async (size) => {
        const value = Uint8Array.from({ length: size }, (_, at) => (at * 7 + 1) & 0xff);
        const payload = [{ tag: 'DFDF59', value }];
        const message = toMessage({ kind: 'request', reference: 1, id: 0xd101, payload });
        const answer = client.request(message);
        expect(toHex((await reader.lastRequest()).bytes)).toBe(toHex(message.bytes));
        await reader.answer(await reader.lastRequest(), { payload });
        expect(findTlv((await answer).payload, 'DFDF59')?.value).toEqual(value);
      },
    );

    test('counts references from 1 to 255 and round again', { timeout: ALL_REFERENCES }, async () => {
      const seen: number[] = [];
      for (let i = 0; i < 256; i++) {
        const answer = send();
        seen.push((await reader.lastRequest()).reference);
        await reader.answer(await reader.lastRequest());
        await answer;
      }
      expect(seen.slice(0, 255)).toEqual(Array.from({ length: 255 }, (_, i) => i + 1));
      expect(seen[255]).toBe(1);
    });

    test.each([
      [0, 1],
      [0.5, 128],
      [0.999_999, 255],
    ])(
      'has references that begin anywhere (%d), so that pages that share a reader rarely have the same',
      async (random, first) => {
        const other = await make();
        clock.randoms = [random];
        const page = new ReaderClient({ transport: other.transport, environment: clock, livenessCheck: false });
        other.onRequest = (message) => void other.answer(message);
        await page.connect();
        await page.request(request(SERIAL));
        await page.request(request(SERIAL));
        page.disconnect();
        expect(other.requests.map(({ reference }) => reference)).toEqual([first, first === 255 ? 1 : first + 1]);
      },
    );

    test.each([
      ['AA0', 'bad-hex'],
      ['AAxx', 'bad-hex'],
      ['', 'bad-message'],
      ['AA00', 'bad-message'],
      ['AA00810482071001820401000000', 'bad-message'],
      ['AA008104810700018402 0001', 'bad-message'],
    ])('that is not a request is refused and not sent: %s', async (hex, code) => {
      expect(await codeOf(client.request(hex))).toBe(code);
      expect(await reader.askedIds()).toEqual([]);
    });

    test('without a connection is refused', async () => {
      client.disconnect();
      expect(await codeOf(send())).toBe('not-connected');
    });

    test('refuses a time-out that is not a time', async () => {
      for (const timeout of [0, -1, Number.NaN, Infinity, 2 ** 32])
        expect(await codeOf(send(SERIAL, { timeout }))).toBe('bad-option');
      expect(await reader.askedIds()).toEqual([]);
    });

    test('that cannot be sent rejects, and the next one is tried', async () => {
      const { transport } = reader;
      const original = transport.send.bind(transport);
      transport.send = () => {
        throw new Error('socket');
      };
      expect(await codeOf(send())).toBe('connection-lost');
      transport.send = original;
      const answer = send();
      await reader.answer(await reader.lastRequest());
      await answer;
    });
  });

  describe('matching', () => {
    test('needs reference and command', async () => {
      const answer = send();
      const { reference } = await reader.lastRequest();
      await reader.answer({ reference, id: 0xd111 } as MmsRequest);
      await reader.answer({ reference: reference + 1, id: 0xd101 } as MmsRequest);
      expect(await isWaiting(answer)).toBe(true);
      await reader.answer(await reader.lastRequest(), { detail: '000000' });
      expect((await answer).reference).toBe(reference);
    });

    test('tells foreign answers as messages, not as responses', async () => {
      const responses: unknown[] = [];
      const messages: unknown[] = [];
      client.subscribe('response', (detail) => responses.push(detail));
      client.subscribe('message', (detail) => messages.push(detail));
      await reader.deliver('AA00810482631001820400000000');
      expect(responses).toHaveLength(0);
      expect(messages).toHaveLength(1);
      expect(client.journal.entries.at(-1)?.text).toContain('another client');
      expect(client.journal.entries.at(-1)).not.toHaveProperty('answers');
    });

    test('gives ten concurrent requests their own answers', async () => {
      reader.onRequest = (message) => {
        const number = reader.received.length;
        queueMicrotask(() => {
          void reader.answer(message, { payload: [{ tag: '89', value: Uint8Array.of(number) }] });
        });
      };
      const answers = await Promise.all(Array.from({ length: 10 }, () => send()));
      expect(answers.map(({ payload }) => payload[0]?.value[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(new Set(answers.map(({ reference }) => reference)).size).toBe(10);
    });
  });

  describe('the queue', () => {
    test('keeps one request in flight and the order of the others', async () => {
      const answers = [send(), send(BUZZER), send()];
      expect(await reader.askedIds()).toEqual([0xd101]);
      await reader.answer(await reader.lastRequest());
      expect(await reader.askedIds()).toEqual([0xd101, 0x1805]);
      await reader.answer(await reader.lastRequest());
      await reader.answer(await reader.lastRequest());
      await Promise.all(answers);
      expect(await reader.askedIds()).toEqual([0xd101, 0x1805, 0xd101]);
    });

    test('sends a cancel before all that wait, raw or not', async () => {
      const answers = [send(), send(BUZZER), client.request(CANCEL)];
      await reader.answer(await reader.lastRequest());
      expect((await reader.lastRequest()).id).toBe(0x1008);
      await reader.answer(await reader.lastRequest());
      expect((await reader.lastRequest()).id).toBe(0x1805);
      await reader.answer(await reader.lastRequest());
      await Promise.all(answers);
    });

    test('keeps the order of several cancels', async () => {
      const cancel = (reference: string): Promise<CompletedResponse> =>
        client.request(`AA00810401${reference}100884021008`);
      const answers = [send(), cancel('21'), send(BUZZER), cancel('22')];
      const order: number[] = [];
      for (let i = 0; i < 4; i++) {
        order.push((await reader.lastRequest()).reference);
        await reader.answer(await reader.lastRequest());
      }
      await Promise.all(answers);
      expect(order.slice(1, 3)).toEqual([0x21, 0x22]);
    });

    test('sends what waits while its listeners are still being told of an answer', async () => {
      const order: string[] = [];
      client.subscribe('response', ({ response }) => order.push(`answer ${response.id.toString(16)}`));
      client.subscribe('message', ({ direction, message }) => order.push(`${direction} ${message.id.toString(16)}`));
      const answers = [send(), send(BUZZER)];
      await reader.answer(await reader.lastRequest());
      await reader.answer(await reader.lastRequest());
      await Promise.all(answers);
      expect(order).toEqual([
        'to-reader d101',
        'from-reader d101',
        'answer d101',
        'to-reader 1805',
        'from-reader 1805',
        'answer 1805',
      ]);
    });
  });

  describe('giving up', () => {
    test('times out counted from sending, at the seconds asked for or those of the client', async () => {
      const first = codeOf(send());
      const second = codeOf(send(BUZZER, { timeout: 2 }));
      await pass(4_999);
      expect(await reader.askedIds()).toHaveLength(1);
      await pass(1);
      expect(await first).toBe('timeout');
      expect(await reader.askedIds()).toHaveLength(2);
      await pass(2_000);
      expect(await second).toBe('timeout');
      client.requestTimeout = 1;
      const third = codeOf(send());
      await pass(1_000);
      expect(await third).toBe('timeout');
      expect(await reader.askedIds()).toHaveLength(3);
    });

    test('logs a late answer and resolves nothing with it', async () => {
      const first = codeOf(send());
      await pass(5_000);
      expect(await first).toBe('timeout');
      const late = await reader.lastRequest();
      const second = send();
      await reader.answer(late);
      expect(await isWaiting(second)).toBe(true);
      expect(client.journal.entries.at(-1)?.text).toContain('given up');
      await reader.answer(await reader.lastRequest());
      expect((await second).reference).not.toBe(late.reference);
    });

    test('does not reuse a reference whose answer may still come', { timeout: ALL_REFERENCES }, async () => {
      const first = codeOf(send());
      await pass(5_000);
      await first;
      for (let i = 0; i < 255; i++) {
        const answer = send();
        expect((await reader.lastRequest()).reference).not.toBe(1);
        await reader.answer(await reader.lastRequest());
        await answer;
      }
    });

    test('takes the reference given up longest ago when all were', { timeout: ALL_REFERENCES }, async () => {
      for (let i = 0; i < 255; i++) {
        const answer = codeOf(send());
        await pass(5_000);
        await answer;
      }
      const answer = send();
      expect((await reader.lastRequest()).reference).toBe(1);
      await reader.answer(await reader.lastRequest());
      await answer;
    });

    test('aborts what waits without sending it, and what was sent at once', async () => {
      const inFlight = new AbortController();
      const waiting = new AbortController();
      const first = codeOf(send(SERIAL, { signal: inFlight.signal }));
      const second = codeOf(send(BUZZER, { signal: waiting.signal }));
      waiting.abort();
      expect(await second).toBe('aborted');
      inFlight.abort(new Error('enough'));
      expect(await first).toBe('aborted');
      expect(await codeOf(send(SERIAL, { signal: AbortSignal.abort() }))).toBe('aborted');
      expect(await reader.askedIds()).toEqual([0xd101]);
    });

    test('rejects everything that waits in the task in which the connection is known to be lost', async () => {
      await reader.settled();
      const settled: string[] = [];
      const answers = [send(), send(BUZZER), send()].map((promise, i) =>
        promise.catch((error: unknown) => settled.push(`${String(i)} ${(error as ReaderError).code}`)),
      );
      const settledInTask = new Promise<readonly string[]>((resolve) => {
        client.subscribe('state', () => {
          // Promises that are rejected now are heard of before the next task begins.
          void nextTask().then(() => {
            resolve([...settled]);
          });
        });
      });
      await reader.settled();
      await reader.lose();
      await Promise.all(answers);
      expect(await settledInTask).toEqual(['0 connection-lost', '1 connection-lost', '2 connection-lost']);
      expect(await reader.askedIds()).toEqual([0xd101]);
    });

    test('sends nothing again after a new connection', async () => {
      const lost = codeOf(send());
      const { reference, id } = await reader.lastRequest();
      await reader.lose();
      await lost;
      await client.connect();
      expect(await reader.askedIds()).toEqual([0xd101]);
      // The reader answers what it got before: nobody waits for it.
      await reader.answer({ reference, id } as MmsRequest);
      expect(client.journal.entries.at(-1)?.text).toContain('another client');
    });

    test('is told by disconnecting too', async () => {
      const answer = codeOf(send());
      client.disconnect();
      expect(await answer).toBe('connection-lost');
    });
  });

  describe('until completed', () => {
    const FINISHED = 'AA00810483001805820405040100';

    test('waits for the notification of the command where the reader says that it runs', async () => {
      const answer = send(BUZZER, { until: 'completed' });
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      await reader.deliver('AA00810483001805820401020100');
      expect(await isWaiting(answer)).toBe(true);
      await reader.deliver(FINISHED);
      const response = await answer;
      expect(response.completion?.id).toBe(0x1805);
      expect(response.status.running).toBe(true);
    });

    test.each([
      ['a signature', 'AA008104010A180184051801 81011E', 'AA00810483001805820401010101'],
      ['a text', 'AA0081040155180384081803810105820103', 'AA00810483001805820402010100'],
      ['a barcode', 'AA008104010A180484051804 820105', 'AA00810483001805820403010100'],
    ])('a pressed touch button does not complete %s', async (_, command, finished) => {
      const answer = send(command, { until: 'completed' });
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      // Left button, text button 4, amount button, and a button that no table has.
      for (const detail of ['01020100', '01030400', '01040000', '01020900']) {
        await reader.deliver(`AA008104830018058204${detail}`);
      }
      expect(await isWaiting(answer)).toBe(true);
      await reader.deliver(finished);
      expect((await answer).completion?.id).toBe(0x1805);
    });

    test.each(['0905', '0906'])('takes whichever notification ends it: %s', async (id) => {
      const answer = send('AA008104010AD9018408D901810103820100', { until: 'completed' });
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      await reader.deliver('AA0081048300090782040000 0000');
      expect(await isWaiting(answer)).toBe(true);
      await reader.deliver(`AA0081048300${id}820400000000`);
      expect((await answer).completion?.id).toBe(parseInt(id, 16));
    });

    test('accepts a completion that comes before the response', async () => {
      const answer = send(BUZZER, { until: 'completed' });
      await reader.lastRequest();
      await reader.deliver(FINISHED);
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      expect((await answer).completion?.name).not.toBe('unknown');
    });

    test('does not wait where the reader says that it is done, or refuses', async () => {
      for (const summary of [0, 0x80]) {
        const answer = send(BUZZER, { until: 'completed' });
        await reader.answer(await reader.lastRequest(), { summary });
        expect(await answer).not.toHaveProperty('completion');
      }
    });

    test('lets other requests through meanwhile', async () => {
      const answer = send(BUZZER, { until: 'completed' });
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      const other = send();
      await reader.answer(await reader.lastRequest());
      await other;
      await reader.deliver(FINISHED);
      await answer;
    });

    test('times out after the time limit of the command and a grace, or after a minute', async () => {
      const buzzer = codeOf(send(BUZZER, { until: 'completed' }));
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      await pass(59_999);
      expect(await isWaiting(buzzer)).toBe(true);
      await pass(1);
      expect(await buzzer).toBe('timeout');

      const display = codeOf(send('AA0081040155180384081803810105820103', { until: 'completed' }));
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      await pass(34_999);
      expect(await isWaiting(display)).toBe(true);
      await pass(1);
      expect(await display).toBe('timeout');
    });

    test('says so at once where no notification is known that completes the command', async () => {
      const answer = codeOf(send(SERIAL, { until: 'completed' }));
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      expect(await answer).toBe('timeout');
    });

    test('ends with the signal and with the connection', async () => {
      const controller = new AbortController();
      const first = codeOf(send(BUZZER, { until: 'completed', signal: controller.signal }));
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      controller.abort();
      expect(await first).toBe('aborted');
      const second = codeOf(send(BUZZER, { until: 'completed' }));
      await reader.answer(await reader.lastRequest(), { summary: 1 });
      await reader.lose();
      expect(await second).toBe('connection-lost');
    });
  });
});
