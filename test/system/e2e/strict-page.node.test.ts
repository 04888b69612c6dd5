/**
 * The tags in a page that allows next to nothing: its content security policy refuses inline scripts and styles and strings
 * where scripts could hide; in a frame; with less motion; and on paper. It looks at what `npm run build` made.
 */
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fleetSerial, startFleet } from '../../../src/cli/simulate-fleet.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import { startMosquitto, whyNoBroker } from '../../../tools/mosquitto.mjs';
import { cdnFile, launchChromium, root, servePages, tags, type ServedFile } from '../../support/pages.js';
import { seedTable } from '../../support/seed-table.js';
import { waitInside } from '../../../tools/shadow-content.mjs';

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self' ws: wss:; style-src 'self'; img-src 'self' data:; " +
  "frame-src 'self'; require-trusted-types-for 'script'";

const inside = tags.filter((tag) => tag !== 'magtek-reader');

const GET_SERIAL_NUMBER = toHex(commands.getProperty({ oid: '2.2.1.1.1.1' }).bytes);

let files: Record<string, ServedFile> = {};
/** Path of the file with every element. */
let allElements: string;
let origin: string;
let close: () => void;
let browser: Browser;

/** A page with every tag inside a simulated reader, and a sale of 4.60 EUR. */
function pageWith(script: string, more = ''): ServedFile {
  const elements = inside.map(
    (tag) => `<${tag}${tag === 'magtek-transaction' ? ' amount="4.60" currency="EUR"' : ''}></${tag}>`,
  );
  return {
    type: 'text/html',
    text: `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>page</title><link rel="icon" href="data:,"><script src="/watch.js"></script>
      <script type="module" src="${script}"></script>
      <magtek-reader simulated auto-connect>${elements.join('')}</magtek-reader>${more}`,
  };
}

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations);

beforeAll(async () => {
  const { bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as {
    bundle(code: string): Promise<{ name: string; code: string }[]>;
  };
  const chunks = await bundle(
    `import 'magtek-elements';\nimport 'magtek-elements/elements/simulator';\nimport 'magtek-elements/elements/setup';\nimport 'magtek-elements/elements/receipt';\nimport 'magtek-elements/elements/updater';`,
  );
  allElements = `/${chunks[0]?.name ?? ''}`;
  files = {
    ...Object.fromEntries(chunks.map(({ name, code }) => [`/${name}`, { type: 'text/javascript', text: code }])),
    '/': pageWith(allElements),
    '/cdn-page': pageWith('/cdn/magtek-elements.js'),
    '/one-file': pageWith('/cdn/magtek-elements.all.js'),
    '/unsafe': pageWith('/cdn/magtek-elements.js', '<p style="color: red">refused</p>'),
    '/frame': { type: 'text/html', text: '<!doctype html><title>frame</title><iframe src="/"></iframe>' },
    '/watch.js': {
      type: 'text/javascript',
      text: `window.violations = [];
        document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));`,
    },
  };
  ({ origin, close } = await servePages((url) => {
    const file = files[url] ?? cdnFile(url);
    return file && { ...file, headers: { 'content-security-policy': policy } };
  }));
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
});

async function open(url: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  // Sooner than the test, so that what is waited for is named.
  page.setDefaultTimeout(20_000);
  await page.goto(origin + url);
  return page;
}

/** Opens the page with everything, connected. */
async function openAll(): Promise<Page> {
  const page = await open('/');
  await page.waitForSelector('magtek-reader[state=ready]');
  return page;
}

/** Waits until the shadow root of a tag says something. */
const says = (page: Page, tag: string, text: string): Promise<unknown> =>
  page.waitForFunction(
    (name, wanted) => document.querySelector(name)?.shadowRoot?.textContent.includes(wanted) === true,
    {},
    tag,
    text,
  );

/** Clicks what a selector finds in the shadow root of a tag. */
const click = async (page: Page, tag: string, selector: string): Promise<void> => {
  const found = await waitInside(page, `${tag} >>> ${selector}`);
  await found?.evaluate((element) => {
    (element as HTMLElement).click();
  });
};

/** Presents a test card to the simulated reader. */
const tap = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    (await document.querySelector<MagtekReader>('magtek-reader')?.simulatedReader)?.tap('visa');
  });

const waitForCard = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => document.querySelector<MagtekTransaction>('magtek-transaction')?.phase === 'waiting-for-card',
  );

test.each(['/cdn-page', '/one-file'])('%s works, and nothing is refused', async (url) => {
  const page = await open(url);
  await page.waitForSelector('magtek-reader[state=ready]');
  const isRunning = await page.evaluate(async (hex) => {
    const reader = document.querySelector('magtek-reader') as MagtekReader;
    return (await reader.send(hex)).status.running;
  }, seedTable[0][1]);
  expect(isRunning).toBe(true);
  expect(await violations(page)).toEqual([]);
});

