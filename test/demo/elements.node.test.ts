/** The pages of the elements: each is alive, shows a state at the press of a button, and fits a narrow screen. */
import path from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';

interface Tools {
  ensureChromium(): string;
  startDemo(): Promise<{ readonly address: string; readonly stop: () => void }>;
}

const load = async (name: string): Promise<Partial<Tools>> =>
  (await import(path.join(root, 'scripts', name))) as Partial<Tools>;

let browser: Browser;
let demo: Awaited<ReturnType<Tools['startDemo']>>;

beforeAll(async () => {
  const { ensureChromium, startDemo } = { ...(await load('ensure-chromium.mjs')), ...(await load('start-demo.mjs')) };
  demo = await startDemo!();
  browser = await launch({ executablePath: ensureChromium!(), args: ['--no-sandbox', '--disable-gpu'] });
}, 120_000);

afterAll(async () => {
  await browser.close();
  demo.stop();
});

const elements = [
  'reader',
  'status',
  'transaction',
  'display',
  'device-info',
  'card-data',
  'signature',
  'command-panel',
  'log',
  'simulator',
];

test.each(elements)(
  'the page of %s is alive, goes to a state, and fits a narrow screen',
  async (name) => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.setViewport({ width: 320, height: 800 });
    await page.goto(new URL(`/elements/${name}.html`, demo.address).href);
    await page.waitForSelector('magtek-reader[state=ready]');
    expect(await page.$eval('code', ({ textContent }) => textContent)).toBe(`<magtek-${name}>`);
    expect(await page.$eval('.sample', ({ textContent }) => textContent)).toContain('<magtek-reader url=');
    const titles = await page.$$eval('.states button', (buttons) => buttons.map(({ textContent }) => textContent));
    expect(titles.length).toBeGreaterThan(3);
    await page.locator('.states button:nth-child(3)').click();
    await page.waitForSelector('.states[data-state]');
    expect(await page.$eval('.problem', ({ textContent }) => textContent)).toBe('');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
    await page.close();
  },
  60_000,
);
