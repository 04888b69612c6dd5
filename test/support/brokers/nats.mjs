/** NATS with its MQTT gateway on free loopback ports, alone or as a cluster with JetStream. It knows nothing of readers. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findNats } from '../../../tools/ensure-nats.mjs';
import { temporaryFolder } from '../../../tools/leave-nothing.mjs';
import { freeLoopbackPorts, privateProcess, withOtherPorts } from './private-process.mjs';

/** @typedef {import('./broker.mjs').AnyBrokerOptions} Options */

/** Why there is none; undefined where there is one. @returns {string | undefined} */
export function whyNoNats() {
  try {
    return findNats() ? undefined : 'no nats-server: node tools/ensure-nats.mjs says what to do';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A subject of NATS for a filter of MQTT. @param {string} filter */
const subjectOf = (filter) => filter.replaceAll('/', '.').replaceAll('+', '*').replaceAll('#', '>');

/** @param {NonNullable<Options['users']>} users */
function authorization(users) {
  const list = Object.entries(users).map(([user, { password, publish, subscribe }]) => ({
    user,
    password,
    permissions: {
      publish: [...publish.map(subjectOf)],
      // A subscription with QoS 1 is delivered over a subject of its own.
      subscribe: [...subscribe.map(subjectOf), '$MQTT.sub.>'],
    },
  }));
  return `authorization ${JSON.stringify({ users: list })}\n`;
}

/**
 * @param {{ name: string, folder: string, client: number, mqtt: number, ws: number, users?: Options['users'], cluster?: string }} node
 */
const settingsOf = ({ name, folder, client, mqtt, ws, users, cluster = '' }) => `
server_name: ${name}
listen: "127.0.0.1:${client}"
jetstream { store_dir: "${folder}/${name}", max_mem: 64MB, max_file: 512MB }
mqtt { listen: "127.0.0.1:${mqtt}" }
websocket { listen: "127.0.0.1:${ws}", no_tls: true }
${users ? authorization(users) : ''}${cluster}`;

const program = () => {
  const file = findNats();
  if (!file) throw new Error(whyNoNats());
  return file;
};

/** @param {Options} [options] @returns {Promise<import('./broker.mjs').AnyBroker>} */
export const startNats = ({ users } = {}) =>
  withOtherPorts(async () => {
    const [client = 0, mqtt = 0, ws = 0] = await freeLoopbackPorts(3);
    const { folder, remove } = temporaryFolder('nats');
    const settings = path.join(folder, 'nats.conf');
    writeFileSync(
      settings,
      settingsOf({ name: 'alone', folder, client, mqtt, ws, ...(users === undefined ? {} : { users }) }),
      { mode: 0o600 },
    );
    const server = privateProcess({
      name: 'nats-server',
      file: program(),
      args: ['-c', settings],
      isReady: (line) => line.includes('Server is ready'),
    });
    try {
      await server.start();
    } catch (error) {
      remove();
      throw error;
    }
    return {
      ...server,
      kind: 'nats',
      url: `ws://127.0.0.1:${ws}/mqtt`,
      tcpUrl: `mqtt://127.0.0.1:${mqtt}`,
      close: async () => {
        await server.stop({ hard: true });
        remove();
      },
    };
  });

/**
 * Nodes that form a cluster and keep what is retained three times.
 * @param {number} [size] @returns {Promise<import('./nats.mjs').NatsCluster>}
 */
export const startNatsCluster = (size = 3) =>
  withOtherPorts(async () => {
    const ports = await freeLoopbackPorts(4 * size);
    const { folder, remove } = temporaryFolder('nats');
    const at = (/** @type {number} */ node, /** @type {number} */ which) => Number(ports[4 * node + which]);
    const routes = Array.from({ length: size }, (_, node) => `"nats://127.0.0.1:${at(node, 3)}"`).join(', ');
    const nodes = Array.from({ length: size }, (_, node) => {
      const settings = path.join(folder, `node-${node}.conf`);
      writeFileSync(
        settings,
        settingsOf({
          name: `node-${node}`,
          folder,
          client: at(node, 0),
          mqtt: at(node, 1),
          ws: at(node, 2),
          cluster: `cluster { name: soak, listen: "127.0.0.1:${at(node, 3)}", routes: [${routes}] }\n`,
        }),
      );
      const server = privateProcess({
        name: `nats-server ${node}`,
        file: program(),
        args: ['-c', settings],
        isReady: (line) => line.includes('Server is ready'),
      });
      return { ...server, url: `ws://127.0.0.1:${at(node, 2)}/mqtt`, tcpUrl: `mqtt://127.0.0.1:${at(node, 1)}` };
    });
    const close = async () => {
      await Promise.all(nodes.map((node) => node.stop({ hard: true })));
      remove();
    };
    try {
      await Promise.all(nodes.map((node) => node.start()));
    } catch (error) {
      await close();
      throw error;
    }
    return { nodes, close };
  });
