/**
 * A server program that runs for a test: its output is kept, it can be ended, killed, frozen and started again. It is only ever
 * ended by its own process. It does not know which program it is.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { endWithProcess } from '../../../tools/leave-nothing.mjs';

/** @typedef {import('./private-process.mjs').PrivateProgram} PrivateProgram */
/** @typedef {import('./private-process.mjs').PrivateProcess} PrivateProcess */

/** @param {PrivateProgram} program @returns {PrivateProcess} not started yet */
export function privateProcess({ file, args, env = {}, cwd, isReady, patience = 60_000, name, parting = 'SIGKILL' }) {
  /** @type {string[]} */
  const lines = [];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;

  const start = async () => {
    const started = spawn(file, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    child = started;
    started.on(
      'exit',
      endWithProcess(() => void started.kill(parting)),
    );
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        started.kill('SIGKILL');
        reject(new Error(`${name} was not ready in time: ${lines.slice(-5).join('; ')}`));
      }, patience);
      const settle = (/** @type {() => void} */ how) => {
        clearTimeout(timer);
        how();
      };
      for (const stream of [started.stdout, started.stderr]) {
        let rest = '';
        stream?.setEncoding('utf8').on('data', (chunk) => {
          const parts = (rest + chunk).split('\n');
          rest = parts.pop() ?? '';
          lines.push(...parts);
          if (parts.some(isReady)) settle(() => resolve(undefined));
        });
      }
      started.on('error', (error) => settle(() => reject(error)));
      started.on('exit', () => settle(() => reject(new Error(`${name} ended: ${lines.slice(-5).join('; ')}`))));
    });
  };

  const stop = async ({ hard = false } = {}) => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    // A process that is frozen hears nothing but this.
    ending.kill('SIGCONT');
    ending.kill(hard ? 'SIGKILL' : 'SIGTERM');
    const kill = setTimeout(() => void ending.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(kill);
  };

  return {
    start,
    stop,
    log: () => lines,
    pid: () => child?.pid,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}

/** Ports of this computer that nobody listens to just now. @param {number} count */
export async function freeLoopbackPorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Another process may take a port between its choice and its use: then other ports are tried. @template T @param {() => Promise<T>} start */
export async function withOtherPorts(start) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
