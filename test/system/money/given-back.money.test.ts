/**
 * A till in full EMV that is loaded anew while money must be given back, in Chromium: what the next page tells the host and shows, to
 * assistive technology too, and that it sells meanwhile.
 */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { tabTo, treeOf } from '../../support/assistive-tree.js';
import { openStreet, type Street, type Till } from './till.js';

const OWED = 'heading: This money must be given back';
const BACK = 'Given back: €4.60';

let street: Street;
let reader: SimulatedReader;
let till: Till;

beforeAll(async () => {
  street = await openStreet();
});
afterAll(() => street.close());
beforeEach(async () => {
  reader = new SimulatedReader({ flow: 'full-emv' });
  till = await street.openTill(reader, { amount: '4.60', flow: 'full-emv' });
  onTestFinished(() => till.page.close());
});

const shows = (line: string): Promise<void> =>
  expect.poll(() => treeOf(till.page)).toContainEqual(expect.stringContaining(line));

async function enter(name: RegExp): Promise<void> {
  await tabTo(till.page, name);
  await till.page.keyboard.press('Enter');
}

/** The host approves, and the card refuses. */
async function refused(): Promise<void> {
  await till.page.bringToFront();
  reader.startFault('card-refuses');
  await enter(/^button: Pay €4\.60$/);
  await till.is('waiting-for-card');
  reader.insert('visa');
  await till.is('declined');
  reader.remove();
  reader.endFault();
}

test.each([
  ['while the host is told', () => new Promise<boolean>(() => undefined)],
  ['after it said no', () => Promise.resolve(false)],
])('loaded anew %s, the next page tells it under the same id, and no page after that', async (_, giveBack) => {
  till.giveBack = giveBack;
  await refused();
  await expect.poll(() => till.toldToGiveBack.length).toBeGreaterThan(0);
  await shows(OWED);
  till.giveBack = () => Promise.resolve(true);
  const before = till.toldToGiveBack.length;
  await till.reload();
  await shows(BACK);
  expect(new Set(till.toldToGiveBack).size).toBe(1);
  expect(till.toldToGiveBack.length).toBe(before + 1);
  expect(till.resolved).toMatchObject([{ via: 'host', approved: false, reversalNeeded: true, amount: '4.60' }]);
  await till.reload();
  expect(await treeOf(till.page)).not.toContain(OWED);
  await enter(/^button: Pay €4\.60$/);
  await till.is('waiting-for-card');
  expect(till.toldToGiveBack.length).toBe(before + 1);
});

test('it stays over each load, with amount and time, sells meanwhile, and is settled by hand', async () => {
  till.giveBack = () => Promise.resolve(false);
  await refused();
  await till.reload();
  await shows(OWED);
  await shows('Started ');
  await shows('To be given back: €4.60');
  await enter(/^button: Pay €4\.60$/);
  await till.is('waiting-for-card');
  reader.insert('mastercard');
  await till.is('approved');
  reader.remove();
  await till.reload();
  await shows(OWED);
  await enter(/: Settle by hand$/);
  await tabTo(till.page, /^textbox: Your name$/);
  await till.page.keyboard.type('Ana');
  await tabTo(till.page, /^textbox: How do you know\?$/);
  await till.page.keyboard.type('Portal of the provider');
  await enter(/^button: It was given back$/);
  await shows(BACK);
  expect(till.resolved).toMatchObject([{ via: 'hand', approved: false, by: 'Ana', reversalNeeded: true }]);
  await till.reload();
  expect(await treeOf(till.page)).not.toContain(OWED);
});
