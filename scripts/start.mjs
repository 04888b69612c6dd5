/**
 * `npm start`: the demo page on a development server, and a simulated reader behind a real WebSocket for it to talk to.
 * The page learns the reader's address from `GET /__reader`, and plays the cardholder with `POST /__reader/<action>`.
 */
import path from 'node:path';
import { createServer } from 'vite';
import { brokerPlugin, startDemoBroker } from './lib/demo-broker.mjs';
import { demoHeadPlugin } from './lib/demo-head.mjs';
import { root } from '../tools/run-tool.mjs';

const demo = path.join(root, 'demo');
const source = path.join(root, 'src');
const manifest = path.join(root, 'custom-elements.json');
/** Far more than a card or a scenario needs. */
const maxBodyLength = 65_536;

/** @typedef {{ url: string, reader: object, close(): Promise<void> }} ServedReader */

/**
 * Whether a request comes from the demo page itself. Browsers say where a request comes from; what is not a browser does not.
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

/** Above this the gateway of the demo declines. */
const HOST_LIMIT = '50';
/** @typedef {import('../src/host/index.js').AmountOf} AmountOf */
/** An order in euro. @param {string} amount @returns {AmountOf} */
const inEuro = (amount) => () => ({ amount, currency: 'EUR' });
/** Cash that the restaurant pays out with a dinner. */
const CASH = '10.00';
/** What the demo's orders cost, by the folder of the address that a page posts to. @type {Record<string, AmountOf>} */
const orders = {
  bill: inEuro('12.80'),
  cake: inEuro('180.00'),
  till: inEuro('4.60'),
  breakfast: inEuro('8.40'),
  // Tax is in it. Whatever the guest has chosen at the reader is accepted as the tip.
  dinner: (_, { amounts }) => ({
    ...{ amount: '26.13', currency: 'USD', tip: amounts.tip },
    cashback: amounts.cashback === CASH ? CASH : '0',
  }),
};
/** Sales that the shop page shows of what the host knows. */
const SHOWN_SALES = 20;

/** @typedef {typeof import('../src/host/index.js')} HostKit */

/**
 * A plugin with the payment host of the demo's shops: `POST /__host/<order>/authorize` and what else a host answers, and
 * `GET /__host/sales` for the page that shows what it knows.
 * @param {() => Promise<HostKit>} load
 * @returns {import('vite').Plugin}
 */
function hostPlugin(load) {
  /** @type {Promise<ReturnType<typeof openHost>> | undefined} */
  let opened;
  return {
    name: 'magtek-host',
    configureServer({ middlewares }) {
      middlewares.use('/__host', (request, response, next) => {
        if (!isSameOrigin(request)) return void response.writeHead(403).end();
        opened ??= load().then(openHost);
        void opened.then(({ handlers, sales }) => {
          const [, order = ''] = (request.url ?? '').split('/');
          const handler = handlers.get(order);
          if (handler) return void handler(request, response);
          if (order !== 'sales') return void next();
          sales().then((rows) => {
            response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
            response.end(JSON.stringify(rows));
          }, next);
        }, next);
      });
    },
  };
}

/** One ledger and gateway for all orders, forgotten with the server. @param {HostKit} kit */
function openHost({ createPaymentHost, sqliteLedger, testGateway, toNodeHandler }) {
  const ledger = sqliteLedger(':memory:');
  const gateway = testGateway({ bdk: '0123456789ABCDEFFEDCBA9876543210', limit: HOST_LIMIT });
  /** @type {Set<string>} */
  const ids = new Set();
  const handlers = new Map(
    Object.entries(orders).map(([order, look]) => {
      /** @type {AmountOf} */
      const amountOf = (transactionId, asked) => {
        ids.add(transactionId);
        return look(transactionId, asked);
      };
      return [order, toNodeHandler(createPaymentHost({ ledger, gateway, amountOf }))];
    }),
  );
  const sales = async () => {
    const records = await Promise.all([...ids].slice(-SHOWN_SALES).map((id) => ledger.find(id)));
    return records
      .flatMap((record) => record ?? [])
      .map(({ transactionId, state, amount, currency, ksn, message }) => ({
        ...{ transactionId, state, amount, currency, ksn, message },
      }));
  };
  return { handlers, sales };
}

/** @type {ServedReader | undefined} */
let reader;
/** Started when a page first asks for it. @type {Promise<import('./lib/demo-broker.mjs').DemoBroker> | undefined} */
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
    hostPlugin(async () => /** @type {HostKit} */ (await server.ssrLoadModule(path.join(source, 'host', 'index.ts')))),
    brokerPlugin(() => (broker ??= openBroker())),
    demoHeadPlugin(),
  ],
  server: { host: '127.0.0.1', port: 5173, fs: { allow: [demo, source, manifest, path.join(root, 'node_modules')] } },
});

async function openBroker() {
  const { startFleet } = await server.ssrLoadModule(path.join(source, 'cli', 'simulate-fleet.ts'));
  return startDemoBroker(/** @type {import('./lib/demo-broker.mjs').StartFleet} */ (startFleet));
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
  console.log(`magtek-elements demo: ${server.resolvedUrls?.local[0]}`);
  console.log(`simulated reader:     ${reader.url}`);
  console.log('Press Ctrl+C to stop.');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  await stop();
}
