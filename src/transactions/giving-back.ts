/**
 * The money that a host took for cards that then refused, as this page gives it back: what the host is told of each sale, who else is
 * told, and what is taken up that pages before could not do. The tries are those of `Reversals`; it does not know how a sale runs.
 */
import { present } from '../connection/present.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { Environment } from '../connection/environment.js';
import type { ResolvedTransaction, ReversalRequest, Reverse, TransactionResult } from './contract.js';
import type { Decision } from './outcome.js';
import { noSuchSale } from './no-such-sale.js';
import { requestOf, reversalOf, withoutClearBatch, type ReversalTask } from './reversal.js';
import { Reversals } from './reversals.js';
import { settledFacts, settledResult } from './settled-result.js';
import type { StartTransactionOptions } from './start-options.js';
import type { UnresolvedTransaction, UnresolvedTransactions } from './unresolved.js';

/** Who is told. */
export interface ReversalListeners {
  /** The host approved a sale and the card refused it; where the storage does not take it, only this page knows. */
  readonly reversalNeeded: (request: ReversalRequest, isUnstored: boolean) => void;
  /** Has the host give the money back. */
  readonly reverse: Reverse;
  /** A sale does not have to be given back any more: the host has done it, or it is left to others. */
  readonly reversalOver: (item: UnresolvedTransaction, isGivenBack: boolean) => void;
  /** Card data came again that were used before, or money could not be given back. */
  readonly refused: (error: ReaderError) => void;
}

export interface GivingBackDependencies extends ReversalListeners {
  readonly environment: Environment;
  readonly unresolved: UnresolvedTransactions;
  /** The sales that are not settled, of all readers or of this one. */
  readonly list: (isHere?: boolean) => readonly UnresolvedTransaction[];
  /** The list is another. */
  readonly changed: () => void;
}

/** Options of a sale that count when it is over, too. */
export type KnownOptions = Pick<StartTransactionOptions, 'reverse' | 'allowClearData'>;

/** What a host is told of a sale whose card refused. */
interface KnownSale {
  readonly task: ReversalTask;
  readonly allowsClearData: boolean;
}

export class GivingBack {
  /** The records, and their tries. */
  readonly reversals: Reversals;
  private readonly dependencies: GivingBackDependencies;
  /** What this page knows beside the records of sales whose card refused: card data are not stored. */
  private readonly known = new Map<string, KnownSale>();
  /** Ids of sales to be given back that this page has told of, and those that it has taken up by itself. */
  private readonly told = new Set<string>();
  private readonly takenUp = new Set<string>();
  /** What this page was giving back when it was left, and whether it is. */
  private readonly left: ReversalTask[] = [];
  private isLeft = false;
  /** Whether the reader is used: then this page gives back what pages before it could not. */
  private isUsed = false;

  constructor(dependencies: GivingBackDependencies) {
    const { environment, unresolved, refused, reversalOver, changed } = dependencies;
    this.dependencies = dependencies;
    this.reversals = new Reversals({
      environment,
      unresolved,
      begins: (transactionId) => this.tell(transactionId),
      nobody: (transactionId) => {
        // A page may bring its hook later.
        this.takenUp.delete(transactionId);
      },
      failed: refused,
      over: (item, isGivenBack) => {
        this.known.delete(item.transactionId);
        reversalOver(item, isGivenBack);
        changed();
      },
    });
  }

  /** The page is being left. */
  leave(): void {
    this.isLeft = true;
    this.left.push(...this.reversals.leave());
  }

  /** The page is used again. */
  returned(): void {
    this.isLeft = false;
  }

  /** Whether the reader is used from now on. */
  used(isUsed: boolean): void {
    this.isUsed = isUsed;
    // A connection that is not opened again by itself does not say when the page is used again.
    if (!isUsed) this.isLeft = false;
    this.takeUpAll();
  }

  /** The sale is settled. */
  stop(transactionId: string): void {
    this.reversals.stop(transactionId);
    this.known.delete(transactionId);
  }

  /**
   * Has the host give the money back now; whether its next answer says that it has.
   * @throws {ReaderError} `bad-option` where there is no such sale.
   */
  reverse(transactionId: string, reverse?: Reverse): Promise<boolean> {
    const item = this.owed(transactionId);
    if (!item) throw noSuchSale(transactionId);
    this.takenUp.add(transactionId);
    return this.reversals.giveBack(this.taskOf(item, reverse));
  }

  /** Takes up what a page before had to give back and could not; `reverse` is asked where the hooks that are known here do not do it. */
  takeUpReversal(transactionId: string, reverse?: Reverse): void {
    const item = this.owed(transactionId);
    if (!item) return;
    const { reversals, takenUp } = this;
    if (reversals.has(transactionId)) {
      if (reverse) reversals.alsoAsk(transactionId, reverse);
      return;
    }
    if (!reverse && takenUp.has(transactionId)) return;
    takenUp.add(transactionId);
    void reversals.giveBack(this.taskOf(item), reverse);
  }

  /** A host has said now how a sale ended: where it approved and the card had refused, the money is given back. */
  settledByHost(resolved: ResolvedTransaction, decision: Decision, reverse: Reverse | undefined): void {
    const known = this.known.get(resolved.transactionId);
    const { arqc, batch } = known?.task.request ?? {};
    this.giveBack(settledResult(resolved, decision, present({ arqc, batch })), {
      ...present({ reverse: reverse ?? known?.task.reverse }),
      allowClearData: known?.allowsClearData === true,
    });
  }

  /** Has it given back where the card refused; nothing after any other end. */
  giveBack(result: TransactionResult, options: KnownOptions): void {
    const reversal = reversalOf(result);
    if (!reversal) return;
    const { transactionId } = reversal;
    this.remember(result, options);
    this.told.add(transactionId);
    this.dependencies.reversalNeeded(reversal, this.dependencies.unresolved.isUnstored(transactionId));
    // A listener may have settled it.
    const item = this.owed(transactionId);
    if (item) void this.reversals.giveBack(this.taskOf(item));
  }

  /** Keeps what a host is told of a sale whose card refused, as long as this page lives. */
  remember(result: TransactionResult, { reverse, allowClearData = false }: KnownOptions): void {
    const request = requestOf(result);
    const leaving = allowClearData ? request : withoutClearBatch(request);
    const task = { request: leaving, reverse: reverse ?? this.dependencies.reverse };
    this.known.set(result.transactionId, { task, allowsClearData: allowClearData });
  }

  /** What pages before had to give back, and could not. */
  takeUpAll(): void {
    if (!this.isUsed || this.isLeft) return;
    for (const task of this.left.splice(0)) void this.reversals.giveBack(task);
    for (const { transactionId, reversalNeeded } of this.dependencies.list(true))
      if (reversalNeeded) this.takeUpReversal(transactionId);
  }

  private owed(transactionId: string): UnresolvedTransaction | undefined {
    return this.dependencies
      .list()
      .find((item) => item.reversalNeeded === true && item.transactionId === transactionId);
  }

  private taskOf(item: UnresolvedTransaction, reverse?: Reverse): ReversalTask {
    const known = this.known.get(item.transactionId)?.task;
    return {
      request: known?.request ?? Object.freeze({ ...requestOf(settledFacts(item)), again: true }),
      reverse: reverse ?? known?.reverse ?? this.dependencies.reverse,
    };
  }

  private tell(transactionId: string): void {
    const item = this.owed(transactionId);
    if (!item || this.told.has(transactionId)) return;
    this.told.add(transactionId);
    this.dependencies.reversalNeeded(this.taskOf(item).request, item.unstored === true);
  }
}
