/**
 * Two tills at one reader, by a model: foreign sales, repeats, stalls, losses and losses of the connection at every step of
 * ours. Whatever happens, the host is asked only about the card that was presented for this sale, about each reading once, and
 * everything ends. In full EMV the reader gets the host's decision once, none before the host has decided, and `approved` needs both.
 * Money that must be given back is given back once, by this page or the next, and of no other sale. With `fallback: 'host'` no host
 * gets the stripe of a card whose chip could be read, and no attempt begins beside another, or after a cancel. The
 * invariants are those of docs/payment.md and docs/full-emv.md. `npm run test:money` runs 20,000 of them in each flow.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import type { ReaderStorage } from '../../../src/connection/environment.js';
import { loadFallback } from '../../../src/transactions/load-fallback.js';
import type { FallbackMode, Flow, TransactionResult } from '../../../src/transactions/transaction.js';
import { atTheReader } from '../../support/at-the-reader.js';
import type { PlayedSale } from '../../support/played-sale.js';
import { amountOf, SharedReader } from '../../support/shared-reader.js';
import { storageOf } from '../../support/storage-of.js';

const RUNS = Number(process.env['MONEY_RUNS'] ?? 300);
/** Runs after which every outcome must have come. */
const ENOUGH = 3_000;
/** What fewer runs come to as well, with a seed of their own. */
const ALWAYS = ['approved', 'declined', 'unknown'];
const FEW_SEED = 20_261_129;

/** What the host says when it is told to give money back. */
type ReversalAnswer = 'yes' | 'no' | 'fails' | 'silent';

type HostAnswer = 'yes' | 'no' | 'nobody' | 'fails' | 'late' | 'silent';

interface Told {
  readonly amount: string;
  readonly host: HostAnswer;
  readonly result: Promise<TransactionResult>;
  ended?: TransactionResult;
}

/** A page at a reader that is shared. */
class Till {
  readonly reader: SharedReader;
  readonly sales: Told[] = [];
  readonly outcomes: string[] = [];
  readonly broken: string[] = [];
  private readonly askedAbout = new Set<string>();
  /** Amounts about which the host has decided, and those whose decision the reader was sent. */
  private readonly decided = new Set<string>();
  private readonly resumed = new Set<string>();
  /** Amounts for which data of another card have reached the page. */
  private readonly mixed = new Set<string>();
  /** Key serial numbers that have reached the page. */
  private readonly heard = new Set<string>();
  private readonly flow: Flow;
  private readonly fallback: FallbackMode;
  /** How often each sale was started, and those that somebody here wanted to end. */
  private readonly starts = new Map<string, number>();
  private readonly unwanted = new Set<string>();
  /** Sales that a host was asked about. */
  private readonly askedFor = new Set<string>();
  private pending = 0;
  /** What the host says when it is told to give money back, and how often it has said yes to each sale. */
  givesBack: ReversalAnswer = 'yes';
  private readonly givenBack = new Map<string, number>();
  private readonly lastingStorage: ReaderStorage;
  readonly page: PlayedSale;

  private constructor(page: PlayedSale, flow: Flow, fallback: FallbackMode, lastingStorage: ReaderStorage) {
    this.page = page;
    this.flow = flow;
    this.fallback = fallback;
    this.lastingStorage = lastingStorage;
    page.client.reverse = ({ transactionId }) => this.reversed(transactionId);
    this.reader = new SharedReader(flow === 'full-emv');
    this.reader.deliver = (bytes) => {
      this.watch(bytes);
      page.transport.deliver(bytes);
    };
    page.transport.onSend = (request) => {
      if (request.id === 0x1004) this.resuming();
      if (request.id === 0x1001) this.starting(request);
      // A reader answers in a later task.
      queueMicrotask(() => {
        this.reader.receive(request);
      });
    };
  }

  static async open(flow: Flow, fallback: FallbackMode): Promise<Till> {
    // A page of its own, with a storage of its own: what earlier runs left without an outcome is not of this one.
    const lastingStorage = storageOf();
    return new Till(await atTheReader({ lastingStorage }), flow, fallback, lastingStorage);
  }

