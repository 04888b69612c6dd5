/**
 * RabbitMQ with its MQTT plugins on free loopback ports: a node of its own name, found through a port mapper of its own, so that
 * no other RabbitMQ of this computer is touched. It knows nothing of readers.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findRabbitmq } from '../../../tools/ensure-rabbitmq.mjs';
import { temporaryFolder } from '../../../tools/leave-nothing.mjs';
import { onPath } from '../../../tools/programs.mjs';
import { freeLoopbackPorts, privateProcess, withOtherPorts } from './private-process.mjs';

/** @typedef {import('./broker.mjs').AnyBrokerOptions} Options @typedef {import('./broker.mjs').BrokerUser} BrokerUser */

/** Why there is none; undefined where there is one. @returns {string | undefined} */
export function whyNoRabbitmq() {
  try {
    return findRabbitmq() ? undefined : 'no rabbitmq-server: node tools/ensure-rabbitmq.mjs says what to do';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A regular expression over routing keys for filters of MQTT. @param {readonly string[]} filters */
const patternOf = (filters) =>
  filters.length === 0
    ? '^$'
    : `^(${filters
        .map((filter) =>
          filter
            .split('/')
            .map((level) =>
              level === '#' ? '.*' : level === '+' ? '[^.]+' : level.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
            )
            .join('\\.'),
        )
        .join('|')})$`;

/** As RabbitMQ keeps passwords: four bytes of salt, then SHA-256 of salt and password. @param {string} password */
function hashOf(password) {
  const salt = randomBytes(4);
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password).digest()]).toString('base64');
}

/** Users and what they may do; a queue belongs to each subscriber, so all may configure those. @param {Options['users']} users */
function definitionsOf(users) {
  const list = Object.entries(users ?? { guest: { password: 'guest', publish: ['#'], subscribe: ['#'] } });
  return {
    vhosts: [{ name: '/' }],
    users: list.map(([name, { password }]) => ({
      name,
      password_hash: hashOf(password),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
    })),
    permissions: list.map(([user]) => ({
      user,
      vhost: '/',
      configure: '^mqtt-subscription-.*',
      write: '^(mqtt-subscription-.*|amq\\.topic)$',
      read: '^(mqtt-subscription-.*|amq\\.topic)$',
    })),
    topic_permissions: list.map(([user, { publish, subscribe }]) => ({
      user,
      vhost: '/',
      exchange: 'amq.topic',
      write: patternOf(publish),
      read: patternOf(subscribe),
    })),
  };
}

/** @param {Options} [options] @returns {Promise<import('./broker.mjs').AnyBroker>} */
export const startRabbitmq = ({ users } = {}) =>
  withOtherPorts(async () => {
    const file = findRabbitmq();
    if (!file) throw new Error(whyNoRabbitmq());
    const [tcp, ws, mapper, distribution] = await freeLoopbackPorts(4);
    const { folder, remove } = temporaryFolder('rabbitmq');
    const inFolder = (/** @type {string} */ name) => path.join(folder, name);
    mkdirSync(inFolder('home'));
    writeFileSync(inFolder('home/.erlang.cookie'), randomBytes(16).toString('hex'), { mode: 0o400 });
    writeFileSync(inFolder('enabled_plugins'), '[rabbitmq_mqtt,rabbitmq_web_mqtt].\n');
    writeFileSync(inFolder('definitions.json'), JSON.stringify(definitionsOf(users)), { mode: 0o600 });
    writeFileSync(
      inFolder('rabbitmq.conf'),
      `listeners.tcp = none
mqtt.listeners.tcp.1 = 127.0.0.1:${tcp}
mqtt.allow_anonymous = ${users === undefined}
web_mqtt.tcp.ip = 127.0.0.1
web_mqtt.tcp.port = ${ws}
load_definitions = ${inFolder('definitions.json')}
log.console = true
log.console.level = info
log.file = false
`,
    );
    const env = {
      HOME: inFolder('home'),
      ERL_EPMD_PORT: String(mapper),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: `magtek-${randomBytes(4).toString('hex')}@localhost`,
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('enabled_plugins'),
      RABBITMQ_MNESIA_BASE: inFolder('data'),
      RABBITMQ_LOG_BASE: inFolder('logs'),
      // Its start script then becomes the server, so that what ends the process ends the server.
      RUNNING_UNDER_SYSTEMD: 'true',
      RABBITMQ_CONF_ENV_FILE: inFolder('none'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}',
    };
    // In the foreground, so that it ends with the test and not with the computer.
    const names = privateProcess({
      name: 'epmd',
      file: onPath('epmd') ?? 'epmd',
      args: ['-debug', '-port', String(mapper), '-address', '127.0.0.1'],
      isReady: (line) => line.includes('epmd running'),
    });
    const server = privateProcess({
      name: 'rabbitmq-server',
      file,
      args: [],
      env,
      cwd: folder,
      patience: 120_000,
      isReady: (line) => /Server startup complete|completed with \d+ plugins/.test(line),
    });
    const close = async () => {
      await server.stop({ hard: true });
      await names.stop({ hard: true });
      remove();
    };
    try {
      await names.start();
      await server.start();
    } catch (error) {
      await close();
      throw error;
    }
    return { ...server, kind: 'rabbitmq', url: `ws://127.0.0.1:${ws}/ws`, tcpUrl: `mqtt://127.0.0.1:${tcp}`, close };
  });
