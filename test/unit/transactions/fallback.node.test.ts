/**
 * Sales with `fallback: 'host'` at a simulated reader that does not fall back by itself, each played to its end. The table of
 * `docs/payment.md` is written from what comes of each. After a change:
 * `npx vitest run test/unit/transactions/fallback.node.test.ts --update`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../../src/mms/hex.js';
import { encodeTlv, findTlv } from '../../../src/mms/tlv.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import type { AuthorizeRequest, TransactionResult, TransactionUpdate } from '../../../src/transactions/contract.js';
import { loadFallback } from '../../../src/transactions/load-fallback.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import type { Transaction } from '../../../src/transactions/transaction.js';
import { BrowserTabs, isInAnotherTab } from '../../support/browser-tabs.js';
import { cardMessage, completionMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';
import { SimulatedSale } from '../../support/simulated-sale.js';

// By a clock that stands still, loading must not take time.
beforeAll(loadFallback);

const START = 0x1001;

/** How a start lets a card be presented. */
const waysOf = ({ payload }: MmsRequest): string =>
  (
    [
      ['A3/82', 'insert'],
      ['A3/83', 'tap'],
      ['A3/81', 'swipe'],
    ] as const
  )
    .filter(([tag]) => findTlv(payload, tag)?.value.some((byte) => byte !== 0))
    .map(([, way]) => way)
    .join(' ');

/** A sale at a reader that leaves the fallback to its host. */
class Played {
  readonly asked: AuthorizeRequest[] = [];
  readonly updates: TransactionUpdate[] = [];
  readonly errors: string[] = [];
  readonly cardDataOf: string[] = [];
  readonly made: SimulatedSale;
  sale!: Transaction;

  private constructor(made: SimulatedSale) {
    this.made = made;
    const { client } = made;
    client.subscribe('transaction', (update) => this.updates.push(update));
    client.subscribe('error', ({ error }) => this.errors.push(error.code));
    client.subscribe('card-data', ({ kind, transactionId }) => {
      if (kind === 'arqc') this.cardDataOf.push(transactionId);
    });
  }

  static async started(
    options: Partial<StartTransactionOptions> = {},
    reader: SimulatedReaderOptions = {},
  ): Promise<Played> {
    const made = await SimulatedSale.connected({ fallback: 'host', ...reader });
    const played = new Played(made);
    played.sale = await made.started({
      fallback: 'host',
      timeout: 20,
      authorize: (request) => (played.asked.push(request), true),
      ...options,
    });
    return played;
  }

  get reader(): SimulatedReader {
    return this.made.reader;
  }

  /** How a card could be presented in each attempt. */
  get starts(): string[] {
    return this.made.requests.filter(({ id }) => id === START).map(waysOf);
  }

  async pass(milliseconds: number): Promise<void> {
    await this.made.pass(milliseconds);
  }

  /** A card goes in, cannot be read and comes out again. */
  async failChip(): Promise<void> {
    this.reader.insert('brokenChip');
    await this.pass(3_000);
    this.reader.remove();
    await this.pass(1_000);
  }

  async swipe(card: 'visa' | 'stripeOnly' | 'brokenChip' = 'visa'): Promise<void> {
    this.reader.swipe(card);
    await this.pass(3_000);
  }

  async insert(): Promise<void> {
    this.reader.insert('visa');
    await this.pass(3_000);
    this.reader.remove();
  }

  /** How it ended. Nothing runs any more, and nothing was asked about twice. */
  async result(): Promise<TransactionResult> {
    await this.pass(400_000);
    const { client, clock } = this.made;
    expect(client.transaction).toBeUndefined();
    const result = await this.sale.result;
    expect(this.asked.length).toBeLessThanOrEqual(1);
    expect(this.asked.every(({ arqc }) => arqc.ksn === result.arqc?.ksn)).toBe(true);
    expect(result.attempts?.count).toBe(this.starts.length);
    const isKnown = client.unresolvedTransactions.some(({ transactionId }) => transactionId === result.transactionId);
    expect(isKnown).toBe(result.outcome === 'unknown');
    client.resolveTransaction(result.transactionId, { via: 'page' });
    client.disconnect();
    expect(clock.running + clock.awake).toBe(0);
    return result;
  }
}

type Row = readonly [happening: string, play: () => Promise<Played>];

