/** The documentation as a site, as `npm run docs:build` makes it: every page, in a narrow window and in the dark. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, widthOf } from '../../support/demo-in-browser.js';
import { launchChromium, root } from '../../support/pages.js';
import { listPages, readPage } from './fences.js';

const { render } = (await import(path.join(root, 'scripts/lib/docs/markdown.mjs'))) as {
  render(markdown: string): { readonly title: string; readonly anchors: string[] };
};

/** Below the root of its server, as at GitHub: a link that forgets it leads nowhere. */
const base = '/magtek-elements/';
const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-site-'));

/** Where a page is on the site, as a path below its base. */
const placeOf = (page: string): string => (page === 'README.md' ? 'index.html' : page.replace(/md$/, 'html'));

function fileOf(url: string): Buffer | undefined {
  const { pathname } = new URL(url, 'http://site');
  if (!pathname.startsWith(base)) return undefined;
  const place = path.join(folder, decodeURIComponent(pathname.slice(base.length)) || 'index.html');
  return existsSync(place) && statSync(place).isFile() ? readFileSync(place) : undefined;
}

let site: PreviewServer;
let origin: string;
let browser: Browser;
let page: Page;
const problems: string[] = [];

const open = (file: string): Promise<unknown> => page.goto(origin + base + file);

beforeAll(async () => {
  await promisify(execFile)(
    process.execPath,
    ['node_modules/vitepress/bin/vitepress.js', 'build', 'docs', '--outDir', folder],
    {
      cwd: root,
      env: { ...process.env, DOCS_BASE: base },
    },
  );
  site = await preview({
    ...{ configFile: false, root: folder, base, appType: 'mpa', logLevel: 'error' },
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  });
  origin = new URL(site.resolvedUrls?.local[0] ?? '').origin;
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every page is in the contents, has its headings where others link to them, and no link leads nowhere', async () => {
  const inContents = listPages().map((file) => base + placeOf(file).replace(/^index\.html$/, ''));
  for (const file of listPages()) {
    await open(placeOf(file));
    const { title, anchors } = render(readPage(file));
    expect(await page.$eval('h1', ({ innerText }) => innerText.replace(/[^\P{Cf}]/gu, '').trim()), file).toBe(title);
    const { ids, links } = await page.evaluate(() => ({
      ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
      links: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'), ({ href }) => href),
    }));
    expect(ids, file).toEqual(expect.arrayContaining(anchors));
    const inside = links.filter((link) => link.startsWith(origin));
    expect(
      inside.map((link) => new URL(link).pathname),
      file,
    ).toEqual(expect.arrayContaining(inContents));
    expect(
      inside.filter((link) => !fileOf(link)),
      file,
    ).toEqual([]);
  }
}, 180_000);

test('pictures are there, and files that pages link to, as text', async () => {
  await open('docs/theming.html');
  const pictures = await page.$$eval('main img', (all) => all.map(({ src }) => src));
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((src) => !src.startsWith('data:') && !fileOf(src))).toEqual([]);
  expect(fileOf(`${base}src/mms/redact.ts`)?.equals(readFileSync(path.join(root, 'src/mms/redact.ts')))).toBe(true);
  expect(fileOf(`${base}LICENSE.txt`)?.equals(readFileSync(path.join(root, 'LICENSE')))).toBe(true);
});

test('the search finds a word in the middle of a page', async () => {
  await open('index.html');
  await page.locator('#local-search button').click();
  await page.locator('.VPLocalSearchBox input').fill('correction digit');
  const found = await page.waitForSelector('.VPLocalSearchBox a[href*="docs/"]', { timeout: 30_000 });
  expect(await found?.evaluate((link) => link.href)).toContain(origin + base);
});

describe.each(['light', 'dark'])('in %s', (scheme) => {
  test('every page fits a window of 320 pixels, and axe finds nothing', async () => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width: 320, height: 700 });
    const findings: string[] = [];
    for (const file of listPages()) {
      await open(placeOf(file));
      expect(await widthOf(page), file).toBeLessThanOrEqual(320);
      findings.push(...(await axeFindings(page)).map((finding) => `${file}: ${finding}`));
    }
    expect(findings).toEqual([]);
  }, 300_000);
});

test('nothing was wrong in the console', () => {
  expect(problems).toEqual([]);
});
