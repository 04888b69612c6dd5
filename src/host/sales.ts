/**
 * Sales on their way through the ledger: taken down, compared with the order, asked for once, answered. Whoever asks about the
 * same sale meanwhile, here or in another process, gets the same answer. It does not know requests and responses.
 */
import { randomUUID } from 'node:crypto';
import { askGateway } from './ask-gateway.js';
import type { Gateway, GatewayAnswer } from './gateway.js';
import { idForLog, wordsOf, type HostLog } from './host-log.js';
import { decidable, type Ledger, type NewSale, type SaleRecord } from './ledger.js';
import { checkOrder, type AmountOf } from './orders.js';
import type { Pending } from './pending.js';
import { Refusal } from './refusal.js';
import type { PostedSale } from './schema.js';

/** Seconds between two signs of life, and of silence after which a process that asks is taken for dead. */
const BEAT = 1;
const LEASE = 5;

/** Milliseconds before a process is taken for dead that seemed silent: time for signs of life. */
const SECOND_LOOK = 2 * BEAT * 1000;

/** Milliseconds between two looks at a sale that another process asks for. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 500;
/** Milliseconds before an answer is written again that the ledger could not take. */
export const REWRITE_PAUSE = 1000;

export interface SalesOptions {
  readonly ledger: Ledger;
  readonly gateway: Gateway;
  readonly amountOf: AmountOf;
  /** Seconds. */
  readonly timeout: number;
  readonly log: HostLog;
  readonly pending: Pending;
}

interface Running {
  readonly sale: PostedSale;
  readonly record: Promise<SaleRecord>;
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export const isUndecided = ({ state }: SaleRecord): boolean => state === 'received' || decidable.includes(state);

export class Sales {
  /** Names this process in the ledger. */
  readonly owner = randomUUID();
  private readonly options: SalesOptions;
  private readonly running = new Map<string, Running>();
  private readonly inquiries = new Map<string, Promise<SaleRecord>>();
  private asking = 0;
  private beating: NodeJS.Timeout | undefined;

  constructor(options: SalesOptions) {
    this.options = options;
  }

  /**
   * The sale once it is decided, or once nobody can tell.
   * @throws {Refusal} where it is not asked for at all.
   */
  authorize(sale: PostedSale): Promise<SaleRecord> {
    const { transactionId } = sale;
    const running = this.running.get(transactionId);
    if (running) {
      refuseOther(running.sale, sale);
      return running.record;
    }
    const record = this.carryOut(sale).finally(() => this.running.delete(transactionId));
    this.running.set(transactionId, { sale, record });
    return record;
  }

  /** A sale as it is known; one without an outcome is asked about at the gateway. Undefined where there is none. */
  async status(transactionId: string): Promise<SaleRecord | undefined> {
    const record = await this.options.ledger.find(transactionId);
    return record && this.resolve(record);
  }

  /** Asks the gateway how a sale ended of which that is not known. */
  async resolve(record: SaleRecord): Promise<SaleRecord> {
    const { transactionId, state } = record;
    if (!decidable.includes(state) || this.running.has(transactionId) || !this.options.gateway.inquire) return record;
    const known = this.inquiries.get(transactionId);
    if (known) return known;
    const inquiry = this.inquire(record).finally(() => this.inquiries.delete(transactionId));
    this.inquiries.set(transactionId, inquiry);
    return inquiry;
  }

  /** Runs work that other processes must not take for abandoned. */
  async whileAsking<T>(work: () => Promise<T>): Promise<T> {
    this.asking++;
    this.beating ??= setInterval(() => {
      this.options.ledger.beat(this.owner).catch((error: unknown) => {
        this.options.log(`the ledger takes no sign of life: ${wordsOf(error)}`);
      });
    }, BEAT * 1000).unref();
    try {
      return await work();
    } finally {
      if (--this.asking === 0) {
        clearInterval(this.beating);
        this.beating = undefined;
      }
    }
  }

  private async carryOut(sale: PostedSale): Promise<SaleRecord> {
    const { ledger, amountOf } = this.options;
    const { transactionId } = sale;
    const claim = await ledger.claim(sale);
    if (claim.kind === 'card-data-used') throw new Refusal('card-data-used', 'ksn');
    if (claim.kind === 'known') {
      refuseOther(claim.record, sale);
      // A process that ended before it asked has left this sale to whoever comes next.
      if (claim.record.state !== 'received') return this.waitFor(transactionId);
    }
    try {
      await checkOrder(amountOf, sale);
    } catch (error) {
      await ledger.release(transactionId);
      throw error;
    }
    if (!(await ledger.ask(transactionId, this.owner))) return this.waitFor(transactionId);
    return this.whileAsking(() => this.ask(sale));
  }

