/** Sessions with a tag that are given up beside what else runs at the reader: it is left alone. Over the simulated reader. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { SimulatedReader, SimulatedTransport } from '../../../src/simulator/index.js';
import { codeOf } from '../../support/code-of.js';

const START = 0x1001;
const CANCEL = 0x1008;

let reader: SimulatedReader;
let client: ReaderClient;
let other: ReaderClient;
/** Commands that went out of the first client. */
let sent: number[];

beforeEach(async () => {
  // Slow enough that a request can be given up before it is answered.
  reader = new SimulatedReader({ pace: 1, latency: 40 });
  client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  other = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await Promise.all([client.connect(), other.connect()]);
  sent = [];
  client.subscribe('message', ({ direction, message }) => {
    if (direction === 'to-reader') sent.push(message.id);
  });
});

afterEach(() => {
  client.disconnect();
  other.disconnect();
  reader.close();
});

/** Gives up what the first client asks for as soon as its start is out. */
function abortAtStart(): AbortSignal {
  const controller = new AbortController();
  client.subscribe('message', ({ direction, message }) => {
    if (direction === 'to-reader' && message.id === START) queueMicrotask(() => controller.abort());
  });
  return controller.signal;
}

test('a session that is given up before the reader has refused it does not cancel the sale of another page', async () => {
  const sale = other.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => true });
  await expect.poll(() => reader.face.phase, { timeout: 20_000 }).toBe('waiting-for-card');
  expect(await codeOf(client.readTag({ signal: abortAtStart() }))).toBe('aborted');
  expect(sent).toEqual([START]);
  reader.tap('visa');
  expect((await sale.result).outcome).toBe('approved');
});

test('a session that is given up before the reader has accepted it is ended, and the next begins at once', async () => {
  expect(await codeOf(client.readTag({ signal: abortAtStart() }))).toBe('aborted');
  expect(sent).toEqual([START, CANCEL]);
  reader.subscribe(({ phase }) => {
    if (phase === 'waiting-for-card') setTimeout(() => reader.tap('ntag'));
  });
  expect((await other.readTag()).records).toHaveLength(1);
});

test('a second session of the same client is refused, and the first goes on', async () => {
  const first = client.readTag();
  const controller = new AbortController();
  const second = codeOf(client.readTag({ signal: controller.signal }));
  controller.abort();
  expect(await second).toBe('transaction-in-progress');
  await expect.poll(() => reader.face.phase, { timeout: 20_000 }).toBe('waiting-for-card');
  reader.tap('ntag');
  expect((await first).records).toHaveLength(1);
  expect(sent.filter((id) => id === START || id === CANCEL)).toEqual([START]);
});
