/** The bakery of the demo: a sale in euro, its receipts in German, and what the browser puts on a roll of 80 mm. */
import { writeFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings, openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';
import { clickInside, textInside } from '../../../tools/shadow-content.mjs';

let demo: OpenedDemo;
let page: Page;
let problems: string[];

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  // The browser's dialog is a person's; the page stays as it is while it would be open.
  await page.evaluateOnNewDocument(() => {
    window.print = () => {
      document.documentElement.dataset.printed = 'true';
    };
  });
  await page.goto(new URL('/bakery.html', demo.address).href);
  await page.waitForFunction(() => document.querySelector('magtek-reader')?.getAttribute('state') === 'ready');
}, 120_000);

afterAll(() => demo.close());

const press = (name: string): Promise<void> => page.locator(`::-p-aria([role="button"][name="${name}"])`).click();

/** The text of a receipt as it is copied. */
const textOf = (copy: string): Promise<string> =>
  page.$$eval(
    'magtek-receipt',
    (all, wanted) => all.find((each) => each.copy === wanted)?.text.replace(/\u00a0|\u202f/g, ' ') ?? '',
    copy,
  );

/** Pages of a PDF and the size of the first, in millimetres. */
function paperOf(pdf: Uint8Array): { pages: number; width: number; height: number } {
  const text = Buffer.from(pdf).toString('latin1');
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(text) ?? [];
  const millimetres = (points = '0'): number => Math.round((Number(points) / 72) * 25.4);
  return {
    pages: [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length,
    width: millimetres(width),
    height: millimetres(height),
  };
}

test('a sale in euro ends with two receipts in German', async () => {
  expect(await textOf('customer')).toBe('');
  await page.type('#note', 'Tisch 4, Karte 4111 1111 1111 1111');
  const pay = 'magtek-transaction >>> button[part=pay]';
  expect(await textInside(page, pay)).toBe('8,40 € bezahlen');
  await clickInside(page, pay);
  await press('Stecken der Chipschlitz');
  await page.waitForFunction(() => document.querySelector('magtek-transaction')?.outcome !== undefined);
  await press('Karte entnehmen');
  const customer = await textOf('customer');
  for (const line of [
    ...[
      'Bäckerei am Markt',
      'Kartenzahlung, Kundenbeleg',
      'Summe: 8,40 €',
      'Genehmigt',
      'Vielen Dank für Ihren Einkauf!',
    ],
    ...['Karte: Visa **** **** **** 1111', 'Erfassungsart: Chip', 'AID: A0000000031010', 'CVM: 1F 03 02'],
  ])
    expect(customer).toContain(line);
  expect(customer).toContain('Notiz: Tisch *, Karte **** **** **** ****');
  expect(await textOf('merchant')).toContain('Kartenzahlung, Händlerbeleg');
  expect(problems).toEqual([]);
}, 60_000);

test('the chip of a card that was swiped is asked for, and charged', async () => {
  await page.locator('#next').click();
  const waits = (count: number): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => {
        const sale = document.querySelector('magtek-transaction');
        return sale?.phase === 'waiting-for-card' && (sale.shadowRoot?.textContent.includes(wanted) ?? false);
      },
      { timeout: 30_000 },
      count === 1 ? 'durchziehen' : 'Diese Karte hat einen Chip',
    );
  await clickInside(page, 'magtek-transaction >>> button[part=pay]');
  await waits(1);
  await page.$eval('magtek-reader', async (reader) => (await reader.simulatedReader)?.swipe('mastercard'));
  await waits(2);
  await page.$eval('magtek-reader', async (reader) => (await reader.simulatedReader)?.insert('mastercard'));
  await page.waitForFunction(() => document.querySelector('magtek-transaction')?.outcome === 'approved');
  await page.$eval('magtek-reader', async (reader) => (await reader.simulatedReader)?.remove());
  expect(await textOf('customer')).toContain('Erfassungsart: Chip');
  expect(problems).toEqual([]);
}, 60_000);

test('the page is accessible, also in colours of the system, and fits a narrow screen', async () => {
  expect(await axeFindings(page)).toEqual([]);
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  expect(await axeFindings(page)).toEqual([]);
  await session.send('Emulation.setEmulatedMedia', { features: [] });
  await page.setViewport({ width: 320, height: 800 });
  expect(await widthOf(page)).toBeLessThanOrEqual(320);
  await page.setViewport({ width: 1280, height: 900 });
}, 60_000);

test('the receipt alone is printed, on one piece of a roll as long as it is', async () => {
  await clickInside(page, 'magtek-receipt >>> button[part=print]');
  await page.waitForFunction(() => document.documentElement.dataset.printed === 'true');
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const keep = process.env.RECEIPT_PDF;
  if (keep !== undefined) writeFileSync(keep, pdf);
  const { pages, width, height } = paperOf(pdf);
  expect(pages).toBe(1);
  expect(width).toBe(80);
  expect(height).toBeGreaterThan(80);
  expect(height).toBeLessThan(220);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.$('[data-magtek-print]')).toBeNull();
  // Without the button it is the whole page again.
  expect(paperOf(await page.pdf({ format: 'A4' })).width).toBe(210);
}, 60_000);

test('the next customer begins without receipts', async () => {
  await press('Nächster Kunde');
  await page.waitForFunction(() => document.querySelector('magtek-receipt')?.data === undefined);
  expect(await page.$eval('#note', (field) => (field as HTMLInputElement).value)).toBe('');
  expect(problems).toEqual([]);
}, 60_000);
