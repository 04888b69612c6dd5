/**
 * The session part: what a request costs beside a bare WebSocket, and a notification beside a bare DOM event.
 */
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { runInChromium } from '../chromium.mjs';

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => {
    // “Done”, with the reference and the command of the request.
    socket.on('message', (data) => socket.send(`AA00810482${String(data).slice(10, 16)}820400000000`));
  });
  await once(server, 'listening');
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const { result, version } = await runInChromium('bench/session/page.mjs', {
      url: `ws://127.0.0.1:${port}`,
      rounds,
    });
    return {
      tables: [
        {
          title: 'A request and its answer over a local socket, one after another, in a page',
          about: `In ${version}; the server answers at once. Journal and events of the client included.`,
          target: 'twice the time of the bare socket.',
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
