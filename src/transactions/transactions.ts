/**
 * The sales of one reader: at most one runs, none starts twice, and what happens is passed to the one that runs.
 * It does not know how a sale goes; a Transaction does.
 */
import { commands } from '../mms/commands/index.js';
import { MmsError } from '../mms/error.js';
import type { MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { copyCardData, type CardDataDetail, type CardDetail } from './card.js';
import type { Environment, TimerHandle } from '../connection/environment.js';
import type { OutcomeCodes } from './outcome.js';
import { ReaderError, type ReaderErrorOptions } from '../connection/reader-error.js';
import {
  Transaction,
  type Authorize,
  type TransactionPhase,
  type TransactionResult,
  type TransactionUpdate,
} from './transaction.js';
import { claimTransactionId, finishTransactionId, isRunning } from './transaction-ids.js';
import { UnresolvedTransactions, type UnresolvedTransaction } from './unresolved.js';

type BuilderOptions = Parameters<typeof commands.startTransaction>[0];

export interface StartTransactionOptions {
  /** Decimal text with at most as many decimals as the currency has, for example `4.60`. Never a float. */
  readonly amount: string;
  /** ISO 4217 code, for example `EUR`. */
  readonly currency: string;
  /** Default `purchase`. */
  readonly type?: NonNullable<BuilderOptions['type']>;
  /** How a card may be presented. Default `insert tap swipe`. */
  readonly accept?: NonNullable<BuilderOptions['accept']>;
  /** Seconds that the reader waits for a card, 1 to 255. Default 60. */
  readonly timeout?: number;
  /** Names this sale for ever: it is started once in a page, whatever happens. Default: a new unique text. */
  readonly transactionId?: string;
  /** Asks the host for this sale; default that of the client. */
  readonly authorize?: Authorize;
  /** Seconds that the host may take; after that the outcome is `unknown`. Default 60. */
  readonly authorizeTimeout?: number;
  /** Outcomes by detail code of notification 0105, for who has the manual of the reader. */
  readonly outcomeCodes?: OutcomeCodes;
  /** Shows APPROVED or DECLINED on the reader for five seconds when the host has decided. Default false. */
  readonly showOutcome?: boolean;
  /** The host is asked also where the reader sent card data in clear. Default false: then it gets nothing. */
  readonly allowClearData?: boolean;
}

export interface SalesDependencies {
  readonly environment: Environment;
  readonly send: (request: MmsRequest, options: { signal?: AbortSignal; sent?: () => void }) => Promise<MmsResponse>;
  readonly authorize: Authorize;
  readonly changed: (update: TransactionUpdate) => void;
  readonly done: (result: TransactionResult) => void;
}

const DEFAULT_TIMEOUT = 60;
const DEFAULT_AUTHORIZE_TIMEOUT = 60;
/** Seconds for which the reader shows the host's decision. */
const SHOW_OUTCOME = 5;
/** Seconds by which the reader may be late with the end of that [D]. */
const SHOW_TOLERANCE = 0.3;
/** Texts of the reader (tables/display-strings) [SDK, PJ]. */
const SHOW_APPROVED = 0x03;
const SHOW_DECLINED = 0x07;

export class Sales {
  private readonly dependencies: SalesDependencies;
  private readonly unresolved: UnresolvedTransactions;
  private running: Transaction | undefined;
  /** Until the host's decision on the last sale is no longer shown. */
  private showing: Promise<void> | undefined;
  private showTimer: TimerHandle;

  constructor(dependencies: SalesDependencies) {
    this.dependencies = dependencies;
    this.unresolved = new UnresolvedTransactions(dependencies.environment.storage);
  }

  get current(): Transaction | undefined {
    return this.running;
  }

  /** Id of the sale that card data belong to; empty where none has been sent to the reader. */
  get transactionIdUnderWay(): string {
    return this.running?.isUnderWay ? this.running.transactionId : '';
  }

  get unresolvedList(): readonly UnresolvedTransaction[] {
    return this.unresolved.list.filter(({ transactionId }) => !isRunning(transactionId));
  }

  resolve(transactionId: string): void {
    if (!isRunning(transactionId)) this.unresolved.remove(transactionId);
  }

  /** @throws {ReaderError} `bad-amount`, `bad-option`, `transaction-in-progress`, `duplicate-transaction`. */
  start(options: StartTransactionOptions): Transaction {
    const { environment, changed, done, send } = this.dependencies;
    const { amount, currency, type = 'purchase', accept = 'insert tap swipe', timeout = DEFAULT_TIMEOUT } = options;
    const request = build({ amount, currency, type, accept, timeout });
    if (this.running) throw new ReaderError('transaction-in-progress', saleId(this.running.transactionId));
    const transactionId = options.transactionId ?? environment.uniqueId();
    if (this.unresolved.has(transactionId) || !claimTransactionId(transactionId)) {
      throw new ReaderError('duplicate-transaction', saleId(transactionId));
    }

    const startedAt = environment.now();
    const release = environment.keepAwake?.();
    let wasSent = false;
    let phase: TransactionPhase = 'starting';
    const keep = (arqc: boolean): void => {
      if (wasSent) this.unresolved.put({ transactionId, amount, currency, startedAt, phase, arqc });
    };
    const sale = new Transaction({
      environment,
      transactionId,
      amount,
      currency,
      timeout,
      authorize: (asked) => {
        checkClearData(asked.arqc, options);
        return (options.authorize ?? this.dependencies.authorize)({ ...asked, arqc: copyCardData(asked.arqc) });
      },
      authorizeTimeout: options.authorizeTimeout ?? DEFAULT_AUTHORIZE_TIMEOUT,
      outcomeCodes: options.outcomeCodes ?? {},
      start: (sent, signal) =>
        this.whenShown(signal, () =>
          send(request, {
            signal,
            sent: () => {
              wasSent = true;
              sent();
              // Written before the reader can act on it: a page that is reloaded now still knows.
              keep(false);
            },
          }),
        ),
      cancel: () => send(commands.cancelTransaction(), {}),
      changed: (update) => {
        if (update.phase !== 'done') {
          ({ phase } = update);
          keep(this.running?.hasCardData === true);
        }
        changed(update);
      },
      over: (result) => {
        release?.();
        this.running = undefined;
        finishTransactionId(transactionId, wasSent);
        if (result.outcome === 'unknown') keep(result.arqc !== undefined);
        else this.unresolved.remove(transactionId);
        if (options.showOutcome) this.show(result);
      },
      done,
    });
    this.running = sale;
    sale.run();
    return sale;
  }

  card(detail: CardDetail): void {
    this.running?.card(detail);
  }

  cardData(detail: CardDataDetail): void {
    this.running?.cardData(detail);
  }

  completed(notification: MmsNotification): void {
    this.running?.completed(notification);
  }

  connectionLost(error: ReaderError): void {
    this.running?.connectionLost(error);
    this.dependencies.environment.clearTimeout(this.showTimer);
    this.showing = undefined;
  }

  /** A reader without a display refuses; the journal has it, and the sale is over in any case. */
  private show({ outcome }: TransactionResult): void {
    if (outcome !== 'approved' && outcome !== 'declined') return;
    const message = outcome === 'approved' ? SHOW_APPROVED : SHOW_DECLINED;
    const showing = this.dependencies
      .send(commands.displayMessage({ message, timeout: SHOW_OUTCOME }), {})
      .then(({ status }) => (status.running ? this.pause((SHOW_OUTCOME + SHOW_TOLERANCE) * 1000) : undefined))
      .catch(() => undefined)
      .then(() => {
        if (this.showing === showing) this.showing = undefined;
      });
    this.showing = showing;
  }

  /** Starts a sale at once, or when the last decision is no longer shown: until then readers refuse to start [DP 1803]. */
  private whenShown(signal: AbortSignal, start: () => Promise<MmsResponse>): Promise<MmsResponse> {
    if (!this.showing) return start();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener(
        'abort',
        () => {
          reject(new ReaderError('aborted', { cause: signal.reason }));
        },
        { once: true },
      );
    });
    return Promise.race([this.showing, aborted]).then(start);
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.showTimer = this.dependencies.environment.setTimeout(resolve, milliseconds);
    });
  }
}

const saleId = (id: string): ReaderErrorOptions => ({
  detail: `Its id is ${id}.`,
  because: { code: 'sale-id', values: { id } },
});

/** The command, or an error that names the option. */
function build(options: BuilderOptions): MmsRequest {
  try {
    return commands.startTransaction(options);
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    const code = /^(amount|currency)\b/.test(cause.message) ? 'bad-amount' : 'bad-option';
    // The builder names the option first.
    const [name = ''] = cause.message.split(' ');
    throw new ReaderError(code, { detail: cause.message, because: { code: 'option', values: { name } }, cause });
  }
}

/** @throws {ReaderError} `clear-card-data` where the host must not get these data. */
function checkClearData({ clearTags }: CardDataDetail, { allowClearData = false }: StartTransactionOptions): void {
  if (clearTags.length > 0 && !allowClearData) {
    throw new ReaderError('clear-card-data', { detail: `In clear: ${clearTags.join(', ')}.` });
  }
}
