/** The restaurant of the demo: a tip that the guest chooses at the reader, tax and cash back; what the host is asked, and the receipt. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostRequest } from '../../../src/elements/transaction/host.js';
import { axeFindings, openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';
import { clickInside, textInside } from '../../../tools/shadow-content.mjs';

let demo: OpenedDemo;
let page: Page;
let problems: string[];
/** What the page has posted to its host. */
const posted: Promise<string | undefined>[] = [];

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  page.on('request', (request) => {
    if (request.url().endsWith('/__host/dinner/authorize')) posted.push(request.fetchPostData());
  });
  await page.goto(new URL('/restaurant.html', demo.address).href);
  await page.waitForFunction(() => document.querySelector('magtek-reader')?.getAttribute('state') === 'ready');
}, 120_000);

afterAll(() => demo.close());

/** What the host was asked since the last look. */
const asked = async (): Promise<HostRequest[]> =>
  (await Promise.all(posted.splice(0))).map((body) => JSON.parse(body ?? '') as HostRequest);

const button = (name: string) => page.locator(`::-p-aria([role="button"][name="${name}"])`);
const press = (name: string): Promise<void> => button(name).click();

const payText = (): Promise<string> => textInside(page, 'magtek-transaction >>> button[part=pay]');

/** For people who want to look at the page: RESTAURANT_PICTURES names a folder. */
async function photograph(name: string): Promise<void> {
  const folder = process.env.RESTAURANT_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** The text of a receipt as it is copied. */
const textOf = (copy: string): Promise<string> =>
  page.$$eval(
    'magtek-receipt',
    (all, wanted) => all.find((each) => each.copy === wanted)?.text.replace(/\u00a0|\u202f/g, ' ') ?? '',
    copy,
  );

/** A sale from the button to its outcome, with what the guest presses on the reader's screen. */
async function dine(tip: string): Promise<string | undefined> {
  await clickInside(page, 'magtek-transaction >>> button[part=pay]');
  // Not before the reader has shown the decision of the last sale.
  await button(tip).wait();
  await photograph('tip');
  await press(tip);
  await press('Insert the chip slot');
  await page.waitForFunction(() => document.querySelector('magtek-transaction')?.outcome !== undefined);
  await press('Remove card');
  return page.$eval('magtek-transaction', ({ outcome }) => outcome);
}

test('the guest chooses the tip at the reader, and the host is asked for the total', async () => {
  expect(await payText()).toBe('Pay $26.13');
  expect(await dine('18 %')).toBe('approved');
  // 18 % of the food, not of the tax.
  const amounts = { base: '24.00', tip: '4.32', tax: '2.13', surcharge: '0.00', cashback: '0.00', total: '30.45' };
  expect(await asked()).toMatchObject([{ amount: '30.45', currency: 'USD', type: 'purchase', amounts }]);
  const receipt = await textOf('customer');
  for (const line of ['Harbor Grill', 'Amount: $24.00', 'Tip: $4.32', 'Tax: $2.13', 'Total: $30.45', 'Approved'])
    expect(receipt).toContain(line);
  expect(receipt).not.toContain('Cashback');
  expect(await textOf('merchant')).toContain('Total: $30.45');
  expect(problems).toEqual([]);
}, 60_000);

test('the page is accessible, also in colours of the system, and fits a narrow screen', async () => {
  expect(await axeFindings(page)).toEqual([]);
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  expect(await axeFindings(page)).toEqual([]);
  await session.send('Emulation.setEmulatedMedia', { features: [] });
  await page.setViewport({ width: 320, height: 800 });
  expect(await widthOf(page)).toBeLessThanOrEqual(320);
  await photograph('narrow');
  await page.setViewport({ width: 1280, height: 900 });
  await photograph('wide');
}, 60_000);

test('with cash back the reader offers amounts, and the next guest begins without it', async () => {
  await press('Next guest');
  await page.locator('#cash').click();
  expect(await payText()).toBe('Pay $36.13');
  expect(await dine('5.00')).toBe('approved');
  const amounts = { base: '24.00', tip: '5.00', tax: '2.13', surcharge: '0.00', cashback: '10.00', total: '41.13' };
  expect(await asked()).toMatchObject([{ amount: '41.13', type: 'cashback', amounts }]);
  expect(await textOf('customer')).toContain('Cashback: $10.00');
  await press('Next guest');
  await page.waitForFunction(() => document.querySelector('magtek-receipt')?.data === undefined);
  expect(await payText()).toBe('Pay $26.13');
  expect(problems).toEqual([]);
}, 60_000);

test('a guest who gives no tip pays food and tax', async () => {
  expect(await dine('NO TIP')).toBe('approved');
  expect(await asked()).toMatchObject([{ amount: '26.13', amounts: { tip: '0.00', total: '26.13' } }]);
  expect(await textOf('customer')).not.toContain('Tip:');
  expect(problems).toEqual([]);
}, 60_000);
