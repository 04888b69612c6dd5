/** A host behind Node's own server, with and without something that has read the body before. */
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createPaymentHost, sqliteLedger, toNodeHandler } from '../../../src/host/index.js';
import { pageSale, ScriptedGateway } from '../../support/host-kit.js';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/pay`;
}

function makeHandler() {
  const ledger = sqliteLedger(':memory:');
  onTestFinished(() => ledger.close());
  const gateway = new ScriptedGateway();
  const amountOf = () => ({ amount: '4.60', currency: 'EUR' });
  return toNodeHandler(createPaymentHost({ ledger, gateway, amountOf }));
}

const post = async (address: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${address}/authorize`, { method: 'POST', body, headers });
  return { status: answer.status, body: (await answer.json()) as unknown, cache: answer.headers.get('cache-control') };
};
const approved = { status: 200, body: { approved: true, message: 'Approved' }, cache: 'no-store' };

test('requests and answers go through as they are', async () => {
  const address = await serve(makeHandler());
  const sale = pageSale(1);
  expect(await post(address, JSON.stringify(sale), { 'idempotency-key': sale.transactionId })).toEqual(approved);
  expect(await post(address, JSON.stringify(sale), { 'idempotency-key': 'other' })).toMatchObject({ status: 400 });
  const status = await fetch(`${address}/status/order-1`);
  expect(await status.json()).toEqual(approved.body);
  expect(await post(address, new URLSearchParams({ payment: JSON.stringify(pageSale(2)) }))).toEqual(approved);
});

test.each([
  ['JSON', 'application/json', (text: string) => JSON.parse(text) as unknown, JSON.stringify(pageSale(1))],
  ['text', 'text/plain', (text: string) => text, JSON.stringify(pageSale(1))],
  ['bytes', 'application/octet-stream', (text: string) => Buffer.from(text), JSON.stringify(pageSale(1))],
  [
    'a form',
    'application/x-www-form-urlencoded',
    (text: string) => Object.fromEntries(new URLSearchParams(text)),
    new URLSearchParams({ payment: JSON.stringify(pageSale(1)) }).toString(),
  ],
])('a body that a parser has read as %s before', async (_, type, parse, body) => {
  const handler = makeHandler();
  const address = await serve((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      handler(Object.assign(request, { body: parse(text) }), response);
    });
  });
  expect(await post(address, body, { 'content-type': type })).toEqual(approved);
});

test('a body without an end is answered, and not waited for', async () => {
  const address = await serve(makeHandler());
  const request = httpRequest(`${address}/authorize`, { method: 'POST' });
  request.on('error', () => undefined);
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  for (let chunk = 0; chunk < 5; chunk++) request.write('x'.repeat(20_000));
  const [answer] = await answered;
  expect(answer.statusCode).toBe(413);
  expect(answer.headers.connection).toBe('close');
  request.destroy();
});

test('a handler that fails, and an address that is none, are answered', async () => {
  const failing = await serve(toNodeHandler(() => Promise.reject(new Error('secret'))));
  expect(await post(failing, '{}')).toMatchObject({ status: 400, body: { error: { code: 'bad-body' } } });
});

test('a host that is too late for whoever stands before it ends nothing else', async () => {
  let answered: Promise<Response> | undefined;
  const address = await serve((request, response) => {
    toNodeHandler(() => {
      answered = Promise.resolve(new Response('late'));
      return answered;
    })(request, response);
    response.writeHead(504).end('timed out');
  });
  const answer = await fetch(`${address}/status/order-1`);
  expect([answer.status, await answer.text()]).toEqual([504, 'timed out']);
  await expect.poll(() => answered).toBeDefined();
  // What is thrown without anybody to catch it would end the process, and fails the run of these tests.
  expect((await fetch(`${address}/status/order-1`)).status).toBe(504);
});

test('an answer that breaks off is not passed on as a whole one', async () => {
  const address = await serve(
    toNodeHandler(() => {
      const body = new ReadableStream({
        start: (stream) => {
          stream.error(new Error('lost'));
        },
      });
      return Promise.resolve(new Response(body));
    }),
  );
  await expect(fetch(`${address}/status/order-1`)).rejects.toThrow('fetch failed');
});
