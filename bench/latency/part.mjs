/**
 * The latency part: how long a frame takes to the listener of its DOM event while a reader sends 500 messages a second, with and
 * without a log, beside a bare WebSocket whose `onmessage` dispatches one event.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { root } from '../../tools/run-tool.mjs';
import { runInChromium } from '../chromium.mjs';
import { markdownTable, quantile, spread } from '../report.mjs';

const PER_SECOND = 500;
/** Frames that one contender gets in one round. */
const FRAMES = 500;

/** What a reader sends in a sale and around it, in this order again and again: answers and notifications of its own. */
const traffic = [
  'start-accepted',
  'display-text',
  'contact-card-inserted',
  'contact-arqc',
  'operation-complete-filler',
  'property-answer',
  'touch-press',
  'barcode-while-idle',
  'battery-charged',
  'serial-number-answer',
];

function frames() {
  /** @type {{ messages: { name: string, hex: string }[] }} */
  const { messages } = JSON.parse(
    readFileSync(path.join(root, 'test/support/vectors/constructed-messages.json'), 'utf8'),
  );
  return traffic.map((name) => {
    const hex = messages.find((message) => message.name === name)?.hex;
    if (hex === undefined) throw new Error(`there is no message “${name}” among the vectors`);
    return hex;
  });
}

/**
 * Sends frames evenly: as many as are due by the time that has gone by, because a timer of a millisecond keeps none.
 * @param {import('ws').WebSocket} socket @param {readonly string[]} stream
 * @returns {Promise<number[]>} when each was sent, in milliseconds of this process's clock
 */
async function send(socket, stream) {
  /** @type {number[]} */
  const sentAt = [];
  const start = performance.now();
  while (sentAt.length < FRAMES) {
    const due = Math.min(FRAMES, Math.floor(((performance.now() - start) / 1000) * PER_SECOND) + 1);
    while (sentAt.length < due) {
      const frame = /** @type {string} */ (stream[sentAt.length % stream.length]);
      sentAt.push(performance.now());
      socket.send(frame);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return sentAt;
}

/** A server of readers, each at a path of its own; what comes in at `/control` is told to send, or asked for the time. */
async function serve() {
  const stream = frames();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  /** @type {Map<string, import('ws').WebSocket>} */
  const readers = new Map();
  server.on('connection', (socket, { url = '' }) => {
    if (url !== '/control') {
      readers.set(url, socket);
      return;
    }
    socket.on('message', async (text) => {
      const { id, to } = JSON.parse(String(text));
      const reader = readers.get(to);
      const answer = to === undefined ? performance.now() : reader && (await send(reader, stream));
      socket.send(JSON.stringify({ id, answer }));
    });
  });
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `ws://127.0.0.1:${String(port)}`,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** @param {number} value */
const ms = (value) => `${value.toPrecision(3)} ms`;
/** @param {number} value */
const ratio = (value) => `${value.toPrecision(3)}×`;

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const server = await serve();
  try {
    const { result, version } = await runInChromium('bench/latency/page.mjs', {
      url: server.url,
      rounds,
      frames: FRAMES,
    });
    return { tables: [], notes: notes(result, version) };
  } finally {
    server.close();
  }
}

/**
 * @param {import('./page.mjs').Latencies[]} all those of the bare socket come last @param {string} version
 */
function notes(all, version) {
  const floor = all.at(-1);
  /** @param {readonly number[][]} rounds @param {number} part */
  const each = (rounds, part) => rounds.map((values) => quantile(values, part));
  return [
    `In ${version}: a server on the same machine sends ${String(PER_SECOND)} frames a second, ${String(traffic.length)} different answers and notifications with an ARQC among them; ${String(FRAMES)} to each in a round, in turns.`,
    '### From the `message` event of the socket to the last DOM event of the frame',
    'Target: 0.06 ms for the median without a log, 16.7 ms for 99 of 100 with it.',
    markdownTable([
      ['', 'median (middle half of the rounds)', 'times the bare socket’s', '99 of 100 within'],
      ...all.map(({ name, fromEvent }) => [
        name,
        spread(each(fromEvent, 0.5), ms),
        name === floor?.name
          ? ''
          : spread(
              each(fromEvent, 0.5).map((value, round) => value / quantile(floor?.fromEvent[round] ?? [], 0.5)),
              ratio,
            ),
        spread(each(fromEvent, 0.99), ms),
      ]),
    ]),
    '### From sending at the server to the last DOM event of the frame',
    'With the way through the browser and all that the page does meanwhile. The clocks of both are compared before each round.',
    markdownTable([
      ['', 'median (middle half of the rounds)', '99 of 100 within', 'slowest of all'],
      ...all.map(({ name, fromServer }) => [
        name,
        spread(each(fromServer, 0.5), ms),
        spread(each(fromServer, 0.99), ms),
        ms(Math.max(...fromServer.flat())),
      ]),
    ]),
  ];
}
