/**
 * A till that is loaded anew in each phase of a sale, in Chromium: what it shows of the sale then, to assistive technology too,
 * that nothing can be sold before it is settled, and each way to settle it, by keyboard alone.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { focusedIn, tabTo, treeOf } from '../../support/assistive-tree.js';
import { openStreet, type Street, type Till } from './till.js';

let street: Street;
let reader: SimulatedReader;
let till: Till;
/** When the sale began, as the page writes it. */
let begun: string[];

beforeAll(async () => {
  street = await openStreet();
});
afterAll(() => street.close());
beforeEach(async () => {
  reader = new SimulatedReader();
  till = await street.openTill(reader, { amount: '4.60' });
  onTestFinished(() => till.page.close());
});

const isStartAnswer = (message: MmsMessage): boolean => message.kind === 'response' && message.id === 0x1001;
/** Card data: for the host, and at the end of the sale. */
const isData =
  (detail: '080202' | '080302') =>
  (message: MmsMessage): boolean =>
    message.kind === 'notification' && message.id === 0x0101 && toHex(message.detail).slice(2) === detail;
const isArqc = isData('080202');
const isBatch = isData('080302');

const NOT_READ = 'StaticText: No card data had been read when this page last saw it.';
const READ = 'StaticText: The card had been read: it may have been charged.';

/** Presses Enter on what has a name, which Tab leads to. */
async function enter(name: RegExp): Promise<void> {
  await tabTo(till.page, name);
  await till.page.keyboard.press('Enter');
}

const shows = (line: string): Promise<void> =>
  expect.poll(() => treeOf(till.page)).toContainEqual(expect.stringContaining(line));

const timeNow = (): Promise<string> =>
  till.page.evaluate(() =>
    new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(
      Date.now(),
    ),
  );

/** Starts the sale by keyboard. */
async function start(): Promise<void> {
  await till.page.bringToFront();
  begun = [await timeNow()];
  await enter(/^button: Pay €4\.60$/);
}

/** The sale comes to its next phase, and the page is loaded anew in it. */
async function reloadIn(phase: string): Promise<void> {
  await till.is(phase);
  // Else it would be held back from the next page.
  await expect.poll(() => till.link.isAboutToHold).toBe(false);
  // Where a minute passes in between.
  begun.push(await timeNow());
  await till.reload();
  await shows('How did this transaction end?');
}

/** The sale is shown with its amount and time, here and in the status; nothing can be sold; each way to settle it is there. */
async function showsSale(card: string): Promise<void> {
  const tree = await treeOf(till.page);
  expect(tree).toEqual(
    expect.arrayContaining([
      'heading: How did this transaction end?',
      'StaticText: €4.60',
      card,
      'StaticText: This reader takes no other payment until this is settled.',
      'button: Ask the host',
      'button: Stop the reader',
    ]),
  );
  for (const words of ['StaticText: Started ', 'StaticText: Unresolved transaction: €4.60, started ']) {
    const said = tree.find((line) => line.startsWith(words)) ?? '';
    expect(
      begun.some((time) => said.includes(time)),
      `${words}: ${said}`,
    ).toBe(true);
  }
  expect(tree.filter((line) => /^button: (Pay|Try again|Cancel)/.test(line))).toEqual([]);
  // Not by a program either.
  const refused = await till.page.$eval('magtek-transaction', (sale) =>
    sale.start().then(
      () => 'started',
      (error: unknown) => (error as { code: string }).code,
    ),
  );
  expect(refused).toBe('unresolved-transaction');
}

/** Another sale can be started, by keyboard. */
async function sellsAgain(name: RegExp): Promise<void> {
  await enter(name);
  await till.is('waiting-for-card');
  till.decide = () => Promise.resolve(true);
  const before = till.asked.length;
  reader.tap('mastercard');
  await till.is('approved');
  expect(till.asked.length).toBe(before + 1);
}

describe('loaded anew before a card was seen, the reader is stopped and the sale is over', () => {
  test.each([
    ['starting', isStartAnswer],
    ['waiting-for-card', undefined],
  ] as const)('%s', async (phase, held) => {
    if (held) till.link.holdFrom(held);
    await start();
    await reloadIn(phase);
    await showsSale(NOT_READ);
    await enter(/^button: Stop the reader$/);
    await shows('No card had been read');
    await expect.poll(() => focusedIn(till.page)).toContain('status');
    expect(till.resolved).toMatchObject([{ amount: '4.60', via: 'reader', approved: false }]);
    expect(till.asked).toEqual([]);
    expect(reader.face.state).toBe('idle');
    await sellsAgain(/^button: Pay €4\.60$/);
  });
});

