/** `magtek-elements bridge` between a reader behind a real WebSocket and a real broker. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { bridge } from '../../../src/cli/bridge.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { serveSimulatedReader, type ServeOptions, type ServedReader } from '../../../src/simulator/node.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { RawPage } from '../bridge/raw-page.js';
import { seed } from '../simulator/bench.js';
import { startMosquitto, whyNoBroker, type Broker, type BrokerOptions } from '../../../tools/mosquitto.mjs';

let folder: string;
let stop: AbortController;
const running: Promise<number>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'magtek-bridge-'));
  stop = new AbortController();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  stop.abort();
  await Promise.all(running.splice(0));
  await rm(folder, { recursive: true });
});

/** Runs the command until it is stopped. */
function run(args: readonly string[]) {
  const out = { text: '' };
  const error = { text: '' };
  const collect = (into: { text: string }): Writable =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => (into.text += text));
  const code = bridge(args, {
    stdin: new PassThrough(),
    stdout: collect(out),
    stderr: collect(error),
    signal: stop.signal,
  });
  running.push(code);
  return { out, error, code };
}

async function startBroker(options?: BrokerOptions): Promise<Broker> {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.close());
  return broker;
}

async function serve(options?: ServeOptions): Promise<ServedReader> {
  const served = await serveSimulatedReader({ pace: 1, ...options });
  onTestFinished(() => served.close());
  return served;
}

async function join(broker: Broker, at: string): Promise<RawPage> {
  const page = await RawPage.join(broker.url, at);
  onTestFinished(() => page.leave());
  return page;
}

const certificate = async (): Promise<{ key: string; cert: string }> => {
  const altNames = [{ type: 7 as const, ip: '127.0.0.1' }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key, cert };
};

const file = async (name: string, text: string): Promise<string> => {
  const name_ = path.join(folder, name);
  await writeFile(name_, text);
  return name_;
};