const rows: readonly Row[] = [
  [
    'a chip is inserted and read',
    async () => {
      const played = await Played.started();
      await played.insert();
      return played;
    },
  ],
  [
    'a card without a chip is swiped',
    async () => {
      const played = await Played.started();
      await played.swipe('stripeOnly');
      return played;
    },
  ],
  [
    'a chip card is swiped, then inserted',
    async () => {
      const played = await Played.started();
      await played.swipe();
      await played.insert();
      return played;
    },
  ],
  [
    'a chip card is swiped where only a stripe is accepted',
    async () => {
      const played = await Played.started({ accept: 'swipe' });
      await played.swipe();
      return played;
    },
  ],
  [
    'the chip cannot be read once, then it can',
    async () => {
      const played = await Played.started();
      await played.failChip();
      await played.insert();
      return played;
    },
  ],
  [
    'the chip cannot be read three times, then the card is swiped',
    async () => {
      const played = await Played.started();
      for (let time = 0; time < 3; time++) await played.failChip();
      await played.swipe('brokenChip');
      return played;
    },
  ],
  [
    'the chip card is swiped, its chip cannot be read three times, then it is swiped again',
    async () => {
      const played = await Played.started();
      await played.swipe('brokenChip');
      for (let time = 0; time < 3; time++) await played.failChip();
      await played.swipe('brokenChip');
      return played;
    },
  ],
  [
    'the chip cannot be read three times, then a card without a chip is swiped',
    async () => {
      const played = await Played.started();
      for (let time = 0; time < 3; time++) await played.failChip();
      await played.swipe('stripeOnly');
      return played;
    },
  ],
  [
    'the chip cannot be read three times where `accept` has no `swipe`',
    async () => {
      const played = await Played.started({ accept: 'insert tap' });
      for (let time = 0; time < 3; time++) await played.failChip();
      return played;
    },
  ],
  [
    'a chip card is swiped, and then nothing happens',
    async () => {
      const played = await Played.started();
      await played.swipe();
      return played;
    },
  ],
  [
    'a chip card is swiped, and the sale is cancelled before the next attempt',
    async () => {
      const played = await Played.started();
      played.reader.swipe('visa');
      await played.pass(100);
      expect(played.starts).toHaveLength(1);
      void played.sale.cancel();
      return played;
    },
  ],
  [
    'the chip cannot be read, and the sale is cancelled before the card is taken out',
    async () => {
      const played = await Played.started();
      played.reader.insert('brokenChip');
      await played.pass(3_000);
      void played.sale.cancel();
      return played;
    },
  ],
  [
    'the chip cannot be read, and the connection is lost before the next attempt',
    async () => {
      const played = await Played.started();
      played.reader.insert('brokenChip');
      await played.pass(3_000);
      played.reader.startFault('reset');
      return played;
    },
  ],
  [
    'a chip card is swiped, and the connection is lost before the reader has ended',
    async () => {
      const played = await Played.started();
      played.reader.swipe('visa');
      await played.pass(100);
      played.reader.startFault('reset');
      return played;
    },
  ],
  [
    'the connection is lost in the second attempt',
    async () => {
      const played = await Played.started();
      await played.failChip();
      played.reader.startFault('reset');
      return played;
    },
  ],
  [
    'somebody else uses the reader when the second attempt is to begin',
    async () => {
      const played = await Played.started();
      played.reader.insert('brokenChip');
      await played.pass(3_000);
      played.reader.startFault('busy');
      played.reader.remove();
      return played;
    },
  ],
  [
    'the card is pulled out before it is read',
    async () => {
      const played = await Played.started();
      played.reader.insert('brokenChip');
      await played.pass(10);
      played.reader.remove();
      return played;
    },
  ],
  [
    'the card of a failed chip stays in the slot',
    async () => {
      const played = await Played.started();
      played.reader.insert('brokenChip');
      await played.pass(30_000);
      played.reader.remove();
      return played;
    },
  ],
  [
    'the reader falls back by itself (property 1.2.1.1.1.1)',
    async () => {
      const played = await Played.started({}, { fallback: 'reader' });
      for (let time = 0; time < 3; time++) {
        played.reader.insert('brokenChip');
        await played.pass(1_000);
        played.reader.remove();
      }
      await played.swipe('brokenChip');
      return played;
    },
  ],
];

