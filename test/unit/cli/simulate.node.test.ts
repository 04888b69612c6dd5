import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CommandIo } from '../../../src/cli/command.js';
import { simulate } from '../../../src/cli/simulate.js';
import { importJournal } from '../../../src/journal/journal-file.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { seed } from '../simulator/bench.js';

let folder: string;
let stop: AbortController;
const running: Promise<number>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'magtek-simulate-'));
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await Promise.all(running.splice(0));
  await rm(folder, { recursive: true });
});

/** Runs the command until it is stopped. */
function run(args: readonly string[], stdin: CommandIo['stdin'] = new PassThrough()) {
  const out = { text: '' };
  const error = { text: '' };
  const collect = (into: { text: string }): Writable =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => (into.text += text));
  const code = simulate(args, { stdin, stdout: collect(out), stderr: collect(error), signal: stop.signal });
  running.push(code);
  return { out, error, code };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function address({ out }: { out: { text: string } }): Promise<string> {
  await until(() => out.text.includes('Ctrl+C'));
  return /wss?:\S+/.exec(out.text)?.[0] ?? '';
}

/** A client and what it heard, in hexadecimal. */
async function client(url: string): Promise<{ socket: WebSocket; heard: string[] }> {
  const socket = new WebSocket(url, { rejectUnauthorized: false });
  const heard: string[] = [];
  socket.on('message', (data) => heard.push((data as Buffer).toString()));
  await once(socket, 'open');
  return { socket, heard };
}

