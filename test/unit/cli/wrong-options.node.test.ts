/** Wrong options of every command: refused alike, with a line that names them, before anything is connected, and without secrets. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'wrong-options-'));
const ledger = path.join(folder, 'shop.db');
let server: Server;
/** Stands for a reader and for a broker; nobody may ask it. */
let here: string;
let asked = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    asked++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  here = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const BRIDGE = ['bridge', '--reader', 'ws://HERE', '--broker', 'mqtt://HERE'];
const FLEET = ['--broker', 'mqtt://HERE'];
const SIMULATED = ['simulate', '--fleet', '2', ...FLEET];
const HOST = ['host', '--ledger', ledger, '--gateway', 'test', '--port', '0'];
const REAL = ['host', '--ledger', ledger, '--gateway', 'unigate', '--orders', 'package.json'];
const PROPERTIES = ['fleet', 'properties', 'a/b', '--read', '1.2.1.1.1.1'];
const KEY = '0123456789ABCDEFFEDCBA987654321';

test.each([
  [
    ['bridge', '--reader', 'ws://HERE', '--broker', 'http://x'],
    '--broker: “http://x” is not a valid address of a broker',
  ],
  [
    ['bridge', '--reader', 'http://x', '--broker', 'mqtt://HERE'],
    '--reader: “http://x” is not a valid WebSocket address',
  ],
  [['bridge', '--reader', 'ws://x', '--broker', 'mqtt://HERE'], '--reader: x is not this computer. Use an encrypted'],
  [['bridge', '--reader', 'ws://HERE', '--broker', 'ws://x'], '--broker: x is not this computer. Use an encrypted'],
  [
    ['bridge', '--reader', 'ws://HERE', '--broker', 'mqtt://a:word@HERE'],
    '--broker: The address must not contain a user',
  ],
  [[...BRIDGE, '--path', '/a/b'], '--path “/a/b”: The path of the reader at the broker must be like'],
  [[...BRIDGE, '--path', 'a/+'], '--path “a/+”: “a/+/SendCommand” names more than one reader'],
  [[...BRIDGE, '--frames', 'x'], '--frames must be hex or binary, not “x”'],
  [[...BRIDGE, '--details', 'x'], '--details must be a whole number from 0 to 86400, not “x”'],
  [[...BRIDGE, '--username', 'shop', '--password-file', ''], '--password-file is empty'],
  [[...BRIDGE, '--username', 'shop', 'open-sesame'], 'An argument belongs to no option'],
  [[...BRIDGE, '--password', 'open-sesame'], 'There is no option --password.'],
  [['simulate', '--host', ''], '--host is empty.'],
  [['simulate', '--port'], '--port has no value.'],
  [['simulate', '--port', '-1'], '--port has no value: one that begins with - is written behind ='],
  [['simulate', '--tls=yes'], '--tls takes no value.'],
  [['simulate', '--replay', 'a', '--seed', '1'], '--seed does not belong to --replay'],
  [['simulate', '--fleet', '2', '--broker', 'http://x'], '--broker: “http://x” is not a valid address of a broker'],
  [[...SIMULATED, '--path', '/a'], '--path “/a/F000000”: The path of the reader'],
  [[...SIMULATED, '--port', '1'], '--port does not belong to --fleet'],
  [['fleet', 'remove', 'a/b', '--broker', 'http://x'], '--broker: “http://x” is not a valid address of a broker'],
  [['fleet', 'remove', 'a/b/c/d', '/a/b', ...FLEET], '“/a/b”: The path of the reader'],
  [[...PROPERTIES, '--broker', 'http://x'], '--broker: “http://x” is not a valid address of a broker'],
  [['fleet', 'properties', 'a/b', '/a', '--read', '1.2.1.1.1.1', ...FLEET], '“/a”: The path of the reader'],
  [['fleet', 'properties', 'a/b+', '--read', '1.2.1.1.1.1', ...FLEET], 'A path: “a/b+” is not a pattern of readers'],
  [['fleet', 'properties', '+/+', '--set', '1.2.1.1.1.1=on', ...FLEET], 'Nobody can be asked here: add --yes'],
  [
    ['fleet', 'properties', 'a/b', '--set', '1.2.2.1.2.8:open-sesame', ...FLEET],
    '--set has no value: write --set <id>=<value>.',
  ],
  [[...PROPERTIES, ...FLEET, '--format', 'xml'], '--format must be text, csv or json, not “xml”'],
  [[...HOST, '--limit', 'x'], '--limit must be decimal digits such as 50, not “x”'],
  [[...HOST, '--bdk', KEY], '--bdk must be 16, 24 or 32 bytes in hexadecimal'],
  [[...HOST, `--bdk${KEY}`], 'There is no option of that name'],
  [[...HOST, '--bdk', '01234567', KEY], 'An argument belongs to no option'],
  [[...HOST, '--host', ''], '--host is empty.'],
  [[...HOST, '--timeout', '0'], '--timeout must be a whole number from 1 to 600, not “0”'],
  [
    ['host', '--ledger', 'mysql://a:word@x/y', '--gateway', 'test'],
    '--ledger must be a file or postgres://…, not “mysql://…@x/y”',
  ],
  [['host', '--ledger', ledger, '--gateway', 'visa'], '--gateway must be test, unigate or mppg, not “visa”'],
  [
    [...REAL, '--address', 'http://a:word@x'],
    '--address: “http://…@x” cannot be used. The address of a gateway must be https://',
  ],
  [['decode', '--speed'], 'There is no option --speed.'],
  [['decode', '--4111111111111111'], 'There is no option of that name.'],
  [['decode'], 'Name what to decode'],
  [['decode', '4111111111111111', 'x.txt'], 'Several arguments must be hexadecimal digits of one message'],
])('%j', async (args, words) => {
  const { code, stdout, stderr } = await run(
    args.map((argument) => argument.replace('HERE', here)),
    { signal: AbortSignal.timeout(3_000) },
  );
  expect(stderr.split('\n')[0]).toContain(`magtek-elements ${args[0]!}: ${words}`);
  expect(stderr).toMatch(/^\S.*\n\nUsage: magtek-elements /);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/open-sesame|word@|01234567|4111111111111111/);
  expect(asked).toBe(0);
  expect(existsSync(ledger)).toBe(false);
});

describe('what a command is asked for is its help', () => {
  test.each([
    ['bridge', '--keep-alive'],
    ['simulate', '--port'],
    ['host', '--port'],
  ])('%s', async (command, option) => {
    const { code, stdout } = await run([command, option, 'x', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: magtek-elements ${command}`);
  });
});