test('every element in action, and nothing is refused', async () => {
  const page = await openAll();
  expect(await page.$$eval('magtek-reader > *', (all) => all.filter((element) => !element.shadowRoot).length)).toBe(0);

  await click(page, 'magtek-transaction', '[part=pay]');
  await waitForCard(page);
  await says(page, 'magtek-display', 'Your card');
  await tap(page);
  await page.waitForFunction(
    () => document.querySelector<MagtekTransaction>('magtek-transaction')?.outcome === 'deferred',
  );
  await says(page, 'magtek-card-data', 'DFDF59');
  await says(page, 'magtek-device-info', 'Device operational status');

  await click(page, 'magtek-log', '[data-position]');
  await waitInside(page, 'magtek-log >>> .details');
  await page.$eval('magtek-log >>> [type=search]', (field) => {
    (field as HTMLInputElement).value = 'no such words';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await says(page, 'magtek-log', 'No matching entry');

  for (const tab of ['script', 'properties', 'commands']) {
    await click(page, 'magtek-command-panel', `#tab-${tab}`);
    await waitInside(page, `magtek-command-panel >>> #tab-${tab}[aria-selected=true]`);
  }
  await click(page, 'magtek-command-panel', '[part=send]');
  await says(page, 'magtek-command-panel', 'Start Transaction');
  await click(page, 'magtek-status', '[part=button]');
  await page.waitForSelector('magtek-reader[state=closed]');
  await says(page, 'magtek-status', 'Disconnected');
  expect(await violations(page)).toEqual([]);
});

test.skipIf(whyNoBroker())(
  'readers behind a broker work, and nothing is refused',
  async () => {
    const broker = await startMosquitto();
    const fleet = await startFleet({
      size: 2,
      broker: { url: broker.tcpUrl },
      path: 'MagTek/Shop/DynaFlexIIPED',
      seed: 1,
      auto: false,
      say: () => undefined,
    });
    onTestFinished(async () => {
      await fleet.stop();
      await broker.close();
    });
    // A reader of its own for each page: one that is open in a tab is refused to another.
    for (const [index, script] of [allElements, '/cdn/magtek-elements.js'].entries()) {
      files['/broker'] = {
        type: 'text/html',
        text: `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,"><script src="/watch.js"></script>
        <script type="module" src="${script}"></script>
        <magtek-fleet for="till" ask-presence url="${broker.url}"></magtek-fleet>
        <magtek-reader id="till"><magtek-log></magtek-log></magtek-reader>`,
      };
      const page = await open('/broker');
      await says(page, 'magtek-fleet', '2 readers, 2 connected');
      await click(page, 'magtek-fleet', `[data-row="${String(index)}"]`);
      await page.waitForSelector('magtek-reader[state=ready]');
      const { device, status } = await page.evaluate(async (hex) => {
        const reader = document.querySelector('magtek-reader') as MagtekReader;
        return { device: reader.device, status: (await reader.send(hex)).status };
      }, GET_SERIAL_NUMBER);
      expect(device).toBe(`MagTek/Shop/DynaFlexIIPED/${fleetSerial(index)}`);
      expect(status.ok).toBe(true);
      expect(await violations(page)).toEqual([]);
    }
  },
  60_000,
);

test('the policy is in force: what it must refuse is noticed', async () => {
  const page = await open('/unsafe');
  await page.waitForSelector('magtek-reader[state=ready]');
  expect(await violations(page)).toEqual(['style-src-attr']);
});

test('a reader in a frame connects', async () => {
  const page = await open('/frame');
  const frame = await page.waitForFrame((candidate) => candidate !== page.mainFrame());
  await frame.waitForSelector('magtek-reader[state=ready]');
});

test('nothing moves for those who want less motion, and something does for others', async () => {
  const page = await openAll();
  await click(page, 'magtek-transaction', '[part=pay]');
  await waitForCard(page);
  const moving = (): Promise<number> =>
    page.evaluate(
      () =>
        document.getAnimations().length +
        [...document.querySelectorAll('*')]
          .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('*') ?? [])])
          .filter((element) => getComputedStyle(element).transitionDuration !== '0s').length,
    );
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  expect(await moving()).toBe(0);
});

test('on paper the log has its rows one below the other, dark on light', async () => {
  const page = await openAll();
  await says(page, 'magtek-device-info', 'Device operational status');
  await says(page, 'magtek-log', 'Device operational status');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  const look = (): Promise<{ rows: number; crossing: number; hidden: number; dark: string[] }> =>
    page.evaluate(() => {
      const log = document.querySelector('magtek-log')!;
      const rows = [...log.shadowRoot!.querySelectorAll('[data-position]')].map((row) => row.getBoundingClientRect());
      const paper = log.getBoundingClientRect();
      const lightness = (color: string): number => {
        const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
        return alpha === 0 ? 255 : 0.3 * red + 0.6 * green + 0.1 * blue;
      };
      return {
        rows: rows.length,
        crossing: rows.filter(({ top }, index) => top < (rows[index - 1]?.bottom ?? 0) - 1).length,
        hidden: rows.filter(({ top, bottom }) => top < paper.top || bottom > paper.bottom + 1).length,
        dark: [...document.querySelectorAll('magtek-reader > *')]
          .filter((element) => lightness(getComputedStyle(element).backgroundColor) < 128)
          .map(({ localName }) => localName),
      };
    });
  const onScreen = await look();
  expect(onScreen.hidden).toBeGreaterThan(0);
  expect(onScreen.dark).toContain('magtek-log');
  await page.emulateMediaType('print');
  expect(await look()).toEqual({ rows: onScreen.rows, crossing: 0, hidden: 0, dark: [] });
  expect(Buffer.from((await page.pdf()).slice(0, 5)).toString()).toBe('%PDF-');
});
