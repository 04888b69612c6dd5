/**
 * One sale, from the start to an outcome: Quick Chip, where the reader ends the card's part itself and the host decides.
 * It is told what happens and never reads messages; it does not know sockets or elements.
 */
import { toHex } from '../mms/hex.js';
import type { MmsNotification, MmsResponse, ResponseStatus } from '../mms/message.js';
import { findTlv } from '../mms/tlv.js';
import type { Because } from '../connection/because.js';
import type { CardDataDetail, CardDetail } from './card.js';
import type { Environment, TimerHandle } from '../connection/environment.js';
import {
  decideOutcome,
  type Decision,
  type Evidence,
  type Outcome,
  type OutcomeCodes,
  type ReasonCode,
} from './outcome.js';
import { ReaderError } from '../connection/reader-error.js';

/** How far a sale has come. */
export type TransactionPhase = 'starting' | 'waiting-for-card' | 'reading' | 'authorizing' | 'finishing' | 'done';

/** What a host is asked. */
export interface AuthorizeRequest {
  readonly transactionId: string;
  /** As it was given to the start. */
  readonly amount: string;
  readonly currency: string;
  /** The encrypted card data. They never contain the card number in clear. */
  readonly arqc: CardDataDetail;
  /** Aborted when the answer does not matter any more. */
  readonly signal: AbortSignal;
}

/** Asks the host. Undefined means that nobody asks here: the outcome is then `deferred`. */
export type Authorize = (request: AuthorizeRequest) => Promise<Decision | boolean> | undefined;

/** How a sale ended. */
export interface TransactionResult {
  readonly transactionId: string;
  readonly outcome: Outcome;
  /** Why, for people: the host's own words where it sent some, else English. */
  readonly reason: string;
  /** Why, as data for other languages; absent where the reason is in the host's own words. */
  readonly because?: Because<ReasonCode>;
  readonly amount: string;
  readonly currency: string;
  readonly arqc?: CardDataDetail;
  readonly batch?: CardDataDetail;
  /** What went wrong, where something did. */
  readonly error?: ReaderError;
}

/** One step of a sale. */
export interface TransactionUpdate {
  readonly transactionId: string;
  readonly phase: TransactionPhase;
}

/** What a sale needs to know and to be able to do. */
export interface TransactionDependencies {
  readonly environment: Environment;
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  /** Seconds that the reader waits for a card. */
  readonly timeout: number;
  /** Seconds that the host may take. */
  readonly authorizeTimeout: number;
  readonly authorize: Authorize;
  readonly outcomeCodes: OutcomeCodes;
  /** Sends the start; calls `sent` when it goes out. */
  readonly start: (sent: () => void, signal: AbortSignal) => Promise<MmsResponse>;
  /** Sends the cancel. */
  readonly cancel: () => Promise<MmsResponse>;
  readonly changed: (update: TransactionUpdate) => void;
  /** It is over: called before anybody is told. */
  readonly over: (result: TransactionResult) => void;
  /** It is over, and everything is in place. */
  readonly done: (result: TransactionResult) => void;
}

/**
 * Milliseconds between the first completion and the end, unless another one comes after a batch (section 8.2 of the protocol
 * reference) [D].
 */
const GRACE = 2_000;
/** Milliseconds that a reader may be silent after its own time limit [D]. */
const SILENCE = 30_000;
/** Milliseconds by which the reader's clock may run ahead of ours. */
const CLOCK_TOLERANCE = 500;
/** Detail of a refused cancel: there is no sale to cancel [MG p101]. */
const NO_TRANSACTION = '020304';
/** DFDF1A of a batch: error [MF, DP batch]. */
const BATCH_ERROR = 0x02;

/** A running or finished sale. Iterate over it for its phases; `result` always resolves. */
export class Transaction implements AsyncIterable<TransactionUpdate> {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  /** Resolves when the sale is over; never rejects. */
  readonly result: Promise<TransactionResult>;
  private readonly dependencies: TransactionDependencies;
  private readonly starting = new AbortController();
  private readonly authorizing = new AbortController();
  private readonly updates: TransactionUpdate[] = [];
  private readonly waiting = new Set<() => void>();
  private current: TransactionPhase = 'starting';
  private evidence: Evidence = {};
  private arqc: CardDataDetail | undefined;
  private batch: CardDataDetail | undefined;
  private error: ReaderError | undefined;
  private sentAt: number | undefined;
  private isAuthorizing = false;
  /** The start was answered, or will not be. */
  private isStartSettled = false;
  private hasEnded = false;
  /** Nothing more is expected of the reader. */
  private isReaderDone = false;
  private timer: TimerHandle;
  private authorizeTimer: TimerHandle;
  private ended: TransactionResult | undefined;
  private resolve!: (result: TransactionResult) => void;