const code = (text: string): string => `\`${text}\``;

function lineOf(happening: string, { asked, starts }: Played, result: TransactionResult): string {
  const { outcome, because, card, fallback } = result;
  const host =
    asked.length === 0 ? 'not asked' : `${card?.entryMode ?? ''}${fallback ? `, said by the ${fallback.saidBy}` : ''}`;
  const end = `${code(outcome)}, ${code(because?.code ?? '')}`;
  return `| ${happening} | ${starts.map(code).join(', ')} | ${host} | ${end} |`;
}

test('what comes of each fallback is what the documentation says', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  for (const [happening, play] of rows) {
    const played = await play();
    const result = await played.result();
    expect(played.errors, happening).toEqual(/connection|somebody/.test(happening) ? played.errors : []);
    lines.push(lineOf(happening, played, result));
  }
  const place = path.join(import.meta.dirname, '../../../docs/payment.md');
  const page = readFileSync(place, 'utf8');
  const table = ['| what happens | starts (1001) | the host is asked | outcome |', '| - | - | - | - |', ...lines].join(
    '\n',
  );
  const written = page.replace(/(?<=<!-- fallback -->)[^]*(?=<!-- end of fallback -->)/, `\n\n${table}\n\n`);
  await expect(await format(written, { parser: 'markdown', printWidth: 120, singleQuote: true })).toMatchFileSnapshot(
    place,
  );
});

