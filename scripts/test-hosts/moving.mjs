/**
 * Pages that replace, keep and morph their elements, in a browser, with the libraries that do it: each sells, sells again, and is
 * moved in the middle of a sale. Readers are simulated ones behind real WebSockets.
 * It does not know the elements' insides: a sale is started by its method, as a page would.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../tools/run-tool.mjs';
import { watchReader } from './watched-reader.mjs';

/** How often pages are replaced at random moments. */
const TIMES = 200;
/** Sales of the kiosk, and those after which its heap is measured first. */
const SALES = 50;
const WARM = 10;
/** Bytes by which the heap may grow with a sale: what the log keeps of one is more than this. */
const GROWTH = 20_000;

/** What a page gets of the libraries. @type {Record<string, string>} */
const vendor = {
  turbo: '@hotwired/turbo/dist/turbo.es2017-umd.js',
  htmx: 'htmx.org/dist/htmx.js',
  idiomorph: 'idiomorph/dist/idiomorph.js',
  morphdom: 'morphdom/dist/morphdom-umd.js',
};

/** @param {string} url @param {string} [attributes] @param {string} [sale] */
const reader = (url, attributes = '', sale = '') => `
  <magtek-reader id="till" url="${url}" auto-connect journal-size="200" ${attributes}>
    <magtek-status></magtek-status>
    <magtek-transaction amount="4.60" currency="EUR" ${sale}></magtek-transaction>
    <magtek-log></magtek-log>
  </magtek-reader>`;

/** The body of each page. @type {Record<string, (url: string, search: string) => string>} */
const bodies = {
  plain: (url) => `<main>${reader(url)}</main>`,
  visit: (url, search) => `<main><h1>Page ${search}</h1>${reader(url)}</main>`,
  permanent: (url, search) => `<main><h1>Page ${search}</h1>${reader(url, 'data-turbo-permanent')}</main>`,
  kiosk: (url) => `<main>${reader(url, '', 'auto-start="insert, tap"')}</main>`,
};

