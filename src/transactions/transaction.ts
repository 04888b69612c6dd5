/**
 * One sale, from the start to an outcome: the shell around `next`, with its timers, the start, the cancel and the host.
 * It is called with what happens and never reads messages; it does not know sockets or elements.
 */
import { toHex } from '../mms/hex.js';
import type { MmsNotification, MmsResponse } from '../mms/message.js';
import type { Environment } from '../connection/environment.js';
import { PatientTimer } from '../connection/patient-timer.js';
import { ReaderError } from '../connection/reader-error.js';
import { askHost } from './ask-host.js';
import type { CardDataDetail, CardDetail } from './card.js';
import type {
  SaleFacts,
  Authorize,
  CardHeard,
  TransactionPhase,
  TransactionResult,
  TransactionUpdate,
} from './contract.js';
import { cardHeard, evidenceOf } from './evidence.js';
import type { Decision } from './outcome.js';
import { next, queued } from './next.js';
import { factsOf } from './result.js';
import {
  arqcOf,
  phaseOf,
  type Terms,
  type TransactionEffect,
  type TransactionEvent,
  type TransactionState,
  type TransactionTimer,
} from './state.js';

export type {
  AttemptReason,
  Authorize,
  AuthorizeRequest,
  CardDataText,
  CardFacts,
  CardHeard,
  FallbackMode,
  Flow,
  HostFacts,
  ReversalOptions,
  ReversalRequest,
  Reverse,
  SaleAttempt,
  SaleAttempts,
  SaleFacts,
  SaleType,
  StripeFallback,
  TransactionData,
  Inquire,
  InquireRequest,
  Inquiry,
  InquiryOptions,
  InquiryResult,
  Resolution,
  ResolvedTransaction,
  TransactionPhase,
  TransactionResult,
  TransactionUpdate,
} from './contract.js';

export interface StartListener {
  /** The start goes out. */
  sent(): void;
  /** It was answered: called before anything that comes after the answer is passed on, even where both came in one piece. */
  answered(response: MmsResponse): void;
}

/** What a sale needs to be able to do. */
export interface TransactionDependencies {
  readonly environment: Environment;
  readonly terms: Terms;
  readonly authorize: Authorize;
  /**
   * Sends the start. Rejects where it will not be answered.
   * @param accept How a card may be presented, in an attempt behind the first.
   */
  readonly start: (told: StartListener, signal: AbortSignal, accept?: string) => Promise<unknown>;
  /** Gives the reader the host's decision: in full EMV, once. */
  readonly resume: (arqc: CardDataDetail, decision: Decision) => void;
  /** Keeps that from a reader which has not been sent it yet. */
  readonly withdrawResume: () => void;
  /** More is known of the sale than its record says. */
  readonly keep: (sale: Transaction) => void;
  /** Sends the cancel. */
  readonly cancel: () => Promise<MmsResponse>;
  /** The key serial number of these card data is used up. */
  readonly useKey: (data: CardDataDetail) => void;
  /** These card data are not of this sale: they have been used before. */
  readonly refused: (data: CardDataDetail) => void;
  /** The phase has changed and the sale goes on: called before anybody is told. */
  readonly progressed: (sale: Transaction) => void;
  readonly ended: (result: TransactionResult) => void;
  readonly changed: (update: TransactionUpdate) => void;
  readonly done: (result: TransactionResult) => void;
}

