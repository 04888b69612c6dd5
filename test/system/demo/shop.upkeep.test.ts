/** The demo's shop through the real path: page, encrypted card data, payment host, test gateway, decision, outcome. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDemo, type OpenedDemo } from '../../support/demo-in-browser.js';

let demo: OpenedDemo;
let page: Page;
let problems: string[];

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  await page.goto(new URL('/shop.html', demo.address).href);
  await page.waitForFunction(() => document.querySelector('magtek-reader')?.getAttribute('state') === 'ready');
}, 120_000);

afterAll(() => demo.close());

const press = (name: string): Promise<void> => page.locator(`::-p-aria([role="button"][name="${name}"])`).click();

/** Makes a sale of the page with a card in the slot; its outcome and the host's words. */
async function sell(place: number): Promise<string> {
  await page.evaluate((at) => {
    document.addEventListener(
      'magtek-transaction-complete',
      ({ detail }) => (document.body.dataset.heard = `${detail.outcome}: ${detail.reason}`),
      { once: true },
    );
    delete document.body.dataset.heard;
    void document.querySelectorAll('magtek-transaction')[at]?.start();
  }, place);
  await press('Insert the chip slot');
  await page.waitForFunction(() => document.body.dataset.heard !== undefined);
  await press('Remove card');
  return page.evaluate(() => document.body.dataset.heard ?? '');
}

test('a bill is approved, a cake is above the limit, and the host shows both', async () => {
  expect(await sell(0)).toBe('approved: Approved');
  expect(await sell(1)).toBe('declined: Above the limit of 50');
  await page.waitForFunction(() => document.querySelectorAll('#host-sales tr').length === 2);
  const rows = await page.$$eval('#host-sales tr', (all) => all.map(({ textContent }) => textContent));
  expect(rows[0]).toMatch(/^declined: Above the limit of 50.*180\.00 EUR$/);
  expect(rows[1]).toMatch(/^approved: Approved.*12\.80 EUR$/);
  expect(problems).toEqual([]);
}, 60_000);
