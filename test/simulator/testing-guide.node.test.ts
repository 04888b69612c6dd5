/** Runs every sample of `docs/testing.md` as it stands there, each in a process of its own, on the built package. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { root } from '../scripts/run-script.js';
import { seed } from './bench.js';

const guide = await readFile(path.join(root, 'docs/testing.md'), 'utf8');
const samples = [...guide.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const inLanguage = (wanted: string): string[] =>
  samples.filter(({ language }) => language === wanted).map(({ text }) => text);

const PAGE = `<!doctype html><script type="module" src="/app.js"></script><magtek-reader></magtek-reader>`;

/** A page as the samples expect one. */
let app: Server;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const bundle = await readFile(path.join(root, 'cdn/magtek-elements.js'));
  const { ensureChromium } = (await import(path.join(root, 'scripts/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  app = createServer(({ url }, answer) => {
    if (url === '/app.js') answer.writeHead(200, { 'content-type': 'text/javascript' }).end(bundle);
    else answer.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  const { port } = app.address() as AddressInfo;
  env = { ...process.env, APP_URL: `http://127.0.0.1:${String(port)}/`, CHROME_PATH: ensureChromium() };
});

afterAll(() => {
  app.close();
});

test('nothing in the guide is left out', () => {
  expect(samples.map(({ language }) => language)).toEqual(['js', 'js', 'js', 'json', 'sh']);
});

test.each(inLanguage('js').map((text) => [/test\('(.*?)'/.exec(text)?.[1], text]))('%s', async (name, text) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text], {
    cwd: root,
    env,
  });
  expect(stdout).toContain(name);
  expect(stdout).toMatch(/pass 1\n/);
});

test('the command plays the scenario file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'magtek-guide-'));
  await writeFile(path.join(folder, 'sale.json'), inLanguage('json')[0] ?? '');
  const [npx, name, ...args] = (inLanguage('sh')[0] ?? '').trim().split(' ');
  expect([npx, name]).toEqual(['npx', 'magtek-elements']);
  // The port of the guide may be taken here.
  const free = args.map((arg, at) => (args[at - 1] === '--port' ? '0' : arg));
  const command = spawn(process.execPath, [path.join(root, 'dist/cli/bin.js'), ...free], { cwd: folder });
  let output = '';
  const started = new Promise<void>((resolve, reject) => {
    command.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ctrl+C')) resolve();
    });
    command.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    command.on('exit', () => {
      reject(new Error(output));
    });
  });
  try {
    await started;
    const socket = new WebSocket(/ws:\S+/.exec(output)?.[0] ?? '');
    await once(socket, 'open');
    socket.send(seed('Start EMV'));
    await expect.poll(() => output, { timeout: 10_000 }).toContain('scenario: insert');
    socket.close();
  } finally {
    command.kill('SIGINT');
    await once(command, 'exit');
    await rm(folder, { recursive: true });
  }
});
