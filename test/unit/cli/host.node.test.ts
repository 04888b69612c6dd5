/** `magtek-elements host`: a payment host as a server, from arguments to an orderly end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { host } from '../../../src/cli/host.js';
import { sqliteLedger } from '../../../src/host/index.js';
import { dukptEncryption } from '../../../src/simulator/index.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { encodeTlv } from '../../../src/mms/tlv.js';
import { arqcWith, pageSale } from '../../support/host-kit.js';
import { run } from './run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-host-'));
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ledger = path.join(folder, 'shop.db');

/** A host that runs, by its address. */
async function start(
  ...args: string[]
): Promise<{ address: string; output: () => string; stop: () => Promise<number> }> {
  const interruption = new AbortController();
  let output = '';
  const stdout = new Writable({
    write(chunk: Buffer, _, done) {
      output += chunk.toString();
      done();
    },
  });
  const ended = host(['--ledger', ledger, '--port', '0', ...args], {
    ...{ stdin: new PassThrough(), stdout, stderr: stdout, signal: interruption.signal },
  });
  const stop = (): Promise<number> => {
    interruption.abort();
    return ended;
  };
  stops.push(stop);
  await expect.poll(() => output).toContain('Press Ctrl+C');
  return { address: /http:\S+/.exec(output)?.[0] ?? '', output: () => output, stop };
}

/** A sale whose card data are encrypted under the published test key. */
function encryptedSale(number: number) {
  const ksn = `FFFF9876543210E${number.toString(16).padStart(5, '0')}`;
  const key = dukptEncryption({ ksn })();
  if (!key) throw new Error('no key');
  const clear = encodeTlv([{ tag: 'FC', children: [{ tag: '5A', value: parseHex('4111111111111111') }] }]);
  const padded = new Uint8Array(Math.ceil(clear.length / 8) * 8);
  padded.set(clear);
  const next = toHex(key.ksn);
  return pageSale(number, { ksn: next, arqc: arqcWith(next, 'B571AF2', key.encryptData(padded)) });
}

const post = (address: string, sale: object): Promise<{ status: number; body: unknown }> =>
  fetch(address, { method: 'POST', body: JSON.stringify(sale) }).then(async (answer) => ({
    status: answer.status,
    body: (await answer.json()) as unknown,
  }));

test('decides for pages, keeps what it decided, and ends in order', async () => {
  const first = await start('--gateway', 'test', '--limit', '50');
  expect(first.output()).toContain('no money is moved');
  const approved = { status: 200, body: expect.objectContaining({ approved: true }) };
  expect(await post(first.address, encryptedSale(1))).toEqual(approved);
  expect(await post(first.address, { ...encryptedSale(2), amount: '50.01' })).toMatchObject({
    body: { approved: false, message: 'Above the limit of 50' },
  });
  expect(await first.stop()).toBe(0);
  expect(first.output()).toContain('Stopped.');
  expect(first.output()).not.toContain('4111111111111111');
  const second = await start('--gateway', 'test');
  expect(await post(second.address, encryptedSale(1))).toEqual(approved);
});

test('orders of a file win over what pages say', async () => {
  const orders = path.join(folder, 'orders.json');
  writeFileSync(orders, JSON.stringify({ 'order-11': { amount: '4.60', currency: 'EUR' } }));
  const { address } = await start('--gateway', 'test', '--orders', orders);
  expect(await post(address, { ...encryptedSale(11), amount: '0.01' })).toMatchObject({ status: 409 });
  expect(await post(address, encryptedSale(12))).toMatchObject({ status: 404 });
  expect(await post(address, encryptedSale(11))).toMatchObject({ status: 200, body: { approved: true } });
});

test('an order of a file accepts a tip up to what it says', async () => {
  const orders = path.join(folder, 'tips.json');
  const order = { amount: '4.60', currency: 'EUR' };
  writeFileSync(orders, JSON.stringify({ 'order-21': { ...order, mostTip: '1' }, 'order-22': order }));
  const { address } = await start('--gateway', 'test', '--orders', orders);
  const tipped = (number: number, tip: string, total: string) => ({
    ...encryptedSale(number),
    amount: total,
    amounts: { base: '4.60', tip, tax: '0.00', surcharge: '0.00', cashback: '0.00', total },
  });
  const tooMuch = { status: 409, body: { error: { code: 'amount-mismatch', field: 'amounts.tip' } } };
  expect(await post(address, tipped(21, '1.01', '5.61'))).toMatchObject(tooMuch);
  expect(await post(address, tipped(22, '0.50', '5.10'))).toMatchObject({ status: 409 });
  expect(await post(address, tipped(21, '1.00', '5.60'))).toMatchObject({ status: 200, body: { approved: true } });
});

