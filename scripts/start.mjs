/**
 * `npm start`: the demo page on a development server, and a simulated reader behind a real WebSocket for it to talk to.
 * `npm run docs`: the same, with the address of the documentation first.
 * The page learns the reader's address from `GET /__reader`, and plays the cardholder with `POST /__reader/<action>`.
 */
import path from 'node:path';
import { createServer } from 'vite';
import { brokerPlugin, startDemoBroker } from './demo-broker.mjs';
import { demoHeadPlugin } from './demo-head.mjs';
import { base, documentationPlugin } from './docs/site.mjs';
import { root } from './run-tool.mjs';

const demo = path.join(root, 'demo');
const source = path.join(root, 'src');
const manifest = path.join(root, 'custom-elements.json');
/** Far more than a card or a scenario needs. */
const maxBodyLength = 65_536;

/** @typedef {{ url: string, reader: object, close(): Promise<void> }} ServedReader */

/**
 * Whether a request comes from the demo page itself. Browsers say where a request comes from; what is no browser does not.
 * @param {import('node:http').IncomingMessage} request
 */
function isSameOrigin({ headers }) {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

/**
 * The values of a request's body, a JSON array; none when it is empty.
 * @param {import('node:http').IncomingMessage} request
 */
async function readValues(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > maxBodyLength) throw new TypeError('the body is too long');
  }
  const values = JSON.parse(text || '[]');
  if (!Array.isArray(values)) throw new TypeError('the body must be a JSON array');
  return values;
}

/**
 * Calls a method of the reader by name; those that every object has are none of the reader's.
 * @param {object} reader @param {string} action @param {unknown[]} values
 */
function act(reader, action, values) {
  const method = action in Object.prototype ? undefined : Reflect.get(reader, action);
  if (typeof method !== 'function') throw new TypeError(`a simulated reader has no action “${action}”`);
  return method.apply(reader, values);
}

/**
 * A plugin through which the demo page finds its reader and plays the cardholder.
 * @param {() => ServedReader} served
 * @returns {import('vite').Plugin}
 */
function readerPlugin(served) {
  return {
    name: 'magtek-reader',
    configureServer({ middlewares }) {
      middlewares.use('/__reader', (request, response) => {
        /** @param {number} status @param {object} body */
        const reply = (status, body) => {
          const text = JSON.stringify(body);
          response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text);
        };
        const action = (request.url ?? '').replace(/^\/|\?.*$/g, '');
        if (!isSameOrigin(request)) {
          reply(403, { error: 'only the demo page may ask' });
        } else if (request.method === 'GET' && action === '') {
          reply(200, { url: served().url });
        } else if (request.method === 'POST' && action !== '') {
          readValues(request)
            .then((values) => act(served().reader, action, values))
            .then((result) => reply(200, { result }))
            .catch((error) => reply(400, { error: error instanceof Error ? error.message : String(error) }));
        } else {
          reply(405, { error: 'GET /__reader or POST /__reader/<action>' });
        }
      });
    },
  };
}

/** Above this the host of the demo declines. */
const HOST_LIMIT = 50;

/**
 * A plugin that plays the host of the shop page: `POST /__host/authorize` with the card data, answered with a decision.
 * @returns {import('vite').Plugin}
 */
function hostPlugin() {
  return {
    name: 'magtek-host',
    configureServer({ middlewares }) {
      middlewares.use('/__host/authorize', (request, response) => {
        const decide = async () => {
          let text = '';
          for await (const chunk of request) text += chunk;
          const { amount, arqc } = JSON.parse(text);
          if (!isSameOrigin(request) || typeof arqc !== 'string') throw new TypeError('no card data');
          const approved = Number(amount) <= HOST_LIMIT;
          return { approved, message: approved ? 'Approved by the demo host.' : 'Above the limit of the demo host.' };
        };
        decide().then(
          (decision) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(decision)),
          () => response.writeHead(400).end(),
        );
      });
    },
  };
}

/** @type {ServedReader | undefined} */
let reader;
/** Started when a page first asks for it. @type {Promise<import('./demo-broker.mjs').DemoBroker> | undefined} */
let broker;
const server = await createServer({
  configFile: false,
  root: demo,
  // Nothing may print an address before ours.
  logLevel: 'warn',
  plugins: [
    readerPlugin(() => {
      if (!reader) throw new Error('the simulated reader is not running');
      return reader;
    }),
    hostPlugin(),
    brokerPlugin(() => (broker ??= openBroker())),
    documentationPlugin(),
    demoHeadPlugin(),
  ],
  server: { host: '127.0.0.1', port: 5173, fs: { allow: [demo, source, manifest, path.join(root, 'node_modules')] } },
});

async function openBroker() {
  const { startFleet } = await server.ssrLoadModule(path.join(source, 'cli', 'simulate-fleet.ts'));
  return startDemoBroker(/** @type {import('./demo-broker.mjs').StartFleet} */ (startFleet));
}

async function stop() {
  process.exitCode ??= 0;
  await Promise.allSettled([reader?.close(), broker?.then((open) => open.close()), server.close()]);
  process.exit();
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// npm passes a signal to the shell between it and us only, which then ends without a word.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop();
}, 500).unref();

try {
  const { serveSimulatedReader } = await server.ssrLoadModule(path.join(source, 'simulator', 'node.ts'));
  reader = /** @type {ServedReader} */ (await serveSimulatedReader({ port: 0, host: '127.0.0.1' }));
  await server.listen();
  const demoAddress = server.resolvedUrls?.local[0];
  const lines = [`magtek-elements demo: ${demoAddress}`, `documentation:        ${new URL(base, demoAddress).href}`];
  if (process.argv.includes('--docs')) lines.reverse();
  console.log([...lines, `simulated reader:     ${reader.url}`].join('\n'));
  console.log('Press Ctrl+C to stop.');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  await stop();
}
