/** The page of themes: each theme is put on and named in the address, fits a narrow screen, and axe finds nothing under it. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings, openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';

let demo: OpenedDemo;
let page: Page;
let problems: string[];

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  // What fades from one theme to the next has the colours of neither.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.goto(demo.address);
  await page.locator('::-p-aria([role="link"][name="Themes"])').click();
  await page.waitForSelector('magtek-reader[state=ready]');
}, 120_000);

afterAll(() => demo.close());

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
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewport({ width: 320, height: 800 });
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
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