  private async ask(sale: PostedSale): Promise<SaleRecord> {
    const { gateway, timeout, pending } = this.options;
    const { transactionId, amount, currency, arqc, serialNumber, ksn } = sale;
    const answer = await askGateway({
      currency,
      amount,
      timeout,
      ask: (signal) => gateway.authorize({ transactionId, amount, currency, arqc, serialNumber, ksn, signal }),
      late: (lateAnswer) => void pending.track(this.takeDown(sale, lateAnswer)),
      failed: (why) => this.options.log(`sale ${idForLog(transactionId)}: ${gateway.name} gave no answer: ${why}`),
    });
    return this.takeDown(sale, answer);
  }

  /** Writes an answer into the ledger, whose word counts. */
  private async takeDown(sale: NewSale, answer: GatewayAnswer): Promise<SaleRecord> {
    const { ledger, gateway, log, pending } = this.options;
    const { transactionId, amount, currency, serialNumber, ksn, arqcHash } = sale;
    const facts = { transactionId, amount, currency, serialNumber, ksn, arqcHash, silentFor: 0 };
    try {
      const isTaken = await ledger.decide(transactionId, answer);
      const { outcome: state, ...said } = answer;
      const record = isTaken ? { ...facts, ...said, state } : await ledger.find(transactionId);
      log(`sale ${idForLog(transactionId)}: ${gateway.name} answered ${state}`);
      if (!isTaken && state !== 'unknown' && record?.state !== state) {
        log(`sale ${idForLog(transactionId)}: the ledger has it as ${String(record?.state)}: look it up`);
      }
      return record ?? { ...facts, state: 'unknown' };
    } catch (error) {
      log(`sale ${idForLog(transactionId)}: its answer is not written yet: ${wordsOf(error)}`);
      if (answer.outcome !== 'unknown') void pending.track(this.writeAgain(sale, answer));
      return { ...facts, state: 'unknown' };
    }
  }

  private async writeAgain(sale: NewSale, answer: GatewayAnswer): Promise<void> {
    await pause(REWRITE_PAUSE);
    await this.takeDown(sale, answer);
  }

  /** Waits for the answer to a question of another process, or of one that has ended since. */
  private async waitFor(transactionId: string): Promise<SaleRecord> {
    const { ledger, timeout } = this.options;
    const end = performance.now() + timeout * 1000;
    for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      const record = await ledger.find(transactionId);
      // The other process has refused it.
      if (!record) throw new Refusal('amount-mismatch', 'amount');
      const found = seemsAbandoned(record) ? await this.inquire(record) : record;
      if (!isUndecided(found) || found.state === 'unknown') return found;
      if (performance.now() > end) return found;
      await pause(wait);
    }
  }

  private async inquire(record: SaleRecord): Promise<SaleRecord> {
    const { gateway, timeout, log, pending } = this.options;
    const { transactionId, amount, currency, reference } = record;
    const answer = await askGateway({
      currency,
      amount,
      timeout,
      ask: (signal) =>
        gateway.inquire?.({
          ...{ transactionId, amount, currency, signal },
          ...(reference === undefined ? {} : { reference }),
        }) ?? Promise.resolve({ outcome: 'unknown' }),
      late: (lateAnswer) => void pending.track(this.takeInquiryDown(record, lateAnswer)),
      failed: (why) => log(`sale ${idForLog(transactionId)}: ${gateway.name} could not be asked how it ended: ${why}`),
    });
    return this.takeInquiryDown(record, answer);
  }

  private async takeInquiryDown(record: SaleRecord, answer: GatewayAnswer): Promise<SaleRecord> {
    if (answer.outcome === 'unknown' && record.state === 'unknown') return record;
    // While somebody may still be asking, a sale that the gateway does not have as approved is not over.
    if (answer.outcome !== 'approved' && !(await this.isAbandoned(record))) return record;
    return this.takeDown(record, answer);
  }

  /**
   * Whether nobody asks a gateway for it any more. Where the clock was set forward, or the computer slept, all seem silent: one that
   * runs gives a sign of life before the second look.
   */
  private async isAbandoned(record: SaleRecord): Promise<boolean> {
    if (!seemsAbandoned(record)) return false;
    if (record.state === 'unknown') return true;
    await pause(SECOND_LOOK);
    try {
      const later = await this.options.ledger.find(record.transactionId);
      return later !== undefined && seemsAbandoned(later);
    } catch {
      // Of a ledger that cannot be read nothing is known, and nothing can be taken down.
      return false;
    }
  }
}

/** Of one that died before the clock was set back the last sign of life seems to be still to come. */
const seemsAbandoned = ({ state, silentFor }: SaleRecord): boolean =>
  state === 'unknown' || Math.abs(silentFor) > LEASE;

/** @throws {Refusal} where the same id comes with anything else. */
function refuseOther(
  known: Pick<PostedSale, 'arqcHash' | 'amount' | 'currency'>,
  { arqcHash, amount, currency }: PostedSale,
): void {
  if (known.arqcHash !== arqcHash) throw new Refusal('transaction-id-used', 'transactionId');
  if (known.currency !== currency) throw new Refusal('currency-mismatch', 'currency');
  if (known.amount !== amount) throw new Refusal('amount-mismatch', 'amount');
}
