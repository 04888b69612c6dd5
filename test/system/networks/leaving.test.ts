/** A page that is left by a link and comes back from the back/forward cache of Chromium, with readers that take one client. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import { serveSimulatedReader, type ServedReader } from '../../../src/simulator/node.js';
import { addReader } from './in-page.js';
import { launchBrowser, startSite, type Site } from './scene.js';

let site: Site;
let browser: Browser;
let page: Page;
let readers: ServedReader[];

beforeAll(async () => {
  site = await startSite(false, {}, { '/other': '<!doctype html><title>Other</title>' });
  browser = await launchBrowser('chromium', {});
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const home = (): string => `http://localhost:${String(site.port)}/`;

/** A question that every reader answers [MG p235]. */
const QUESTION = toHex(commands.getProperty({ oid: '1.2.7.1.2.1' }).bytes);

/** Whether another computer gets an answer of the reader now. */
const canConnect = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    let isAnswered = false;
    socket.on('open', () => {
      socket.send(QUESTION);
    });
    socket.on('message', () => {
      isAnswered = true;
      socket.close();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(isAnswered);
    });
  });

const states = (): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('magtek-reader')].map(({ state, error }) => [state, error?.code].join(' ').trim()),
  );

const bothReady = (): Promise<void> => expect.poll(states).toEqual(['ready', 'ready']);

/** Notes how the page is shown, and what its readers tell. */
const watch = (): Promise<void> =>
  page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    addEventListener('pageshow', ({ persisted }) => seen.push(persisted ? 'from the cache' : 'loaded'));
    document.addEventListener('magtek-error', ({ detail }) => seen.push(detail.error.code));
  });

const seen = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);

describe('a page with two readers that take one client each', () => {
  beforeAll(async () => {
    readers = [await serveSimulatedReader({ clients: 1 }), await serveSimulatedReader({ clients: 1 })];
    page = await browser.newPage();
    await page.goto(home());
    await watch();
    for (const { url } of readers) expect(await addReader(page, { url, 'auto-connect': '' })).toBe('ready');
  });

  afterAll(() => Promise.all(readers.map((reader) => reader.close())));

  test('has them while it is there', async () => {
    for (const { url } of readers) expect(await canConnect(url)).toBe(false);
  });

  test('gives them to another computer while it is away', async () => {
    await page.goto(`${home()}other`);
    for (const { url } of readers) await expect.poll(() => canConnect(url)).toBe(true);
  });

  test('gives them to the next page of its own', async () => {
    await page.goBack();
    await bothReady();
    await page.goto(`${home()}?next`);
    for (const { url } of readers) expect(await addReader(page, { url, 'auto-connect': '' })).toBe('ready');
    await page.goBack();
  });

  test('has them again when it comes back, without an error', async () => {
    await bothReady();
    expect(await seen()).toEqual(['from the cache', 'from the cache']);
    for (const { url } of readers) expect(await canConnect(url)).toBe(false);
  });
});

test('a page that was frozen opens its connection again without an error', async () => {
  const reader = await serveSimulatedReader({ clients: 1 });
  page = await browser.newPage();
  await page.goto(home());
  await watch();
  expect(await addReader(page, { url: reader.url, 'auto-connect': '' })).toBe('ready');
  const session = await page.createCDPSession();
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await expect.poll(() => canConnect(reader.url)).toBe(true);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  // The protocol leaves it hidden.
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await page.bringToFront();
  await expect.poll(states).toEqual(['ready']);
  expect(await seen()).toEqual([]);
  await reader.close();
});
