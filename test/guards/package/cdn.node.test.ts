/**
 * The files for pages without a bundler as pages use them: from another origin, with hashes, under a strict policy, offline, with
 * tags that come in every way, and with files that do not come. It looks at what `npm run build` made.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { serveSimulatedReader } from '../../../src/simulator/node.js';
import { cdnFile, launchChromium, root, servePages, tags } from '../../support/pages.js';
import { clickInside, waitInside } from '../../../tools/shadow-content.mjs';

const integrity = JSON.parse(readFileSync(path.join(root, 'cdn/integrity.json'), 'utf8')) as Record<string, string>;
let browser: Browser;
let cdn: Awaited<ReturnType<typeof servePages>>;
/** Files that the CDN does not have at the moment. */
const missing = new Set<string>();

/** What a sale needs at once. */
const SALE = ['base', 'core', 'elements', 'status', 'transaction'].map((name) => `magtek-${name}.js`);

/** Without the files of what parts share, whose names the bundler chooses. */
const withoutShared = (files: readonly string[]): readonly string[] =>
  files.filter((file) => !file.includes('-shared'));

interface Options {
  /** Before the script of the elements. */
  readonly head?: string;
  /** The script, where it is not the loader. */
  readonly script?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further files of the page's own origin. */
  readonly files?: Readonly<Record<string, string>>;
}

interface Opened {
  readonly page: Page;
  /** Names of the files of the CDN that were asked for, each once, in alphabetical order. */
  readonly files: () => readonly string[];
  /** What the console and uncaught errors said. */
  readonly said: readonly string[];
}

const tag = (name: string, more = ''): string =>
  `<script type="module" src="${cdn.origin}/cdn/${name}" crossorigin${more}></script>`;

