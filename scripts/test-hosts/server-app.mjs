/**
 * Starts an app that renders its pages on a server of its own, on a free port of this computer, and ends it. It does not know what
 * the pages are.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { endWithProcess } from '../../tools/leave-nothing.mjs';

/**
 * @typedef {object} ServerApp
 * @property {string} folder of it in `test/system/hosts/`
 * @property {boolean} isBuilt whether it has to be built before it is started
 * @property {(host: string, port: number) => string[]} args of Node, in the folder of the app
 * @property {(url: string, host: string, port: number) => Record<string, string>} env with the address of the reader
 */

const HOST = '127.0.0.1';

/** How each app is started, by name. @type {Record<string, ServerApp>} */
export const serverApps = {
  next: {
    folder: 'next',
    isBuilt: true,
    args: (host, port) => ['node_modules/next/dist/bin/next', 'start', '-H', host, '-p', String(port)],
    env: (url) => ({ READER_URL: url, NEXT_TELEMETRY_DISABLED: '1' }),
  },
  // React says what differs from what the server rendered, and mounts everything twice, in development alone.
  'next-dev': {
    folder: 'next',
    isBuilt: false,
    args: (host, port) => ['node_modules/next/dist/bin/next', 'dev', '-H', host, '-p', String(port)],
    env: (url) => ({ READER_URL: url, NEXT_TELEMETRY_DISABLED: '1' }),
  },
  nuxt: {
    folder: 'nuxt',
    isBuilt: true,
    args: () => ['.output/server/index.mjs'],
    env: (url, host, port) => ({ NUXT_PUBLIC_READER_URL: url, NITRO_HOST: host, NITRO_PORT: String(port) }),
  },
};

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * It ends with this process.
 * @param {ServerApp} app
 * @param {{ folder: string, url: string, timeout: number }} options `folder` of the app, `url` of the reader
 * @returns {Promise<{ origin: string, close(): Promise<void> }>}
 * @throws {Error} with what the server printed, where it does not answer
 */
export async function startServerApp({ args, env }, { folder, url, timeout }) {
  const port = await freePort();
  const child = spawn(process.execPath, args(HOST, port), {
    cwd: folder,
    env: { ...process.env, ...env(url, HOST, port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  child.on(
    'exit',
    endWithProcess(() => void child.kill()),
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += String(part)));
  const origin = `http://${HOST}:${port}`;
  const close = async () => {
    child.kill();
    await exit;
  };
  const end = Date.now() + timeout;
  const answers = () =>
    fetch(`${origin}/own/1`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (Date.now() > end || child.exitCode !== null) {
      await close();
      throw new Error(`the server did not answer:\n${output}`);
    }
    await pause(100);
  }
  return { origin, close };
}
