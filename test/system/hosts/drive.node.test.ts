/**
 * The drive through a page of `demo/` notices what is wrong with a page. It is shown on the plain one, as it is and with faults
 * that a shop's developer could make, in a browser and on what `npm run build` made.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, root } from '../../guards/scripts/run-script.js';
import { launchChromium } from '../../support/pages.js';

type Drive = (options: { browser: Browser; folder: string; pathname: string; timeout: number }) => Promise<void>;

let browser: Browser;
let drivePage: Drive;

beforeAll(async () => {
  ({ drivePage } = (await import(path.join(root, 'scripts/test-hosts/drive.mjs'))) as { drivePage: Drive });
  browser = await launchChromium();
}, 120_000);

afterAll(() => browser.close());

/** A copy of the plain page in which one piece of its script is another. */
function pageWith(piece: string, other: string): string {
  const folder = makeFolder();
  for (const name of ['html', 'shared/counters']) {
    cpSync(path.join(root, 'demo', name), path.join(folder, name), { recursive: true });
  }
  const script = path.join(folder, 'html/counters.js');
  const text = readFileSync(script, 'utf8');
  expect(text.split(piece)).toHaveLength(2);
  writeFileSync(script, text.replace(piece, other));
  return folder;
}

const faults: [fault: string, step: string, piece: string, other: string][] = [
  [
    'a misspelt event',
    'a sale at one counter shows there only',
    `'magtek-transaction-complete'`,
    `'magtek-transaction-completed'`,
  ],
  [
    'a sum that stays',
    'the amount and the function that decides arrive',
    'sale.amount = target.value',
    'sale.title = target.value',
  ],
  [
    'a reader that is only hidden',
    'a reader that is removed is let go, and the other stays',
    'counter.remove()',
    'counter.hidden = true',
  ],
  [
    'a picture from somewhere else',
    'nothing was complained about',
    'const readers =',
    `new Image().src = 'https://other.example/x.png';\nconst readers =`,
  ],
];

describe.concurrent('the drive', () => {
  test('passes a page that is right', { timeout: 180_000 }, async () => {
    await drivePage({ browser, folder: path.join(root, 'demo'), pathname: '/html/', timeout: 60_000 });
  });

  test.each(faults)('finds %s', { timeout: 180_000 }, async (_, step, piece, other) => {
    const folder = pageWith(piece, other);
    await expect(drivePage({ browser, folder, pathname: '/html/', timeout: 20_000 })).rejects.toThrow(`${step}:`);
  });
});
