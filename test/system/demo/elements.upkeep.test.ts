/** The pages of the elements: each is alive, shows a state at the press of a button, and fits a narrow screen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';
import { tags } from '../../support/pages.js';

let demo: OpenedDemo;

beforeAll(async () => {
  demo = await openDemo();
}, 120_000);

afterAll(() => demo.close());

/** The fleet, which needs a broker, has a page of another kind. */
const elements = tags.filter((tag) => tag !== 'magtek-fleet').map((tag) => tag.slice('magtek-'.length));

test.each(elements)(
  'the page of %s is alive, goes to a state, and fits a narrow screen',
  async (name) => {
    const { page, problems } = await demo.newPage();
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
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
    await page.close();
  },
  60_000,
);
