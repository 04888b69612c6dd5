/**
 * The sales of one reader: at most one runs, none starts twice, and what happens is passed to the one that runs.
 * It does not know how a sale goes; a Transaction does.
 */
import { cancelTransaction } from '../mms/commands/cancel-transaction.js';
import type { MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { timeIn, type Environment, type Unsubscribe } from '../connection/environment.js';
import { detailed } from '../connection/error-details.js';
import { present } from '../connection/present.js';
import { ReaderError } from '../connection/reader-error.js';
import { isPartlyApproved } from './partial-approval.js';
import { copyCardData, inClear, type CardDataDetail, type CardDetail } from './card.js';
import { SILENCE } from './next.js';
import { loadFallback } from './load-fallback.js';
import { CardSeat } from './card-seat.js';
import type { Terms } from './state.js';
import type { Resolution } from './contract.js';
import { GivingBack, type ReversalListeners } from './giving-back.js';
import { noSuchSale } from './no-such-sale.js';
import { OutcomeDisplay } from './show-outcome.js';
import { inquire } from './inquiry.js';
import { saleName } from '../connection/held-names.js';
import { RunningElsewhere } from './running-elsewhere.js';
import { dateTimeOf } from './settled-result.js';
import { reversalOf } from './reversal.js';
import { readerAmounts } from './reader-amounts.js';
import { resumeRequest } from './resume-request.js';
import { startRequest, termsOf, type StartTransactionOptions } from './start-options.js';
import {
  Transaction,
  type Authorize,
  type Inquire,
  type InquiryResult,
  type TransactionResult,
  type TransactionUpdate,
} from './transaction.js';
import { isSalesKey } from './stored-sales.js';
import { claimTransactionId, finishTransactionId } from './transaction-ids.js';
import { UnresolvedTransactions, type UnresolvedTransaction } from './unresolved.js';
import { UsedKeys } from './used-keys.js';

export interface SalesDependencies extends ReversalListeners {
  readonly environment: Environment;
  /** Names the reader, over page loads. */
  readonly reader: string;
  readonly send: (
    request: MmsRequest,
    options: { signal?: AbortSignal; sent?: () => void; answered?: (response: MmsResponse) => void },
  ) => Promise<MmsResponse>;
  readonly authorize: Authorize;
  readonly changed: (update: TransactionUpdate) => void;
  readonly done: (result: TransactionResult) => void;
  /** Other sales are unresolved than before, here or in another tab. */
  readonly unresolvedChanged: () => void;
}

/** Clients count their references up: after so many starts one comes again. */
const REMEMBERED_STARTS = 50;

/** Milliseconds that a host is given where it has no limit, before another tab takes the sale for unresolved. */
const LONGEST_HOST = 600_000;

export class Sales {
  /** Money that must be given back. */
  readonly givingBack: GivingBack;
  private readonly dependencies: SalesDependencies;
  private readonly unresolved: UnresolvedTransactions;
  private readonly elsewhere: RunningElsewhere;
  private readonly usedKeys: UsedKeys;
  private readonly display: OutcomeDisplay;
  private readonly seat = new CardSeat();
  /** References of the foreign starts that were heard last. */
  private readonly foreignStarts = new Set<number>();
  /** Ids of sales that ended because the page was left: it shows them again only if it is used again. */
  private readonly leftBehind = new Set<string>();
  private running: Transaction | undefined;
  private stopListening: Unsubscribe | undefined;
  /** The record of the sale that runs, as it was put into the list last. */
  private record: UnresolvedTransaction | undefined;

  constructor(dependencies: SalesDependencies) {
    const { environment, send } = dependencies;
    this.dependencies = dependencies;
    // What tabs share, where there is such a thing.
    const storage = environment.lastingStorage ?? environment.storage;
    this.unresolved = new UnresolvedTransactions(storage);
    this.elsewhere = new RunningElsewhere(environment, () => this.unresolvedChanged());
    this.givingBack = new GivingBack({
      ...dependencies,
      unresolved: this.unresolved,
      list: (isHere) => (isHere ? this.unresolvedHere : this.unresolvedList),
      changed: () => this.unresolvedChanged(),
    });
    this.usedKeys = new UsedKeys(environment, storage);
    this.display = new OutcomeDisplay(environment, (request) => send(request, {}));
  }

  get current(): Transaction | undefined {
    return this.running;
  }

  /** Sales without an outcome or to be given back, of all readers and tabs, and of page loads before. */
  get unresolvedList(): readonly UnresolvedTransaction[] {
    const { elsewhere, unresolved } = this;
    return unresolved.list
      .filter((item) => !elsewhere.has(item))
      .map((item) => (unresolved.isUnstored(item.transactionId) ? { ...item, unstored: true } : item));
  }

  /** Those of this reader, oldest first. */
  get unresolvedHere(): readonly UnresolvedTransaction[] {
    const { reader: own } = this.dependencies;
    const here = this.unresolvedList.filter(({ reader = own }) => reader === own);
    return here.sort((one, other) => one.startedAt - other.startedAt);
  }

  /** The page is being left: a sale for which no card was seen is not left behind at the reader. */
  leave(): void {
    const { running } = this;
    // Nobody is there for the answer.
    running?.endAttempts();
    if (running && !running.hasSeenCard) running.cancel().catch(() => undefined);
    this.givingBack.leave();
  }

  /** The page is used again, with everything that it shows. */
  returned(): void {
    for (const transactionId of this.leftBehind) this.unresolved.remove(transactionId);
    this.leftBehind.clear();
    this.givingBack.returned();
    this.unresolvedChanged();
  }

  /** What other tabs do to the list of sales counts for as long as the reader is used. */
  listen(isUsed: boolean): void {
    if (isUsed) this.stopListening ??= this.dependencies.environment.onStored?.((key) => this.storedElsewhere(key));
    else {
      this.stopListening?.();
      this.stopListening = undefined;
    }
  }

  /** Another page has changed what the pages share, under this key where it is known: a sale that runs here stays in the list. */
  private storedElsewhere(key?: string | null): void {
    if (!isSalesKey(key)) return;
    // The record as it was put, not a new one: two pages that sell would answer each other's writing for ever.
    if (this.record) this.unresolved.keep(this.record);
    this.givingBack.reversals.looked();
    this.unresolvedChanged();
  }

  /**
   * Takes a sale for settled, and returns it; undefined where there is none with this id, and where it must be given back as before.
   * One that the host says to have approved and the card has refused stays, as one that must be given back.
   */
  resolve(transactionId: string, { decision }: Resolution): UnresolvedTransaction | undefined {
    const item = this.unresolvedList.find((each) => each.transactionId === transactionId);
    if (!item) return undefined;
    if (decision?.approved && item.card === 'refused') {
      if (item.reversalNeeded) return undefined;
      this.givingBack.reversals.owe(item);
      return item;
    }
    this.givingBack.stop(transactionId);
    this.unresolved.remove(transactionId);
    return item;
  }

  /**
   * Asks how a sale without an outcome ended.
   * @throws {ReaderError} `bad-option` where there is no such sale, `inquire-failed`, `aborted`.
   */
  async inquire(
    transactionId: string,
    hook: Inquire,
    { signal, milliseconds }: { readonly signal?: AbortSignal; readonly milliseconds: number },
  ): Promise<InquiryResult> {
    const item = this.unresolvedList.find((each) => each.transactionId === transactionId);
    if (!item) throw noSuchSale(transactionId);
    const { amount, currency, card, originalReference } = item;
    const { environment } = this.dependencies;
    const asked = { transactionId, amount, currency, ...present({ originalReference, card, signal }) };
    return inquire(hook, asked, { environment, milliseconds });
  }

  private unresolvedChanged(): void {
    this.dependencies.unresolvedChanged();
    this.givingBack.takeUpAll();
  }

  /** @throws {ReaderError} `bad-amount`, `bad-option`, `transaction-in-progress`, `duplicate-transaction`. */
  start(options: StartTransactionOptions): Transaction {
    const { environment, changed, done, reader, refused, send } = this.dependencies;
    const request = startRequest(options);
    // Another attempt is the same sale, whatever the page does with its options and lists meanwhile.
    const { accept: ways, tipOptions } = options;
    const given: StartTransactionOptions = {
      ...options,
      ...(typeof ways === 'object' ? { accept: [...ways] } : {}),
      ...(typeof tipOptions === 'object' ? { tipOptions: [...tipOptions] } : {}),
    };
    const terms = termsOf(options, options.transactionId ?? environment.uniqueId(), dateTimeOf(timeIn(environment)));
    if (this.running)
      throw new ReaderError('transaction-in-progress', detailed('sale-id', { id: this.running.transactionId }));
    const { transactionId, currency } = terms;
    if (this.unresolved.has(transactionId) || !claimTransactionId(transactionId)) {
      throw new ReaderError('duplicate-transaction', detailed('sale-id', { id: transactionId }));
    }

    const startedAt = timeIn(environment);
    const release = environment.keepAwake?.();
    const owner = environment.uniqueId();
    const letGo = environment.hold?.(saleName(owner));
    let wasSent = false;
    const recordOf = ({ phaseKept: phase, hasCardData }: Kept): UnresolvedTransaction => {
      // With what the cardholder has chosen at the reader, which is what the host was asked for.
      const { amount, amounts, originalReference } = sale.facts;
      const { cardHeard: card } = sale;
      const facts = { transactionId, amount, currency, type: terms.type, amounts, startedAt, originalReference };
      return present({ ...facts, phase, arqc: hasCardData, card, reader });
    };
    const keep = (at: Kept, isOver = false): void => {
      if (!wasSent) return;
      const running = isOver ? {} : { owner, runningUntil: timeIn(environment) + longest(terms) };
      this.record = { ...recordOf(at), ...running };
      this.unresolved.put(this.record);
    };
    const resuming = new AbortController();
    let last: Kept;
    const sale = new Transaction({
      environment,
      terms,
      authorize: (asked) => {
        checkClearData(asked.arqc, options);
        if (!readerAmounts(terms, asked.arqc))
          throw new ReaderError('amounts-differ', detailed('sale-id', { id: transactionId }));
        return (options.authorize ?? this.dependencies.authorize)({ ...asked, arqc: copyCardData(asked.arqc) });
      },
      start: (told, signal, accept) => {
        if (accept) this.seat.saleEnded();
        const go = (): Promise<MmsResponse> =>
          this.seat.whenFree(signal, () =>
            this.display.whenOver(signal, () =>
              send(accept ? startRequest({ ...given, accept }) : request, {
                signal,
                answered: (response) => told.answered(response),
                sent: () => {
                  wasSent = true;
                  told.sent();
                  // Written before the reader can act on it: a page that is reloaded now still knows.
                  keep(sale);
                },
              }),
            ),
          );
        if (accept || given.fallback !== 'host') return go();
        return loadFallback().then(({ withFallback }) => {
          sale.follow(withFallback(given.accept));
          return go();
        });
      },
      resume: (arqc, decision) => {
        // Once, whatever becomes of it: the batch says what the card has made of it. What waits to be sent when the sale is over is
        // not sent: the card at the reader may be another's.
        send(resumeRequest(arqc, decision), { signal: resuming.signal }).catch(() => undefined);
      },
      withdrawResume: () => resuming.abort(),
      keep,
      cancel: () => send(cancelTransaction(), {}),
      useKey: (data) => {
        this.usedKeys.use(data);
        // Written before the host is asked, too.
        keep(sale);
      },
      refused: ({ ksn }) => refused(new ReaderError('card-data-used', detailed('ksn', { ksn }))),
      progressed: ({ phaseKept, hasCardData }) => {
        last = { phaseKept, hasCardData };
        keep(last);
      },
      ended: (result) => {
        release?.();
        resuming.abort();
        this.running = undefined;
        if (wasSent) this.seat.saleEnded();
        finishTransactionId(transactionId, wasSent);
        const isLeftBehind = endedUnseen(result);
        if (isLeftBehind) this.leftBehind.add(transactionId);
        const at = { phaseKept: last.phaseKept, hasCardData: result.arqc !== undefined };
        if (isLeftBehind || result.outcome === 'unknown') {
          keep(at, true);
          if (sale.cardHeard === 'refused') this.givingBack.remember(result, options);
        } else if (reversalOf(result)) this.givingBack.reversals.owe(recordOf(at));
        else this.unresolved.remove(transactionId);
        this.record = undefined;
        letGo?.();
        this.unresolvedChanged();
        // The reader has no text for a part: APPROVED would be taken for all of it.
        if (options.showOutcome && !isPartlyApproved(result)) this.display.show(result.outcome);
      },
      changed,
      done: (result) => {
        done(result);
        this.givingBack.giveBack(result, options);
      },
    });
    this.running = sale;
    sale.run();
    return sale;
  }

  card(detail: CardDetail): void {
    this.seat.card(detail);
    this.running?.card(detail);
  }

  /** Id of the sale that card data belong to which come now; empty where they are of none that was started here. */
  ownerOf(data: CardDataDetail): string {
    const { running } = this;
    return running?.takes(data, this.usedKeys.isUsed(data)) ? running.transactionId : '';
  }

  cardData(data: CardDataDetail): void {
    const isUsed = this.usedKeys.isUsed(data);
    this.usedKeys.heard(data);
    this.running?.cardData(data, isUsed);
  }

  /** The reader has accepted a start that nobody here waits for; a repeat of its answer says nothing new. */
  foreignStart(reference: number): void {
    if (this.foreignStarts.has(reference)) return;
    this.foreignStarts.add(reference);
    if (this.foreignStarts.size > REMEMBERED_STARTS) this.foreignStarts.delete([...this.foreignStarts][0] ?? reference);
    this.running?.overtaken(reference);
  }

  /** The reader shows that it works on something. */
  signOfLife(): void {
    this.running?.signOfLife();
  }

  completed(notification: MmsNotification): void {
    this.running?.completed(notification);
  }

  connectionLost(error: ReaderError): void {
    this.running?.connectionLost(error);
    this.display.end();
    this.seat.forget();
  }
}

/** What a record says of how far a sale has come. */
type Kept = Pick<Transaction, 'phaseKept' | 'hasCardData'>;

/** Milliseconds after which a sale of which nothing more was heard must have ended, also in a tab that has crashed. */
const longest = ({ timeout, authorizeTimeout }: Terms): number =>
  timeout + SILENCE + Math.min(authorizeTimeout, LONGEST_HOST);

/** @throws {ReaderError} `clear-card-data` where the host must not get these data. */
function checkClearData({ clearTags }: CardDataDetail, { allowClearData = false }: StartTransactionOptions): void {
  if (clearTags.length > 0 && !allowClearData) {
    throw inClear(clearTags);
  }
}

/** Whether a card may have been charged in a page that was left before anybody could see it: the next page would sell once more. */
const endedUnseen = ({ outcome, error }: TransactionResult): boolean =>
  error?.because?.code === 'page-left' && (outcome === 'approved' || outcome === 'deferred');
