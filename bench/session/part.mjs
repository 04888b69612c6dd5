/**
 * The session part: what a request costs beside a bare WebSocket, and a notification beside a bare DOM event; answers in the
 * wrong order, and a connection that ends under a request.
 */
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { runInChromium } from '../chromium.mjs';
import { quantile, spread } from '../report.mjs';
import { AT_ONCE } from './traps.mjs';

/** “Done”, with the reference, the command and the payload of a request. @param {string} request */
const answerTo = (request) => `AA00810482${request.slice(10, 16)}820400000000${request.slice(16)}`;

/**
 * What a server does with a request, by the path of the connection; the others that came before are at hand, newest first.
 * @type {Record<string, (socket: import('ws').WebSocket, request: string, earlier: readonly string[]) => void>}
 */
const behaviours = {
  '/': (socket, request) => socket.send(`AA00810482${request.slice(10, 16)}820400000000`),
  '/crossed': (socket, request, earlier) => {
    for (const hex of [request, ...earlier]) socket.send(answerTo(hex));
  },
  '/closing': (socket) => socket.terminate(),
};

/** @param {number} value */
const ms = (value) => `${value.toPrecision(3)} ms`;

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket, { url = '' }) => {
    /** @type {string[]} */
    const earlier = [];
    socket.on('message', (data) => {
      behaviours[url]?.(socket, String(data), earlier);
      if (url === '/crossed') earlier.unshift(String(data));
    });
  });
  await once(server, 'listening');
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const { result, version } = await runInChromium('bench/session/page.mjs', {
      url: `ws://127.0.0.1:${port}`,
      rounds,
    });
    const { right, asked, rejections } = /** @type {Awaited<ReturnType<typeof import('./traps.mjs').trap>>} */ (
      result.traps
    );
    const times = rejections.map(({ milliseconds }) => milliseconds);
    const sameTask = rejections.filter(({ isSameTask }) => isSameTask).length;
    /** @type {{ name: string, p50: number[] }[]} */
    const tripTimes = result.tripTimes;
    const [ours, bare] = tripTimes;
    const ratios = (ours?.p50 ?? []).map((value, round) => value / (bare?.p50[round] ?? NaN));
    return {
      figures: { trip: ratios },
      notes: [
        `A request and its answer, the median of single ones: ${tripTimes.map(({ name, p50 }) => `${name} ${spread(p50, ms)}`).join(', ')}; ${spread(ratios, (value) => `${value.toPrecision(3)}×`)}. Target: 1.6 times the bare socket’s.`,
        `Two clients with ${String(AT_ONCE)} requests each at once, at a server that sends all earlier answers again behind each new one, newest first: ${String(right)} of ${String(asked)} answers came to their own request. Target: all.`,
        `A connection that ends under a request: it rejects ${quantile(times, 0.5).toFixed(3)} ms after the socket’s \`close\` event (slowest ${Math.max(...times).toFixed(3)} ms), ${String(sameTask)} of ${String(rejections.length)} times in the same task. Target: 10 ms.`,
      ],
      tables: [
        {
          title: 'A request and its answer over a local socket, one after another, in a page',
          about: `In ${version}; the server answers at once. Journal and events of the client included.`,
          samples: result.trips,
          unitsPerRun: 1,
          unit: 'round trip',
        },
        {
          title: 'A notification from the socket to a listener of its DOM event, in a page',
          about: 'Decoded, redacted into the journal and told as message, notification and card events.',
          samples: result.messages,
          unitsPerRun: 1,
          unit: 'message',
        },
      ],
    };
  } finally {
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
}