test.each([
  [[], '--ledger says'],
  [['--ledger', ledger], '--gateway says'],
  [['--ledger', ledger, '--gateway', 'visa', '--orders', 'x'], 'not “visa”'],
  [['--ledger', ledger, '--gateway', 'visa'], '--gateway must be test, unigate or mppg'],
  [['--ledger', '', '--gateway', 'test'], '--ledger is empty'],
  [['--ledger', ledger, '--gateway', 'unigate'], '--orders is needed'],
  [['--ledger', ledger, '--gateway', 'unigate', '--orders', 'x', '--currency', 'ZZZ'], 'such as EUR, not “ZZZ”'],
  [['--ledger', ledger, '--gateway', 'unigate', '--orders', 'x', '--currency', 'eur'], 'in capital letters'],
  [['--ledger', ledger, '--gateway', 'mppg', '--orders', 'x'], '--processor is needed'],
  [['--ledger', ledger, '--gateway', 'test', '--processor', 'x'], '--processor does not belong'],
  [['--ledger', ledger, '--gateway', 'test', '--port', 'x'], '--port must be'],
  [['--ledger', ledger, '--gateway', 'test', '--lodger', 'x'], '--lodger'],
])('wrong arguments %j are explained', async (args, why) => {
  const { code, stderr } = await run(['host', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(why);
});

test.each([
  [undefined, 'cannot be read'],
  ['{"order-1": ', 'must be a JSON object'],
  ['[]', 'must be a JSON object'],
])('a file of orders that says %j ends the host at its start', async (text, why) => {
  const orders = path.join(folder, 'wrong-orders.json');
  if (text !== undefined) writeFileSync(orders, text);
  onTestFinished(() => rmSync(orders, { force: true }));
  const { code, stderr } = await run(
    ['host', '--ledger', ledger, '--gateway', 'test', '--port', '0', '--orders', orders],
    { signal: AbortSignal.timeout(5_000) },
  );
  expect(code).toBe(1);
  expect(stderr).toContain(orders);
  expect(stderr).toContain(why);
});

test('credentials that are missing are named', async () => {
  for (const name of ['MAGENSA_CUSTOMER_CODE', 'MAGENSA_USERNAME', 'MAGENSA_PASSWORD']) {
    const before = process.env[name];
    process.env[name] = '';
    onTestFinished(() => {
      if (before === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before;
    });
  }
  const { code, stderr } = await run(['host', '--ledger', ledger, '--gateway', 'unigate', '--orders', 'x']);
  expect(code).toBe(1);
  expect(stderr).toContain('set MAGENSA_CUSTOMER_CODE, MAGENSA_USERNAME, MAGENSA_PASSWORD');
});

test('the help names every option', async () => {
  const { code, stdout } = await run(['host', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('--orders');
});

test('a connection on which nothing is asked keeps no host from its end', async () => {
  const { address, stop } = await start('--gateway', 'test');
  const socket = connect(Number(new URL(address).port), '127.0.0.1').resume();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  expect(await stop()).toBe(0);
  await closed;
});

/** A host whose gateway's service answers when the test says so, with two orders. */
async function slowService(name: string) {
  const orders = path.join(folder, `${name}.json`);
  const order = { amount: '4.60', currency: 'EUR' };
  writeFileSync(orders, JSON.stringify({ 'order-31': order, 'order-32': order }));
  const waiting: ServerResponse[] = [];
  const service = createServer((request, response) => {
    request.resume().on('end', () => waiting.push(response));
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => {
    service.close();
    service.closeAllConnections();
  });
  const { port } = service.address() as AddressInfo;
  return {
    args: [
      ...['--gateway', 'mppg', '--orders', orders, '--processor', 'TSYS - Pilot', '--currency', 'EUR'],
      ...['--address', `http://127.0.0.1:${String(port)}/`],
    ],
    environment: { MAGENSA_CUSTOMER_CODE: 'x', MAGENSA_USERNAME: 'x', MAGENSA_PASSWORD: 'x' },
    waiting,
    approve: () => waiting.shift()?.end('{"TransactionOutput":{"IsTransactionApproved":true}}'),
  };
}

async function stateOf(file: string, transactionId: string) {
  const kept = sqliteLedger(file);
  const record = await kept.find(transactionId);
  await kept.close();
  return record?.state;
}

test('a sale whose page has left is decided before the host ends', async () => {
  const { args, environment, waiting, approve } = await slowService('left');
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { address, output, stop } = await start(...args);
  const page = new AbortController();
  const left = fetch(address, { method: 'POST', body: JSON.stringify(pageSale(31)), signal: page.signal });
  await expect.poll(() => waiting.length).toBe(1);
  page.abort();
  await expect(left).rejects.toThrow();
  const ended = stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(output()).not.toContain('Stopped.');
  approve();
  expect(await ended).toBe(0);
  expect(await stateOf(ledger, 'order-31')).toBe('approved');
});

test('a sale is decided before the host ends because nobody reads its lines any more', async () => {
  const built = path.resolve(import.meta.dirname, '../../../dist/cli/bin.js');
  const { args, environment, waiting, approve } = await slowService('unheard');
  const file = path.join(folder, 'unheard.db');
  const child = spawn(process.execPath, [built, 'host', '--ledger', file, '--port', '0', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output, { timeout: 20_000 }).toContain('Press Ctrl+C');
  const address = /http:\S+/.exec(output)?.[0] ?? '';
  const first = post(address, pageSale(31));
  await expect.poll(() => waiting.length).toBe(1);
  child.stdout.destroy();
  const second = post(address, pageSale(32));
  await expect.poll(() => waiting.length).toBe(2);
  waiting.pop()?.end('{"TransactionOutput":{"IsTransactionApproved":false}}');
  expect(await second).toMatchObject({ body: { approved: false } });
  approve();
  expect(await first).toMatchObject({ body: { approved: true } });
  expect(await ended).toEqual([0, null]);
  expect(await stateOf(file, 'order-31')).toBe('approved');
});

test('a ledger that cannot be reached ends the host, which serves nobody then', async () => {
  const { code, stdout, stderr } = await run([
    'host',
    '--gateway',
    'test',
    '--port',
    '0',
    '--ledger',
    'postgres://u:secret@127.0.0.1:1/x',
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain('magtek-elements host: The ledger cannot be used: connect ECONNREFUSED');
  expect(stdout + stderr).not.toContain('secret');
  const address = /http:\S+/.exec(stdout)?.[0] ?? '';
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});
