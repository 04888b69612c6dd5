/** The list of sales without an outcome: shared by tabs and clients, also where it cannot be written. */
import { describe, expect, test } from 'vitest';
import type { PresenceListener, ReaderStorage } from '../../../src/connection/environment.js';
import type { ResolvedTransaction } from '../../../src/transactions/transaction.js';
import { UnresolvedTransactions } from '../../../src/transactions/unresolved.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';
import { cardMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';
import { unresolvedSale as item } from '../../support/unresolved-sale.js';

class Shelf implements ReaderStorage {
  isFull = false;
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
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
  expect([...shelf.items.keys()]).toEqual(['b', 'c', 'd'].map((id) => `magtek-elements/unresolved/${id}`));
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
  const written = (): string | undefined => shared.items.get(`magtek-elements/unresolved/${sale.transactionId}`);
  expect(written()).toContain('runningUntil');
  played.transport.lose();
  await sale.result;
  expect(written()).toContain(sale.transactionId);
  expect(written()).not.toContain('runningUntil');
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

test.each([
  ['that the host approved', true, 'approved', true],
  ['that the host declined', false, 'declined', false],
] as const)(
  'a sale %s while the page was left is for the next page to settle, until this one is used again',
  async (_, approved, outcome, isListed) => {
    const pages = new Set<PresenceListener>();
    const played = await PlayedSale.connected(
      {
        lastingStorage: new Shelf(),
        onPresence: (page) => {
          pages.add(page);
          return () => pages.delete(page);
        },
      },
      { reconnect: 'auto', authorize: () => approved },
    );
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('arqc'));
    expect(sale.phase).toBe('finishing');
    const isThere = (): boolean =>
      played.client.unresolvedTransactions.some(({ transactionId }) => transactionId === sale.transactionId);
    for (const { left } of [...pages]) left();
    expect((await sale.result).outcome).toBe(outcome);
    expect(isThere()).toBe(isListed);
    for (const { returned } of [...pages]) returned();
    expect(isThere()).toBe(false);
  },
);

const unresolvedIds = ({ client }: PlayedSale): string[] =>
  client.unresolvedTransactions.map(({ transactionId }) => transactionId);

test('clients of a page without a storage share one list', async () => {
  const one = await PlayedSale.connected();
  const two = await PlayedSale.connected();
  const sale = await one.accepted();
  one.transport.lose();
  await sale.result;
  expect(unresolvedIds(two)).toContain(sale.transactionId);
  two.client.resolveTransaction(sale.transactionId);
  expect(unresolvedIds(one)).not.toContain(sale.transactionId);
});

test('the record of a sale is written before its host is asked', async () => {
  const shelf = new Shelf();
  const written: string[] = [];
  const played = await PlayedSale.connected(
    { lastingStorage: shelf },
    { authorize: () => (written.push(shelf.getItem('magtek-elements/unresolved/asked') ?? ''), true) },
  );
  await played.accepted({ transactionId: 'asked' });
  await played.deliver(cardMessage(), dataMessage('arqc'));
  expect(JSON.parse(written[0] ?? '{}')).toMatchObject({ phase: 'authorizing', arqc: true });
});

test('sales are shown with their reader, oldest first, and not with another', async () => {
  const shelf = new Shelf();
  const list = new UnresolvedTransactions(shelf);
  list.put({ ...item('young'), startedAt: 3, reader: 'wss://till.example/' });
  list.put({ ...item('old'), startedAt: 1, reader: 'wss://till.example/' });
  list.put({ ...item('other'), startedAt: 2, reader: 'wss://other.example/' });
  const played = await PlayedSale.connected({ lastingStorage: shelf });
  expect(played.client.snapshot.unresolved).toBeUndefined();
  const destination = { url: 'wss://till.example/', isLoopback: false };
  const transport = Object.assign(new FakeTransport(), { destination });
  const client = new ReaderClient({
    transport,
    environment: Object.assign(new ManualClock(), { lastingStorage: shelf }),
  });
  expect(client.snapshot.unresolved?.map(({ transactionId }) => transactionId)).toEqual(['old', 'young']);
  expect(client.unresolvedTransactions).toHaveLength(3);
});

describe('a sale without an outcome', () => {
  /** One whose host was asked when the connection was lost. */
  async function lost(options: Parameters<typeof PlayedSale.connected>[1] = {}): Promise<{
    readonly played: PlayedSale;
    readonly id: string;
    readonly resolved: ResolvedTransaction[];
    readonly notes: () => string[];
  }> {
    const played = await PlayedSale.connected(
      { lastingStorage: new Shelf() },
      { authorize: () => new Promise(() => undefined), ...options },
    );
    const resolved: ResolvedTransaction[] = [];
    played.client.subscribe('transaction-resolved', (detail) => resolved.push(detail));
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('arqc'));
    played.transport.lose();
    expect((await sale.result).outcome).toBe('unknown');
    const notes = (): string[] => played.client.journal.entries.map(({ text }) => text);
    return { played, id: sale.transactionId, resolved, notes };
  }

  test.each([
    ['true', true, true],
    ['{approved: false}', { approved: false, message: 'No funds' }, false],
    ['a promise', Promise.resolve({ approved: true }), true],
  ])('is settled by what the host answers: %s', async (_, answer, approved) => {
    const asked: unknown[] = [];
    const { played, id, resolved, notes } = await lost({
      inquire: ({ signal, ...what }) => (asked.push(what), expect(signal.aborted).toBe(false), answer),
    });
    const result = await played.client.inquireTransaction(id);
    expect(asked).toEqual([{ transactionId: id, amount: '4.60', currency: 'EUR' }]);
    expect(result.outcome).toBe(approved ? 'approved' : 'declined');
    expect(resolved).toMatchObject([{ transactionId: id, amount: '4.60', currency: 'EUR', via: 'host', approved }]);
    expect(unresolvedIds(played)).toEqual([]);
    expect(notes()).toContainEqual(expect.stringContaining(`Sale ${id}: the host says`));
  });

  test.each([
    ['{unknown: true}', { unknown: true } as const],
    ['what the host kit says', { outcome: 'unknown' } as const],
  ])('stays where the host does not know: %s', async (_, answer) => {
    const { played, id, resolved } = await lost({ inquire: () => answer });
    expect((await played.client.inquireTransaction(id)).outcome).toBe('unknown');
    expect(unresolvedIds(played)).toEqual([id]);
    expect(resolved).toEqual([]);
  });

  test.each([
    ['nobody asks', () => undefined, 'no-host'],
    ['nobody may ask', () => null, 'no-host'],
    ['the answer is none', () => ({}) as never, 'inquiry-unclear'],
    ['the host fails', () => Promise.reject(new Error('down')), undefined],
  ])('stays where %s, and the error says what to do', async (_, hook, because) => {
    const { played, id, notes } = await lost({ inquire: hook });
    const error = await played.client.inquireTransaction(id).catch((cause: unknown) => cause as ReaderError);
    expect(error).toMatchObject({ code: 'inquire-failed', retryable: true });
    expect((error as ReaderError).because?.code).toBe(because);
    expect(unresolvedIds(played)).toEqual([id]);
    expect(notes()).toContainEqual(expect.stringContaining('could not be asked'));
  });

  test('is not waited for longer than the host may take, and who asks is told', async () => {
    let signal: AbortSignal | undefined;
    const { played, id } = await lost({
      inquire: (request) => ((signal = request.signal), new Promise(() => undefined)),
    });
    const asking = played.client.inquireTransaction(id).catch((cause: unknown) => cause);
    await played.pass(60_000);
    expect(await asking).toMatchObject({ code: 'inquire-failed', because: { code: 'host-silent' } });
    expect(signal?.aborted).toBe(true);
  });

  test('can be settled by a person, who says who and how; a card number in that is hidden', async () => {
    const { played, id, resolved, notes } = await lost();
    expect(() => {
      played.client.resolveTransaction(id, { via: 'hand', approved: true, by: 'Ana', how: ' ' });
    }).toThrow(expect.objectContaining({ code: 'bad-option' }) as Error);
    played.client.resolveTransaction(id, {
      via: 'hand',
      approved: true,
      by: 'Ana',
      how: 'receipt of card 4111 1111 1111 1111',
    });
    expect(resolved).toMatchObject([{ via: 'hand', approved: true, by: 'Ana' }]);
    const said = JSON.stringify([resolved, notes()]);
    expect(said).toContain('receipt of card');
    expect(said.replace(/\D/g, '')).not.toContain('4111111111111111');
    expect(notes()).toContainEqual(expect.stringContaining('Ana: receipt'));
  });

  test('is told once, and one that nobody knows is refused', async () => {
    const { played, id, resolved } = await lost({ inquire: () => true });
    played.client.resolveTransaction(id);
    played.client.resolveTransaction(id);
    expect(resolved).toHaveLength(1);
    await expect(played.client.inquireTransaction(id)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
