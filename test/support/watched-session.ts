/**
 * A client with a simulated reader, watched from outside: what was asked, what really travelled, what came of it. It checks
 * what must always hold, and knows nothing of how the client works inside.
 */
import { ReaderClient } from '../../src/client/reader-client.js';
import type { ReaderError } from '../../src/connection/reader-error.js';
import type { Transaction, TransactionResult } from '../../src/transactions/transaction.js';
import { commands } from '../../src/mms/commands/index.js';
import { decodeMessage } from '../../src/mms/decode.js';
import { toHex } from '../../src/mms/hex.js';
import type { MmsMessage } from '../../src/mms/message.js';
import { findTlv } from '../../src/mms/tlv.js';
import { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { answerKey, FaultyTransport } from './faulty-transport.js';
import { ManualClock } from './manual-clock.js';
import { storageOf } from './storage-of.js';

/** What the host does when it is asked. */
export type Host = 'nobody' | 'approves' | 'declines' | 'rejects' | 'is silent';

const REQUEST_TIMEOUT = 5;
/** A text that can be set; each request sets one of its own. */
const DEVICE_NAME = '1.2.2.1.1.8';
const ID = { start: 0x1001, cancel: 0x1008, setProperty: 0xd111 };

interface Asked {
  readonly value: string;
  readonly controller: AbortController;
  settled: number;
}

/** What could be seen of a sale from outside. */
interface Watched {
  readonly sale: Transaction;
  readonly amount: string;
  readonly timeout: number;
  readonly host: Host;
  startKey: string | undefined;
  sentAt: number | undefined;
  isAccepted: boolean;
  isRefused: boolean;
  wasLost: boolean;
  hasCard: boolean;
  hasArqc: boolean;
  isCancelled: boolean;
  /** How often the host was asked. */
  asked: number;
  completedAt: number | undefined;
  results: number;
}

interface Flight {
  readonly key: string;
  readonly at: number;
  readonly value: string | undefined;
  isOver: boolean;
}

/** Throws when something does not hold. */
function hold(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`does not hold: ${what}`);
}

let lastId = 0;

export class WatchedSession {
  readonly clock = new ManualClock();
  readonly reader = new SimulatedReader({ clock: this.clock, pace: 200, clients: 4 });
  readonly client: ReaderClient;
  readonly transport: FaultyTransport;
  /** Outcomes that occurred. */
  readonly outcomes: string[] = [];
  private readonly asked: Asked[] = [];
  private readonly watched: Watched[] = [];
  private readonly promises: { readonly what: string; isSettled: boolean }[] = [];
  private readonly cancelKeys = new Set<string>();
  private readonly seenOnWire = new Set<string>();
  private flight: Flight | undefined;
  private broken: Error | undefined;

  constructor(keepAlive: number) {
    this.transport = new FaultyTransport(this.reader, this.clock, {
      sent: (bytes) => this.guard(() => this.sent(bytes)),
      delivered: (bytes) => this.guard(() => this.delivered(bytes)),
      ended: () => this.ended(),
    });
    this.client = new ReaderClient({
      transport: this.transport,
      // Each session is of a page of its own.
      environment: Object.assign(this.clock, { lastingStorage: storageOf() }),
      requestTimeout: REQUEST_TIMEOUT,
      keepAlive,
      journalSize: 10,
    });
    this.client.subscribe('transaction-complete', (result) => this.guard(() => this.completed(result)));
    this.client.subscribe('error', ({ error }) =>
      this.guard(() => hold(error.code !== 'listener-failed', 'no listener fails')),
    );
  }

  connect(persist: boolean): void {
    this.track('connect', this.client.connect({ persist }));
  }

