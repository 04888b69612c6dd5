/** The documentation in a browser, as `npm run docs` serves it: every page, in a narrow window and in the dark. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { listPages } from './fences.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server: ChildProcess;
let browser: Browser;
let page: Page;
let first: URL;
const problems: string[] = [];

beforeAll(async () => {
  const { ensureChromium } = (await import(path.join(root, 'scripts/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  server = spawn(process.execPath, ['scripts/start.mjs', '--docs'], { cwd: root });
  first = await new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /https?:\/\/\S+/.exec(output)?.[0];
      if (address !== undefined) resolve(new URL(address));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => {
      reject(new Error(`it ended without an address: ${output}`));
    });
  });
  browser = await launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${String(response.status())} ${response.url()}`);
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  server.kill();
});

const open = (file: string): Promise<unknown> => page.goto(new URL(file, first).href);

test('the first address that the command prints is the README', async () => {
  await page.goto(first.href);
  expect(new URL(page.url()).pathname).toBe('/guide/README.md');
  expect(await page.$eval('h1', ({ textContent }) => textContent)).toBe('magtek-elements');
});

test('every page is in the contents, and every link on every page leads to something', async () => {
  const seen = new Map<string, boolean>();
  const broken: string[] = [];
  for (const file of listPages()) {
    await open(file);
    const links = await page.$$eval('a, img', (all) =>
      all.map((one) => (one instanceof HTMLAnchorElement ? one.href : one.src)),
    );
    const inside = links.filter((link) => link.startsWith(first.origin)).map((link) => link.replace(/#.*$/, ''));
    for (const link of inside) {
      if (!seen.has(link)) seen.set(link, (await fetch(link)).ok);
      if (seen.get(link) === false) broken.push(`${file}: ${link}`);
    }
    expect(inside).toEqual(expect.arrayContaining(listPages().map((each) => new URL(each, first).href)));
  }
  expect(broken).toEqual([]);
}, 120_000);

test('what is no part of the documentation is not shown', async () => {
  for (const file of ['.git/HEAD', 'node_modules/lit/package.json', '..%2f..%2fetc%2fpasswd', 'nowhere.md']) {
    expect((await fetch(new URL(file, first))).status, file).toBe(404);
  }
  expect((await fetch(new URL('src/mms/redact.ts', first))).status).toBe(200);
});

describe.each(['light', 'dark'])('in %s', (scheme) => {
  test('every page fits a window of 320 pixels, and axe finds nothing', async () => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width: 320, height: 700 });
    for (const file of listPages()) {
      await open(file);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), file).toBeLessThanOrEqual(320);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect(found, file).toEqual([]);
    }
  }, 180_000);
});

test('nothing was wrong in the console', () => {
  expect(problems).toEqual([]);
});
