/** The fleet page as a newcomer meets it: readers of a real broker, one of them chosen, a sale with it. */
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { whyNoBroker } from '../tools/mosquitto.mjs';

interface Tools {
  ensureChromium(): string;
  startDemo(): Promise<{ readonly address: string; readonly stop: () => void }>;
}

const load = async (name: string): Promise<Tools> => (await import(path.join(root, 'scripts', name))) as Tools;

test.skipIf(whyNoBroker())(
  'a reader of the fleet is chosen and sells',
  async () => {
    const { ensureChromium } = await load('ensure-chromium.mjs');
    const demo = await (await load('start-demo.mjs')).startDemo();
    const browser = await launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      await page.goto(new URL('/fleet.html', demo.address).href);
      await page.locator('::-p-aria([role="searchbox"][name="Search readers"])').fill('shop12');
      await page.locator('magtek-fleet >>> [data-row="2"]').click();
      await page.waitForSelector('magtek-reader[state=ready]');
      expect(await page.$eval('magtek-reader', ({ device }) => device)).toMatch(/^MagTek\/Shop12\//);
      // The cardholders of this fleet present their cards by themselves.
      await page.locator('magtek-transaction >>> button').click();
      const outcome = await page.evaluate(
        () =>
          new Promise((resolve) => {
            document.addEventListener('magtek-transaction-complete', ({ detail }) => {
              resolve(detail.amount);
            });
          }),
      );
      expect(outcome).toBe('4.60');
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      demo.stop();
    }
  },
  120_000,
);