test('loaded anew while the card is read: stopping the reader settles nothing, the host’s no does', async () => {
  till.link.holdFrom(isArqc);
  await start();
  await till.is('waiting-for-card');
  reader.tap('visa');
  await reloadIn('reading');
  await showsSale(NOT_READ);
  await expect.poll(() => reader.face.state).toBe('idle');
  await enter(/^button: Stop the reader$/);
  await shows('The reader is not running the transaction. Ask the host how it ended.');
  // The focus is not taken from the button.
  expect(await focusedIn(till.page)).toBe('button: Stop the reader');
  expect(till.resolved).toEqual([]);
  till.recall = { approved: false, message: 'Never arrived' };
  await till.page.keyboard.down('Shift');
  await till.page.keyboard.press('Tab');
  await till.page.keyboard.up('Shift');
  expect(await focusedIn(till.page)).toBe('button: Ask the host');
  await till.page.keyboard.press('Enter');
  await till.is('declined');
  await shows('StaticText: Never arrived');
  await expect.poll(() => focusedIn(till.page)).toContain('status');
  expect(till.asked).toEqual([]);
  expect(till.inquired).toHaveLength(1);
  expect(till.resolved).toMatchObject([{ transactionId: till.inquired[0], via: 'host', approved: false }]);
  await sellsAgain(/^button: Try again$/);
});

test('loaded anew while the host decides: the host is asked how it ended, and its yes is shown', async () => {
  till.decide = () => new Promise(() => undefined);
  await start();
  await till.is('waiting-for-card');
  reader.tap('visa');
  await reloadIn('authorizing');
  await showsSale(READ);
  till.recall = { approved: true, message: 'Thank you!' };
  await enter(/^button: Ask the host$/);
  await till.is('approved');
  await shows('StaticText: Thank you!');
  await expect.poll(() => focusedIn(till.page)).toContain('status');
  expect(till.asked).toHaveLength(1);
  expect(till.inquired).toEqual([till.asked[0]?.transactionId]);
  expect((await treeOf(till.page)).filter((line) => /^button: (Pay|Try again)/.test(line))).toEqual([]);
  await enter(/^button: Continue$/);
  await sellsAgain(/^button: Pay €4\.60$/);
});

test('loaded anew while the reader finishes: the host does not know, and somebody settles it by hand as paid', async () => {
  till.link.holdFrom(isBatch);
  await start();
  await till.is('waiting-for-card');
  reader.tap('visa');
  await reloadIn('finishing');
  await showsSale(READ);
  await enter(/^button: Ask the host$/);
  await shows('The host has no outcome for it yet. Ask again in a moment.');
  expect(till.resolved).toEqual([]);
  await settleByHand(/^button: It was paid$/);
  await shows('Settled as paid');
  await shows('Ana: Receipt of the host');
  expect(till.resolved).toMatchObject([
    { transactionId: till.asked[0]?.transactionId, via: 'hand', approved: true, by: 'Ana', how: 'Receipt of the host' },
  ]);
  // Paid: not offered again, in this page or the next.
  expect((await treeOf(till.page)).filter((line) => /^button: (Pay|Try again)/.test(line))).toEqual([]);
  await enter(/^button: Continue$/);
  await sellsAgain(/^button: Pay €4\.60$/);
});

test('loaded anew after an unknown outcome: it is there as before, until somebody settles it by hand as not paid', async () => {
  till.decide = () => Promise.reject(new Error('no line'));
  await start();
  await till.is('waiting-for-card');
  reader.tap('visa');
  await till.is('unknown');
  await shows('How did this transaction end?');
  await showsSale(READ);
  await reloadIn('unknown');
  await showsSale(READ);
  // Settled by nobody, or by nothing that is known: it says what is missing, and stays.
  await enter(/: Settle by hand$/);
  await enter(/^button: It was not paid$/);
  await shows('StaticText: Enter your name and how you know.');
  expect(till.resolved).toEqual([]);
  await till.reload();
  await shows('How did this transaction end?');
  await settleByHand(/^button: It was not paid$/);
  await shows('Settled as not paid');
  expect(till.resolved).toMatchObject([{ via: 'hand', approved: false, by: 'Ana', how: 'Receipt of the host' }]);
  await sellsAgain(/^button: Pay €4\.60$/);
});

/** By keyboard alone. */
async function settleByHand(how: RegExp): Promise<void> {
  await enter(/: Settle by hand$/);
  await tabTo(till.page, /^textbox: Your name$/);
  await till.page.keyboard.type('Ana');
  // Enter settles nothing by accident.
  await till.page.keyboard.press('Enter');
  await tabTo(till.page, /^textbox: How do you know\?$/);
  await till.page.keyboard.type('Receipt of the host');
  await till.page.keyboard.press('Enter');
  expect(till.resolved).toEqual([]);
  await enter(how);
  await expect.poll(() => focusedIn(till.page)).toContain('status');
}