describe('magtek-elements simulate', () => {
  test.each([false, true])('serves a reader, plays a scenario and records it redacted (TLS: %s)', async (tls) => {
    const scenario = path.join(folder, 'sale.json');
    const journal = path.join(folder, 'out.jsonl');
    await writeFile(scenario, '{"steps": [{"when": "waiting-for-card", "after": 10, "do": "insert", "card": "amex"}]}');
    const command = run(['--port', '0', '--scenario', scenario, '--record', journal, ...(tls ? ['--tls'] : [])]);
    const url = await address(command);
    expect(url).toMatch(tls ? /^wss:\/\/127\.0\.0\.1:/ : /^ws:\/\/127\.0\.0\.1:/);
    const { socket, heard } = await client(url);
    socket.send(seed('Start EMV'));
    await until(() => heard.length >= 5);
    socket.close();
    stop.abort();
    expect(await command.code).toBe(0);
    expect(command.out.text).toContain('> Start Transaction');
    expect(command.out.text).toContain('< Card inserted');
    expect(command.out.text).toContain('scenario: insert');
    expect(command.out.text).toMatch(/Stopped\.\n$/);
    const recorded = await readFile(journal, 'utf8');
    const { entries } = importJournal(recorded);
    expect(entries.map(({ direction }) => direction)).toEqual(['to-reader', ...Array<string>(5).fill('from-reader')]);
    expect(recorded + command.out.text).not.toContain(testCards.amex.pan);
  });

  test('lets pages of this computer connect, and those of other origins only where that is asked for', async () => {
    const knock = async (url: string, headers: Record<string, string>): Promise<string> => {
      const socket = new WebSocket(url, { headers });
      const answer = await Promise.race([
        once(socket, 'open').then(() => 'open'),
        once(socket, 'unexpected-response').then(([, response]) => String((response as IncomingMessage).statusCode)),
      ]);
      // What is closed before it was opened says so.
      socket.on('error', () => undefined).terminate();
      return answer;
    };
    const command = run(['--port', '0']);
    const url = await address(command);
    const { port } = new URL(url);
    const answers: [headers: Record<string, string>, answer: string][] = [
      [{}, 'open'],
      [{ origin: 'http://localhost:5173' }, 'open'],
      [{ origin: 'http://127.0.0.1:8000' }, 'open'],
      [{ origin: 'http://[::1]:8000' }, 'open'],
      [{ origin: 'https://elsewhere.example' }, '403'],
      [{ origin: 'null' }, '403'],
      [{ host: `elsewhere.example:${port}` }, '403'],
      [{ host: `192.168.1.5:${port}`, origin: 'http://192.168.1.5:5173' }, 'open'],
      [{ host: `192.168.1.5:${port}`, origin: 'http://192.168.1.6' }, '403'],
    ];
    for (const [headers, answer] of answers) expect(await knock(url, headers), JSON.stringify(headers)).toBe(answer);
    expect(command.out.text).toContain('Refused: a page of https://elsewhere.example. Use --any-origin');
    const open = run(['--port', '0', '--any-origin']);
    expect(await knock(await address(open), { origin: 'https://elsewhere.example' })).toBe('open');
  });

  test('keeps what was recorded before where its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const journal = path.join(folder, 'yesterday.jsonl');
    await writeFile(journal, 'yesterday');
    const command = run(['--port', String(port), '--record', journal]);
    expect(await command.code).toBe(1);
    expect(await readFile(journal, 'utf8')).toBe('yesterday');
    taken.close();
    const second = run(['--port', '0', '--record', journal]);
    await address(second);
    stop.abort();
    await second.code;
    const recorded = await readFile(journal, 'utf8');
    expect(recorded).not.toContain('yesterday');
    expect(importJournal(recorded).entries).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('goes on serving when the disk is full, and says so once', async () => {
    const command = run(['--port', '0', '--record', '/dev/full']);
    const { socket, heard } = await client(await address(command));
    for (let count = 1; count <= 3; count++) {
      socket.send(seed('Get SN'));
      await until(() => heard.length === count);
    }
    socket.close();
    stop.abort();
    expect(await command.code).toBe(0);
    expect(command.out.text.split('The journal /dev/full cannot be written any more: ENOSPC')).toHaveLength(2);
    expect(command.out.text).toMatch(/Stopped\.\n$/);
  });

  test('keeps the key serial number in a file', async () => {
    const keys = path.join(folder, 'keys.json');
    const sell = async (): Promise<string> => {
      const command = run(['--port', '0', '--keys-file', keys]);
      const { socket, heard } = await client(await address(command));
      stop.abort();
      await command.code;
      socket.close();
      stop = new AbortController();
      expect(heard).toEqual([]);
      return readFile(keys, 'utf8');
    };
    expect(JSON.parse(await sell())).toMatchObject({ algorithm: 'triple-des', ksn: 'FFFF98B571AF20000000' });
    await writeFile(keys, '{ "ksn": "FFFF98B571AF20000041" }');
    expect(JSON.parse(await sell())).toMatchObject({ ksn: 'FFFF98B571AF20000041' });
    await writeFile(keys, '{}');
    const broken = run(['--port', '0', '--keys-file', keys]);
    expect(await broken.code).toBe(1);
    expect(broken.error.text).toContain(`The keys in ${keys} cannot be read`);
  });

  test('Ctrl+C while a broker is silent ends at once', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const command = run(['--fleet', '2', '--broker', `mqtt://127.0.0.1:${String(port)}`]);
    await until(() => sockets.length === 2);
    stop.abort();
    expect(await command.code).toBe(0);
    // The library would give up by itself after ten seconds, with words on the error stream.
    expect(command.error.text).toBe('');
    silent.close();
    for (const socket of sockets) socket.destroy();
  }, 8_000);

  test('plays a recorded journal back, under the references of now', async () => {
    const journal = path.join(folder, 'out.jsonl');
    await writeFile(
      journal,
      [
        '{"format": "magtek-elements journal", "version": 1}',
        '{"sequence": 1, "at": 10, "direction": "to-reader", "message": "AA0081040113100884021008"}',
        '{"sequence": 2, "at": 12, "direction": "from-reader", "message": "AA00810482131008820480020304"}',
        '{"sequence": 3, "at": 14, "direction": "from-reader", "message": "AA00810483001001820400020200"}',
        '',
      ].join('\n'),
    );
    const command = run(['--port', '0', '--replay', journal]);
    const { socket, heard } = await client(await address(command));
    socket.send('AA0081040177100884021008');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['AA00810482771008820480020304', 'AA00810483001001820400020200']);
    socket.send('AA0081040178100884021008');
    await until(() => command.out.text.includes('no more answers'));
    socket.close();
  });

  test('cards are presented with keys', async () => {
    const keys = Object.assign(new PassThrough(), { isTTY: true });
    const command = run(['--port', '0'], keys);
    const { socket, heard } = await client(await address(command));
    expect(command.out.text).toContain('i insert');
    socket.send(seed('Start EMV'));
    await until(() => heard.length === 1);
    keys.write('t');
    await until(() => heard.length === 5);
    keys.write('m');
    await until(() => command.out.text.includes('key: mute'));
    socket.close();
    keys.write('\u0003');
    expect(await command.code).toBe(0);
  });

  test('tells what happens after what caused it, and what it does not take', async () => {
    const command = run(['--port', '0', '--clients', '1']);
    const url = await address(command);
    const { socket, heard } = await client(url);
    socket.send(`SENDCOMMAND,${seed('Start EMV')}`);
    await until(() => command.out.text.includes('Ignored: text that is not hexadecimal'));
    const other = new WebSocket(url);
    await once(other, 'close');
    expect(command.out.text).toContain('A client was turned away');
    socket.send(seed('Start EMV'));
    await until(() => heard.length === 1);
    socket.close();
    const lines = command.out.text.split('\n');
    const asked = lines.findIndex((line) => line.startsWith('> Start Transaction'));
    const began = lines.findIndex((line) => line.startsWith('reader: transaction'));
    const answered = lines.findIndex((line) => line.startsWith('< Start Transaction'));
    expect([asked, began, answered]).toEqual([asked, began, answered].sort((a, b) => a - b));
    expect(asked).toBeGreaterThan(0);
    expect(heard).toEqual([expect.stringMatching(/^AA008104820./)]);
  });

  test('says in clear words when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, error } = run(['--port', String(port)]);
    expect(await code).toBe(1);
    expect(error.text).toContain(`port ${String(port)} of 127.0.0.1 is in use`);
    other.close();
  });

  test.each([
    [['--port', 'x'], '--port must be a whole number'],
    [['--clients', '5'], '--clients must be a whole number from 1 to 4'],
    [['--speed', '5'], '--speed'],
    [['--replay', 'a', '--seed', '1'], '--seed does not belong to --replay'],
    [['--fleet', '2', '--broker', 'ws://127.0.0.1:9', '--any-origin'], '--any-origin does not belong to --fleet'],
    [['--path', 'a'], '--path belongs to --fleet'],
  ])('%j is a mistake that is explained', async (args, words) => {
    const { code, error } = run(args);
    expect(await code).toBe(2);
    expect(error.text).toContain(words);
    expect(error.text).toContain('--help');
  });

  test('files that cannot be used are named, with the line', async () => {
    const file = path.join(folder, 'bad.json');
    await writeFile(file, '{\n"steps": [{"do": "fly"}]}');
    const scenario = run(['--scenario', file]);
    expect(await scenario.code).toBe(1);
    expect(scenario.error.text).toContain(`${file}: line 2, steps[0].do: must be one of`);
    const journal = run(['--replay', file]);
    expect(await journal.code).toBe(1);
    expect(journal.error.text).toContain(`${file}: Line 1:`);
    const missing = run(['--replay', path.join(folder, 'missing')]);
    expect(await missing.code).toBe(1);
    expect(missing.error.text).toContain('cannot be read');
  });

  test('prints its options', async () => {
    const { code, out } = run(['--help']);
    expect(await code).toBe(0);
    for (const name of ['port', 'host', 'tls', 'clients', 'seed', 'scenario', 'record', 'replay']) {
      expect(out.text).toContain(`--${name}`);
    }
  });
});
