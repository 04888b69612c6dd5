/**
 * Two tills at one reader, in Chromium: a customer's tap for 3.00 is never authorised as the 750.00 of the other till, whether its
 * start is on its way, refused, or never answered in time.
 */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { treeOf } from '../../support/assistive-tree.js';
import { openStreet, type Street, type Till, type TillOptions } from './till.js';

let street: Street;
let reader: SimulatedReader;

beforeAll(async () => {
  street = await openStreet();
});
afterAll(() => street.close());
beforeEach(() => {
  reader = new SimulatedReader();
});

const open = async (options: TillOptions): Promise<Till> => {
  const till = await street.openTill(reader, options);
  onTestFinished(() => till.page.close());
  return till;
};

/** The first till waits for its customer, who is asked for 3.00. */
async function firstTill(): Promise<Till> {
  const first = await open({ amount: '3.00' });
  await first.press('Pay €3.00');
  await first.is('waiting-for-card');
  return first;
}

const isIdle = (): Promise<void> => expect.poll(() => reader.face.state).toBe('idle');
const amounts = ({ asked }: Till): string[] => asked.map(({ amount }) => amount);

/** The customer of the second till taps, and pays 750.00 with a card of their own; the first till is as it was. */
async function secondCustomer(first: Till, second: Till): Promise<void> {
  reader.tap('mastercard');
  await second.is('approved');
  expect(second.asked).toMatchObject([{ amount: '750.00', currency: 'EUR' }]);
  expect(first.asked).toMatchObject([{ amount: '3.00', currency: 'EUR' }]);
  expect(new Set([...first.asked, ...second.asked].map(({ ksn }) => ksn)).size).toBe(2);
  for (const [till, amount] of [
    [first, '€3.00'],
    [second, '€750.00'],
  ] as const) {
    expect(await treeOf(till.page)).toEqual(expect.arrayContaining(['StaticText: Approved', `StaticText: ${amount}`]));
  }
}

test('a start that is stuck on its way takes no card that was tapped before the reader accepted it', async () => {
  const first = await firstTill();
  const second = await open({ amount: '750.00' });
  second.link.stall();
  await second.press('Pay €750.00');
  await expect.poll(() => second.link.waiting).toBe(1);
  reader.tap('visa');
  await first.is('approved');
  await isIdle();
  // Everything of the sale of 3.00 arrives now, and then the answer to the start of 750.00.
  second.link.flow();
  await second.is('waiting-for-card');
  expect(reader.face.phase).toBe('waiting-for-card');
  expect(second.asked).toEqual([]);
  const shown = await treeOf(second.page);
  expect(shown).toEqual(expect.arrayContaining(['StaticText: €750.00', 'button: Cancel']));
  expect(shown).not.toContain('StaticText: Approved');
  await secondCustomer(first, second);
});

test('a start that is refused, as the other till sells, hears the tap and takes nothing of it', async () => {
  const first = await firstTill();
  const second = await open({ amount: '750.00' });
  await second.press('Pay €750.00');
  await second.is('failed');
  expect(await treeOf(second.page)).toContain('button: Cancel the transaction at the reader');
  reader.tap('visa');
  await first.is('approved');
  await isIdle();
  expect(amounts(first)).toEqual(['3.00']);
  expect(second.asked).toEqual([]);
  await second.press('Try again');
  await second.is('waiting-for-card');
  await secondCustomer(first, second);
});

test('a start that is not answered in time is unknown: no card is its own, and Pay is withheld until it is settled', async () => {
  const first = await firstTill();
  const second = await open({ amount: '750.00', requestTimeout: 3 });
  // It hears the card of the first till while it waits for its answer.
  second.link.stall('commands');
  await second.press('Pay €750.00');
  await expect.poll(() => second.link.waiting).toBeGreaterThan(0);
  reader.tap('visa');
  await first.is('approved');
  await isIdle();
  await second.is('unknown');
  second.link.flow();
  // The reader has begun after all.
  await expect.poll(() => reader.face.phase).toBe('waiting-for-card');
  await second.page.waitForSelector('magtek-reader[state=ready]');
  expect(second.asked).toEqual([]);
  const shown = await treeOf(second.page);
  expect(shown).toEqual(expect.arrayContaining(['heading: How did this transaction end?', 'button: Stop the reader']));
  expect(shown.filter((line) => /^button: (Pay|Try again)/.test(line))).toEqual([]);
  await second.press('Stop the reader');
  await expect.poll(() => second.resolved).toMatchObject([{ amount: '750.00', via: 'reader', approved: false }]);
  await isIdle();
  await second.press('Pay €750.00');
  await second.is('waiting-for-card');
  await secondCustomer(first, second);
});