  /** Sets a text that nobody else sets; the reader echoes it. */
  ask(): void {
    const value = toHex(Uint8Array.of(0xc0, 0xff, 0xee, ...splitNumber(this.asked.length)));
    const asked: Asked = { value, controller: new AbortController(), settled: 0 };
    const request = commands.setProperty({ oid: DEVICE_NAME, value: Buffer.from(value, 'hex') });
    const answer = this.client.request(request, { signal: asked.controller.signal });
    this.asked.push(asked);
    this.track(
      `request ${value}`,
      answer.then(
        (response) =>
          this.guard(() => {
            asked.settled++;
            hold(!response.status.ok || toHex(response.bytes).includes(value), 'an answer belongs to its request');
          }),
        () => {
          asked.settled++;
        },
      ),
    );
  }

  /** Gives up the oldest request that waits. */
  abort(): void {
    const waiting = this.asked.find(({ settled, controller }) => settled === 0 && !controller.signal.aborted);
    if (!waiting) return;
    if (this.flight?.value === waiting.value) this.flight.isOver = true;
    waiting.controller.abort();
  }

  sell(host: Host, timeout: number): void {
    const transactionId = `watched-${String(++lastId)}`;
    const amount = `${String(this.watched.length + 1)}.00`;
    const wasRunning = this.client.transaction;
    let sale: Transaction;
    // The start may go out, and be refused, before the call returns.
    const place = this.watched.length;
    const watch = (running: Transaction): Watched => ({
      sale: running,
      amount,
      timeout,
      host,
      startKey: undefined,
      sentAt: undefined,
      isAccepted: false,
      isRefused: false,
      wasLost: false,
      hasCard: false,
      hasArqc: false,
      isCancelled: false,
      asked: 0,
      completedAt: undefined,
      results: 0,
    });
    const unsubscribe = this.client.subscribe('transaction', () => {
      const running = this.client.transaction;
      if (running?.transactionId === transactionId) this.watched[place] ??= watch(running);
    });
    try {
      sale = this.client.startTransaction({
        amount,
        currency: 'EUR',
        timeout,
        transactionId,
        authorizeTimeout: 20,
        authorize: () => {
          const selling = this.watched[place];
          if (selling) selling.asked++;
          return answerOf(host);
        },
      });
    } catch (error) {
      const { code } = error as ReaderError;
      hold(
        code === 'not-connected' || (code === 'transaction-in-progress' && wasRunning !== undefined),
        `a sale is refused for a reason, not ${code}`,
      );
      return;
    } finally {
      unsubscribe();
    }
    this.guard(() => hold(wasRunning === undefined, 'one sale at a time'));
    this.watched[place] ??= watch(sale);
    this.track(`sale ${amount}`, sale.result);
  }

  cancel(): void {
    const { transaction } = this.client;
    if (transaction) this.track('cancel', transaction.cancel());
  }

  /** Everything heals, time passes, the page closes: then nothing waits and nothing is left. */
  async finish(): Promise<void> {
    this.transport.refuses = false;
    this.clock.show(true);
    this.clock.connect(true);
    await this.clock.letPass(200_000);
    this.client.disconnect();
    await this.clock.letPass(1_000);
    this.reader.close();
    this.check();
    for (const { what, isSettled } of this.promises) hold(isSettled, `${what} settles`);
    for (const { sale, results } of this.watched)
      hold(results === 1, `sale ${sale.amount} ends once, not ${String(results)} times`);
    for (const { value, settled } of this.asked) hold(settled === 1, `request ${value} settles once`);
    await this.clock.letPass(60_000);
    hold(this.clock.running + this.clock.watching + this.clock.awake === 0, 'no timer and no listener is left');
  }

  /** Passes on what did not hold while somebody else was being called. */
  check(): void {
    if (this.broken) throw this.broken;
  }

