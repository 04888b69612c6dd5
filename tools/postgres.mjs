/**
 * A real PostgreSQL on a free loopback port, with a cluster of its own in a folder that goes when it ends. Its server refuses
 * to run as root: for root it runs as the user of Debian's package.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { findPostgres } from './ensure-postgres.mjs';
import { endWithProcess, temporaryFolder } from './leave-nothing.mjs';

/**
 * Why there is no server; undefined where there is one. `npm run test:host` installs it where that is possible.
 * @returns {string | undefined}
 */
export function whyNoPostgres() {
  try {
    return findPostgres() ? undefined : 'no PostgreSQL: node tools/ensure-postgres.mjs says what to do';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Who runs the server: everybody but root as themselves. */
function runner() {
  if (process.getuid?.() !== 0) return {};
  const id = (/** @type {string} */ flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @returns {Promise<import('./postgres.mjs').PostgresServer>} */
export async function startPostgres() {
  const program = findPostgres();
  if (!program) throw new Error(whyNoPostgres());
  const owner = runner();
  const { folder, remove } = temporaryFolder('postgres');
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const options = { cwd: folder, ...owner, env: { ...process.env, LC_ALL: 'C' } };
  const data = path.join(folder, 'data');
  try {
    execFileSync(
      path.join(path.dirname(program), 'initdb'),
      ['-D', data, '-U', 'shop', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      { ...options, stdio: 'ignore' },
    );
    const port = await freePort();
    const child = spawn(
      program,
      [
        '-D',
        data,
        '-p',
        String(port),
        '-h',
        '127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'max_connections=100',
      ],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    // At once, without waiting for clients. Killed, it would leave the processes that serve them.
    const end = () => child.kill('SIGQUIT');
    const forget = endWithProcess(end);
    child.on('exit', forget);
    await ready(child);
    return {
      config: { host: '127.0.0.1', port, user: 'shop', database: 'postgres' },
      url: `postgres://shop@127.0.0.1:${port}/postgres`,
      close: async () => {
        const ended = once(child, 'exit');
        end();
        if (child.exitCode === null && child.signalCode === null) await ended;
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function ready(child) {
  await new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      // Not kept for ever: the pipe must be emptied all the same.
      output = (output + chunk).slice(-4096);
      if (output.includes('ready to accept connections')) resolve(undefined);
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`PostgreSQL ended: ${output}`)));
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
