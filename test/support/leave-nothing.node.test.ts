/** What tests and the demo start ends with the process that started it, however that ends, and leaves no folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { whyNoPostgres } from '../../tools/postgres.mjs';
import { brokers, type BrokerKind } from './brokers/index.mjs';
import { whyNoNginx } from './brokers/nginx.mjs';

const WAYS = ['exit', 'error', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;
type Way = (typeof WAYS)[number];

const startBroker = (kind: BrokerKind): string =>
  `const { brokers } = await import('./test/support/brokers/index.mjs');
   const { url } = await brokers.${kind}.start();`;

/** How each program is started, and why it cannot be. */
const programs = {
  mosquitto: { code: startBroker('mosquitto'), missing: brokers.mosquitto.missing },
  rabbitmq: { code: startBroker('rabbitmq'), missing: brokers.rabbitmq.missing },
  nats: { code: startBroker('nats'), missing: brokers.nats.missing },
  aedes: { code: startBroker('aedes'), missing: brokers.aedes.missing },
  nginx: {
    code: `const { startNginx } = await import('./test/support/brokers/nginx.mjs');
      const { url } = await startNginx('ws://127.0.0.1:9/mqtt');`,
    missing: whyNoNginx(),
  },
  postgres: {
    code: `const { startPostgres } = await import('./tools/postgres.mjs');
      const { url } = await startPostgres();`,
    missing: whyNoPostgres(),
  },
};

/** Whether somebody listens at an address. */
async function isThere(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}

async function leavesNothing(code: string, way: Way): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leave-nothing-'));
  // A server that may not run as root runs as another user.
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ends = { exit: 'process.exit(3);', error: `throw new Error('It crashes.');` };
  const ending = way === 'exit' || way === 'error' ? `process.stdin.once('data', () => { ${ends[way]} });` : '';
  const starter = spawn(
    process.execPath,
    ['--input-type=module', '-e', `${code}\nprocess.stdin.resume();\n${ending}\nconsole.log(url);`],
    { env: { ...process.env, TMPDIR: folder }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const url = line.toString().trim();
  expect(await isThere(url)).toBe(true);
  const ended = once(starter, 'exit');
  if (ending === '') starter.kill(way as NodeJS.Signals);
  else starter.stdin.write('now');
  const [exitCode, signal] = (await ended) as [number | null, string | null];
  // It ends as it would have ended without anything to end.
  expect(signal ?? exitCode).toBe(way === 'exit' ? 3 : way === 'error' ? 1 : way);
  await expect.poll(() => isThere(url), { timeout: 10_000 }).toBe(false);
  await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toEqual([]);
}

test.skipIf(programs.mosquitto.missing).each(WAYS)('a program ends with a process that ends by %s', (way) =>
  leavesNothing(programs.mosquitto.code, way),
);

for (const [name, { code, missing }] of Object.entries(programs))
  test.skipIf(missing)(`${name} ends with its process`, { timeout: 150_000 }, () => leavesNothing(code, 'SIGTERM'));

/** What runs another program of ours or of the system: begun, and not waited for. */
const begun = {
  'a tool': `const { runNode } = await import('./tools/run-tool.mjs');
    void runNode(['-e', 'setInterval(() => {}, 1000)']);`,
  'the demo': `const { startDemo } = await import('./tools/start-demo.mjs');
    void startDemo();`,
  // The display says its number, as Xvfb does; neither of them is a browser.
  WebKit: `const { webkitLauncher } = await import('./test/support/webkit-launcher.mjs');
    const programs = { display: process.env.TMPDIR + '/display', driver: process.env.TMPDIR + '/driver' };
    writeFileSync(programs.display, '#!/bin/sh\\necho 7 >&3\\nexec sleep 60\\n', { mode: 0o755 });
    writeFileSync(programs.driver, '#!/bin/sh\\nexec sleep 60\\n', { mode: 0o755 });
    void webkitLauncher(programs).startSession('one', 'about:blank');`,
  'the server of an app': `const { startServerApp } = await import('./scripts/test-hosts/server-app.mjs');
    const app = { args: () => ['-e', 'setInterval(() => {}, 1000)'], env: () => ({}) };
    void startServerApp(app, { folder: '.', url: '', timeout: 60_000 });`,
};

/** A process that has ended and that nobody has asked about yet is still listed. */
const isRunning = (id: string): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

for (const [name, code] of Object.entries(begun))
  test.skipIf(process.platform !== 'linux').each(['SIGTERM', 'SIGINT'] as const)(
    `${name} ends with a process that ends by %s`,
    async (signal) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'leave-nothing-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const list = `
        const { readFileSync, writeFileSync } = await import('node:fs');
        const children = () => readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim();
        ${code}
        const count = ${name === 'WebKit' ? '2' : '1'};
        setInterval(() => { if (children().split(' ').filter(Boolean).length === count) console.log(children()); }, 5);`;
      const starter = spawn(process.execPath, ['--input-type=module', '-e', list], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [line] = (await once(starter.stdout, 'data')) as [Buffer];
      const children = line.toString().split('\n')[0]!.trim().split(' ');
      onTestFinished(() => {
        for (const id of children) if (isRunning(id)) process.kill(Number(id), 'SIGKILL');
      });
      expect(children.map(isRunning)).not.toContain(false);
      starter.kill(signal);
      expect(await once(starter, 'exit')).toEqual([null, signal]);
      // At once: the demo would notice after a while by itself.
      await expect.poll(() => children.filter(isRunning), { timeout: 2_000 }).toEqual([]);
    },
  );

test.skipIf(programs.mosquitto.missing)('a process that hears a signal itself says when it ends', async () => {
  const code = `${programs.mosquitto.code}
    const { connect } = await import('node:net');
    process.on('SIGTERM', () => {
      connect(Number(new URL(url).port), '127.0.0.1')
        .on('connect', () => process.exit(7))
        .on('error', () => process.exit(8));
    });
    process.stdin.resume();
    console.log(url);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  starter.kill('SIGTERM');
  expect(await once(starter, 'exit')).toEqual([7, null]);
  await expect.poll(() => isThere(line.toString().trim()), { timeout: 10_000 }).toBe(false);
});
