/**
 * The course of a sale in its element: starts, follows and cancels it, puts its value into the form when it has ended, and goes on
 * where somebody settles it later. What is shown of it is in place before anybody is told.
 * It decides no outcome and draws nothing.
 */
import type { LitElement } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import type { Unsubscribe } from '../../connection/environment.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { Outcome } from '../../transactions/outcome.js';
import { isPartlyApproved } from '../../transactions/partial-approval.js';
import { settledResult } from '../../transactions/settled-result.js';
import { transactionData } from '../../transactions/transaction-data.js';
import type {
  ResolvedTransaction,
  Transaction,
  TransactionPhase,
  TransactionResult,
} from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import type { ReaderController } from '../context/reader-controller.js';
import { Countdown } from '../shared/countdown.js';
import { Choice } from './choice.js';
import { focusSoon, keepFocus } from './focus-soon.js';
import type { FormValue } from './form-value.js';
import { saleOptions, type SaleSettings } from './sale-request.js';
import type { ShownSale } from './shown-sale.js';
import type { UnsettledSales } from './unsettled-sales.js';

/** Outcomes after which the same sale may be tried again with a new id: nothing was charged. */
const retryable: readonly Outcome[] = ['declined', 'cancelled', 'timed-out', 'failed'];

/** Outcomes with card data that a form may send. */
const submittable: readonly Outcome[] = ['approved', 'deferred'];

export interface SaleHost extends LitElement, SaleSettings {
  readonly autoSubmit: boolean;
}

export interface SaleParts {
  readonly reader: ReaderController;
  readonly unsettled: UnsettledSales;
  readonly form: FormValue;
}

export class SaleCourse {
  /** Seconds that are left for a card. */
  readonly countdown: Countdown;
  readonly choice: Choice;
  private readonly host: SaleHost;
  private readonly parts: SaleParts;
  private current: ShownSale = { phase: 'idle' };
  /** The sale of that id, as it was last seen without an outcome or to be given back. */
  private listed: UnresolvedTransaction | undefined;
  private unsubscribes: readonly Unsubscribe[] = [];

  constructor(host: SaleHost, parts: SaleParts) {
    this.host = host;
    this.parts = parts;
    this.countdown = new Countdown(host);
    this.choice = new Choice(host, (cause) => {
      if (this.current.sale) this.refused(cause);
    });
  }

  /** What is shown of it. */
  get shown(): ShownSale {
    return this.current;
  }

  /** Whether no card has come yet. */
  get isWaiting(): boolean {
    const { phase } = this.current;
    return phase === 'starting' || phase === 'waiting-for-card';
  }

  /**
   * Whether the button is offered: always before a sale, and after one that charged nothing and has no name for ever. Card after card
   * is sold where nobody must see first whether the last one was charged, or that a part is missing.
   * @param isAlone Whether the next card starts the sale by itself.
   */
  canStart(isAlone = false): boolean {
    const { result, settled } = this.current;
    if (settled?.approved || this.isOver || this.parts.unsettled.first) return false;
    if (!result) return true;
    return isAlone ? result.outcome !== 'unknown' && !isPartlyApproved(result) : retryable.includes(result.outcome);
  }

  /** Whether the sale that is shown, ended, settled or to be, has used up the id of the next: none starts twice, and the page gives another. */
  private get isOver(): boolean {
    const { result, settled } = this.current;
    // Nothing was sent: the id is free.
    const ended = result?.because?.code === 'not-sent' ? undefined : (result ?? settled);
    return [ended, this.listed].some((each) => each?.transactionId === this.host.transactionId);
  }

  /** @throws {ReaderError} as the method of the element. */
  async start(): Promise<TransactionResult> {
    const { reader, unsettled, form } = this.parts;
    const { client } = reader;
    if (this.current.sale) return this.current.sale.result;
    this.say(undefined);
    // Whatever comes of this: the payment before is not the payment of this sale.
    form.value = '';
    try {
      if (!client) throw new ReaderError('not-connected', detailed('no-reader'));
      const { first: unresolved } = unsettled;
      if (unresolved)
        throw new ReaderError('unresolved-transaction', detailed('sale-id', { id: unresolved.transactionId }));
      return await this.begin(client).result;
    } catch (cause) {
      this.refused(cause);
      throw cause;
    }
  }

  /** @throws {ReaderError} as the method of the element. */
  async cancel(): Promise<TransactionResult | undefined> {
    const { choice } = this;
    const { sale } = this.current;
    if (sale && choice.isOpen) {
      try {
        await choice.dismiss('cancelled');
        return await sale.result;
      } catch (cause) {
        // It waits for no choice any more: the sale is what is left to cancel.
        if (!(cause instanceof ReaderError) || cause.code !== 'rejected') throw cause;
      }
    }
    return sale?.cancel();
  }

  /** Cancels it for somebody who sees what goes wrong. */
  readonly cancelShowingErrors = (): void => {
    this.cancel().catch(this.refused);
  };

  /** Forgets what has ended. A sale that runs goes on. */
  reset(): void {
    if (this.current.sale) return;
    this.parts.form.value = '';
    this.show({ phase: 'idle' });
  }

  /** Resets what belongs to a sale with other values. */
  forget(): void {
    const { result, error, settled, givenBack } = this.current;
    if (result ?? error ?? settled ?? givenBack) this.reset();
  }

  /** Shows what goes wrong. */
  readonly refused = (cause: unknown): void => {
    if (cause instanceof ReaderError) this.say(cause);
  };

