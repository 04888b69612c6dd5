/** Money that must be given back is kept until it was: over page loads, across tabs, and whatever host and storage do. */
import { describe, expect, test } from 'vitest';
import type { PresenceListener, ReaderStorage } from '../../../src/connection/environment.js';
import type { ResolvedTransaction, ReversalRequest, Reverse } from '../../../src/transactions/contract.js';
import { BrowserTabs, isInAnotherTab } from '../../support/browser-tabs.js';
import { atTheReader } from '../../support/at-the-reader.js';
import { cardMessage, completionMessage, dataMessage, type PlayedSale } from '../../support/played-sale.js';
import { storageOf } from '../../support/storage-of.js';

const EACH = 'magtek-elements/unresolved/';

/** A page with what it was told, and what its host was told. */
class Page {
  readonly needed: ReversalRequest[] = [];
  readonly resolved: ResolvedTransaction[] = [];
  /** Requests of the hook, in order. */
  readonly told: ReversalRequest[] = [];
  played!: PlayedSale;
  private readonly answer: Reverse;

  private constructor(answer: Reverse) {
    this.answer = answer;
  }

  static async open(environment: Parameters<typeof atTheReader>[0], answer?: Reverse): Promise<Page> {
    const page = new Page(answer ?? (() => undefined));
    const played = await atTheReader(environment, {
      ...(answer ? { reverse: (asked) => (page.told.push(asked), page.answer(asked)) } : {}),
    });
    page.played = played;
    played.client.subscribe('reversal-needed', (reversal) => page.needed.push(reversal));
    played.client.subscribe('transaction-resolved', (resolved) => page.resolved.push(resolved));
    return page;
  }

  get owed(): string[] {
    const { unresolvedTransactions } = this.played.client;
    return unresolvedTransactions.filter((sale) => sale.reversalNeeded).map((sale) => sale.transactionId);
  }

  get errors(): string[] {
    return this.played.errors;
  }

  get notes(): string {
    return this.played.client.journal.entries.map(({ note = '' }) => note).join('\n');
  }

  /** A sale that the host approves and the card refuses; its id. */
  async refused(transactionId?: string): Promise<string> {
    const { played } = this;
    const sale = await played.accepted({ flow: 'full-emv', ...(transactionId ? { transactionId } : {}) });
    await played.deliver(cardMessage(), dataMessage('arqc'));
    await played.answer();
    await played.deliver(dataMessage('batch', { result: '01' }), completionMessage());
    await played.pass(0);
    const { outcome, because } = await sale.result;
    expect([outcome, because?.code]).toEqual(['declined', 'card-refused']);
    isInAnotherTab(sale.transactionId);
    return sale.transactionId;
  }

  pass(milliseconds = 0): Promise<void> {
    return this.played.pass(milliseconds);
  }
}

const yes: Reverse = () => Promise.resolve({ approved: true });
const no: Reverse = () => Promise.resolve({ approved: false });
const fails: Reverse = () => Promise.reject(new Error('no network'));
const silent: Reverse = () => new Promise(() => undefined);