  sell(host: HostAnswer): void {
    const amount = `${String(this.sales.length + 1)}.00`;
    const { page } = this;
    try {
      const sale = page.start({
        amount,
        flow: this.flow,
        fallback: this.fallback,
        timeout: 20,
        authorizeTimeout: 30,
        authorize: ({ arqc, amount: asked }) => {
          this.hold(asked === amount, 'the host is asked about the amount of the sale');
          this.hold(this.reader.ownerOf.get(arqc.ksn) === inHex(amount), `the card of ${amount} is its own`);
          this.hold(!this.askedAbout.has(arqc.ksn), 'no ARQC is authorized twice');
          this.askedAbout.add(arqc.ksn);
          this.hold(!this.askedFor.has(amount), 'the host is asked once about a sale');
          this.askedFor.add(amount);
          const isChipOnStripe = this.reader.chipsOnStripe.has(arqc.ksn);
          this.hold(
            this.fallback === 'off' || !isChipOnStripe,
            'the stripe of a chip that can be read is not for the host',
          );
          return this.answer(host, amount);
        },
      });
      const told: Told = { amount, host, result: sale.result };
      this.sales.push(told);
      this.track(sale.result.then((result) => (told.ended = result)));
    } catch {
      // Refused before anything was sent: a sale runs, or there is no connection.
    }
  }

  cancel(): void {
    const { transaction } = this.page.client;
    if (transaction) this.unwanted.add(inHex(transaction.amount));
    if (transaction) this.track(transaction.cancel());
  }

  lose(): void {
    this.reader.breaks();
    this.page.transport.lose();
  }

  async connect(): Promise<void> {
    await this.page.client.connect();
    this.reader.connects();
  }

  async finish(): Promise<void> {
    this.reader.flow();
    await this.page.pass(400_000);
    this.hold(this.pending === 0, 'nothing waits after 400 seconds of silence');
    this.hold(this.page.client.transaction === undefined, 'no sale runs for ever');
    await this.page.pass(1_000_000);
    await this.settleReversals();
    this.page.client.disconnect();
    this.hold(this.page.clock.running + this.page.clock.awake === 0, 'no timer and no wake lock is left');
    for (const { amount, host, ended } of this.sales) {
      if (!ended) continue;
      this.outcomes.push(ended.outcome, ended.because?.code ?? '');
      const wasAccepted = this.reader.accepted.includes(inHex(amount));
      const { outcome, arqc, because, attempts } = ended;
      const isCertain = because?.code === 'not-read' || outcome === 'cancelled' || outcome === 'timed-out';
      if (isCertain) this.hold(!this.askedFor.has(amount), 'a host that was not asked has charged nothing');
      if (attempts) this.hold(attempts.count === this.starts.get(inHex(amount)), 'a result knows its attempts');
      if (this.reader.repeats === 0) this.hold(this.reader.doubled.length === 0, 'no attempt begins beside another');
      const card = this.reader.results.get(inHex(amount));
      if (arqc) this.hold(this.reader.ownerOf.get(arqc.ksn) === inHex(amount), 'a result has the card of its sale');
      if (outcome === 'approved') this.hold(host === 'yes' || host === 'late', 'approved is what the host said');
      // To a stripe no reader waits.
      const hasCardSay = this.flow === 'full-emv' && arqc?.via !== 'swipe';
      if (hasCardSay && outcome === 'approved') this.hold(card === '00', 'approved is what the card said');
      const isCards = this.flow === 'full-emv' && /^card-(refused|declined)$/.test(because?.code ?? '');
      if (isCards) this.hold(card === '01', 'refused is what the card said');
      if (because?.code === 'card-refused')
        this.hold(host === 'yes' || host === 'late', 'reversed is what was approved');
      if (outcome === 'declined' && !isCards) this.hold(host === 'no', 'declined is what the host said');
      if (hasCardSay) this.hold(outcome !== 'deferred', 'nothing is deferred where the card has ended');
      if (outcome === 'deferred') this.hold(host === 'nobody', 'deferred where nobody was asked');
      if (/^(approved|declined|deferred)$/.test(outcome))
        this.hold(wasAccepted && arqc !== undefined, `${outcome} needs an accepted start and card data`);
    }
  }

  /** Money that must be given back was, or is known to this page and the next one, which gives it back. */
  private async settleReversals(): Promise<void> {
    const { client } = this.page;
    const owed = client.unresolvedTransactions
      .filter(({ reversalNeeded }) => reversalNeeded)
      .map((sale) => sale.transactionId);
    const refused = this.sales.flatMap(({ ended }) =>
      ended?.because?.code === 'card-refused' ? [ended.transactionId] : [],
    );
    for (const id of refused)
      this.hold(owed.includes(id) !== this.givenBack.has(id), 'what is owed is given back or known');
    this.hold(owed.length + this.givenBack.size === refused.length, 'nothing else is given back');
    if (owed.length === 0) return;
    client.disconnect();
    this.givesBack = 'yes';
    const next = await atTheReader({ lastingStorage: this.lastingStorage });
    next.client.disconnect();
    next.client.reverse = ({ transactionId }) => this.reversed(transactionId);
    await next.client.connect();
    await next.pass(1_000);
    for (const id of refused) this.hold(this.givenBack.get(id) === 1, 'the next page gives back what is owed');
    this.outcomes.push('given back by the next page');
    next.client.disconnect();
  }

