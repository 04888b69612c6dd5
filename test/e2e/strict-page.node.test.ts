/**
 * The tags in a page that allows next to nothing: its content security policy refuses inline scripts and styles and strings
 * where scripts could hide. It looks at what `npm run build` made.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MagtekReader } from '../../src/elements/reader/reader.js';
import { seedTable } from '../tools/seed-table.js';

const root = path.resolve(import.meta.dirname, '../..');
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self' ws: wss:; style-src 'self'; img-src 'self' data:; " +
  "frame-src 'self'; require-trusted-types-for 'script'";

const tags = (
  JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: { tagName?: string }[] }[];
  }
).modules.flatMap(({ declarations }) => declarations.flatMap(({ tagName }) => tagName ?? []));
const inside = tags.filter((tag) => tag !== 'magtek-reader' && tag !== 'magtek-simulator');

const files: Record<string, readonly [type: string, text: string]> = {
  '/': ['text/html', pageWith('')],
  '/unsafe': ['text/html', pageWith('<p style="color: red">refused</p>')],
  '/frame': ['text/html', '<!doctype html><title>frame</title><iframe src="/"></iframe>'],
  '/watch.js': [
    'text/javascript',
    `window.violations = [];
     document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));`,
  ],
};

/** A page with every tag inside a simulated reader. */
function pageWith(more: string): string {
  return `<!doctype html><title>page</title><link rel="icon" href="data:,"><script src="/watch.js"></script>
    <script type="module" src="/cdn/magtek-elements.js"></script>
    <magtek-reader simulated auto-connect>${inside.map((tag) => `<${tag}></${tag}>`).join('')}</magtek-reader>${more}`;
}

let server: Server;
let browser: Browser;
let page: Page;
let origin: string;

const violations = (): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations);

beforeAll(async () => {
  const { ensureChromium } = (await import(path.join(root, 'scripts/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  server = createServer((request, response) => {
    const url = request.url ?? '';
    const isCdn = /^\/cdn\/[\w-]+\.js$/.test(url);
    const [type, text] = isCdn ? ['text/javascript', readFileSync(path.join(root, url), 'utf8')] : (files[url] ?? []);
    const headers = { 'content-type': `${type ?? 'text/plain'}; charset=utf-8`, 'content-security-policy': policy };
    response.writeHead(text === undefined ? 404 : 200, headers).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  browser = await launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  page = await browser.newPage();
}, 120_000);

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

test('every element works, and nothing is refused', async () => {
  await page.goto(origin);
  await page.waitForSelector('magtek-reader[state=ready]');
  const isRunning = await page.evaluate(async (hex) => {
    const reader = document.querySelector('magtek-reader') as MagtekReader;
    return (await reader.send(hex)).status.running;
  }, seedTable[0][1]);
  expect(isRunning).toBe(true);
  expect(await page.$$eval('magtek-reader > *', (all) => all.filter((element) => !element.shadowRoot).length)).toBe(0);
  expect(await violations()).toEqual([]);
});

test('the policy is in force: what it must refuse is noticed', async () => {
  await page.goto(`${origin}/unsafe`);
  await page.waitForSelector('magtek-reader[state=ready]');
  expect(await violations()).toEqual(['style-src-attr']);
});

test('a reader in a frame connects', async () => {
  await page.goto(`${origin}/frame`);
  const frame = await page.waitForFrame((candidate) => candidate !== page.mainFrame());
  await frame.waitForSelector('magtek-reader[state=ready]');
});