  private guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.broken ??= error as Error;
    }
  }

  private track(what: string, promise: Promise<unknown>): void {
    const tracked = { what, isSettled: false };
    this.promises.push(tracked);
    const settle = (): void => {
      tracked.isSettled = true;
    };
    promise.then(settle, settle);
  }

  private sent(bytes: Uint8Array): void {
    const now = this.clock.now();
    const { flight } = this;
    hold(!flight || flight.isOver || now - flight.at >= REQUEST_TIMEOUT * 1000, 'one request is in flight');
    const message = decodeMessage(bytes);
    const value = message.id === ID.setProperty ? toHex(bytes.slice(-6)) : undefined;
    this.flight = { key: answerKey(bytes), at: now, value, isOver: false };
    if (value !== undefined) this.once(value);
    if (message.id === ID.cancel) this.cancelKeys.add(answerKey(bytes));
    if (message.id === ID.start) this.startSent(message, answerKey(bytes));
  }

  private startSent(message: MmsMessage, key: string): void {
    const list = findTlv(message.payload, '86')?.value ?? new Uint8Array(0);
    this.once(`start ${toHex(list)}`);
    const watched = this.watched.at(-1);
    hold(watched?.sentAt === undefined, 'a start belongs to one sale');
    watched!.startKey = key;
    watched!.sentAt = this.clock.now();
  }

  private once(what: string): void {
    hold(!this.seenOnWire.has(what), `${what} goes out once`);
    this.seenOnWire.add(what);
  }

  private delivered(bytes: Uint8Array): void {
    let message: MmsMessage;
    try {
      message = decodeMessage(bytes);
    } catch {
      return;
    }
    const running = this.running();
    if (message.kind === 'response') {
      const key = answerKey(bytes);
      if (this.flight?.key === key) this.flight.isOver = true;
      if (running && message.id === ID.start && key === running.startKey) {
        if (message.status.ok) running.isAccepted = true;
        else running.isRefused = true;
      }
      if (running && this.cancelKeys.has(key) && message.status.ok) running.isCancelled = true;
      return;
    }
    if (message.kind !== 'notification' || !running) return;
    const detail = toHex(message.detail);
    if (message.id === 0x0105) running.completedAt = this.clock.now();
    // What came before the start was accepted is of another sale, whoever presented that card.
    if (message.id !== 0x0101 || !running.isAccepted) return;
    if (/^..080[23]/.test(detail)) running.hasCard = true;
    if (/^..0802/.test(detail)) running.hasArqc = true;
    if (/^(0801|1001|2001)0[124]/.test(detail)) running.hasCard = true;
  }

  private ended(): void {
    if (this.flight) this.flight.isOver = true;
    const running = this.running();
    if (running) running.wasLost = true;
  }

  /** The sale that has been sent and is not over. */
  private running(): Watched | undefined {
    return this.watched.find(({ sentAt, results }) => sentAt !== undefined && results === 0);
  }

  private completed({ outcome, amount, reason }: TransactionResult): void {
    this.outcomes.push(outcome);
    const watched = this.watched.find((each) => each.amount === amount);
    hold(watched !== undefined, 'a result belongs to a sale');
    watched.results++;
    const { host, sentAt, timeout, completedAt } = watched;
    const evidence = {
      approved: watched.hasArqc && host === 'approves',
      declined: watched.hasArqc && host === 'declines',
      deferred: watched.hasArqc && host === 'nobody' && !watched.wasLost,
      cancelled: sentAt === undefined || (watched.isCancelled && !watched.hasArqc),
      'timed-out':
        sentAt !== undefined &&
        completedAt !== undefined &&
        completedAt - sentAt >= timeout * 1000 - 500 &&
        !watched.hasCard,
      failed: watched.isRefused,
      unknown: true,
    };
    hold(watched.asked <= 1, 'the host is asked once');
    hold(evidence[outcome], `${outcome} has its evidence (${reason})`);
    const isLost = sentAt !== undefined && watched.wasLost && !(watched.hasArqc && /approves|declines/.test(host));
    if (isLost) hold(outcome === 'unknown', `a sale that was cut is unknown, not ${outcome}`);
  }
}

const splitNumber = (number: number): number[] => [number >> 16, (number >> 8) & 0xff, number & 0xff];

function answerOf(host: Host): Promise<boolean> | undefined {
  switch (host) {
    case 'nobody':
      return undefined;
    case 'approves':
      return Promise.resolve(true);
    case 'declines':
      return Promise.resolve(false);
    case 'rejects':
      return Promise.reject(new Error('no network'));
    case 'is silent':
      return new Promise(() => undefined);
  }
}
