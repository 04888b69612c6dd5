/**
 * A real MQTT broker, mosquitto, on free loopback ports: one for TCP and one for WebSocket. Its settings and what it keeps lie
 * in a folder of their own, which goes when it ends. It knows nothing of readers.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { findMosquitto } from './ensure-mosquitto.mjs';
import { endWithProcess, temporaryFolder } from './leave-nothing.mjs';

export { findMosquitto };

/**
 * Why there is no broker; undefined where there is one. `npm test` installs it where that is possible.
 * @returns {string | undefined}
 */
export function whyNoBroker() {
  try {
    return findMosquitto() ? undefined : 'no mosquitto: node tools/ensure-mosquitto.mjs says what to do';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @typedef {import('./mosquitto.mjs').BrokerOptions} BrokerOptions @typedef {import('./mosquitto.mjs').Broker} Broker */

/** Another process may take a port between its choice and its use. */
const ATTEMPTS = 5;

/** @param {BrokerOptions} [options] @returns {Promise<Broker>} */
export async function startMosquitto(options = {}) {
  const program = findMosquitto();
  if (!program) throw new Error(whyNoBroker());
  for (let attempt = 1; ; attempt++) {
    const ports = await freePorts();
    const place = temporaryFolder('broker');
    try {
      return await startOn(program, ports, place, options);
    } catch (error) {
      place.remove();
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * @param {string} program @param {{ tcp: number, ws: number }} ports @param {ReturnType<typeof temporaryFolder>} place
 * @param {BrokerOptions} options @returns {Promise<Broker>}
 */
async function startOn(program, ports, { folder, remove }, options) {
  const settings = path.join(folder, 'mosquitto.conf');
  writeFileSync(settings, settingsOf(program, ports, folder, options));
  /** @type {string[]} */
  const lines = [];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const forget = endWithProcess(() => void child?.kill('SIGKILL'));

  const start = async () => {
    const started = spawn(program, ['-c', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    await new Promise((resolve, reject) => {
      let rest = '';
      started.stderr.setEncoding('utf8').on('data', (chunk) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
        if (parts.some((line) => /^mosquitto version \S+ running/.test(line))) resolve(undefined);
      });
      started.on('error', reject);
      started.on('exit', () => reject(new Error(`mosquitto ended: ${lines.slice(-3).join('; ')}`)));
    });
  };
  const stop = async ({ hard = false } = {}) => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    // A process that is frozen hears nothing but this.
    ending.kill('SIGCONT');
    const kill = () => void ending.kill(hard ? 'SIGKILL' : 'SIGTERM');
    kill();
    // One that has only just begun forgets that it was asked to end.
    const again = setInterval(kill, 200);
    await ended;
    clearInterval(again);
  };
  await start();
  return {
    url: `ws://127.0.0.1:${ports.ws}`,
    tcpUrl: `${options.tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${ports.tcp}`,
    log: () => lines,
    pid: () => child?.pid,
    connections: () => {
      const clients = new Set();
      for (const line of lines) {
        if (/^mosquitto version \S+ starting/.test(line)) clients.clear();
        const [, came] = /^New client connected from \S+ as (\S+)/.exec(line) ?? [];
        const [, gone] = /^Client (\S+) (?:disconnected|closed its connection|has exceeded)/.exec(line) ?? [];
        if (came) clients.add(came);
        clients.delete(gone);
      }
      return { accepted: lines.filter((line) => line.startsWith('New client connected')).length, open: clients.size };
    },
    stop,
    start,
    restart: async () => {
      await stop();
      await start();
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    close: async () => {
      await stop({ hard: true });
      forget();
      remove();
    },
  };
}

/**
 * @param {string} program @param {{ tcp: number, ws: number }} ports @param {string} folder @param {BrokerOptions} options
 */
function settingsOf(program, ports, folder, { persistence = false, users, acl, tls, isQuiet = false }) {
  const lines = [
    `listener ${ports.tcp} 127.0.0.1`,
    ...tlsSettings(folder, tls),
    `listener ${ports.ws} 127.0.0.1`,
    'protocol websockets',
    'log_dest stderr',
    'log_timestamp false',
    ...(isQuiet ? ['error', 'warning', 'notice', 'information'] : ['all']).map((type) => `log_type ${type}`),
    // Without this a short message waits for the acknowledgement of the one before.
    'set_tcp_nodelay true',
    `persistence ${persistence}`,
    `persistence_location ${folder}/`,
  ];
  // It would give up the rights to its folder.
  if (process.getuid?.() === 0) lines.push('user root');
  if (users) {
    const file = path.join(folder, 'passwords');
    writeFileSync(
      file,
      Object.entries(users)
        .map((user) => `${user.join(':')}\n`)
        .join(''),
      { mode: 0o600 },
    );
    hashPasswords(program, file);
    lines.push('allow_anonymous false', `password_file ${file}`);
  } else {
    lines.push('allow_anonymous true');
  }
  if (acl !== undefined) {
    const file = path.join(folder, 'acl');
    writeFileSync(file, acl, { mode: 0o600 });
    lines.push(`acl_file ${file}`);
  }
  return `${lines.join('\n')}\n`;
}

/** @param {string} folder @param {BrokerOptions['tls']} tls */
function tlsSettings(folder, tls) {
  if (!tls) return [];
  const files = { keyfile: path.join(folder, 'key.pem'), certfile: path.join(folder, 'cert.pem') };
  writeFileSync(files.keyfile, tls.key, { mode: 0o600 });
  writeFileSync(files.certfile, tls.cert);
  return Object.entries(files).map((setting) => setting.join(' '));
}

/** The tool that comes with the broker, in the same package but not always in the same folder. @param {string} program @param {string} file */
function hashPasswords(program, file) {
  const beside = path.join(path.dirname(program), 'mosquitto_passwd');
  const tools = ['mosquitto_passwd', beside, '/usr/bin/mosquitto_passwd'];
  if (!tools.some((tool) => spawnSync(tool, ['-U', file], { stdio: 'ignore' }).status === 0))
    throw new Error('mosquitto_passwd could not write the password file');
}

/** Ports that nobody listens to just now. */
export async function freePorts() {
  const servers = [createServer(), createServer()];
  const [tcp, ws] = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return { tcp: Number(tcp), ws: Number(ws) };
}
