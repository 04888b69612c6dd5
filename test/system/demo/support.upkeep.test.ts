/**
 * A support engineer's hour in the service console: a till takes chip cards and does not notice swipes. The fault is found in the log,
 * compared with a good reader's file, mended, and the mended reader proved with a swipe and a sale.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickInside, textInside, waitInside } from '../../../tools/shadow-content.mjs';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { exportProperties } from '../../../src/device/property-file.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { openDemo, type OpenedDemo } from '../../support/demo-in-browser.js';

const USER_EVENTS = '1.2.7.1.2.1';
/** The mask that the vendor's guide calls “all events”, which leaves swipes out; and the one with them. */
const WITHOUT_SWIPES = '8F000000';
const ALL = '9F000000';

/** What the log says when the connection is open, also again. */
const READY = 'Connection: ready';

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-support-'));
let demo: OpenedDemo;
let page: Page;
let problems: string[];

/** The properties of a reader that works, as its own console exported them. */
async function exportOfGoodReader(): Promise<string> {
  const reader = new SimulatedReader({ serialNumber: 'B603226' });
  const client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await client.connect();
  await client.request(commands.setProperty({ oid: USER_EVENTS, value: ALL }));
  const exported = await exportProperties(client, { made: '2026-11-29T08:00:00.000Z' });
  client.disconnect();
  reader.close();
  const file = path.join(folder, 'good-reader.json');
  writeFileSync(file, JSON.stringify(exported));
  return file;
}

/** Waits until the text of the page, shadow roots included, contains something. */
const shows = (text: string): Promise<unknown> => page.waitForFunction(contains, {}, text);

function contains(wanted: string): boolean {
  const textOf = (node: ParentNode): string =>
    [...node.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? textOf(shadowRoot) : '')).join(' ') +
    (node.textContent ?? '');
  return textOf(document.body).replace(/\s+/g, ' ').includes(wanted);
}

const press = (name: string): Promise<void> => clickInside(page, `::-p-aria([role="button"][name="${name}"])`);
const openTab = (name: string): Promise<void> => clickInside(page, `::-p-aria([role="tab"][name="${name}"])`);

/** Sends a command of the panel’s list and waits for its answer. */
async function send(title: string, answer: string): Promise<void> {
  await press(title);
  await press(`Send ${title}`);
  await shows(answer);
}

/** How many entries of the log say something, also those that are scrolled away. */
const logged = (text: string): Promise<number> => page.evaluate(countLogged, text);

function countLogged(wanted: string): number {
  const entries = document.querySelector('magtek-reader')?.client?.journal.entries ?? [];
  return [...entries].filter(({ text }) => text.includes(wanted)).length;
}

/** Restarts the reader from the panel, and waits until it is connected again. */
async function restart(): Promise<void> {
  const before = await logged(READY);
  await openTab('Commands');
  await press('Reset Device');
  await press('Send Reset Device');
  await press('Send it');
  await page.waitForFunction(
    (wanted, count) => {
      const entries = document.querySelector('magtek-reader')?.client?.journal.entries ?? [];
      return [...entries].filter(({ text }) => text.includes(wanted)).length > count;
    },
    {},
    READY,
    before,
  );
  await shows('Connected');
}

beforeAll(async () => {
  demo = await openDemo();
  ({ page, problems } = await demo.newPage());
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(new URL('/console.html', demo.address).href);
  await shows('Connected');
  const hex = toHex(commands.setProperty({ oid: USER_EVENTS, value: WITHOUT_SWIPES }).bytes);
  await page.evaluate((command) => document.querySelector('magtek-reader')?.send(command), hex);
  await restart();
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await demo.close();
});

test('finds that the reader reports chip cards and not swipes', async () => {
  await press('Insert');
  await shows('Card inserted into the idle reader');
  await press('Remove');
  await shows('Card removed from the idle reader');
  await press('Swipe');
  // What the reader answers now comes behind what it would have reported.
  await send('Which reader is this?', '2.2.1.1.1.1 Serial number:');
  expect(await logged('Card swiped at the idle reader')).toBe(0);
  await press('Refresh');
  await shows('card inserted, card removed, barcode read');
  expect(await textInside(page, 'magtek-device-info >>> [part=list]')).toContain('B571AF2');
});

test('sees what the good reader has otherwise, and mends it in the editor after a question', async () => {
  await openTab('Properties');
  const field = (await waitInside(page, 'magtek-command-panel >>> [type=file]')) as ElementHandle<HTMLInputElement>;
  await field.uploadFile(await exportOfGoodReader());
  await shows('1 difference,');
  const row = await textInside(page, 'magtek-command-panel >>> [part=differences] tbody tr');
  expect(row).toMatch(
    new RegExp(`^${USER_EVENTS} User event notification controls ${WITHOUT_SWIPES} .*${ALL} .*card swiped`),
  );
  await press(`Use this for ${USER_EVENTS}`);
  await shows('Takes effect when the reader has restarted.');
  await press('Set');
  await shows(`Write ${USER_EVENTS}? It goes to flash memory.`);
  await press('Write it');
  await shows('No differences');
});

test('proves it: after the restart a swipe is reported, and a sale ends with its card data', async () => {
  await restart();
  await press('Swipe');
  await shows('Card swiped at the idle reader');
  await send('Start EMV', 'Start Transaction accepted, running');
  await press('Insert');
  await shows('Batch data from');
  await press('Remove');
  expect(await logged('Batch data from')).toBe(1);
  expect(problems).toEqual([]);
});
