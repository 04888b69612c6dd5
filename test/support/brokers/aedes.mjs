/** aedes, a broker in JavaScript, as a process on free loopback ports. It keeps nothing over a restart. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../../tools/run-tool.mjs';
import { freeLoopbackPorts, privateProcess, withOtherPorts } from './private-process.mjs';

const server = fileURLToPath(new URL('aedes-server.mjs', import.meta.url));

/** Why there is none; undefined where there is one. @returns {string | undefined} */
export const whyNoAedes = () =>
  existsSync(path.join(root, 'node_modules/aedes')) ? undefined : 'no aedes: npm ci installs it';

/** @param {import('./broker.mjs').AnyBrokerOptions} [options] @returns {Promise<import('./broker.mjs').AnyBroker>} */
export const startAedes = ({ users } = {}) =>
  withOtherPorts(async () => {
    const [tcp, ws] = await freeLoopbackPorts(2);
    const broker = privateProcess({
      name: 'aedes',
      file: process.execPath,
      args: [server, JSON.stringify({ tcp, ws, users })],
      cwd: root,
      isReady: (line) => line === 'ready',
    });
    await broker.start();
    return {
      ...broker,
      kind: 'aedes',
      url: `ws://127.0.0.1:${ws}`,
      tcpUrl: `mqtt://127.0.0.1:${tcp}`,
      close: () => broker.stop({ hard: true }),
    };
  });
