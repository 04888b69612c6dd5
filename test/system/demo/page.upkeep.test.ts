/** The demo as a newcomer meets it: `npm start`, the first address that is printed, a browser, a sale. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardDataDetail } from '../../../src/transactions/card.js';
import { textInside } from '../../../tools/shadow-content.mjs';
import { firmwareFile } from '../../support/firmware-file.js';
import { openDemo, widthOf, type OpenedDemo } from '../../support/demo-in-browser.js';

let demo: OpenedDemo;
let page: Page;
let problems: string[];

/** Waits until the text of the page, shadow roots included, contains something. */
const shows = (text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => {
      const textOf = (node: ParentNode): string =>
        [...node.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? textOf(shadowRoot) : '')).join(' ') +
        (node.textContent ?? '');
      return textOf(document.body).includes(wanted);
    },
    {},
    text,
  );

const press = (name: string): Promise<void> => page.locator(`::-p-aria([role="button"][name="${name}"])`).click();

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  await page.goto(demo.address);
}, 120_000);

afterAll(() => demo.close());

describe('npm start', () => {
  test('opens a page that connects by itself', async () => {
    await shows('Connected');
  });

  test('runs a sale: the command from the panel, a card at the counter, card data in the list of DOM events', async () => {
    await press('Send Start EMV');
    await shows('Start Transaction accepted, running');
    await press('Insert');
    await shows('kind: batch');
    await shows('maskedPan: 4111');
    expect(await page.content()).not.toContain('4111111111111111');
    await press('Remove');
    await shows('action: removed');
  });

  test('closes and opens again', async () => {
    await press('Disconnect');
    await shows('Disconnected');
    await press('Connect');
    await shows('Connected');
  });

  test('has a name, a favicon, and nothing wrong in the console', async () => {
    expect(await page.title()).toContain('magtek-elements');
    const icon = await page.$eval('link[rel=icon]', ({ href }) => fetch(href).then(({ status }) => status));
    expect(icon).toBe(200);
    expect(problems).toEqual([]);
  });

  test('fits a narrow screen without scrolling sideways', async () => {
    await page.setViewport({ width: 320, height: 800 });
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
  });
});

describe('the service console', () => {
  beforeAll(async () => {
    await page.setViewport({ width: 1440, height: 900 });
    await page.goto(new URL('/console.html', page.url()).href);
    await shows('Connected');
  });

  test('is one screen: nothing of it lies outside', async () => {
    const size = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    expect(size).toEqual({ scrollWidth: 1440, scrollHeight: 900 });
  });

  test('sends a command, shows its answer beside it, and both in the log', async () => {
    await press('Which reader is this?');
    await press('Send Which reader is this?');
    await shows('2.2.1.1.1.1 Serial number:');
    await shows('Get Property done');
  });

  test('looks at a firmware file, and names the reader before anything is changed', async () => {
    const bytes = Array.from(firmwareFile('0200'));
    await page.evaluate(async (file) => {
      await document.querySelector('magtek-updater')?.choose(new File([Uint8Array.from(file)], 'main.bin'));
    }, bytes);
    await shows('Is this the reader that you mean?');
    expect(await textInside(page, 'magtek-updater >>> [part=details]')).toMatch(/B571AF2.*Model.*main\.bin.*SIM-MAIN/);
    await press('Cancel');
    await shows('Look at the reader next');
  });

  test('fits a narrow screen, with nothing wrong in the console', async () => {
    await page.setViewport({ width: 320, height: 800 });
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
  });
});

describe('the simulated reader', () => {
  beforeAll(async () => {
    await page.setViewport({ width: 1440, height: 900 });
    await page.goto(new URL('/', page.url()).href);
    await page.locator('::-p-aria([role="link"][name="Simulated reader"])').click();
    await shows('Connected');
  });

  test('runs a sale: a Start from the page, a card from the buttons of the simulator, card data', async () => {
    await page.evaluate(() => {
      document.addEventListener('magtek-card-data', (event) => {
        const { kind, via, maskedPan } = (event as CustomEvent<CardDataDetail>).detail;
        document.body.dataset.heard = `${document.body.dataset.heard ?? ''} ${kind} ${via} ${maskedPan}`;
      });
    });
    await press('Start a sale');
    await shows('The reader was asked');
    await press('Insert the chip slot');
    await page.waitForFunction(() => /arqc contact 4111.* batch contact/.test(document.body.dataset.heard ?? ''));
    await press('Remove card');
    await shows('The sale ended:');
  });

  test('asks for a PIN, which the keypad enters', async () => {
    await press('Ask for a PIN');
    for (const key of ['1', '2', '3', '4', 'Enter']) await press(key);
    await shows('A PIN was entered.');
  });

  test('fits a narrow screen, with nothing wrong in the console', async () => {
    await page.setViewport({ width: 320, height: 800 });
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
  });
});
