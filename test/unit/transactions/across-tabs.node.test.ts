/** Sales that run and sales without an outcome, across the tabs of a browser: who runs one, who is told, and who writes what. */
import { describe, expect, test } from 'vitest';
import { UnresolvedTransactions, type UnresolvedTransaction } from '../../../src/transactions/unresolved.js';
import { BrowserTabs, isInAnotherTab } from '../../support/browser-tabs.js';
import { cardMessage, completionMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';
import type { ManualClock } from '../../support/manual-clock.js';
import { storageOf } from '../../support/storage-of.js';
import { unresolvedSale as item } from '../../support/unresolved-sale.js';

const EACH = 'magtek-elements/unresolved/';

const unresolvedIds = ({ client }: PlayedSale): string[] =>
  client.unresolvedTransactions.map(({ transactionId }) => transactionId);

test('a sale that runs in another tab is not unresolved, however long it takes, and is when that tab is gone', async () => {
  const browser = new BrowserTabs();
  const [one, two] = [browser.tab(), browser.tab()];
  const running = await PlayedSale.connected(one.environment);
  const watching = await PlayedSale.connected(two.environment);
  const { transactionId } = await running.accepted();
  await running.deliver(cardMessage());
  isInAnotherTab(transactionId);
  // Longer than any sale may take: the tab that runs it was asleep.
  await watching.pass(900_000);
  expect(unresolvedIds(watching)).toEqual([]);
  one.crash();
  await watching.pass(0);
  expect(unresolvedIds(watching)).toEqual([transactionId]);
});

test('a duplicated tab, which has a copy of what the first had, does not list the running sale of the first', async () => {
  const browser = new BrowserTabs();
  const [first, copy] = [browser.tab(), browser.tab()];
  const items = new Map<string, string>();
  const running = await PlayedSale.connected({ ...first.environment, storage: storageOf(items) });
  const sale = await running.accepted();
  await running.deliver(cardMessage());
  isInAnotherTab(sale.transactionId);
  const duplicate = await PlayedSale.connected({ ...copy.environment, storage: storageOf(new Map(items)) });
  expect(unresolvedIds(duplicate)).toEqual([]);
  await running.deliver(dataMessage('arqc'), dataMessage('batch'), completionMessage());
  await running.pass(5_000);
  expect((await sale.result).outcome).toBe('approved');
  await duplicate.pass(900_000);
  expect(unresolvedIds(duplicate)).toEqual([]);
});

test('settled in one tab, a sale is settled in all, and a view of each is told', async () => {
  const browser = new BrowserTabs();
  const one = await PlayedSale.connected(browser.tab().environment);
  const two = await PlayedSale.connected(browser.tab().environment);
  const sale = await one.accepted();
  one.transport.lose();
  await sale.result;
  expect(unresolvedIds(two)).toEqual([sale.transactionId]);
  let snapshots = 0;
  one.client.subscribe('snapshot', () => snapshots++);
  await one.client.connect();
  snapshots = 0;
  two.client.resolveTransaction(sale.transactionId);
  expect(snapshots).toBeGreaterThan(0);
  expect(unresolvedIds(one)).toEqual([]);
  expect(one.client.snapshot.unresolved).toBeUndefined();
});

test('a running sale that another tab has removed is in the list again, as it was', async () => {
  const browser = new BrowserTabs();
  const running = await PlayedSale.connected(browser.tab().environment);
  const { transactionId } = await running.accepted();
  const before = browser.items.get(EACH + transactionId);
  expect(before).toContain(transactionId);
  browser.tab().environment.lastingStorage?.removeItem(EACH + transactionId);
  expect(browser.items.get(EACH + transactionId)).toBe(before);
});

test('two tabs that sell at the same time write each of their phases once', async () => {
  const browser = new BrowserTabs();
  const one = await PlayedSale.connected(browser.tab().environment);
  const two = await PlayedSale.connected(browser.tab().environment);
  const [first, second] = [await one.accepted(), await two.accepted()];
  // The clock goes on, so a record that is made anew is another one.
  await one.pass(10);
  await one.deliver(cardMessage());
  await two.pass(20);
  await two.deliver(cardMessage());
  // Sent, accepted, card seen.
  const writesOf = (id: string): string[] => browser.writes.filter((key) => key === EACH + id);
  expect(writesOf(first.transactionId)).toHaveLength(3);
  expect(writesOf(second.transactionId)).toHaveLength(3);
  expect(browser.writes).toHaveLength(6);
});

test('what a page keeps under other names changes nothing', async () => {
  const browser = new BrowserTabs();
  const running = await PlayedSale.connected(browser.tab().environment);
  const { lastingStorage } = browser.tab().environment;
  const { transactionId } = await running.accepted();
  let snapshots = 0;
  running.client.subscribe('snapshot', () => snapshots++);
  browser.items.delete(EACH + transactionId);
  lastingStorage?.setItem('basket', '1');
  lastingStorage?.setItem('magtek-elements/used-card-data', 'x');
  expect(snapshots).toBe(0);
  expect(browser.items.has(EACH + transactionId)).toBe(false);
});

test('the same sale, started in two tabs in the same moment, does not go back and forth between them', async () => {
  const browser = new BrowserTabs();
  const [one, two] = [browser.tab(), browser.tab()];
  const first = await PlayedSale.connected(one.environment);
  const second = await PlayedSale.connected(two.environment);
  const { transactionId } = first.start();
  // The second tab looks before the first has written.
  const written = browser.items.get(EACH + transactionId) ?? '';
  browser.items.delete(EACH + transactionId);
  isInAnotherTab(transactionId);
  second.start({ transactionId });
  browser.writes.length = 0;
  two.environment.lastingStorage?.setItem(EACH + transactionId, written);
  expect(browser.writes.length).toBeLessThan(5);
});

test('without names that pages hold, a sale is unresolved when it must have ended, and a view is told then', async () => {
  const storage = storageOf();
  const played = await PlayedSale.connected({ lastingStorage: storage });
  const runningUntil = played.clock.now() + 60_000;
  new UnresolvedTransactions(storage).put({ ...item('elsewhere'), owner: 'x', runningUntil });
  expect(played.client.unresolvedTransactions).toEqual([]);
  let snapshots = 0;
  played.client.subscribe('snapshot', () => snapshots++);
  await played.pass(60_000);
  expect(snapshots).toBeGreaterThan(0);
  expect(played.client.snapshot.unresolved).toMatchObject([{ transactionId: 'elsewhere' }]);
});

test('where it cannot be found out whether a tab is still there, its sale is unresolved when it must have ended', async () => {
  const storage = storageOf();
  const played = await PlayedSale.connected({
    lastingStorage: storage,
    hold: () => () => undefined,
    whenFree: () => Promise.reject(new DOMException('no locks here', 'InvalidStateError')),
  });
  const runningUntil = played.clock.now() + 60_000;
  new UnresolvedTransactions(storage).put({ ...item('elsewhere'), owner: 'x', runningUntil });
  expect(unresolvedIds(played)).toEqual([]);
  await played.pass(59_000);
  expect(unresolvedIds(played)).toEqual([]);
  await played.pass(1_000);
  expect(unresolvedIds(played)).toEqual(['elsewhere']);
});

test('a view is told of the sale that must have ended first, in whatever order they were found', async () => {
  const storage = storageOf();
  const played = await PlayedSale.connected({ lastingStorage: storage });
  const list = new UnresolvedTransactions(storage);
  const at = played.clock.now();
  list.put({ ...item('late'), runningUntil: at + 60_000 });
  expect(unresolvedIds(played)).toEqual([]);
  list.put({ ...item('early'), runningUntil: at + 10_000 });
  expect(unresolvedIds(played)).toEqual([]);
  const told: string[][] = [];
  played.client.subscribe('snapshot', ({ unresolved = [] }) => told.push(unresolved.map((sale) => sale.transactionId)));
  await played.pass(10_000);
  expect(told.at(-1)).toEqual(['early']);
  await played.pass(50_000);
  expect(told.at(-1)).toEqual(['late', 'early']);
});

describe('the time at which a sale must have ended is that of the wall, which pages share', () => {
  const WALL = 1_700_000_000_000;

  /** A page whose own clock began with it, as that of a page does. */
  async function page(storage = storageOf()): Promise<PlayedSale> {
    const clocks: ManualClock[] = [];
    const date = (): number => WALL + (clocks[0]?.now() ?? 0);
    const played = await PlayedSale.connected({ lastingStorage: storage, date });
    clocks.push(played.clock);
    return played;
  }

  test('where it is written', async () => {
    const items = new Map<string, string>();
    const { transactionId } = await (await page(storageOf(items))).accepted({ timeout: 60 });
    const { runningUntil } = JSON.parse(items.get(EACH + transactionId) ?? '{}') as UnresolvedTransaction;
    expect(runningUntil).toBeGreaterThan(WALL + 60_000);
    expect(runningUntil).toBeLessThan(WALL + 3_600_000);
  });

  test.each([
    ['at its time', 60_000, 60_000],
    ['at once where no sale takes so long: the clock was set back', 7_200_000, 0],
    ['at once where it is not a time', NaN, 0],
  ])('where it is read, %s', async (_, left, after) => {
    const storage = storageOf();
    const played = await page(storage);
    const runningUntil = WALL + played.clock.now() + left;
    new UnresolvedTransactions(storage).put({ ...item('elsewhere'), runningUntil });
    if (after > 0) expect(unresolvedIds(played)).toEqual([]);
    await played.pass(after);
    expect(unresolvedIds(played)).toEqual(['elsewhere']);
  });

  test('where a computer without a clock of its own has lost its power, and begins before the sale did, at once', async () => {
    const storage = storageOf();
    const played = await page(storage);
    const startedAt = WALL + played.clock.now() + 1_500_000;
    new UnresolvedTransactions(storage).put({ ...item('cut'), startedAt, runningUntil: startedAt + 120_000 });
    expect(unresolvedIds(played)).toEqual(['cut']);
  });
});
