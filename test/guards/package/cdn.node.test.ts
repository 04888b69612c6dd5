/**
 * The CDN file as a page uses it: from another origin, with `integrity`. It looks at what `npm run build` made.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveSimulatedReader } from '../../../src/simulator/node.js';
import { cdnFile, launchChromium, root, servePages, tags } from '../../support/pages.js';

const integrity = JSON.parse(readFileSync(path.join(root, 'cdn/integrity.json'), 'utf8')) as Record<string, string>;
let browser: Browser;
let cdn: Awaited<ReturnType<typeof servePages>>;

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
    <script type="module" src="${cdn.origin}/cdn/magtek-elements.js" integrity="${hash}" crossorigin></script>${body}`;
  const { origin, close } = await servePages(() => ({ type: 'text/html', text: html }));
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.close();
    close();
  });
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
  // Files with a hash are taken from another origin only where that allows it.
  const headers = { 'access-control-allow-origin': '*' };
  cdn = await servePages((url) => {
    const file = cdnFile(url);
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
  const inside = tags.filter((tag) => tag !== 'magtek-reader').map((tag) => `<${tag}></${tag}>`);
  expect(inside.length).toBeGreaterThan(8);
  const { page, beforeSocket } = await open(
    integrity['magtek-elements.js']!,
    `<magtek-reader url="${reader.url}" auto-connect>${inside.join('')}</magtek-reader>`,
  );
  await page.waitForSelector('magtek-reader[state=ready]');
  const [, ...files] = beforeSocket()!;
  expect(files[0]).toBe(`${cdn.origin}/cdn/magtek-elements.js`);
  expect(files.length).toBeLessThanOrEqual(2);
});

test('the simulated reader is a second file, loaded when it is asked for', async () => {
  const { page, requests } = await open(
    integrity['magtek-elements.js']!,
    '<magtek-reader simulated auto-connect></magtek-reader>',
  );
  await page.waitForSelector('magtek-reader[state=ready]');
  expect(requests.slice(1)).toEqual([`${cdn.origin}/cdn/magtek-elements.js`, `${cdn.origin}/cdn/magtek-simulator.js`]);
});

test('a file that is not the one which was hashed does not run', async () => {
  const { page } = await open(integrity['magtek-simulator.js']!, '<magtek-reader></magtek-reader>');
  expect(await isDefined(page)).toBe(false);
});
