/** The documentation in a browser, as `npm run docs` serves it: every page, in a narrow window and in the dark. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';
import { listPages } from './fences.js';

let site: OpenedDemo;
let page: Page;
let problems: string[];
let first: URL;

beforeAll(async () => {
  site = await openDemo('--docs');
  first = new URL(site.address);
  ({ page, problems } = await site.newPage());
}, 120_000);

afterAll(() => site.close());

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

test('what is not a part of the documentation is not shown', async () => {
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
      expect(await widthOf(page), file).toBeLessThanOrEqual(320);
      expect(await axeFindings(page), file).toEqual([]);
    }
  }, 180_000);
});

test('nothing was wrong in the console', () => {
  expect(problems).toEqual([]);
});