/** @param {string} url of the reader */
async function serve(url) {
  const folder = path.join(root, 'test/system/hosts/moving/node_modules');
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const [, kind = '', name = ''] = pathname.split('/');
    try {
      if (kind === 'cdn') {
        response.writeHead(200, { 'content-type': 'text/javascript' });
        response.end(readFileSync(path.join(root, 'cdn', path.basename(name))));
      } else if (kind === 'vendor' && vendor[name] !== undefined) {
        response.writeHead(200, { 'content-type': 'text/javascript' });
        response.end(readFileSync(path.join(folder, vendor[name])));
      } else if (bodies[kind] !== undefined) {
        const body = bodies[kind](url, searchParams.get('page') ?? '1');
        const script = name === '' ? '' : `<script src="/vendor/${name}"></script>`;
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(
          searchParams.has('part')
            ? body
            : `<!doctype html><html lang="en"><head><title>A till</title><link rel="icon" href="data:,">` +
                `<script type="module" src="/cdn/magtek-elements.js"></script>${script}</head><body>${body}</body></html>`,
        );
      } else response.writeHead(404).end();
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/**
 * @typedef {object} Till
 * @property {import('puppeteer-core').Page} page
 * @property {import('./watched-reader.mjs').WatchedReader} watched
 * @property {() => Promise<void>} ready waits until the reader of the page can sell
 * @property {() => Promise<void>} start begins a sale and waits until a card is waited for
 * @property {() => Promise<void>} finish presents a card and waits for the outcome
 * @property {() => Promise<void>} sell both
 * @property {(pathname: string) => Promise<void>} open
 */

/** @param {Till} till @param {string} step what the page does, as a script in which `n` counts */
async function atRandomMoments({ page, ready }, step) {
  await page.evaluate(`(async () => {
    const act = (n) => { ${step} };
    for (let n = 0; n < ${TIMES}; n++) {
      await act(n);
      await new Promise((resolve) => setTimeout(resolve, Math.random() ** 2 * 60));
    }
  })()`);
  await ready();
}

/** Each way to move elements, by name. @type {Record<string, (till: Till) => Promise<void>>} */
const ways = {
  replace: async (till) => {
    const renew = `const old = document.querySelector('magtek-reader'); old.replaceWith(old.cloneNode(true));`;
    await till.open('/plain');
    await till.sell();
    await till.sell();
    await till.start();
    await till.page.evaluate(renew);
    await till.ready();
    await till.sell();
    await atRandomMoments(till, renew);
    await till.sell();
  },
  turbo: async (till) => {
    const visit = (/** @type {string} */ address) =>
      till.page.evaluate(async (to) => {
        const loaded = new Promise((resolve) => addEventListener('turbo:load', resolve, { once: true }));
        Reflect.get(window, 'Turbo').visit(to);
        await loaded;
      }, address);
    await till.open('/visit/turbo');
    await till.sell();
    await visit('/visit/turbo?page=2');
    await till.ready();
    await till.sell();
    await till.start();
    await visit('/visit/turbo?page=3');
    await till.ready();
    await till.sell();
    await till.page.goBack();
    await till.ready();
    await till.sell();
    await atRandomMoments(till, `Turbo.visit('/visit/turbo?page=' + n, { action: n % 2 ? 'advance' : 'replace' })`);
    await till.sell();
    // A permanent element keeps connection and sale over a visit.
    await till.open('/permanent/turbo');
    const clients = till.watched.clients.length;
    await till.start();
    await visit('/permanent/turbo?page=2');
    await till.finish();
    assert.equal(till.watched.clients.length, clients);
  },
  htmx: async (till) => {
    await till.open('/plain/htmx');
    await till.sell();
    await till.start();
    await till.page.evaluate(() =>
      Reflect.get(window, 'htmx').ajax('GET', '/plain?part', { target: 'main', swap: 'outerHTML' }),
    );
    await till.ready();
    await till.sell();
    await till.sell();
    await atRandomMoments(till, `return htmx.ajax('GET', '/plain?part', { target: 'main', swap: 'outerHTML' })`);
    await till.sell();
  },
  idiomorph: (till) => morph(till, 'idiomorph', `Idiomorph.morph(document.querySelector('main'), html)`),
  morphdom: (till) => morph(till, 'morphdom', `morphdom(document.querySelector('main'), html)`),
  kiosk: async ({ page, watched, open, ready }) => {
    await open('/kiosk');
    await page.evaluate(() => {
      Reflect.set(window, 'sold', []);
      document.addEventListener('magtek-transaction-complete', (event) =>
        Reflect.get(window, 'sold').push(/** @type {CustomEvent<{ outcome: string }>} */ (event).detail.outcome),
      );
    });
    // An idle reader reports cards only where it is told to, and from the next restart on.
    await page.$eval('magtek-reader', (element) =>
      /** @type {any} */ (element).send('AA0081040155D1118413D1118501018704020701028906C1049F000000'),
    );
    // Counted at the reader: the page may be connected again before it could be asked.
    const before = watched.clients.length;
    watched.reader.restart();
    await watched.until(() => watched.clients.length >= before + 2, 'connected again');
    await ready();
    const client = await page.createCDPSession();
    const heap = async () => {
      await client.send('HeapProfiler.collectGarbage');
      return (await client.send('Runtime.getHeapUsage')).usedSize;
    };
    let warm = 0;
    for (let count = 1; count <= SALES; count++) {
      await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
      watched.reader.insert('visa');
      await page.waitForFunction((wanted) => Reflect.get(window, 'sold').length === wanted, {}, count);
      watched.reader.remove();
      if (count === WARM) warm = await heap();
    }
    assert.deepEqual(await page.evaluate(() => [...new Set(Reflect.get(window, 'sold'))]), ['deferred']);
    const growth = ((await heap()) - warm) / (SALES - WARM);
    assert.ok(growth < GROWTH, `the heap grows by ${Math.round(growth)} bytes with each sale`);
  },
};

/** @param {Till} till @param {string} library @param {string} step morphs the page to what the server would send, `html` */
async function morph(till, library, step) {
  const { page } = till;
  const again = `const html = await (await fetch('/plain?part')).text(); ${step};`;
  const run = () => page.evaluate(`(async () => { ${again} })()`);
  await till.open(`/plain/${library}`);
  const clients = till.watched.clients.length;
  await till.start();
  await page.$eval('magtek-log', (log) => Reflect.set(log, 'paused', true));
  await run();
  assert.equal(await page.$eval('magtek-reader', (element) => element.getAttribute('state')), 'ready');
  assert.equal(await page.$eval('magtek-log', (log) => Reflect.get(log, 'paused')), true);
  await till.finish();
  await run();
  await till.sell();
  assert.equal(till.watched.clients.length, clients);
}

/** Names of all ways. */
export const movingHosts = Object.keys(ways);

/**
 * @param {object} options
 * @param {import('puppeteer-core').Browser} options.browser
 * @param {string} options.way
 * @param {number} options.timeout milliseconds for each thing that is waited for
 */
export async function driveMoving({ browser, way, timeout }) {
  const { serveSimulatedReader } = await import('../../dist/simulator/node.js');
  const watched = await watchReader(serveSimulatedReader, timeout);
  const served = await serve(watched.url);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => {
    // Turbo does not catch the end of a visit that another one took over from.
    const { name = '', stack = '' } = /** @type {Error} */ (error);
    if (!(name === 'AbortError' || String(error).includes('AbortError')) || stack.includes('/cdn/'))
      complaints.push(`${String(error)} ${stack}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.exposeFunction('complain', (/** @type {string} */ code) => {
    // A connection that is given up by the page in the middle of something is lost, and says so.
    if (code !== 'connection-lost' && code !== 'aborted') complaints.push(code);
  });
  await page.evaluateOnNewDocument(() => {
    addEventListener('magtek-error', (event) =>
      Reflect.get(window, 'complain')(/** @type {any} */ (event).detail.error.code),
    );
  });
  const ready = async () => {
    await page.waitForSelector('magtek-reader[state=ready]');
    // A sale that was cut by the page may still be at its end in the reader.
    await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
    await pause(20);
  };
  const start = async () => {
    await page.$eval('magtek-transaction', (sale) => void (/** @type {any} */ (sale).start().catch(() => undefined)));
    await page.waitForFunction(
      () => /** @type {any} */ (document.querySelector('magtek-transaction')).phase === 'waiting-for-card',
    );
  };
  const finish = async () => {
    watched.reader.tap('visa');
    try {
      await page.waitForFunction(
        () => /** @type {any} */ (document.querySelector('magtek-transaction')).outcome === 'deferred',
      );
    } catch (cause) {
      const shown = await page.$eval('magtek-reader', (element) => {
        const sale = /** @type {any} */ (element.querySelector('magtek-transaction'));
        return [element.getAttribute('state'), sale.phase, sale.outcome, sale.shadowRoot.textContent].join(' ');
      });
      throw new Error(
        `the sale was never over: ${shown.replace(/\s+/g, ' ')}; ${JSON.stringify(watched.reader.face.phase)}`,
        { cause },
      );
    }
    await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
  };
  try {
    await ways[way]?.({
      page,
      watched,
      ready,
      start,
      finish,
      sell: async () => {
        await start();
        await finish();
      },
      open: async (pathname) => {
        await page.goto(served.origin + pathname);
        await ready();
      },
    });
    assert.deepEqual(complaints, []);
  } catch (cause) {
    throw new Error([cause instanceof Error ? cause.message : cause, ...complaints].join('\n    '), { cause });
  } finally {
    await context.close();
    await Promise.allSettled([served.close(), watched.close()]);
  }
}
