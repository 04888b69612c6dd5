/**
 * The CDN file as a page uses it: from another origin, with `integrity`. It looks at what `npm run build` made.
 */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveSimulatedReader } from '../../src/simulator/node.js';

const root = path.resolve(import.meta.dirname, '../..');
const integrity = JSON.parse(readFileSync(path.join(root, 'cdn/integrity.json'), 'utf8')) as Record<string, string>;
const servers: Server[] = [];
let browser: Browser;
let cdn: string;

/** Serves texts under paths on a port, and so an origin, of its own; gives the origin. */
async function serve(textOf: (url: string) => string | undefined, type: string): Promise<string> {
  const server = createServer((request, response) => {
    const text = textOf(request.url ?? '');
    const headers = { 'content-type': `${type}; charset=utf-8`, 'access-control-allow-origin': '*' };
    response.writeHead(text === undefined ? 404 : 200, headers).end(text);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

interface Opened {
  readonly page: Page;
  /** Addresses of everything that was asked for. */
  readonly requests: string[];
  /** Those of them that were there when the page opened a WebSocket; undefined while it has opened none. */
  readonly beforeSocket: () => readonly string[] | undefined;
}

/** Opens a page of another origin that loads the CDN file with a hash. */
async function open(hash: string, body: string): Promise<Opened> {
  const html = `<!doctype html><title>page</title><link rel="icon" href="data:,">
    <script type="module" src="${cdn}/cdn/magtek-elements.js" integrity="${hash}" crossorigin></script>${body}`;
  const origin = await serve(() => html, 'text/html');
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith('http')) requests.push(request.url());
  });
  let before: readonly string[] | undefined;
  const network = await page.createCDPSession();
  network.on('Network.webSocketCreated', () => (before ??= [...requests]));
  await network.send('Network.enable');
  await page.goto(origin);
  return { page, requests, beforeSocket: () => before };
}

const isDefined = (page: Page): Promise<boolean> =>
  page.evaluate(() => customElements.get('magtek-reader') !== undefined);

beforeAll(async () => {
  const { ensureChromium } = (await import(path.join(root, 'scripts/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  cdn = await serve(
    (url) => (/^\/cdn\/[\w-]+\.js$/.test(url) ? readFileSync(path.join(root, url), 'utf8') : undefined),
    'text/javascript',
  );
  browser = await launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

test('there is a hash of each file', () => {
  expect(Object.keys(integrity).sort()).toEqual(
    readdirSync(path.join(root, 'cdn')).filter((file) => file.endsWith('.js')),
  );
});

test('a page and one file are all that is asked for, and the tags work', async () => {
  const { page, requests } = await open(integrity['magtek-elements.js']!, '<magtek-reader></magtek-reader>');
  expect(await isDefined(page)).toBe(true);
  expect(requests).toHaveLength(2);
});

test('at most two files come before the connection, with every element in the page', async () => {
  const reader = await serveSimulatedReader();
  onTestFinished(() => reader.close());
  const { modules } = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: { tagName?: string }[] }[];
  };
  const tags = modules.flatMap(({ declarations }) => declarations.flatMap(({ tagName }) => tagName ?? []));
  const inside = tags.filter((tag) => tag !== 'magtek-reader').map((tag) => `<${tag}></${tag}>`);
  expect(inside.length).toBeGreaterThan(8);
  const { page, beforeSocket } = await open(
    integrity['magtek-elements.js']!,
    `<magtek-reader url="${reader.url}" auto-connect>${inside.join('')}</magtek-reader>`,
  );
  await page.waitForSelector('magtek-reader[state=ready]');
  const [, ...files] = beforeSocket()!;
  expect(files[0]).toBe(`${cdn}/cdn/magtek-elements.js`);
  expect(files.length).toBeLessThanOrEqual(2);
});

test('the simulated reader is a second file, loaded when it is asked for', async () => {
  const { page, requests } = await open(
    integrity['magtek-elements.js']!,
    '<magtek-reader simulated auto-connect></magtek-reader>',
  );
  await page.waitForSelector('magtek-reader[state=ready]');
  expect(requests.slice(1)).toEqual([`${cdn}/cdn/magtek-elements.js`, `${cdn}/cdn/magtek-simulator.js`]);
});

test('a file that is not the one which was hashed does not run', async () => {
  const { page } = await open(integrity['magtek-simulator.js']!, '<magtek-reader></magtek-reader>');
  expect(await isDefined(page)).toBe(false);
});