describe('at a reader that is played by hand', () => {
  const starts = ({ requests }: PlayedSale): string[] => requests.filter(({ id }) => id === START).map(waysOf);

  /** A sale whose first chip could not be read, and whose card is still in the slot. */
  async function failed(
    environment = {},
    options: Partial<StartTransactionOptions> = {},
  ): Promise<{ played: PlayedSale; sale: Transaction }> {
    const played = await PlayedSale.connected(environment);
    const sale = played.start({ fallback: 'host', ...options });
    await played.pass(0);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage(), completionMessage());
    await played.pass(2_000);
    return { played, sale };
  }

  const known = ({ client }: PlayedSale) =>
    client.unresolvedTransactions.map(({ transactionId, phase, arqc }) => ({ transactionId, phase, arqc }));

  test('a page that is loaded anew between two attempts finds one sale, of which no card had been read', async () => {
    const browser = new BrowserTabs();
    const [one, two] = [browser.tab(), browser.tab()];
    const { sale } = await failed(one.environment);
    const next = await PlayedSale.connected(two.environment);
    isInAnotherTab(sale.transactionId);
    await next.pass(900_000);
    // While it runs it is that tab's.
    expect(known(next)).toEqual([]);
    one.crash();
    await next.pass(0);
    expect(known(next)).toEqual([{ transactionId: sale.transactionId, phase: 'starting', arqc: false }]);
    expect(next.asked).toEqual([]);
  });

  test('the next attempt waits for the removal, and has a start of its own', async () => {
    const { played, sale } = await failed();
    const [first] = played.requests;
    await played.pass(10_000);
    expect(starts(played)).toHaveLength(1);
    await played.deliver(cardMessage('10010300'));
    expect(starts(played)).toHaveLength(2);
    expect(played.last.reference).not.toBe(first?.reference);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage(), dataMessage('arqc'), completionMessage(), dataMessage('batch'));
    await played.pass(5_000);
    expect(await sale.result).toMatchObject({
      outcome: 'approved',
      attempts: { count: 2, because: ['chip-unreadable'] },
    });
    expect(played.asked).toHaveLength(1);
  });

  test('what the first attempt sends late begins nothing and is not asked about', async () => {
    const { played, sale } = await failed();
    await played.deliver(cardMessage('10010300'), dataMessage('arqc'), completionMessage());
    expect(starts(played)).toHaveLength(2);
    await played.answer({ summary: 0x01 });
    expect(played.asked).toEqual([]);
    played.client.disconnect();
    expect((await sale.result).outcome).toBe('unknown');
    played.client.resolveTransaction(sale.transactionId, { via: 'page' });
  });

  test('a page that is left between two attempts begins no other, and has charged nothing', async () => {
    let leave = (): void => undefined;
    const onPresence = ({ left }: { left: () => void }): (() => void) => {
      leave = left;
      return () => undefined;
    };
    const { played, sale } = await failed({ onPresence });
    leave();
    expect((await sale.result).outcome).toBe('cancelled');
    await played.pass(100_000);
    expect(starts(played)).toHaveLength(1);
    expect(known(played)).toEqual([]);
  });

  test('a reader that says nothing behind a failed chip is not started again: it may be at the stripe', async () => {
    const played = await PlayedSale.connected();
    const sale = played.start({ fallback: 'host' });
    await played.pass(0);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage(), dataMessage('batch', { result: '02' }));
    await played.pass(400_000);
    expect((await sale.result).because?.code).toBe('error-before-card');
    expect(starts(played)).toHaveLength(1);
  });

  test('a cancel that comes too late for a stripe that was refused ends the sale, and nothing follows', async () => {
    const played = await PlayedSale.connected();
    const sale = played.start({ fallback: 'host' });
    await played.pass(0);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage('08010100'), dataMessage('arqc', { isChipOnStripe: true }));
    const cancelled = sale.cancel();
    await played.pass(0);
    await played.answer({ summary: 0x80, detail: '020305' });
    await played.deliver(completionMessage('08FFFFFF'));
    await played.pass(2_000);
    expect((await cancelled).outcome).toBe('cancelled');
    expect(starts(played)).toHaveLength(1);
    expect(played.asked).toEqual([]);
    expect(known(played)).toEqual([]);
    // The same card data again are of no sale.
    const next = await played.accepted();
    expect(next.phase).toBe('waiting-for-card');
    played.client.disconnect();
  });

  test('a reader that asks for the chip by itself behind the stripe goes on in the same attempt', async () => {
    const played = await PlayedSale.connected();
    const sale = played.start({ fallback: 'host' });
    await played.pass(0);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage('08010100'), dataMessage('arqc', { isChipOnStripe: true }));
    await played.deliver(cardMessage(), dataMessage('arqc'), completionMessage(), dataMessage('batch'));
    await played.pass(5_000);
    expect(await sale.result).toMatchObject({ outcome: 'approved', attempts: { count: 1, because: [] } });
    expect(starts(played)).toHaveLength(1);
    expect(played.asked).toHaveLength(1);
  });

  test('in full EMV a card that accepted without a host is not asked to pay twice', async () => {
    const played = await PlayedSale.connected();
    const sale = played.start({ fallback: 'host', flow: 'full-emv' });
    await played.pass(0);
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage(), completionMessage());
    await played.pass(2_000);
    await played.deliver(dataMessage('batch', { result: '00' }));
    expect((await sale.result).outcome).toBe('unknown');
    await played.deliver(cardMessage('10010300'));
    expect(starts(played)).toHaveLength(1);
    played.client.resolveTransaction(sale.transactionId, { via: 'page' });
    played.client.disconnect();
  });

  test.each(['before', 'after'] as const)(
    'nor is it where it says so only %s the next attempt was accepted',
    async (when) => {
      const { played, sale } = await failed({}, { flow: 'full-emv' });
      await played.deliver(cardMessage('10010300'));
      expect(starts(played)).toHaveLength(2);
      if (when === 'after') await played.answer({ summary: 0x01 });
      await played.deliver(dataMessage('batch', { result: '00' }));
      expect(await sale.result).toMatchObject({ outcome: 'unknown', batch: { kind: 'batch' } });
      if (when === 'before') await played.answer({ summary: 0x01 });
      await played.deliver(cardMessage(), dataMessage('arqc'));
      expect(played.asked).toEqual([]);
      // Nobody may take it for a sale that no card has met.
      expect(known(played)).toContainEqual({ transactionId: sale.transactionId, phase: 'reading', arqc: false });
      played.client.resolveTransaction(sale.transactionId, { via: 'page' });
      played.client.disconnect();
    },
  );

  test.each(['cancel', 'connection', 'foreign start', 'refused start', 'cancel before the end'] as const)(
    'in full EMV nothing is certain behind a failed chip before the reader has accepted another start (%s)',
    async (what) => {
      const played = await PlayedSale.connected();
      const sale = played.start({ fallback: 'host', flow: 'full-emv' });
      await played.pass(0);
      await played.answer({ summary: 0x01 });
      await played.deliver(cardMessage());
      if (what === 'cancel before the end') {
        void sale.cancel().catch(() => undefined);
        await played.pass(0);
        await played.answer({ summary: 0x80, detail: '020305' });
      }
      await played.deliver(completionMessage());
      await played.pass(2_000);
      if (what === 'cancel') void sale.cancel();
      if (what === 'connection') played.client.disconnect();
      if (what === 'foreign start') played.transport.answer({ ...played.last, reference: 1 }, { summary: 0x01 });
      await played.deliver(cardMessage('10010300'));
      if (what === 'refused start') await played.answer({ summary: 0x80, detail: '020305' });
      await played.pass(1_000);
      expect((await sale.result).outcome).toBe('unknown');
      expect(starts(played)).toHaveLength(what === 'refused start' ? 2 : 1);
      played.client.resolveTransaction(sale.transactionId, { via: 'page' });
      played.client.disconnect();
    },
  );

  test('in full EMV a page that is loaded anew behind a failed chip knows that a card has met the reader', async () => {
    const browser = new BrowserTabs();
    const [one, two] = [browser.tab(), browser.tab()];
    const { sale } = await failed(one.environment, { flow: 'full-emv' });
    const next = await PlayedSale.connected(two.environment);
    isInAnotherTab(sale.transactionId);
    await next.pass(1_000);
    expect(known(next)).toEqual([]);
    one.crash();
    await next.pass(0);
    expect(known(next)).toEqual([{ transactionId: sale.transactionId, phase: 'reading', arqc: false }]);
  });

  test.each(['connection', 'foreign start', 'silence'] as const)(
    'in full EMV nobody knows what a reader did behind a refused stripe that has not said that it ended (%s)',
    async (what) => {
      const played = await PlayedSale.connected();
      const sale = played.start({ fallback: 'host', flow: 'full-emv' });
      await played.pass(0);
      await played.answer({ summary: 0x01 });
      await played.deliver(cardMessage('08010100'), dataMessage('arqc', { isChipOnStripe: true }));
      if (what === 'connection') played.client.disconnect();
      if (what === 'foreign start') played.transport.answer({ ...played.last, reference: 1 }, { summary: 0x01 });
      await played.pass(400_000);
      expect((await sale.result).outcome).toBe('unknown');
      expect(known(played)).toContainEqual({ transactionId: sale.transactionId, phase: 'reading', arqc: false });
      expect(starts(played)).toHaveLength(1);
      played.client.resolveTransaction(sale.transactionId, { via: 'page' });
      played.client.disconnect();
    },
  );

  test('a reader that somebody else begins to use between two attempts is not started again', async () => {
    const { played, sale } = await failed();
    played.transport.answer({ ...played.last, reference: 1 }, { summary: 0x01 });
    // The card of the other sale.
    await played.deliver(cardMessage('10010300'), cardMessage(), dataMessage('arqc'), cardMessage('10010300'));
    await played.pass(100_000);
    expect(await sale.result).toMatchObject({ outcome: 'failed', because: { code: 'not-read' } });
    expect(starts(played)).toHaveLength(1);
    expect(played.asked).toEqual([]);
  });

  test('another attempt asks for what the sale was started with, whatever the page does with its options', async () => {
    const played = await PlayedSale.connected();
    const [accept, tipOptions] = [
      ['insert', 'swipe'] as ('insert' | 'swipe' | 'tap')[],
      ['1', '2', '3', '4', '5', '6'],
    ];
    const options = { amount: '4.60', currency: 'EUR', fallback: 'host' as const, tax: '0.40', accept, tipOptions };
    const sale = played.client.startTransaction(options);
    Object.assign(options, { amount: '9.99', tax: '1.00' });
    accept.push('tap');
    tipOptions.splice(0, 6, '7', '8', '9', '10', '11', '12');
    await played.pass(0);
    const [first] = played.requests;
    await played.answer({ summary: 0x01 });
    await played.deliver(cardMessage(), completionMessage(), cardMessage('10010300'));
    await played.pass(2_000);
    expect(starts(played)).toEqual(['insert swipe', 'insert swipe']);
    expect(toHex(encodeTlv(played.last.payload))).toBe(toHex(encodeTlv(first?.payload ?? [])));
    played.client.disconnect();
    await sale.result;
    played.client.resolveTransaction(sale.transactionId, { via: 'page' });
  });
});
