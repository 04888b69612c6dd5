/**
 * A plugin of the browser test runner through which tests start and steer servers: simulated readers behind a real
 * WebSocket, sockets that misbehave, readers behind a proxy that makes faults, and MQTT brokers. `servers.ts` is the tests' side of it.
 */
import { existsSync } from 'node:fs';
import { startFaultProxy } from './fault-proxy.mjs';
import { startMosquitto, whyNoBroker } from '../../tools/mosquitto.mjs';
import { publishReader } from './published-reader.mjs';
import { startSocketServer } from './socket-server.mjs';

const readerModule = new URL('../../dist/simulator/node.js', import.meta.url);
const simulatorModule = new URL('../../dist/simulator/index.js', import.meta.url);

/**
 * @typedef {object} RunningServer
 * @property {string} url
 * @property {Record<string, unknown>} actions Methods that tests may call by name.
 * @property {() => Promise<void>} close
 */

/** @type {Record<string, (options: any) => Promise<RunningServer>>} */
const starters = {
  async reader(options) {
    const { serveSimulatedReader } = await loadSimulator();
    const server = await serveSimulatedReader({ port: 0, host: '127.0.0.1', ...options });
    return { url: server.url, actions: server.reader, close: () => server.close() };
  },
  socket: startSocketServer,
  /** `readers`: their paths at the broker, with what is to happen there. */
  async broker({ readers = {}, ...options }) {
    const broker = await startMosquitto(options);
    /** @type {Map<string, Awaited<ReturnType<typeof publishReader>>>} */
    const published = new Map();
    for (const [path, scene] of Object.entries(readers))
      published.set(path, await publishReader(broker.tcpUrl, path, scene, await import(simulatorModule.href)));
    const of = (/** @type {string} */ path) => {
      const reader = published.get(path);
      if (!reader) throw new Error(`no reader at ${path}`);
      return reader;
    };
    return {
      url: broker.url,
      actions: {
        ...broker,
        commands: (/** @type {string} */ path) => of(path).commands(),
        cut: (/** @type {string} */ path) => of(path).cut(),
      },
      close: async () => {
        await Promise.all([...published.values()].map((reader) => reader.close()));
        await broker.close();
      },
    };
  },
  faults: async (options) => startFaultProxy(options, await loadSimulator()),
};

/** Imported when it is wanted, so that tests without a reader also run before anything is built. */
function loadSimulator() {
  if (!existsSync(readerModule)) throw new Error('dist/simulator/node.js is missing: run “npm run build” first');
  return import(readerModule.href);
}

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function readerServerPlugin() {
  /** @type {Map<number, RunningServer>} */
  const running = new Map();
  let lastId = 0;

  /** @param {(options: any) => Promise<RunningServer>} starter @param {unknown} options */
  const start = async (starter, options) => {
    const server = await starter(options);
    const id = ++lastId;
    running.set(id, server);
    return { id, url: server.url };
  };

  /** @param {{ id: number, action: string, args?: unknown[] }} call */
  const act = async ({ id, action, args = [] }) => {
    const server = running.get(id);
    if (!server) throw new Error(`no server ${id} is running`);
    if (action === 'close') {
      running.delete(id);
      await server.close();
      return undefined;
    }
    const method = server.actions[action];
    if (typeof method !== 'function') throw new Error(`“${action}” is nothing that this server can do`);
    return method.apply(server.actions, args);
  };

  return {
    name: 'reader-server',
    async serve({ path, req }) {
      if (path === '/__broker/missing') return { body: JSON.stringify({ value: whyNoBroker() ?? null }), type: 'json' };
      const [, kind, verb] = /^\/__(reader|socket|broker|faults)\/(start|act)$/.exec(path) ?? [];
      const starter = kind && starters[kind];
      if (!starter) return undefined;
      let answer;
      try {
        const body = await readJson(req);
        answer = { value: (await (verb === 'start' ? start(starter, body) : act(body))) ?? null };
      } catch (error) {
        answer = { error: error instanceof Error ? error.message : String(error) };
      }
      return { body: JSON.stringify(answer), type: 'json' };
    },
    async serverStop() {
      await Promise.all([...running.values()].map((server) => server.close()));
      running.clear();
    },
  };
}

/**
 * The body of a request.
 * @param {AsyncIterable<Buffer>} request
 */
async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}