describe.skipIf(whyNoBroker())('magtek-elements bridge', () => {
  test('publishes a reader under its serial number, in readable lines without card data, until it is stopped', async () => {
    const broker = await startBroker();
    const { url, reader } = await serve();
    const command = run(['--reader', url, '--broker', broker.tcpUrl]);
    await expect.poll(() => command.out.text).toContain('Ctrl+C');
    const at = /Published as (\S+)/.exec(command.out.text)?.[1] ?? '';
    expect(at).toBe('MagTek/Bridge/Reader/B571AF2');
    await expect.poll(() => command.out.text).toContain('reader: ready');
    const page = await join(broker, at);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    await page.command(seed('Start EMV'));
    await expect.poll(() => reader.face.phase).toBe('waiting-for-card');
    reader.insert('amex');
    await expect.poll(() => page.heard.some((hex) => decodeMessage(hex).id === 0x0105)).toBe(true);
    await expect.poll(() => command.out.text).toContain('> Start Transaction');
    expect(command.out.text).toContain('< Card inserted');
    expect(command.out.text).not.toContain(testCards.amex.pan);
    stop.abort();
    expect(await command.code).toBe(0);
    expect(command.out.text).toMatch(/Stopped\.\n$/);
    await expect.poll(() => page.statuses.at(-1)).toBe('disconnected');
    await expect.poll(() => reader.face.clients).toBe(0);
    expect(command.error.text).toBe('');
  });

  test('warns once of large messages, which hold pages up behind some brokers', async () => {
    const broker = await startBroker();
    const reader = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(reader, 'listening');
    onTestFinished(() => {
      reader.close();
    });
    const url = `ws://127.0.0.1:${String((reader.address() as AddressInfo).port)}`;
    const command = run(['--reader', url, '--broker', broker.tcpUrl, '--path', 'MagTek/a/b/c', '--quiet']);
    await expect.poll(() => command.out.text).toContain('reader: ready');
    const page = await join(broker, 'MagTek/a/b/c');
    await expect.poll(() => page.statuses).toEqual(['connected']);
    const warnings = (): number => command.out.text.match(/A large message/g)?.length ?? 0;
    const sizes = [29_999, 30_000, 30_000];
    const counts = [];
    for (const [index, size] of sizes.entries()) {
      for (const socket of reader.clients) socket.send('AA'.repeat(size));
      await expect.poll(() => page.heard.length, { timeout: 15_000 }).toBe(index + 1);
      counts.push(warnings());
    }
    expect(counts).toEqual([0, 1, 1]);
  });

  test('goes on when either side was lost, and says so', async () => {
    const broker = await startBroker();
    const { url, reader } = await serve({ restartTime: 20 });
    const command = run(['--reader', url, '--broker', broker.tcpUrl, '--path', 'MagTek/a/b/c', '--quiet']);
    await expect.poll(() => command.out.text).toContain('reader: ready');
    const lines = (what: RegExp): number => command.out.text.match(what)?.length ?? 0;
    await expect.poll(() => command.out.text).toContain('Ctrl+C');
    reader.restart();
    // A reader that restarts may take a connection and end it at once: then it is ready once more.
    await expect.poll(() => lines(/^reader: ready/gm)).toBeGreaterThanOrEqual(2);
    await broker.restart();
    await expect.poll(() => lines(/^broker: ready/gm)).toBe(2);
    expect(command.out.text).toMatch(/^broker: reconnecting/m);
    const page = await join(broker, 'MagTek/a/b/c');
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    await page.command(seed('Get SN'));
    await expect.poll(() => page.heard.length).toBe(1);
    // Quiet: not a line a message.
    expect(command.out.text).not.toMatch(/^[<>]/m);
  });

  test('waits for a reader that is off', async () => {
    const broker = await startBroker();
    const served = await serve();
    await served.close();
    const command = run(['--reader', served.url, '--broker', broker.tcpUrl, '--path', 'MagTek/a/b/c']);
    await expect.poll(() => command.out.text).toContain('Published as MagTek/a/b/c');
    expect(command.out.text).toContain('. Nothing listens there: check that it is on, and the port.)');
    const page = await join(broker, 'MagTek/a/b/c');
    await expect.poll(() => page.statuses).toEqual(['disconnected']);
    await serve({ port: served.port });
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
  });

  test('trusts the authorities that it is given, at the broker and at the reader, and no others', async () => {
    const tls = await certificate();
    const broker = await startBroker({ tls });
    const { url } = await serve({ tls });
    const args = ['--reader', url, '--broker', broker.tcpUrl, '--path', 'MagTek/a/b/c'];
    const stranger = run(args);
    expect(await stranger.code).toBe(1);
    expect(stranger.error.text).toMatch(
      /The broker cannot be used: .*self-signed certificate.* with --ca, in PEM\.\n$/,
    );
    const ca = await file('ca.pem', tls.cert);
    const trusted = run([...args, '--ca', ca, '--reader-ca', ca]);
    await expect.poll(() => trusted.out.text).toContain('Ctrl+C');
    const page = await join(broker, 'MagTek/a/b/c');
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    await page.command(seed('Get SN'));
    await expect.poll(() => page.heard.length).toBe(1);
  });

  test.each(['environment', 'file'])('takes the password from the %s and never prints it', async (from) => {
    const broker = await startBroker({ users: { shop: 'open-sesame' } });
    const { url } = await serve();
    const args = ['--reader', url, '--broker', broker.tcpUrl, '--path', 'MagTek/a/b/c', '--username', 'shop'];
    vi.stubEnv('MAGTEK_BROKER_PASSWORD', 'wrong-word');
    const refused = run(args);
    expect(await refused.code).toBe(1);
    expect(refused.error.text).toMatch(/The broker cannot be used: .*(not authorized|bad user name or password)/i);
    if (from === 'file') args.push('--password-file', await file('password', 'open-sesame\n'));
    else vi.stubEnv('MAGTEK_BROKER_PASSWORD', 'open-sesame');
    const command = run(args);
    await expect.poll(() => command.out.text).toContain('Ctrl+C');
    expect(command.out.text + command.error.text + refused.error.text).not.toMatch(/wrong-word|open-sesame/);
  });
});