  private reversed(transactionId: string): Promise<boolean> {
    this.hold(!this.givenBack.has(transactionId), 'what the host has given back it is not told again');
    switch (this.givesBack) {
      case 'yes':
        this.givenBack.set(transactionId, (this.givenBack.get(transactionId) ?? 0) + 1);
        return Promise.resolve(true);
      case 'no':
        return Promise.resolve(false);
      case 'fails':
        return Promise.reject(new Error('no network'));
      case 'silent':
        return new Promise(() => undefined);
    }
  }

  /** The reader has read another card after the one that the host is asked about. */
  private watch(bytes: Uint8Array): void {
    const ksn = readCardData(decodeMessage(bytes))?.ksn ?? '';
    const { hasCardData = false, amount = '' } = this.page.client.transaction ?? {};
    // A repeat is known as one, and belongs to no sale.
    const isNew = !this.heard.has(ksn);
    this.heard.add(ksn);
    if (isNew && hasCardData && this.reader.otherCards.has(ksn) && !this.askedAbout.has(ksn)) this.mixed.add(amount);
  }

  /** A start goes to the reader. */
  private starting(request: MmsRequest): void {
    const sale = amountOf(request);
    const count = (this.starts.get(sale) ?? 0) + 1;
    this.starts.set(sale, count);
    this.hold(count <= (this.fallback === 'off' ? 1 : 5), 'a sale is not started for ever');
    this.hold(!this.unwanted.has(sale), 'nothing is started after a cancel');
    if (count > 1) this.outcomes.push(`attempt ${String(count)}`);
  }

  /** A host's decision goes to the reader. */
  private resuming(): void {
    const amount = this.page.client.transaction?.amount ?? '';
    this.hold(this.flow === 'full-emv', 'nothing is resumed in Quick Chip');
    this.hold(this.decided.has(amount), 'the reader is told what the host has decided');
    this.hold(!this.resumed.has(amount), 'the reader is told once');
    this.hold(!this.mixed.has(amount), 'another card gets no answer that is not its own');
    this.resumed.add(amount);
  }

  private answer(host: HostAnswer, amount: string): Promise<boolean> | boolean | undefined {
    const decide = (approved: boolean): boolean => (this.decided.add(amount), approved);
    switch (host) {
      case 'yes':
        return decide(true);
      case 'no':
        return Promise.resolve(decide(false));
      case 'nobody':
        return undefined;
      case 'fails':
        throw new Error('no network');
      case 'late':
        return new Promise((resolve) => void this.page.clock.setTimeout(() => resolve(decide(true)), 7_000));
      case 'silent':
        return new Promise(() => undefined);
    }
  }

  private track(promise: Promise<unknown>): void {
    this.pending++;
    const settled = (): void => {
      this.pending--;
    };
    promise.then(settled, settled);
  }

  private hold(condition: boolean, what: string): void {
    if (!condition) this.broken.push(what);
  }
}

const inHex = (amount: string): string => amount.replace('.', '').padStart(12, '0');

/** One thing that happens. */
class Happening implements fc.AsyncCommand<object, Till> {
  private readonly name: string;
  private readonly act: (till: Till) => void | Promise<void>;

  constructor(name: string, act: (till: Till) => void | Promise<void>) {
    this.name = name;
    this.act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_: object, till: Till): Promise<void> {
    await this.act(till);
    await till.page.pass(1);
    expect(till.broken).toEqual([]);
  }

  toString(): string {
    return this.name;
  }
}

const always = (name: string, act: (till: Till) => void | Promise<void>): fc.Arbitrary<Happening> =>
  fc.constant(new Happening(name, act));

const advance = always('advance', ({ reader }) => {
  reader.advance(true);
});
const sell = fc
  .constantFrom<HostAnswer>('yes', 'yes', 'no', 'nobody', 'fails', 'late', 'silent')
  .map((host) => new Happening(`sell(${host})`, (till) => till.sell(host)));