/** A running or finished sale. Iterate over it for its phases; `result` always resolves. */
export class Transaction implements AsyncIterable<TransactionUpdate> {
  readonly transactionId: string;
  /** Decimal text that the sale was started with; what is chosen at the reader comes on top, and is in `amounts` of the result. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Resolves when the sale is over; never rejects. */
  readonly result: Promise<TransactionResult>;
  private readonly dependencies: TransactionDependencies;
  private starting = new AbortController();
  private readonly authorizing = new AbortController();
  private readonly timers: Readonly<Record<TransactionTimer, PatientTimer>>;
  private readonly updates: TransactionUpdate[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly events: TransactionEvent[] = [];
  private isDispatching = false;
  /** References of its starts: the answers may come twice. */
  private readonly startReferences = new Set<number>();
  private rules = next;
  private cancelling: Promise<void> | undefined;
  private state: TransactionState;
  private resolve!: (result: TransactionResult) => void;

  constructor(dependencies: TransactionDependencies) {
    const { environment, terms } = dependencies;
    this.dependencies = dependencies;
    this.transactionId = terms.transactionId;
    this.amount = terms.amount;
    this.currency = terms.currency;
    this.state = queued(terms);
    this.timers = { reader: new PatientTimer(environment), host: new PatientTimer(environment) };
    this.result = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** How far it has come; the same as in the last update. */
  get phase(): TransactionPhase {
    return phaseOf(this.state);
  }

  /**
   * The same for its record. In full EMV the card of an attempt before may have paid without a host: nobody may take that for a sale
   * that no card has met.
   * @internal
   */
  get phaseKept(): TransactionPhase {
    const { phase } = this;
    const { flow, attempt } = this.terms;
    const hasMetCard = flow === 'full-emv' && attempt && (attempt.shown.number > 1 || attempt.refused);
    return hasMetCard && (phase === 'starting' || phase === 'waiting-for-card') ? 'reading' : phase;
  }

  /** How it ended; undefined while it runs. Present before `done` is told. */
  get finished(): TransactionResult | undefined {
    return this.state.step === 'done' ? this.state.result : undefined;
  }

  /** What is known of it. @internal */
  get facts(): SaleFacts {
    const arqc = arqcOf(this.state);
    return factsOf(this.terms, arqc ? { arqc } : {});
  }

  /** What was agreed, with the attempt that runs. */
  private get terms(): Terms {
    return this.state.step === 'done' ? this.dependencies.terms : this.state.terms;
  }

  /** Whether the start was sent and the sale is not over. @internal */
  get isUnderWay(): boolean {
    return this.state.step !== 'queued' && this.state.step !== 'done';
  }

  /** What counts beside a host that says later how it ended; undefined where the host decides alone. @internal */
  get cardHeard(): CardHeard | undefined {
    const { state } = this;
    if (state.step === 'done') return state.card;
    const isAccepted = state.step !== 'queued' && state.step !== 'starting';
    return cardHeard(this.dependencies.terms, isAccepted ? evidenceOf(state) : {});
  }

  /** Whether card data for the host have come. @internal */
  get hasCardData(): boolean {
    return arqcOf(this.state) !== undefined;
  }

  /** Whether a card has met the reader for this sale. @internal */
  get hasSeenCard(): boolean {
    return 'seen' in this.state;
  }

  /** The phases from the first one on, as they come; ends after `done`. */
  async *[Symbol.asyncIterator](): AsyncIterator<TransactionUpdate> {
    for (let at = 0; ; at++) {
      while (at >= this.updates.length) {
        if (this.updates.at(-1)?.phase === 'done') return;
        await new Promise<void>((resolve) => this.waiting.add(resolve));
      }
      const update = this.updates[at];
      if (update) yield update;
    }
  }

  /**
   * Asks the reader to stop and resolves when it is idle again, with the outcome: a cancel may come too late. While one is
   * under way, another call joins it.
   * @throws {ReaderError} `rejected` when the reader cannot cancel any more (the sale goes on), or why it could not be asked.
   */
  async cancel(): Promise<TransactionResult> {
    if (isCancelled(this.state)) return this.result;
    if (this.isUnderWay) {
      this.endAttempts();
      this.cancelling ??= this.askToCancel().finally(() => {
        this.cancelling = undefined;
      });
      await this.cancelling;
    } else this.dispatch({ type: 'cancel-wanted' });
    return this.result;
  }

  /** No attempt follows the one that is under way. @internal */
  endAttempts(): void {
    if (this.isUnderWay) this.dispatch({ type: 'cancel-wanted' });
  }

  /** Goes by these rules, before the start is sent. @internal */
  follow(rules: typeof next): void {
    this.rules = rules;
  }

  /** Sends the start. Called once. @internal */
  run(): void {
    this.tell();
    this.send();
  }

  private send(accept?: string): void {
    const { environment, start } = this.dependencies;
    const told: StartListener = {
      sent: () => this.dispatch({ type: 'sent', at: environment.now() }),
      answered: ({ reference, status }) => {
        this.startReferences.add(reference);
        this.dispatch({ type: 'answered', status });
      },
    };
    start(told, this.starting.signal, accept).catch((error: unknown) => {
      this.dispatch({ type: 'unanswered', error: error as ReaderError });
    });
  }

  /** A card event of this reader. @internal */
  card(card: CardDetail): void {
    this.dispatch({ type: 'card', card });
  }

  /** Card data of this reader. @internal */
  cardData(data: CardDataDetail, isUsed: boolean): void {
    this.dispatch({ type: 'card-data', data, isUsed });
  }

  /** Whether card data that come now belong to this sale. @internal */
  takes(data: CardDataDetail, isUsed: boolean): boolean {
    const { state } = this.rules(this.state, { type: 'card-data', data, isUsed });
    return arqcOf(state) === data || ('seen' in state && state.seen.batch === data);
  }

  /** The reader shows that it works on something. @internal */
  signOfLife(): void {
    this.dispatch({ type: 'sign-of-life' });
  }

  /** The reader has ended its part. @internal */
  completed({ detail }: MmsNotification): void {
    this.dispatch({ type: 'completed', code: toHex(detail), at: this.dependencies.environment.now() });
  }

  /** The reader has accepted a start of somebody else. @internal */
  overtaken(reference: number): void {
    // The own answer may come twice.
    if (!this.startReferences.has(reference)) this.dispatch({ type: 'overtaken' });
  }

  /** The reader accepted that nothing was chosen, and aborts. @internal */
  choiceDismissed(why: 'cancelled' | 'timed-out'): void {
    this.dispatch({ type: 'choice-dismissed', why });
  }

  /** The connection is gone. @internal */
  connectionLost(error: ReaderError): void {
    this.dispatch({ type: 'lost', error });
  }

  private async askToCancel(): Promise<void> {
    const { status } = await this.dependencies.cancel();
    // Nothing is left to cancel but the attempts to come.
    if (!status.ok && isRefusing(this.state)) return;
    if (!status.ok && status.code !== 'no-transaction')
      throw new ReaderError('rejected', { detail: `${status.text}.`, status });
    this.dispatch({ type: 'cancel-answered', isAccepted: status.ok });
  }

  /** Goes on to the next state; what happens meanwhile waits its turn. */
  private dispatch(event: TransactionEvent): void {
    this.events.push(event);
    if (this.isDispatching) return;
    this.isDispatching = true;
    try {
      while (this.events.length > 0) {
        for (let each = this.events.shift(); each; each = this.events.shift()) this.step(each);
        // Whoever is told may make more happen.
        this.tell();
      }
    } finally {
      this.isDispatching = false;
    }
  }

  private step(event: TransactionEvent): void {
    const { state, effects } = this.rules(this.state, event);
    if (state === this.state && effects.length === 0) return;
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: TransactionEffect): void {
    switch (effect.type) {
      case 'withdraw-start':
        return this.starting.abort();
      case 'timer': {
        const { timer, milliseconds } = effect;
        if (milliseconds === undefined) this.timers[timer].stop();
        else this.timers[timer].start(milliseconds, () => this.dispatch({ type: 'time-over', timer }));
        return;
      }
      case 'start':
        this.starting = new AbortController();
        this.send(effect.accept);
        return;
      case 'use-key':
        return this.dependencies.useKey(effect.data);
      case 'refuse':
        return this.dependencies.refused(effect.data);
      case 'resume':
        return this.dependencies.resume(effect.arqc, effect.decision);
      case 'withdraw-resume':
        return this.dependencies.withdrawResume();
      case 'keep':
        return this.dependencies.keep(this);
      case 'ask-host':
        this.ask(effect.arqc);
    }
  }

  private ask(arqc: CardDataDetail): void {
    const { terms } = this;
    const { authorize } = this.dependencies;
    const { signal } = this.authorizing;
    askHost(authorize, { ...factsOf(terms, { arqc }), arqc, signal }, terms.flow, (answer) => {
      this.dispatch({ type: 'host-answered', answer });
    });
  }

  /** Tells of the phase: state first, then events, then promises. */
  private tell(): void {
    const { phase, state, transactionId, dependencies } = this;
    const attempt = this.terms.attempt?.shown;
    const last = this.updates.at(-1);
    if (last?.phase === phase && (last.attempt ?? attempt) === attempt) return;
    if (state.step === 'done' || (phase !== 'authorizing' && last?.phase === 'authorizing')) this.authorizing.abort();
    const update = Object.freeze({ transactionId, phase, ...(attempt ? { attempt } : {}) });
    this.updates.push(update);
    if (state.step === 'done') dependencies.ended(state.result);
    else dependencies.progressed(this);
    dependencies.changed(update);
    if (state.step === 'done') {
      dependencies.done(state.result);
      this.resolve(state.result);
    }
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

/** Whether a stripe was refused whose attempt the reader has not ended. */
const isRefusing = (state: TransactionState): boolean => 'terms' in state && state.terms.attempt?.refused !== undefined;

/** Whether the reader has accepted our cancel. */
const isCancelled = (state: TransactionState): boolean => 'ending' in state && state.ending?.isCancelled === true;