/** Opens a page of another origin than the CDN's. */
async function open(body: string, { head = '', script, headers = {}, files = {} }: Options = {}): Promise<Opened> {
  const html = `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,">${head}${
    script ?? tag('magtek-elements.js', ` integrity="${integrity['magtek-elements.js'] ?? ''}"`)
  }${body}`;
  const { origin, close } = await servePages((url) => {
    if (url === '/') return { type: 'text/html', text: html, headers };
    const text = files[url];
    return text === undefined ? undefined : { type: 'text/javascript', text, headers };
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  onTestFinished(async () => {
    await page.close();
    close();
  });
  const asked = new Set<string>();
  const said: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${cdn.origin}/cdn/`)) asked.add(path.posix.basename(request.url()));
  });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => said.push(message.text()));
  await page.goto(origin);
  return { page, files: () => [...asked].sort(), said };
}

const isReady = (page: Page): Promise<unknown> => page.waitForSelector('magtek-reader[state=ready]');

const isDefined = (page: Page, name: string): Promise<unknown> =>
  page.waitForFunction((wanted) => customElements.get(wanted) !== undefined, {}, name);

const sale = '<magtek-status></magtek-status><magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>';
const shop = `<magtek-reader simulated auto-connect>${sale}</magtek-reader>`;

beforeAll(async () => {
  // Files with a hash are taken from another origin only where that allows it.
  const headers = { 'access-control-allow-origin': '*' };
  cdn = await servePages((address) => {
    const [url = ''] = address.split('?');
    const file = missing.has(path.posix.basename(url)) ? undefined : cdnFile(url);
    return file && { ...file, headers };
  });
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  cdn.close();
});

test('there is a hash of each file', () => {
  expect(Object.keys(integrity).sort()).toEqual(
    readdirSync(path.join(root, 'cdn')).filter((file) => file !== 'integrity.json'),
  );
});

test('a page without tags asks for the loader alone', async () => {
  const { page, files } = await open('<p>Nothing to pay</p>');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(files()).toEqual(['magtek-elements.js']);
});

test('a page that sells asks for what a sale needs, and connects', async () => {
  const reader = await serveSimulatedReader();
  onTestFinished(() => reader.close());
  const { page, files, said } = await open(`<magtek-reader url="${reader.url}" auto-connect>${sale}</magtek-reader>`);
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  await isDefined(page, 'magtek-status');
  expect(files()).toEqual(SALE);
  expect(said).toEqual([]);
});

test('a page with a log asks for one file of it, and what tags share', async () => {
  const { page, files } = await open('<magtek-reader simulated></magtek-reader><magtek-log></magtek-log>');
  await isDefined(page, 'magtek-log');
  expect(withoutShared(files())).toEqual(
    ['base', 'core', 'elements', 'log', 'tools'].map((name) => `magtek-${name}.js`),
  );
  // What parts of other tags need too, and comes later with these.
  expect(files().length).toBeLessThanOrEqual(6);
});

test('every tag works from the loader', async () => {
  const inside = tags.filter((name) => name !== 'magtek-reader');
  expect(inside.length).toBeGreaterThan(10);
  const { page, said } = await open(
    `<magtek-reader simulated auto-connect>${inside.map((name) => `<${name}></${name}>`).join('')}</magtek-reader>`,
  );
  await isReady(page);
  for (const name of tags) await isDefined(page, name);
  expect(said).toEqual([]);
});

test('the simulated reader comes when it is asked for, and its face presents a card to it', async () => {
  const { page, files } = await open(
    `<magtek-reader simulated auto-connect>${sale}<magtek-simulator></magtek-simulator></magtek-reader>`,
  );
  await isReady(page);
  expect(files()).toContain('magtek-simulator.js');
  await clickInside(page, 'magtek-transaction >>> [part=pay]');
  await page.waitForFunction(
    () => document.querySelector<MagtekTransaction>('magtek-transaction')?.phase === 'waiting-for-card',
  );
  await page.evaluate(() => {
    const buttons = document.querySelector('magtek-simulator')?.shadowRoot?.querySelectorAll('button') ?? [];
    [...buttons].find(({ textContent }) => /tap/i.test(textContent))?.click();
  });
  await page.waitForFunction(
    () => document.querySelector<MagtekTransaction>('magtek-transaction')?.outcome === 'deferred',
  );
});

/** Ways in which a page can add a reader, as scripts. */
const ways: Readonly<Record<string, string>> = {
  late: `document.body.insertAdjacentHTML('beforeend', html);`,
  'in a fragment': `const template = document.createElement('template'); template.innerHTML = html;
    document.body.append(template.content.cloneNode(true));`,
  'by createElement, with a property and a listener before its code is there': `const reader = document.createElement('magtek-reader');
    reader.simulated = true; reader.autoConnect = true; reader.journalSize = 7;
    reader.addEventListener('magtek-state-change', ({ detail }) => (document.body.dataset.heard = detail.state));
    document.body.append(reader);`,
  'in a shadow root that opts in': `const host = document.createElement('section'); host.dataset.magtekElements = '';
    host.attachShadow({ mode: 'open' }).innerHTML = html; document.body.append(host);`,
};

test.each(Object.entries(ways))('a tag that comes %s works', async (way, script) => {
  const { page, said } = await open('<main></main>');
  await page.evaluate(`(() => { const html = ${JSON.stringify(shop)}; ${script} })()`);
  const inside = way.includes('shadow') ? 'section >>> ' : '';
  await waitInside(page, `${inside}magtek-reader[state=ready]`);
  if (way.includes('property')) {
    const { size, heard } = await page.evaluate(() => ({
      size: document.querySelector<MagtekReader>('magtek-reader')?.journalSize,
      heard: document.body.dataset.heard,
    }));
    expect({ size, heard }).toEqual({ size: 7, heard: 'ready' });
  }
  expect(said).toEqual([]);
});

test('tags in a shadow root that came with the HTML work, as docs/cdn.md says', async () => {
  const [, sample = ''] =
    /(<my-counter.*<\/my-counter>)/s.exec(readFileSync(path.join(root, 'docs/cdn.md'), 'utf8')) ?? [];
  const { page, said } = await open(sample);
  await waitInside(page, 'my-counter >>> magtek-reader[state=ready]');
  await isDefined(page, 'magtek-status');
  expect(said).toEqual([]);
});

test('a module that imports the loader finds the tags of the page defined, and can load and watch by itself', async () => {
  const { page } = await open(shop, {
    script: '',
    head: `<script type="module">
      import { load, watch, VERSION } from '${cdn.origin}/cdn/magtek-elements.js';
      document.body.dataset.version = VERSION;
      document.body.dataset.first = String(document.querySelector('magtek-transaction').phase);
      await load('magtek-log');
      document.body.dataset.log = typeof document.createElement('magtek-log').export;
      const root = document.body.appendChild(document.createElement('section')).attachShadow({ mode: 'open' });
      watch(root);
      root.innerHTML = '<magtek-display></magtek-display>';
    </script>`,
  });
  await page.waitForFunction(() => customElements.get('magtek-display') !== undefined);
  const { version, first, log } = await page.evaluate(() => Object.fromEntries(Object.entries(document.body.dataset)));
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect([first, log]).toEqual(['idle', 'function']);
});

const importMap = (hashes: Readonly<Record<string, string>>): string =>
  `<script type="importmap">${JSON.stringify({
    integrity: Object.fromEntries(Object.entries(hashes).map(([file, hash]) => [`${cdn.origin}/cdn/${file}`, hash])),
  })}</script>`;

test('parts with the hashes of an import map run', async () => {
  const { page, said } = await open(shop, { head: importMap(integrity) });
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  expect(said).toEqual([]);
});

test('a part that is not the one which was hashed does not run, and its place says so', async () => {
  const wrong = { ...integrity, 'magtek-status.js': integrity['magtek-core.js'] ?? '' };
  const { page } = await open(shop, { head: importMap(wrong) });
  await page.waitForSelector('magtek-status[load-error]');
  await isReady(page);
  expect(await page.evaluate(() => customElements.get('magtek-status'))).toBeUndefined();
});

test('a loader that is not the one which was hashed does not run', async () => {
  const { page } = await open(shop, {
    script: tag('magtek-elements.js', ` integrity="${integrity['magtek-core.js'] ?? ''}"`),
  });
  expect(await page.evaluate(() => customElements.get('magtek-reader'))).toBeUndefined();
});

test('works under a strict policy, from another origin', async () => {
  const policy = `default-src 'none'; script-src ${cdn.origin}; style-src ${cdn.origin}; connect-src ws: wss:; img-src data:; require-trusted-types-for 'script'`;
  const { page, files, said } = await open(shop, {
    head: `<link rel="stylesheet" href="${cdn.origin}/cdn/magtek-elements.css" crossorigin>`,
    headers: { 'content-security-policy': policy },
  });
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  await isDefined(page, 'magtek-status');
  expect(withoutShared(files())).toEqual([...SALE, 'magtek-simulator.js', 'magtek-elements.css'].sort());
  expect(said).toEqual([]);
});

test('a second loader in a page, at another address, disturbs nothing', async () => {
  // A module of its own, which finds the same tags and imports the same parts.
  const { page, files, said } = await open(shop, { head: tag('magtek-elements.js?2') });
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  expect(withoutShared(files())).toEqual([...SALE, 'magtek-elements.js?2', 'magtek-simulator.js'].sort());
  expect(said).toEqual([]);
});

test('a part that does not come says so in its place, and comes when it can', async () => {
  missing.add('magtek-status.js');
  onTestFinished(() => missing.clear());
  const { page, said } = await open(shop);
  await page.waitForSelector('magtek-status[load-error]');
  const shown = await page.$eval('magtek-status', (element) => getComputedStyle(element, '::before').content);
  expect(shown).toContain('could not be loaded');
  // The others are not kept waiting.
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  missing.clear();
  await page.waitForSelector('magtek-status:defined:not([load-error])');
  expect(said.filter((line) => !/could not be loaded|Failed to load resource|CORS policy/.test(line))).toEqual([]);
});

test('a page that was kept by a service worker works offline', async () => {
  const worker = `self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
    self.addEventListener('fetch', (event) => event.respondWith((async () => {
      const kept = await caches.open('kept');
      try {
        const answer = await fetch(event.request);
        await kept.put(event.request, answer.clone());
        return answer;
      } catch (error) {
        const answer = await kept.match(event.request);
        if (answer) return answer;
        throw error;
      }
    })()));`;
  const { page } = await open(shop, { files: { '/worker.js': worker } });
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
  });
  // Once through the worker, and then without a network.
  await page.reload();
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
  await page.setOfflineMode(true);
  await page.reload();
  await isReady(page);
  await isDefined(page, 'magtek-transaction');
});

test('the one file has everything but what is seldom needed', async () => {
  const elements = tags.filter(
    (name) => !['magtek-reader', 'magtek-simulator', 'magtek-setup', 'magtek-receipt', 'magtek-updater'].includes(name),
  );
  const { page, files, said } = await open(
    `<magtek-reader simulated auto-connect lang="de">${elements.map((name) => `<${name}></${name}>`).join('')}</magtek-reader>
    <script type="module">
      import { ReaderClient, MagtekLog } from '${cdn.origin}/cdn/magtek-elements.all.js';
      document.body.dataset.log = String(typeof ReaderClient === 'function' && MagtekLog === customElements.get('magtek-log'));
    </script>`,
    { script: tag('magtek-elements.all.js') },
  );
  await page.waitForSelector('body[data-log=true]');
  await isReady(page);
  for (const name of elements) await isDefined(page, name);
  await page.waitForFunction(() =>
    document.querySelector('magtek-status')?.shadowRoot?.textContent.includes('Verbunden'),
  );
  expect(files()).not.toContain('magtek-core.js');
  expect(withoutShared(files())).toEqual([
    'magtek-base.js',
    'magtek-elements.all.js',
    'magtek-german.js',
    'magtek-simulator.js',
  ]);
  expect(said).toEqual([]);
});