  /** The element has left the page. Once a card is being read the sale goes on: the events of the reader tell its end. */
  leave(): void {
    const { sale } = this.current;
    // Nobody could cancel it any more.
    if (sale && (this.isWaiting || this.choice.isOpen)) this.cancelShowingErrors();
    else sale?.endAttempts();
  }

  /** Goes on with another reader, or none; a sale that runs is followed to its end all the same. */
  follow(client: ReaderClient | undefined): void {
    for (const stop of this.unsubscribes) stop();
    this.unsubscribes = client
      ? [
          client.observe('selection-request', (detail) => {
            if (this.current.sale) this.choice.offer(detail);
          }),
          client.observe('transaction-resolved', (detail) => this.resolved(detail)),
        ]
      : [];
  }

  /** A sale that is not in the list any more was settled in another tab, or by the page. */
  followList(): void {
    const { reader, unsettled } = this.parts;
    const { transactionId } = this.host;
    // Without a reader nobody knows the list.
    if (!reader.client) return;
    const found = unsettled.own;
    if (this.current.result?.outcome === 'unknown' && (!found || found.reversalNeeded)) this.reset();
    const { listed } = this;
    const { phase, settled, givenBack } = this.current;
    if (found) this.listed = found;
    else if (listed?.transactionId === transactionId && phase === 'idle' && !settled && !givenBack) {
      // Nobody here knows how; the id is used up all the same.
      const { amount, currency, startedAt } = listed;
      this.show({ ...this.current, settled: { transactionId, amount, currency, startedAt, via: 'page' } });
    }
  }

  /** Starts a sale and follows it to its end, also where this element comes to another reader meanwhile. */
  private begin(client: ReaderClient): Transaction {
    const options = saleOptions(this.host, client);
    // How it ends may not be known, perhaps because the network is gone.
    void this.parts.unsettled.need();
    let sale: Transaction | undefined;
    const stop = client.observe('transaction', ({ transactionId, phase }) => {
      // The first phase is told before the start returns.
      sale ??= client.transaction;
      if (sale?.transactionId !== transactionId) return;
      const { finished } = sale;
      if (finished) {
        stop();
        this.ended(finished);
      } else {
        this.entered(sale, phase);
      }
    });
    try {
      sale = client.startTransaction(options);
      return sale;
    } catch (cause) {
      stop();
      throw cause;
    }
  }

  private entered(sale: Transaction, phase: TransactionPhase): void {
    const isFirst = this.current.sale !== sale;
    if (isFirst) this.parts.form.value = '';
    this.show(isFirst ? { phase, sale, error: this.current.error } : { ...this.current, phase });
    if (phase === 'starting') this.countdown.stop();
    if (phase === 'waiting-for-card') this.countdown.start(this.host.timeout);
    // Also when another attempt begins: the choice was of the one before.
    if (phase === 'starting' || phase === 'authorizing' || phase === 'finishing') this.choice.close();
  }

  private ended(result: TransactionResult, isLate = false): void {
    const { host } = this;
    const { allowClearData } = host;
    const { form } = this.parts;
    this.choice.close();
    this.countdown.stop();
    this.show({ phase: 'done', result, isLate, givenBack: this.current.givenBack });
    const mayLeave = allowClearData || result.arqc?.clearTags.length === 0;
    if (result.arqc && mayLeave && submittable.includes(result.outcome))
      form.value = JSON.stringify(transactionData(result, allowClearData));
    keepFocus(host, '.outcome');
    // Somebody must see first that a part is missing.
    if (host.autoSubmit && form.value !== '' && !isPartlyApproved(result))
      queueMicrotask(() => {
        // A listener may have submitted or reset it.
        if (this.current.result === result && form.value !== '') form.form?.requestSubmit();
      });
  }

  /** How a sale ended is known now; it is shown where it was waited for. */
  private resolved(detail: ResolvedTransaction): void {
    const { host } = this;
    const { result } = this.current;
    const before = result?.transactionId === detail.transactionId ? result : undefined;
    if (detail.reversalNeeded) return this.reversed(detail);
    if (!before && !this.parts.unsettled.isAtWork) return;
    const { decision } = detail;
    if (decision) {
      const { arqc, batch } = before ?? {};
      this.ended(settledResult(detail, decision, { ...(arqc ? { arqc } : {}), ...(batch ? { batch } : {}) }), true);
    } else {
      this.reset();
      this.show({ ...this.current, settled: detail, error: undefined });
      keepFocus(host, '.outcome');
    }
  }

  /** Money is not owed any more. */
  private reversed(givenBack: ResolvedTransaction): void {
    const { host } = this;
    const hadFocus = host.renderRoot.querySelector('.reversal:focus-within') !== null;
    this.show({ ...this.current, givenBack });
    if (hadFocus) void focusSoon(host, '.reversal, [part=reversal-over]');
  }

  private say(error: ReaderError | undefined): void {
    this.show({ ...this.current, error });
  }

  private show(shown: ShownSale): void {
    const { phase, result } = shown;
    const { states } = this.parts.form;
    states?.clear();
    states?.add(phase);
    if (result) states?.add(isPartlyApproved(result) ? 'partly-approved' : result.outcome);
    this.parts.unsettled.unknownId = result?.outcome === 'unknown' ? result.transactionId : '';
    this.current = shown;
    this.host.requestUpdate();
  }
}