const pass = fc
  .constantFrom(10, 1_000, 2_000, 5_000, 15_000, 40_000)
  .map((time) => new Happening(`pass(${String(time)} ms)`, ({ page }) => page.pass(time)));
const sleep = fc
  .constantFrom(1_000, 60_000)
  .map((time) => new Happening(`sleep(${String(time)} ms)`, ({ page }) => page.clock.sleep(time)));
const giveBack = fc
  .constantFrom<ReversalAnswer>('yes', 'no', 'fails', 'silent')
  .map((answer) => new Happening(`the host gives back: ${answer}`, (till) => void (till.givesBack = answer)));
const repeat = fc.nat(8).map((back) => new Happening(`repeat(${String(back)})`, ({ reader }) => reader.repeat(back)));

const happenings = [
  sell,
  sell,
  advance,
  advance,
  advance,
  advance,
  always('time is over', ({ reader }) => {
    reader.advance(false);
  }),
  always('fall back', ({ reader }) => {
    reader.fallBack();
  }),
  always('the card refuses', ({ reader }) => {
    reader.refuse();
  }),
  always('another card', ({ reader }) => {
    reader.changeCard();
  }),
  always('foreign start', ({ reader }) => {
    reader.foreignStart();
  }),
  always('foreign start', ({ reader }) => {
    reader.foreignStart();
  }),
  always('cancel', (till) => {
    till.cancel();
  }),
  always('stall', ({ reader }) => {
    reader.stall();
  }),
  always('flow', ({ reader }) => {
    reader.flow();
  }),
  always('flow', ({ reader }) => {
    reader.flow();
  }),
  always('lose the next command', ({ reader }) => {
    reader.loseNext();
  }),
  always('lose the connection', (till) => {
    till.lose();
  }),
  always('connect', (till) => till.connect()),
  repeat,
  repeat,
  sleep,
  pass,
  pass,
  giveBack,
];

/** An attempt whose chip fails, up to the next one: by chance alone few runs get so far. */
const wholeAttempt = always('a whole attempt fails', async ({ page, reader }) => {
  reader.flow();
  reader.advance(true);
  reader.failChip();
  await page.pass(2_000);
  reader.remove();
});

/** What happens besides where the page has a card tried again. */
const ofFallback = [
  always('swipe a chip card', ({ reader }) => {
    reader.swipe();
  }),
  always('swipe a chip card', ({ reader }) => {
    reader.swipe();
  }),
  always('the chip fails', ({ reader }) => {
    reader.failChip();
  }),
  always('the chip fails', ({ reader }) => {
    reader.failChip();
  }),
  always('remove the card', ({ reader }) => {
    reader.remove();
  }),
  wholeAttempt,
  wholeAttempt,
  wholeAttempt,
  wholeAttempt,
];

/** Attempts that many runs come to. */
const ATTEMPTS = ['attempt 2', 'attempt 3', 'attempt 4'];

test.each<[Flow, FallbackMode, readonly string[]]>([
  ['quick-chip', 'off', ['approved', 'declined', 'deferred', 'failed', 'unknown']],
  ['full-emv', 'off', ['approved', 'declined', 'card-refused', 'failed', 'unknown', 'given back by the next page']],
  [
    'quick-chip',
    'host',
    ['approved', 'declined', 'deferred', 'cancelled', 'failed', 'unknown', 'not-read', ...ATTEMPTS],
  ],
  ['full-emv', 'host', ['approved', 'declined', 'card-refused', 'cancelled', 'failed', 'unknown', ...ATTEMPTS]],
])(
  `%s, fallback %s: ${String(RUNS)} runs with a foreign sale: only the card of this sale, once`,
  { timeout: 3_600_000 },
  async (flow, fallback, expected) => {
    await loadFallback();
    const outcomes = new Map<string, number>();
    const steps = fallback === 'off' ? happenings : [...happenings, ...ofFallback];
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: 'max' }), async (steps) => {
        const till = await Till.open(flow, fallback);
        await fc.asyncModelRun(() => ({ model: {}, real: till }), steps);
        await till.finish();
        expect(till.broken).toEqual([]);
        for (const outcome of till.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      // Few runs are the same each time: they get where they claim to have been, and never miss it by chance.
      { numRuns: RUNS, ...(RUNS < ENOUGH ? { seed: FEW_SEED } : {}) },
    );
    for (const outcome of RUNS < ENOUGH ? ALWAYS : expected) expect(outcomes.get(outcome), outcome).toBeGreaterThan(0);
  },
);
