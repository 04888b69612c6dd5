/** The fleet page as a newcomer meets it: readers of a real broker, one of them chosen, a sale with it. */
import { expect, test } from 'vitest';
import { openDemo } from '../../support/demo-in-browser.js';
import { whyNoBroker } from '../../../tools/mosquitto.mjs';
import { clickInside } from '../../../tools/shadow-content.mjs';

test.skipIf(whyNoBroker())(
  'a reader of the fleet is chosen and sells',
  async () => {
    const demo = await openDemo();
    try {
      const { page, problems } = await demo.newPage();
      await page.goto(new URL('/fleet.html', demo.address).href);
      await page.locator('::-p-aria([role="searchbox"][name="Search readers"])').fill('shop12');
      await clickInside(page, 'magtek-fleet >>> [data-row="2"]');
      await page.waitForSelector('magtek-reader[state=ready]');
      expect(await page.$eval('magtek-reader', ({ device }) => device)).toMatch(/^MagTek\/Shop12\//);
      // The cardholders of this fleet present their cards by themselves.
      await clickInside(page, 'magtek-transaction >>> button');
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
      await demo.close();
    }
  },
  120_000,
);