describe('in the page of the sale', () => {
  test('given back at once, it is told and forgotten', async () => {
    const storage = storageOf();
    const page = await Page.open({ lastingStorage: storage }, yes);
    const id = await page.refused();
    expect(page.owed).toEqual([]);
    expect(page.needed).toMatchObject([{ transactionId: id, amount: '4.60' }]);
    expect(page.needed[0]).not.toHaveProperty('again');
    expect(page.resolved).toMatchObject([{ transactionId: id, via: 'host', approved: false, reversalNeeded: true }]);
    expect(storage.length).toBe(1); // the key serial number that was used
    expect(page.notes).toContain('the host has given the money back');
  });

  test('it is recorded before anybody is told, without card data', async () => {
    const items = new Map<string, string>();
    const page = await Page.open({ lastingStorage: storageOf(items) }, silent);
    let stored = '';
    page.played.client.subscribe('reversal-needed', ({ transactionId }) => {
      stored = items.get(EACH + transactionId) ?? '';
    });
    await page.refused();
    expect(JSON.parse(stored)).toMatchObject({ amount: '4.60', reversalNeeded: true, card: 'refused' });
    expect(stored).not.toMatch(/1111|ksn|arqc":"/i);
    expect(page.told[0]).toHaveProperty('batch');
  });

  test.each([
    ['says no', no],
    ['fails', fails],
    ['says something else', (() => Promise.resolve('approved')) as unknown as Reverse],
    ['is silent', silent],
  ])('a host that %s is told six times, then a person; it stays', async (_, answer) => {
    const page = await Page.open({ lastingStorage: storageOf() }, answer);
    const id = await page.refused();
    await page.pass(1_000_000);
    expect([page.told.length, page.errors, page.owed]).toEqual([6, ['reversal-failed'], [id]]);
    expect(page.resolved).toEqual([]);
    expect(page.played.clock.running).toBe(0);
  });

  test('it keeps nobody from selling, and another one may be owed beside it', async () => {
    const page = await Page.open({ lastingStorage: storageOf() }, no);
    const first = await page.refused();
    const second = await page.refused();
    expect(page.owed).toEqual([first, second]);
    const sale = await page.played.accepted();
    await page.played.deliver(cardMessage(), dataMessage('arqc'), dataMessage('batch'), completionMessage());
    await page.pass(5_000);
    expect((await sale.result).outcome).toBe('approved');
    expect(page.owed).toEqual([first, second]);
  });

  test('its id is not started again', async () => {
    const storage = storageOf();
    const page = await Page.open({ lastingStorage: storage }, no);
    const transactionId = await page.refused();
    const next = await Page.open({ lastingStorage: storage }, no);
    expect(() => next.played.start({ transactionId })).toThrow(
      expect.objectContaining({ code: 'duplicate-transaction' }),
    );
  });

  test('another way to tell the host counts from then on, also while it is tried in the first one', async () => {
    const page = await Page.open({ lastingStorage: storageOf() }, no);
    const id = await page.refused();
    const answers = [false, true];
    const elsewhere: ReversalRequest[] = [];
    const reverse: Reverse = (asked) => (
      elsewhere.push(asked),
      Promise.resolve({ approved: answers.shift() === true })
    );
    const answered = page.played.client.reverseTransaction(id, { reverse });
    await page.pass(0);
    expect(await answered).toBe(false);
    await page.pass(400_000);
    expect([page.told.length, elsewhere.length, page.owed]).toEqual([1, 2, []]);
    expect(elsewhere[0]).toHaveProperty('batch');
  });

  test('a person who does not want to wait has it tried at once', async () => {
    const answers = [false, true];
    const page = await Page.open({ lastingStorage: storageOf() }, () => Promise.resolve(answers.shift() ?? false));
    const id = await page.refused();
    expect(page.told).toHaveLength(1);
    const answered = page.played.client.reverseTransaction(id);
    await page.pass(0);
    expect(await answered).toBe(true);
    expect([page.told.length, page.owed]).toEqual([2, []]);
    await page.pass(1_000_000);
    expect(page.told).toHaveLength(2);
    await expect(page.played.client.reverseTransaction(id)).rejects.toMatchObject({
      code: 'bad-option',
      because: { code: 'no-such-sale' },
    });
  });

  test('after the last try it may be tried again, with what was read from the card', async () => {
    let answer = false;
    const page = await Page.open({ lastingStorage: storageOf() }, () => Promise.resolve(answer));
    const id = await page.refused();
    await page.pass(1_000_000);
    answer = true;
    const answered = page.played.client.reverseTransaction(id);
    await page.pass(0);
    expect([await answered, page.owed, page.told.length]).toEqual([true, [], 7]);
    expect(page.told[6]).toHaveProperty('batch');
  });

  test('settled by hand, the host is told no more', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const page = await Page.open({ lastingStorage: storageOf() }, ({ signal }: { signal?: AbortSignal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    const id = await page.refused();
    page.played.client.resolveTransaction(id, { via: 'hand', approved: false, by: 'Ana', how: 'portal' });
    expect([page.owed, signals.map((signal) => signal?.aborted)]).toEqual([[], [true]]);
    await page.pass(1_000_000);
    expect([signals.length, page.errors]).toEqual([1, []]);
    expect(page.resolved).toMatchObject([{ via: 'hand', approved: false, by: 'Ana', reversalNeeded: true }]);
    expect(page.notes).toContain('given back, by hand (Ana: portal)');
  });

  test('a listener that settles it keeps the hook from being called', async () => {
    const page = await Page.open({ lastingStorage: storageOf() }, yes);
    page.played.client.subscribe('reversal-needed', ({ transactionId }) => {
      page.played.client.resolveTransaction(transactionId, { via: 'page', approved: false });
    });
    await page.refused();
    expect([page.told, page.owed]).toEqual([[], []]);
  });

  test('without a hook it stays until it is settled; where the hook leaves it to others, it does not', async () => {
    const without = await Page.open({ lastingStorage: storageOf() });
    const id = await without.refused();
    await without.pass(1_000_000);
    expect([without.owed, without.errors, without.needed.length]).toEqual([[id], [], 1]);
    without.played.client.resolveTransaction(id, { via: 'host', approved: false });
    expect(without.owed).toEqual([]);
    const left = await Page.open({ lastingStorage: storageOf() }, () => null);
    await left.refused();
    expect(left.owed).toEqual([]);
    expect(left.resolved).toMatchObject([{ via: 'page' }]);
  });
});

describe('over a page load', () => {
  test.each([
    ['before the host was told', undefined],
    ['while the host is told', silent],
    ['after it said no', no],
    ['after it failed', fails],
  ])('%s, the next page tells it, once, and of the card it knows nothing', async (_, answer) => {
    const storage = storageOf();
    const before = await Page.open({ lastingStorage: storage }, answer);
    const id = await before.refused();
    // Its timers and its memory are gone with it.
    const next = await Page.open({ lastingStorage: storage }, yes);
    await next.pass(0);
    expect(next.told).toMatchObject([{ transactionId: id, amount: '4.60', currency: 'EUR', again: true }]);
    expect(next.told[0]).not.toHaveProperty('batch');
    expect(next.owed).toEqual([]);
    expect(next.notes).toContain('the money must still be given back');
    const last = await Page.open({ lastingStorage: storage }, yes);
    await last.pass(1_000_000);
    expect([last.told, last.owed]).toEqual([[], []]);
  });

  test('it is told again, to listeners too, until it is acknowledged', async () => {
    const storage = storageOf();
    await (await Page.open({ lastingStorage: storage }, no)).refused();
    for (let load = 0; load < 3; load++) {
      const needed: ReversalRequest[] = [];
      const next = await atTheReader({ lastingStorage: storage });
      next.client.subscribe('reversal-needed', (reversal) => needed.push(reversal));
      next.client.disconnect();
      await next.client.connect();
      expect(next.client.snapshot.unresolved).toMatchObject([{ reversalNeeded: true }]);
    }
    const heard: ReversalRequest[] = [];
    const client = await Page.open({ lastingStorage: storage }, (asked) => (heard.push(asked), Promise.resolve(true)));
    await client.pass(0);
    expect(heard).toMatchObject([{ again: true }]);
  });

  test('one that was acknowledged is not told again, whatever comes of the answer to the first page', async () => {
    const storage = storageOf();
    let answerFirst: (isGivenBack: boolean) => void = () => undefined;
    const first = await Page.open({ lastingStorage: storage }, () => new Promise((resolve) => (answerFirst = resolve)));
    await first.refused();
    answerFirst(true);
    await first.pass(0);
    const next = await Page.open({ lastingStorage: storage }, yes);
    await next.pass(1_000_000);
    expect(next.told).toEqual([]);
  });

  test('the hook of an element is asked where the client has none, and not beside one', async () => {
    const storage = storageOf();
    const before = await Page.open({ lastingStorage: storage }, no);
    const id = await before.refused();
    for (const reverse of [undefined, no]) {
      const asked: string[] = [];
      const next = await Page.open({ lastingStorage: storage }, reverse);
      next.played.client.takeUpReversal(id, ({ transactionId }) => (asked.push(transactionId), false));
      await next.pass(1_000_000);
      expect([asked.length, next.told.length]).toEqual(reverse ? [0, 6] : [6, 0]);
      expect(next.owed).toEqual([id]);
    }
  });

  test('what an inquiry finds out is kept too', async () => {
    const storage = storageOf();
    const page = await Page.open({ lastingStorage: storage }, no);
    const sale = await page.played.accepted({
      flow: 'full-emv',
      authorizeTimeout: 5,
      authorize: () => new Promise(() => undefined),
    });
    await page.played.deliver(cardMessage(), dataMessage('arqc'));
    await page.pass(5_000);
    await page.played.deliver(dataMessage('batch', { result: '01' }), completionMessage());
    await page.pass(400_000);
    expect((await sale.result).outcome).toBe('unknown');
    isInAnotherTab(sale.transactionId);
    const inquire = () => ({ approved: true });
    await page.played.client.inquireTransaction(sale.transactionId, { inquire });
    expect(page.owed).toEqual([sale.transactionId]);
    expect(page.told[0]).toHaveProperty('batch');
    // Asked once more, it is what it was.
    expect(await page.played.client.inquireTransaction(sale.transactionId, { inquire })).toMatchObject({
      outcome: 'declined',
      because: { code: 'card-refused' },
    });
    expect([page.owed, page.resolved.length]).toEqual([[sale.transactionId], 1]);
    const next = await Page.open({ lastingStorage: storage }, yes);
    await next.pass(0);
    expect(next.told).toMatchObject([{ transactionId: sale.transactionId }]);
    expect(next.owed).toEqual([]);
  });

  test('a host that says now that it has declined has no money to give back', async () => {
    const page = await Page.open({ lastingStorage: storageOf() }, no);
    const id = await page.refused();
    await page.played.client.inquireTransaction(id, { inquire: () => ({ approved: false }) });
    await page.pass(1_000_000);
    expect([page.owed, page.told.length]).toEqual([[], 1]);
  });
});

test('a page that is left lets the next one do it, and goes on where it is used again', async () => {
  let presence: PresenceListener | undefined;
  const browser = new BrowserTabs();
  const onPresence = (listener: PresenceListener): (() => void) => {
    presence = listener;
    return () => undefined;
  };
  const one = await Page.open({ ...browser.tab().environment, onPresence }, no);
  one.played.client.reconnect = 'auto';
  await one.refused();
  presence?.left();
  const two = await Page.open(browser.tab().environment, fails);
  await one.pass(1_000_000);
  expect([one.told.length, two.told.length]).toEqual([1, 1]);
  two.played.client.disconnect();
  await two.pass(1_000_000);
  presence?.returned();
  await one.pass(0);
  expect(one.told).toHaveLength(2);
  expect(one.told[1]).toHaveProperty('batch');
});

test('what is on its way when a page is left counts, also where the answer comes behind it', async () => {
  let presence: PresenceListener | undefined;
  let answer: (isGivenBack: boolean) => void = () => undefined;
  const storage = storageOf();
  const onPresence = (listener: PresenceListener): (() => void) => ((presence = listener), () => undefined);
  const one = await Page.open(
    { lastingStorage: storage, onPresence },
    ({ signal }: { signal?: AbortSignal }) =>
      new Promise((resolve) => {
        answer = (isGivenBack) => {
          resolve(isGivenBack && signal?.aborted === false);
        };
      }),
  );
  await one.refused();
  presence?.left();
  answer(true);
  await one.pass(0);
  const two = await Page.open({ lastingStorage: storage }, yes);
  await two.pass(1_000_000);
  expect([one.owed, two.told]).toEqual([[], []]);
});

describe('a storage that is', () => {
  const full = (): ReaderStorage => ({
    ...storageOf(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });

  test.each([
    ['full', { lastingStorage: full() }],
    ['forbidden', {}],
  ])('%s: the page says that only it knows, and gives back all the same', async (_, environment) => {
    let answer = false;
    const page = await Page.open(environment, () => Promise.resolve(answer));
    const id = await page.refused();
    const { client } = page.played;
    expect(client.unresolvedTransactions).toContainEqual(
      expect.objectContaining({ transactionId: id, unstored: true }),
    );
    expect(page.notes).toContain('could not be stored');
    answer = true;
    await page.pass(2_000);
    expect(page.owed).toEqual([]);
  });

  test('full for a while: it is written with what is written next', async () => {
    const items = new Map<string, string>();
    let isFull = false;
    const lastingStorage = {
      ...storageOf(items),
      get length() {
        return items.size;
      },
      setItem: (key: string, value: string) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
        items.set(key, value);
      },
    };
    const page = await Page.open({ lastingStorage }, no);
    page.played.client.subscribe('transaction', () => (isFull = true));
    const id = await page.refused();
    expect(items.get(EACH + id) ?? '').not.toContain('reversalNeeded');
    isFull = false;
    page.played.client.subscribe('transaction', () => (isFull = false));
    await page.played.accepted();
    expect(items.get(EACH + id)).toContain('reversalNeeded');
    expect(page.played.client.unresolvedTransactions[0]).not.toHaveProperty('unstored');
  });

  test('full of nonsense: a moment that is none is as good as nothing', async () => {
    const lastingStorage = storageOf();
    const sale = { transactionId: 'x', amount: '1', currency: 'EUR', phase: 'done', arqc: true, reversalNeeded: true };
    lastingStorage.setItem(`${EACH}x`, JSON.stringify({ ...sale, startedAt: 1e300 }));
    const page = await Page.open({ lastingStorage }, yes);
    await page.pass(0);
    expect([page.owed, page.told]).toEqual([[], []]);
  });
});

describe('of several tabs', () => {
  test('one tells the host at a time, that of the sale first', async () => {
    const browser = new BrowserTabs();
    const two = await Page.open(browser.tab().environment, yes);
    const one = await Page.open(browser.tab().environment, no);
    const id = await one.refused();
    await one.pass(110_000);
    await two.pass(400_000);
    expect([one.told.length, two.told]).toEqual([5, []]);
    expect(two.owed).toEqual([id]);
    // The first has tried to its end.
    await one.pass(400_000);
    expect(one.errors).toEqual(['reversal-failed']);
    await two.pass(0);
    expect(two.told).toMatchObject([{ transactionId: id, again: true }]);
    expect([one.owed, two.owed]).toEqual([[], []]);
  });

  test('the next one goes on at once where a tab is gone', async () => {
    const browser = new BrowserTabs();
    const [tab, other] = [browser.tab(), browser.tab()];
    const one = await Page.open(tab.environment, silent);
    const two = await Page.open(other.environment, yes);
    await one.refused();
    await two.pass(0);
    expect(two.told).toEqual([]);
    tab.crash();
    await two.pass(0);
    expect([two.told.length, two.owed]).toEqual([1, []]);
  });

  test('none tells it that was acknowledged in another, also where the storage shows that late', async () => {
    const browser = new BrowserTabs();
    const one = await Page.open(browser.tab().environment, () => Promise.resolve(true));
    const late = browser.tab();
    // What others remove is seen half a second later.
    const gone = new Map<string, string>();
    const { lastingStorage } = late.environment;
    const two = await Page.open(
      {
        ...late.environment,
        lastingStorage: {
          ...lastingStorage!,
          get length() {
            return browser.items.size + gone.size;
          },
          key: (index) => [...browser.items.keys(), ...gone.keys()][index] ?? null,
          getItem: (key) => browser.items.get(key) ?? gone.get(key) ?? null,
        },
      },
      yes,
    );
    one.played.client.subscribe('reversal-needed', ({ transactionId }) => {
      gone.set(EACH + transactionId, browser.items.get(EACH + transactionId) ?? '');
    });
    await one.refused();
    await two.pass(500);
    expect(two.owed).toHaveLength(1);
    gone.clear();
    await one.pass(1_000);
    await two.pass(1_000_000);
    expect([one.told.length, two.told]).toEqual([1, []]);
  });

  test('a person is not kept waiting for another tab, and settling it there ends it here', async () => {
    const browser = new BrowserTabs();
    const one = await Page.open(browser.tab().environment, no);
    const two = await Page.open(browser.tab().environment, yes);
    const id = await one.refused();
    const answered = two.played.client.reverseTransaction(id);
    await two.pass(5_000);
    expect([await answered, two.told]).toEqual([false, []]);
    const tries = one.told.length;
    two.played.client.resolveTransaction(id, { via: 'hand', approved: false, by: 'Ana', how: 'portal' });
    await one.pass(1_000_000);
    await two.pass(1_000_000);
    expect([one.told.length, two.told, one.errors]).toEqual([tries, [], []]);
  });
});
