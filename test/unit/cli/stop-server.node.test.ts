/** The end of a server: whose connections are ended, and who still gets an answer. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { stoppable } from '../../../src/cli/stop-server.js';

/** A server that leaves its answers to the test. */
async function serve() {
  const waiting: ServerResponse[] = [];
  const server = createServer((_, response) => {
    waiting.push(response);
  });
  const stop = stoppable(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { waiting, stop, port };
}

async function say(port: number, text: string): Promise<Socket> {
  // A connection that nobody reads never closes; one that is cut off may fail.
  const socket = connect(port, '127.0.0.1').resume();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise((resolve) => {
    if (text === '') resolve(undefined);
    else socket.write(text, resolve);
  });
  return socket;
}

const HALF = 'POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n{"arqc":';

test.each([
  ['nothing yet, as browsers do', ''],
  ['half of a request', 'POST / HTTP/1.1\r\nHost: shop\r\n'],
  ['half of a body', HALF],
])('a connection that has sent %s is ended', async (_, text) => {
  const { stop, port, waiting } = await serve();
  const socket = await say(port, text);
  if (text === HALF) await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(1);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await stop();
  await closed;
});

test('a request that has arrived gets its answer, and its connection ends then', async () => {
  const { stop, port, waiting } = await serve();
  const answer = fetch(`http://127.0.0.1:${String(port)}/`, { method: 'POST', body: 'whole' });
  await expect.poll(() => waiting[0]?.req.complete, { timeout: 20_000 }).toBe(true);
  const stopped = stop();
  waiting[0]?.end('decided');
  expect(await (await answer).text()).toBe('decided');
  await stopped;
});
