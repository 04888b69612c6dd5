/**
 * Two traps in a page: many requests at once with answers in the wrong order, and a connection that ends under a request.
 * They are counted and timed; there is nothing to compare with. It does not know how the figures are shown.
 */
import { ReaderClient, WebSocketTransport } from '../../dist/client.js';
import { commands } from '../../dist/mms/index.js';
import { toHex } from '../../dist/mms/hex.js';

/** Requests that each of two clients makes at once. */
export const AT_ONCE = 10;

/**
 * Every request asks for another property, and its answer carries what was asked: two clients at the same time.
 * @param {string} url of a server that sends answers again, newest first
 */
async function rightAnswers(url) {
  const clients = [1, 2].map(() => new ReaderClient({ transport: new WebSocketTransport(url) }));
  await Promise.all(clients.map((client) => client.connect()));
  const right = await Promise.all(
    clients.flatMap((client, reader) =>
      Array.from({ length: AT_ONCE }, async (_, number) => {
        const request = commands.getProperty({ oid: `1.2.${String(reader)}.${String(number)}` });
        const response = await client.request(request);
        return toHex(response.bytes).endsWith(toHex(request.bytes).slice(16));
      }),
    ),
  );
  for (const client of clients) client.disconnect();
  return right.filter(Boolean).length;
}

/**
 * From the `close` event of the socket to the rejection of the request that waits.
 * @param {string} url of a server that ends the connection when it is asked something
 * @returns {Promise<{ milliseconds: number, isSameTask: boolean }>}
 */
async function rejection(url) {
  let closedAt = NaN;
  let isSameTask = true;
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => (isSameTask = false);
  class Watched extends WebSocket {
    /** @param {string} address */
    constructor(address) {
      super(address);
      this.addEventListener('close', () => {
        closedAt = performance.now();
        port1.postMessage('next task');
      });
    }
  }
  const Socket = /** @type {import('../../dist/client.js').WebSocketConstructor} */ (/** @type {unknown} */ (Watched));
  const client = new ReaderClient({ transport: new WebSocketTransport(url, { WebSocket: Socket }), reconnect: 'off' });
  await client.connect();
  try {
    await client.request(commands.getProperty({ oid: '1.2.7.1.2.1' }));
  } catch {
    return { milliseconds: performance.now() - closedAt, isSameTask };
  } finally {
    port2.close();
  }
  throw new Error('the request was answered');
}

/** @param {{ url: string, rounds: number }} options */
export async function trap({ url, rounds }) {
  let right = 0;
  const rejections = [];
  for (let round = 0; round < rounds; round++) {
    right += await rightAnswers(`${url}/crossed`);
    rejections.push(await rejection(`${url}/closing`));
  }
  return { right, asked: rounds * 2 * AT_ONCE, rejections };
}
