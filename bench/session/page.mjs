/**
 * What a request and a notification cost in a page, beside a bare WebSocket and a bare DOM event. Runs in Chromium.
 * It does not know how the figures are shown.
 */
import { ReaderClient, WebSocketTransport } from '../../dist/client.js';
import { dispatchEvents } from '../../dist/elements/reader/event-dispatch.js';
import { commands, decodeMessage } from '../../dist/mms/index.js';
import { parseHex } from '../../dist/mms/hex.js';
import { quantile } from '../report.mjs';
import { trap } from './traps.mjs';

/** Round trips of one round, and messages of one round. */
const TRIPS = 200;
const MESSAGES = 500;

const NOTIFICATION = 'AA00810483000101820410010200';

/**
 * @param {{ url: string, rounds: number }} options
 */
export async function run({ url, rounds }) {
  const bare = new WebSocket(url);
  await new Promise((resolve) => (bare.onopen = resolve));
  const client = new ReaderClient({ transport: new WebSocketTransport(url) });
  await client.connect();
  const request = commands.getProperty({ oid: '1.2.7.1.2.1' });
  const text = Array.from(request.bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

  const both = [
    { name: 'ReaderClient.request', work: () => client.request(request) },
    {
      name: 'bare WebSocket, text there and back',
      work: () =>
        new Promise((resolve) => {
          bare.onmessage = resolve;
          bare.send(text);
        }),
    },
  ];
  const trips = await compare(rounds, TRIPS, both);
  const tripTimes = await medians(rounds, TRIPS, both);
  client.disconnect();
  bare.close();

  const target = new EventTarget();
  let heard = 0;
  target.addEventListener('magtek-notification', () => heard++);
  const sink = await openInPage(target);
  const messages = await compare(rounds, MESSAGES, [
    { name: 'frame to DOM event listener', work: () => sink.message(parseHex(NOTIFICATION)) },
    {
      name: 'decodeMessage and one bare CustomEvent',
      work: () => {
        const notification = decodeMessage(NOTIFICATION);
        target.dispatchEvent(new CustomEvent('magtek-notification', { detail: { notification } }));
      },
    },
  ]);
  const expected = 2 * (rounds + 1) * MESSAGES;
  if (heard !== expected) throw new Error(`${heard} of ${expected} notifications were heard`);
  return { trips, tripTimes, messages, traps: await trap({ url, rounds }) };
}

/**
 * A client whose transport is in the page, open, with its events on a target.
 * @param {EventTarget} target
 * @returns {Promise<import('../../dist/transports/transport.js').TransportSink>}
 */
async function openInPage(target) {
  /** @type {import('../../dist/transports/transport.js').TransportSink | undefined} */
  let sink;
  const client = new ReaderClient({
    transport: {
      open: async (to) => {
        sink = to;
      },
      send: () => {},
      close: () => {},
    },
  });
  dispatchEvents(client, target);
  await client.connect();
  if (!sink) throw new Error('the transport was not opened');
  return sink;
}

/**
 * Side by side, in turns, as the other parts do it; here the work may take its time. What it leaves for later in the same
 * task, such as the journal, is done before the clock stops.
 * @param {number} rounds @param {number} times
 * @param {{ name: string, work: () => unknown }[]} contenders
 * @returns {Promise<import('../measure.mjs').Samples[]>}
 */
async function compare(rounds, times, contenders) {
  const all = contenders.map(({ name, work }) => ({ name, work, perSecond: /** @type {number[]} */ ([]) }));
  for (let round = -1; round < rounds; round++) {
    for (const { work, perSecond } of round % 2 === 0 ? all : [...all].reverse()) {
      const start = performance.now();
      for (let time = 0; time < times; time++) await work();
      // The first round is for compilers.
      if (round >= 0) perSecond.push((times / (performance.now() - start)) * 1000);
    }
  }
  return all.map(({ name, perSecond }) => ({ name, perSecond }));
}

/**
 * The median of what each single one takes, in milliseconds: of some slow ones it does not tell.
 * @param {number} rounds @param {number} times @param {{ name: string, work: () => Promise<unknown> }[]} contenders
 */
async function medians(rounds, times, contenders) {
  const all = contenders.map(({ name, work }) => ({ name, work, p50: /** @type {number[]} */ ([]) }));
  for (let round = -1; round < rounds; round++) {
    for (const { work, p50 } of round % 2 === 0 ? all : [...all].reverse()) {
      const took = [];
      for (let time = 0; time < times; time++) {
        const start = performance.now();
        await work();
        took.push(performance.now() - start);
      }
      if (round >= 0) p50.push(quantile(took, 0.5));
    }
  }
  return all.map(({ name, p50 }) => ({ name, p50 }));
}
