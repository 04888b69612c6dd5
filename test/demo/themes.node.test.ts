/** The page of themes: each theme is put on and named in the address, fits a narrow screen, and axe finds nothing under it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';

interface Tools {
  ensureChromium(): string;
  startDemo(): Promise<{ readonly address: string; readonly stop: () => void }>;
}

const load = async (name: string): Promise<Partial<Tools>> =>
  (await import(path.join(root, 'scripts', name))) as Partial<Tools>;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let demo: Awaited<ReturnType<Tools['startDemo']>>;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  const { ensureChromium, startDemo } = { ...(await load('ensure-chromium.mjs')), ...(await load('start-demo.mjs')) };
  demo = await startDemo!();
  browser = await launch({ executablePath: ensureChromium!(), args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  // What fades from one theme to the next has the colours of neither.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.goto(demo.address);
  await page.locator('::-p-aria([role="link"][name="Themes"])').click();
  await page.waitForSelector('magtek-reader[state=ready]');
}, 120_000);

afterAll(async () => {
  await browser.close();
  demo.stop();
});

/** The accent that the button of the sale has. */
const accent = (): Promise<string> =>
  page.$eval(
    'magtek-transaction',
    ({ shadowRoot }) => getComputedStyle(shadowRoot!.querySelector('button')!).backgroundColor,
  );

test.each([
  ['theme-night', 'rgb(255, 180, 84)'],
  ['theme-brand', 'rgb(106, 27, 109)'],
  ['theme-kiosk', 'rgb(0, 62, 138)'],
  ['', 'rgb(11, 92, 173)'],
])(
  'theme “%s”',
  async (theme, color) => {
    await page.setViewport({ width: 1280, height: 900 });
    await page.locator(`#themes input[value="${theme}"]`).click();
    await expect.poll(accent).toBe(color);
    expect(new URL(page.url()).searchParams.get('theme')).toBe(theme === '' ? null : theme);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    });
    expect(found).toEqual([]);
    await page.setViewport({ width: 320, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
  },
  60_000,
);

test('an address with a theme opens with it', async () => {
  await page.goto(new URL('/themes.html?theme=theme-night', demo.address).href);
  await page.waitForSelector('magtek-reader[state=ready]');
  expect(await accent()).toBe('rgb(255, 180, 84)');
  expect(await page.$eval('#themes input:checked', (input) => input.value)).toBe('theme-night');
});