  constructor(dependencies: TransactionDependencies) {
    this.dependencies = dependencies;
    this.transactionId = dependencies.transactionId;
    this.amount = dependencies.amount;
    this.currency = dependencies.currency;
    this.result = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  get phase(): TransactionPhase {
    return this.current;
  }

  /** How it ended; undefined while it runs. Present before `done` is told. */
  get finished(): TransactionResult | undefined {
    return this.ended;
  }

  /** Whether what the reader tells may belong to this sale: not before its start was sent. @internal */
  get isUnderWay(): boolean {
    return this.sentAt !== undefined && !this.isOver();
  }

  /** Whether card data for the host have come. @internal */
  get hasCardData(): boolean {
    return this.arqc !== undefined;
  }

  /** The phases from the first one on, as they come; ends after `done`. */
  async *[Symbol.asyncIterator](): AsyncIterator<TransactionUpdate> {
    for (let next = 0; ; next++) {
      while (next >= this.updates.length) {
        if (this.current === 'done') return;
        await new Promise<void>((resolve) => this.waiting.add(resolve));
      }
      const update = this.updates[next];
      if (update) yield update;
    }
  }

  /**
   * Asks the reader to stop and resolves when it is idle again, with the outcome: a cancel may come too late.
   * @throws {ReaderError} `rejected` when the reader cannot cancel any more (the sale goes on), or why it could not be asked.
   */
  async cancel(): Promise<TransactionResult> {
    if (this.current === 'done') return this.result;
    if (this.sentAt === undefined) {
      this.starting.abort();
      return this.result;
    }
    const { status } = await this.dependencies.cancel();
    if (status.ok) this.note({ cancelled: true });
    else if (status.detail !== NO_TRANSACTION) throw new ReaderError('rejected', { detail: `${status.text}.`, status });
    // Whether a completion follows, or came before, is not documented [MG p101, D]: wait for it, but not for ever.
    if (this.evidence.completion !== undefined && this.isCancelled()) this.finish();
    else this.finishSoon();
    return this.result;
  }

  /** Sends the start. Called once. @internal */
  run(): void {
    this.enter('starting');
    this.dependencies
      .start(() => {
        this.sentAt = this.dependencies.environment.now();
      }, this.starting.signal)
      .then(
        (response) => {
          this.answered(response.status);
        },
        (error: unknown) => {
          this.notStarted(error as ReaderError);
        },
      );
  }

  /** A card event of this reader. @internal */
  card({ action, during }: CardDetail): void {
    if (during !== 'transaction' || action === 'removed' || action === 'collision' || !this.isUnderWay) return;
    this.note({ cardSeen: true });
    if (this.current === 'starting' || this.current === 'waiting-for-card') this.enter('reading');
  }

  /** Card data of this reader. @internal */
  cardData(data: CardDataDetail): void {
    if (!this.isUnderWay || (data.kind === 'batch' && this.current === 'starting')) return;
    this.note({ cardSeen: true });
    if (data.kind === 'batch') {
      this.batch = data;
      if (!this.arqc && batchResult(data) === BATCH_ERROR) this.note({ batchError: true });
      return;
    }
    // A reader may send the same ARQC again; the host is asked once.
    if (this.arqc) return;
    this.arqc = data;
    this.note({ arqc: true });
    // Before the start is answered it may be of another client's sale, for which this start will be refused: the host must
    // not charge that card.
    if (this.isStartSettled) this.authorize(data);
  }

  /** The reader has ended its part. @internal */
  completed({ detail }: MmsNotification): void {
    // Before the start is answered or a card was seen it belongs to the sale before, which may end with more than one.
    if (this.isOver() || this.current === 'starting') return;
    const { environment, timeout } = this.dependencies;
    const limit = (this.sentAt ?? environment.now()) + timeout * 1000 - CLOCK_TOLERANCE;
    this.note({ completion: toHex(detail), limitOver: environment.now() >= limit });
    if (this.batch || this.isCancelled()) this.finish();
    else this.finishSoon();
  }

  /** The connection is gone. @internal */
  connectionLost(error: ReaderError): void {
    if (this.isOver() || this.sentAt === undefined) return;
    this.error = error;
    this.note({ lost: error });
    this.end();
  }

  private answered(status: ResponseStatus): void {
    if (this.isOver()) return;
    if (!status.ok) {
      this.arqc = undefined;
      this.error = new ReaderError('rejected', { detail: `${status.text}.`, status });
      this.note({ refused: status });
      this.end();
      return;
    }
    if (this.current === 'starting') this.enter('waiting-for-card');
    this.startSettled();
    if (this.timer === undefined && !this.hasEnded && !this.isOver())
      this.endAfter(this.dependencies.timeout * 1000 + SILENCE);
  }

  private notStarted(error: ReaderError): void {
    if (this.isOver()) return;
    if (this.sentAt === undefined) {
      if (error.code !== 'aborted') this.error = error;
      this.note({ unsent: true });
      this.end();
      return;
    }
    this.error = error;
    this.note({ unanswered: error });
    // Events of the sale that came all the same are evidence that it runs: then its end is waited for.
    if (!this.evidence.cardSeen && !this.hasEnded) this.end();
    else if (!this.hasEnded) this.endAfter(this.dependencies.timeout * 1000 + SILENCE);
    this.startSettled();
  }

  /** Does what had to wait for the answer to the start. */
  private startSettled(): void {
    if (this.isOver()) return;
    this.isStartSettled = true;
    if (this.arqc) this.authorize(this.arqc);
    if (this.isReaderDone) this.finish();
  }

  private authorize(arqc: CardDataDetail): void {
    const { environment, authorize, authorizeTimeout } = this.dependencies;
    const { transactionId, amount, currency } = this;
    const { signal } = this.authorizing;
    let asked: Promise<Decision | boolean> | undefined;
    try {
      asked = authorize({ transactionId, amount, currency, arqc, signal });
    } catch (cause) {
      asked = Promise.reject(cause instanceof Error ? cause : new Error(String(cause)));
    }
    if (asked === undefined) {
      this.enter('finishing');
      return;
    }
    this.isAuthorizing = true;
    this.enter('authorizing');
    this.authorizeTimer = environment.setTimeout(() => {
      this.decided(
        { undecided: 'host-silent' },
        new ReaderError('authorize-failed', { detail: 'It did not answer in time.', because: { code: 'host-silent' } }),
      );
    }, authorizeTimeout * 1000);
    asked.then(
      (answer) => {
        const decision = asDecision(answer);
        if (decision) this.decided({ decision });
        else
          this.decided(
            { undecided: 'host-unclear' },
            new ReaderError('authorize-failed', {
              detail: 'Its answer says neither yes nor no.',
              because: { code: 'host-unclear' },
            }),
          );
      },
      (cause: unknown) => {
        this.decided({ undecided: 'host-failed' }, new ReaderError('authorize-failed', { cause }));
      },
    );
  }

  private decided(evidence: Evidence, error?: ReaderError): void {
    if (this.isOver() || !this.isAuthorizing) return;
    this.isAuthorizing = false;
    this.dependencies.environment.clearTimeout(this.authorizeTimer);
    this.authorizing.abort();
    if (error) this.error = error;
    this.note(evidence);
    if (this.isReaderDone) this.end();
    else this.enter('finishing');
  }

  /** Ends after a moment in which a batch and another completion may come: the next sale must not take them for its own. */
  private finishSoon(): void {
    if (this.isOver() || this.hasEnded) return;
    this.hasEnded = true;
    if (this.current !== 'authorizing') this.enter('finishing');
    this.endAfter(GRACE);
  }

  /** The reader’s part is over: the sale ends now, or when the host has been asked and has decided. */
  private finish(): void {
    this.hasEnded = true;
    this.isReaderDone = true;
    this.stopTimer();
    if (!this.isAuthorizing && (this.isStartSettled || !this.arqc)) this.end();
  }

  private endAfter(milliseconds: number): void {
    this.stopTimer();
    this.timer = this.dependencies.environment.setTimeout(() => {
      this.finish();
    }, milliseconds);
  }

  private stopTimer(): void {
    this.dependencies.environment.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private end(): void {
    if (this.isOver()) return;
    this.stopTimer();
    this.dependencies.environment.clearTimeout(this.authorizeTimer);
    this.isAuthorizing = false;
    const { outcome, reason, because } = decideOutcome(this.evidence, this.dependencies.outcomeCodes);
    const { transactionId, amount, currency, arqc, batch, error } = this;
    const result: TransactionResult = Object.freeze({
      transactionId,
      outcome,
      reason,
      ...(because ? { because } : {}),
      amount,
      currency,
      ...(arqc ? { arqc } : {}),
      ...(batch ? { batch } : {}),
      ...(error ? { error } : {}),
    });
    // State first, then events, then promises.
    this.ended = result;
    this.dependencies.over(result);
    this.authorizing.abort();
    this.enter('done');
    this.dependencies.done(result);
    this.resolve(result);
  }

  /** Cancelled before there was anything that a batch could belong to. */
  private isCancelled(): boolean {
    return this.evidence.cancelled === true && !this.arqc;
  }

  private isOver(): boolean {
    return this.current === 'done';
  }

  private note(evidence: Evidence): void {
    this.evidence = { ...this.evidence, ...evidence };
  }

  private enter(phase: TransactionPhase): void {
    if (this.updates.length > 0 && this.current === phase) return;
    this.current = phase;
    const update = Object.freeze({ transactionId: this.transactionId, phase });
    this.updates.push(update);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    this.dependencies.changed(update);
  }
}

function asDecision(answer: unknown): Decision | undefined {
  if (typeof answer === 'boolean') return { approved: answer };
  const { approved, message } = (answer ?? {}) as Partial<Decision>;
  if (typeof approved !== 'boolean') return undefined;
  return typeof message === 'string' ? { approved, message } : { approved };
}

/** DFDF1A of a batch, wherever it stands: descriptions differ (section 7.3 of the protocol reference). */
function batchResult({ tlv }: CardDataDetail): number | undefined {
  const node = findTlv(tlv, 'F9/FA/F0/F1/DFDF1A') ?? findTlv(tlv, 'F9/FA/F0/DFDF1A') ?? findTlv(tlv, 'F9/FA/DFDF1A');
  return node?.value[0];
}
