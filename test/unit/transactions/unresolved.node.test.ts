/** The list of sales without an outcome: shared by tabs and clients, also where it cannot be written. */
import { expect, test } from 'vitest';
import type { ReaderStorage } from '../../../src/connection/environment.js';
import { UnresolvedTransactions, type UnresolvedTransaction } from '../../../src/transactions/unresolved.js';
import { cardMessage, PlayedSale } from '../../support/played-sale.js';

class Shelf implements ReaderStorage {
  isFull = false;
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const item = (transactionId: string): UnresolvedTransaction => ({
  transactionId,
  amount: '1.00',
  currency: 'EUR',
  startedAt: 1,
  phase: 'reading',
  arqc: false,
});
const idsOf = (list: UnresolvedTransactions): string[] => list.list.map(({ transactionId }) => transactionId);

test('an entry that cannot be written is there for all clients of the page, and is written later with another', () => {
  const shelf = new Shelf();
  const [one, two] = [new UnresolvedTransactions(shelf), new UnresolvedTransactions(shelf)];
  one.put(item('a'));
  shelf.isFull = true;
  one.put(item('b'));
  two.put(item('c'));
  expect(idsOf(one)).toEqual(['a', 'b', 'c']);
  expect(idsOf(two)).toEqual(['a', 'b', 'c']);
  two.remove('a');
  expect(idsOf(one)).toEqual(['b', 'c']);
  shelf.isFull = false;
  one.put(item('d'));
  expect(JSON.parse(shelf.items.get('magtek-elements/unresolved') ?? '')).toHaveLength(3);
  expect(idsOf(new UnresolvedTransactions(shelf))).toEqual(['b', 'c', 'd']);
});

test('a sale that runs in another tab is not unresolved until it must have ended', async () => {
  const shelf = new Shelf();
  const played = await PlayedSale.connected({ lastingStorage: shelf });
  const runningUntil = played.clock.now() + 60_000;
  new UnresolvedTransactions(shelf).put({ ...item('elsewhere'), runningUntil });
  expect(played.client.unresolvedTransactions).toEqual([]);
  expect(() => played.start({ transactionId: 'elsewhere' })).toThrow(
    expect.objectContaining({ code: 'duplicate-transaction' }) as Error,
  );
  await played.pass(60_000);
  expect(played.client.unresolvedTransactions).toMatchObject([{ transactionId: 'elsewhere' }]);
});

test('what tabs share is preferred, and a sale that ended unknown there is listed at once', async () => {
  const [tab, shared] = [new Shelf(), new Shelf()];
  const played = await PlayedSale.connected({ storage: tab, lastingStorage: shared });
  const sale = await played.accepted();
  await played.deliver(cardMessage());
  expect(shared.items.get('magtek-elements/unresolved')).toContain('runningUntil');
  played.transport.lose();
  await sale.result;
  expect(shared.items.get('magtek-elements/unresolved')).not.toContain('runningUntil');
  expect(tab.items.size).toBe(0);
  expect(played.client.unresolvedTransactions).toHaveLength(1);
});

test.each([
  ['for which no card was seen is cancelled', [], 1],
  ['whose card was seen goes on', [cardMessage()], 0],
])('when the page is left, a sale %s', async (_, messages, cancels) => {
  const listeners = new Set<() => void>();
  const played = await PlayedSale.connected({
    lastingStorage: new Shelf(),
    onPresence: ({ left }) => {
      listeners.add(left);
      return () => listeners.delete(left);
    },
  });
  const sale = await played.accepted();
  await played.deliver(...messages);
  for (const left of [...listeners]) left();
  expect(played.requests.filter(({ id }) => id === 0x1008)).toHaveLength(cancels);
  expect((await sale.result).outcome).toBe('unknown');
  expect(played.client.unresolvedTransactions.map(({ transactionId }) => transactionId)).toContain(sale.transactionId);
});