/** A server that does this with each connection, by its port. */
async function listen(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => answer(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

describe('a reader that cannot be asked for its serial number', () => {
  const ask = async (url: string): Promise<string> => {
    const { code, error } = run(['--reader', url, '--broker', 'mqtt://127.0.0.1:9']);
    expect(await code).toBe(1);
    expect(error.text).toMatch(/^magtek-elements bridge: The reader could not be asked for its serial number: /);
    expect(error.text).toMatch(/\. With --path it need not be asked\.\n$/);
    return error.text;
  };

  test('is off', async () => {
    const served = await serve();
    await served.close();
    expect(await ask(served.url)).toMatch(
      /: connect ECONNREFUSED 127\.0\.0\.1:\d+\. Nothing listens there: check that it is on, and the port\./,
    );
  });

  test('does not let it in', async () => {
    const reader = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: () => false });
    await once(reader, 'listening');
    onTestFinished(() => {
      reader.close();
    });
    const { port } = reader.address() as AddressInfo;
    expect(await ask(`ws://127.0.0.1:${String(port)}`)).toContain(
      ': Unexpected server response: 401. It does not let this computer in',
    );
  });

  test('has no room', async () => {
    const { url } = await serve({ clients: 1 });
    const other = new WebSocket(url);
    onTestFinished(() => other.terminate());
    await once(other, 'open');
    const words = await ask(url);
    expect(words).toContain('(close code 1013). no more clients');
    expect(words).toContain('It may have no room for another connection: end what else uses it');
  });

  test.each([
    [
      'ends the connection at once',
      'ws',
      (socket: Socket) => socket.destroy(),
      ': socket hang up. It ended the connection',
    ],
    ['speaks something else', 'ws', (socket: Socket) => socket.end('hello\r\n'), 'Something else answers there: check'],
    [
      'is a page',
      'ws',
      (socket: Socket) => socket.end('HTTP/1.1 404 no\r\n\r\n'),
      '404. Something answers there, but not',
    ],
    [
      'is not encrypted',
      'wss',
      (socket: Socket) => socket.end('hello\r\n'),
      ': wrong version number. It does not speak TLS',
    ],
  ])('%s', async (_, scheme, answer, words) => {
    const at = await listen((socket) => socket.once('data', () => answer(socket)));
    const said = await ask(`${scheme}://${at}`);
    expect(said).toContain(words);
    expect(said).not.toContain('1006');
  });

  test('has a certificate that is not trusted', async () => {
    const { url } = await serve({ tls: await certificate() });
    expect(await ask(url)).toContain('Give the certificate of its authority with --reader-ca, in PEM.');
  });
});

describe('mistakes are explained', () => {
  test.each([
    [['--broker', 'mqtt://127.0.0.1'], '--reader is missing'],
    [['--reader', 'ws://127.0.0.1'], '--broker is missing'],
    [['--reader', 'ws://127.0.0.1', '--frames', 'x'], '--frames must be hex or binary'],
    [['--reader', 'ws://127.0.0.1', '--keep-alive', '-'], '--keep-alive'],
    [['--reader', 'ws://127.0.0.1', '--broker', 'mqtt://127.0.0.1', '--username', 'a'], 'MAGTEK_BROKER_PASSWORD'],
    [['--reader', 'ws://127.0.0.1', '--broker', 'mqtt://127.0.0.1', '--password-file', 'a'], 'needs --username'],
    [['--password', 'secret'], '--password'],
  ])('%j', async (args, words) => {
    const { code, error } = run(args);
    expect(await code).toBe(2);
    expect(error.text).toContain(words);
    expect(error.text).toContain('--help');
  });

  test.each([
    [['--reader', 'ws://127.0.0.1:9', '--broker', 'mqtt://127.0.0.1:9', '--ca', 'missing.pem'], 'missing.pem'],
    [['--reader', 'ws://127.0.0.1:9', '--broker', 'mqtt://127.0.0.1:9', '--ca', 'package.json'], 'not in PEM'],
    [['--reader', 'ws://127.0.0.1:9', '--broker', 'mqtt://127.0.0.1:9', '--reader-ca', 'package.json'], 'not in PEM'],
  ])('%j', async (args, words) => {
    const { code, error } = run([...args, '--path', 'MagTek/a/b/c']);
    expect(await code).toBe(1);
    expect(error.text).toContain(words);
  });

  test('the options are printed', async () => {
    const { code, out } = run(['--help']);
    expect(await code).toBe(0);
    for (const name of ['reader', 'broker', 'path', 'username', 'password-file', 'ca', 'allow-insecure', 'quiet']) {
      expect(out.text).toContain(`--${name}`);
    }
  });
});
