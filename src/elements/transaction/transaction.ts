/**
 * `<magtek-transaction>`: one sale in one tag, from the button to the outcome; part of a form where it is in one.
 * It starts, shows and ends sales of the client; it does not decide how a sale ended.
 */
import { html, LitElement, nothing, type PropertyDeclaration, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isRestartAnnounced } from '../../mms/views/health.js';
import { isOpen } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { Outcome } from '../../transactions/outcome.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { StartTransactionOptions } from '../../transactions/start-options.js';
import type {
  Inquire,
  ResolvedTransaction,
  Authorize,
  AuthorizeRequest,
  FallbackMode,
  Flow,
  ReversalRequest,
  Reverse,
  Transaction,
  TransactionPhase,
  TransactionResult,
} from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import { settledResult } from '../../transactions/settled-result.js';
import { isPartlyApproved } from '../../transactions/partial-approval.js';
import { transactionData } from '../../transactions/transaction-data.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { asText } from '../shared/bad-option.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Countdown } from '../shared/countdown.js';
import { Departure } from '../shared/departure.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { fieldStyles } from '../shared/field-styles.js';
import { Internals } from '../shared/internals.js';
import { LazyPart } from '../shared/lazy-part.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { transactionWords } from '../../language/english/transaction.js';
import { LanguageController } from '../../language/language-controller.js';
import { cardPrompt, money } from '../../language/sale-words.js';
import { resettable } from '../shared/resettable.js';
import { textAttribute } from '../shared/text-attribute.js';
import { CardholderWatch } from '../cardholder/cardholder-watch.js';
import { pictureStyles } from '../cardholder/pictures.js';
import { Choice } from './choice.js';
import { askAt, firstOf, inquireAt, reverseAt, reverseUrlOf } from './host.js';
import { PageLabel } from './page-label.js';
import { shownTotal, wrongAutoStart, wrongOption } from './sale-options.js';
import { guidanceOf, outcomeTemplate, payTemplate, runningTemplate } from './sale-templates.js';
import type { SettlingPart } from './settling-part.js';
import { styles } from './transaction.styles.js';

/** Outcomes after which the same sale may be tried again with a new id: nothing was charged. */
const retryable: ReadonlySet<Outcome> = new Set(['declined', 'cancelled', 'timed-out', 'failed']);

/** Ways to present a card that are taken away: none is guessed, and the sale is refused. */
const waysOrEmpty = (ways: string | null | undefined): string => ways ?? '';

/** Outcomes with card data that a form may send. */
const submittable: ReadonlySet<Outcome> = new Set(['approved', 'deferred']);

/** Properties that say which sale it is: a finished one belongs to them. */
const valuesOfSale: ReadonlySet<PropertyKey> = new Set([
  ...['amount', 'otherAmount', 'tip', 'tax', 'surcharge', 'tipOptions', 'currency', 'type', 'transactionId'],
  'originalReference',
]);

/**
 * One sale: a button that becomes progress, and then the outcome.
 *
 * In a form its value is the encrypted card data as JSON, once the card was read and the host has not refused: see
 * `TransactionData`. The reader dispatches the events of the sale; when they are told, value and validity are in place.
 *
 * A finished sale belongs to its values: with another `amount`, `currency`, `type` or `transaction-id`, or after `reset()`, the
 * element is idle again and its value empty. What changes while a sale runs holds for the next one.
 *
 * A sale with this reader whose outcome nobody knows, also one from before a reload, is shown instead of the button until it is
 * settled: by the host, by the reader, or by a person.
 *
 * A sale that the host approved and the card refused (full EMV) is shown beside the button until its money was given back. The host
 * is told at the end of the sale, and again after a reload.
 *
 * @fires {Event} input - The value has come or gone.
 * @fires {Event} change - The value has come or gone.
 *
 * @slot - The label of the button. Default: “Pay” or “Refund”, and the amount.
 * @slot approved - What is shown when the host has approved.
 * @slot partly-approved - What is shown when the host has approved a part of the amount only.
 * @slot declined - What is shown when the host has declined.
 * @slot deferred - What is shown when the card was read and the decision is made elsewhere.
 * @slot cancelled - What is shown when the sale was cancelled.
 * @slot timed-out - What is shown when no card came in time.
 * @slot failed - What is shown when the sale did not take place.
 * @slot unknown - What is shown when nobody here can tell: the host must be asked.
 *
 * @csspart pay - The button that starts.
 * @csspart running - The box while the sale runs.
 * @csspart amount - The amount.
 * @csspart prompt - Who must do what.
 * @csspart pictures - The same as line drawings.
 * @csspart hint - What the cardholder is to do or to know when the sale is over: remove the card, it has expired.
 * @csspart seconds - The time that is left.
 * @csspart choices - The list of choices, where the reader asks for one.
 * @csspart cancel - The button that cancels.
 * @csspart outcome - The box with the outcome.
 * @csspart recovery - The box with a sale whose outcome nobody knows.
 * @csspart recovery-ask - The button that asks the host how it ended.
 * @csspart recovery-cancel - The button that cancels what the reader still does.
 * @csspart recovery-note - What came of that.
 * @csspart recovery-hand - What a person fills in who settles it by hand.
 * @csspart recovery-paid - The button that settles it as paid.
 * @csspart recovery-not-paid - The button that settles it as not paid.
 * @csspart reversal - The box with a sale whose money must be given back.
 * @csspart reversal-again - The button that tells the host once more.
 * @csspart reversal-note - What came of that.
 * @csspart reversal-hand - What a person fills in who settles that by hand.
 * @csspart reversal-given-back - The button that settles it as given back.
 * @csspart reversal-over - The box that says that it was given back.
 * @csspart recovery-refunded - The button that settles a refund as done.
 * @csspart recovery-not-refunded - The button that settles a refund as not done.
 * @csspart next - The button that goes on after a sale that was settled as paid.
 * @csspart cancel-other - The button that cancels a sale that somebody else runs at the reader.
 * @csspart error - What cannot be done, and what to do about it.
 *
 * @cssstate idle - No sale yet.
 * @cssstate starting - The reader is being asked.
 * @cssstate waiting-for-card - The reader waits for a card.
 * @cssstate reading - The card is being read.
 * @cssstate authorizing - The host is being asked.
 * @cssstate finishing - The reader ends its part.
 * @cssstate done - The sale is over; the outcome is a state too.
 * @cssstate approved - The host has approved.
 * @cssstate partly-approved - The host has approved a part of the amount only; `approved` is not set then.
 * @cssstate declined - The host has declined.
 * @cssstate deferred - The card was read; the decision is made elsewhere.
 * @cssstate cancelled - The sale was cancelled.
 * @cssstate timed-out - No card came in time.
 * @cssstate failed - The sale did not take place.
 * @cssstate unknown - Nobody here can tell.
 */
export class MagtekTransaction extends MagtekElement {
  static readonly version: string = VERSION;
  static readonly formAssociated = true;
  static override styles = [baseStyles, errorStyles, fieldStyles, pictureStyles, styles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  /** Decimal text with at most as many decimals as the currency has: `4.60`. */
  @resettable @property() amount = '';

  /** Cashback: the part of `amount` that is paid out in cash. */
  @resettable @property({ attribute: 'other-amount' }) otherAmount = '';

  /** A tip that is known before the card is read; it is added to `amount`. */
  @resettable @property() tip = '';

  /** Added to `amount`. With `tip-options` the reader shows it. */
  @resettable @property() tax = '';

  /** Added to `amount`. */
  @resettable @property() surcharge = '';

  /** Tips to choose among at the reader: six shares of `amount`, `5% 10% 15% 18% 20% 25%`, or six amounts. */
  @resettable @property({ attribute: 'tip-options' }) tipOptions = '';

  /** ISO 4217 code: `EUR`. */
  @resettable @property() currency = '';

  /** What the sale is. */
  @resettable @property() type: NonNullable<StartTransactionOptions['type']> = 'purchase';

  /**
   * How the reader is set: `quick-chip`, it answers the card itself, or `full-emv`, it waits for the host's answer and card and host
   * must agree.
   */
  @resettable @property() flow: Flow = 'quick-chip';

  /**
   * `host`: the chip of a card is asked for that was swiped, and tried again where it cannot be read, then the stripe alone is taken.
   * For readers that do not do so themselves (property 1.2.1.1.1.1). Nothing is asked of the host before the last attempt.
   */
  @resettable @property() fallback: FallbackMode = 'off';

  /** How a card may be presented: `insert`, `tap`, `swipe`, with spaces or commas between. */
  @property() accept = 'insert tap swipe';

  /** Seconds that the reader waits for a card, 1 to 255. */
  @resettable @property({ type: Number }) timeout = 60;

  /** Names the sale for ever; the same is never started twice. Empty: each start gets a new one. */
  @resettable @property({ attribute: 'transaction-id' }) transactionId = '';

  /** Of a refund: which earlier sale it gives back, as the host knows it. */
  @resettable @property({ attribute: 'original-reference' }) originalReference = '';

  /**
   * Address of this page's own origin that decides: gets the card data as JSON by `POST`, answers
   * `{"approved": boolean, "message"?: string}`. A listener of `magtek-authorize` that answers goes before it.
   */
  @resettable @property({ attribute: 'authorize-url' }) authorizeUrl = '';

  /**
   * Address of this page's own origin that says how a sale ended whose outcome is not known here: gets `GET` of the address, a
   * slash and the transaction id, answers as `authorize-url` does, or `{"outcome": "unknown"}`. A listener of `magtek-inquire` that
   * answers goes before it.
   */
  @resettable @property({ attribute: 'status-url' }) statusUrl = '';

  /**
   * Address of this page's own origin that gives back what the host took for a card that then refused (full EMV): gets a `POST` to
   * `…/<transaction id>` until it answers `{"approved": true}`. Empty: `reverse` beside an `authorize-url` that ends in `authorize`.
   */
  @resettable @property({ attribute: 'reverse-url' }) reverseUrl = '';

  /**
   * Ways of presenting a card to the idle reader that start the sale: `insert tap swipe`. Empty: the button only. Card after card
   * is sold, until an outcome is `unknown` or the sale has a `transaction-id`, which is charged once.
   */
  @resettable @property({ attribute: 'auto-start' }) autoStart = '';

  /** Submits the form once the sale has a value; not where the host approved a part of the amount only. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'auto-submit' }) autoSubmit = false;

  /** Shows APPROVED or DECLINED on the reader when the host has decided. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'show-outcome' }) showOutcome = false;

  /** The host and the form get card data also where the reader sent some of them in clear. Without it they get nothing then. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'allow-clear-data' }) allowClearData = false;

  @property({ type: Boolean, reflect: true }) disabled = false;

  /** The form is not valid before the sale has a value. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Name in the form. */
  @resettable @property({ reflect: true, converter: textAttribute }) name = '';

  @state() private phaseShown: TransactionPhase | 'idle' = 'idle';
  @state() private result: TransactionResult | undefined;
  @state() private error: ReaderError | undefined;
  @state() private isDisabledByForm = false;
  /** How a sale was settled that has no outcome of a host. */
  @state() private settled: ResolvedTransaction | undefined;
  /** The last sale that had to be given back and was. */
  @state() private givenBack: ResolvedTransaction | undefined;

  private readonly internals = new Internals(this);
  private readonly language = new LanguageController(this, transactionWords);
  private readonly countdown = new Countdown(this);
  private readonly watch = new CardholderWatch(this);
  private readonly choice = new Choice(this, (cause) => {
    if (this.sale) this.refused(cause);
  });
  private readonly reader = new ReaderController(this, (client) => {
    this.follow(client);
  });
  private readonly label = new PageLabel(this);
  /** What people do about sales without an outcome, and about money that must be given back. */
  private readonly settling = new LazyPart<SettlingPart>(this, async () => {
    const { SettlingPart } = await import('./settling-part.js');
    return new SettlingPart(this, this.language, {
      asking: (client) => ({ inquire: this.inquireOf(client), ...this.reverseOf(client) }),
      telling: (client) => this.reverseOf(client),
    });
  });
  /** What this element has taken up that a page before had to give back, each with the address at which that is done. */
  private readonly takenUp = new Set<string>();
  private unsubscribes: readonly Unsubscribe[] = [];
  private stopAutoStart: Unsubscribe | undefined;
  private sale: Transaction | undefined;
  /** The sale of that id, as it was last seen without an outcome or to be given back. */
  private listed: UnresolvedTransaction | undefined;
  private formValue = '';
  /** Id of the sale whose outcome the host told later; empty where there is none. */
  private settledId = '';
  /** The value that the page was last told of. */
  private toldValue = '';

  constructor() {
    super();
    new Departure(this, () => {
      // Nobody could cancel it any more. Once a card is being read the sale goes on: the events of the reader tell its end.
      if (this.sale && (this.isWaiting || this.choice.isOpen)) this.cancelShowingErrors();
      else this.sale?.endAttempts();
    });
  }

  /** How far the sale has come; `idle` before the first. */
  get phase(): TransactionPhase | 'idle' {
    return this.phaseShown;
  }

  /** How the last sale ended; undefined while one runs and before the first. */
  get outcome(): Outcome | undefined {
    return this.result?.outcome;
  }

  /** What the form sends: JSON of a `TransactionData`, empty before there is one. */
  get value(): string {
    return this.formValue;
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /**
   * Starts the sale and resolves with its result. While one runs here, gives that one: a second press starts nothing.
   * @throws {ReaderError} before anything is sent: `bad-amount`, `bad-option`, `not-connected`, `transaction-in-progress`,
   * `duplicate-transaction`, and `unresolved-transaction` while nobody knows how an earlier sale with this reader ended.
   */
  async start(): Promise<TransactionResult> {
    if (this.sale) return this.sale.result;
    const { client } = this.reader;
    this.error = undefined;
    // Whatever comes of this: the payment before is not the payment of this sale.
    this.setValue('');
    try {
      if (!client) throw new ReaderError('not-connected', detailed('no-reader'));
      const { unresolved } = this;
      if (unresolved)
        throw new ReaderError('unresolved-transaction', detailed('sale-id', { id: unresolved.transactionId }));
      return await this.begin(client).result;
    } catch (cause) {
      if (cause instanceof ReaderError) this.error = cause;
      throw cause;
    }
  }

  /**
   * Cancels the sale that runs here and resolves with how it ended: a cancel may come too late. A choice that the reader waits for
   * is answered as cancelled.
   * @throws {ReaderError} `rejected` when the reader cannot cancel any more: the sale goes on.
   */
  async cancel(): Promise<TransactionResult | undefined> {
    const { sale, choice } = this;
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

  /** Forgets the finished sale, for the next one: the button is back and the value empty. A sale that runs goes on. */
  reset(): void {
    if (this.sale) return;
    this.result = undefined;
    this.error = undefined;
    this.settled = undefined;
    this.givenBack = undefined;
    this.setValue('');
    this.show('idle');
  }

  /** @internal */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, oldValue, options);
    if (name === undefined || !valuesOfSale.has(name) || this[name as keyof this] === oldValue) return;
    if (this.result || this.error || this.settled || this.givenBack) this.reset();
  }

  /** @internal */
  formDisabledCallback(isDisabled: boolean): void {
    // It is also called while `disabled` is being reflected, where an update that is under way would swallow the change.
    queueMicrotask(() => {
      this.isDisabledByForm = isDisabled;
    });
  }

  /** @internal */
  formResetCallback(): void {
    this.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('autoStart') || !this.hasUpdated) this.armAutoStart();
    this.followList();
    if (changed.has('required') || changed.has('name') || changed.has('type') || !this.hasUpdated)
      this.updateValidity();
  }

  protected override updated(): void {
    // The anchor of the browser's own message exists only now.
    this.updateValidity();
    this.takeUpReversals();
  }

  protected override render(): TemplateResult {
    if (this.sale) return this.runningTemplate(this.sale);
    const error = this.error ?? wrongOption(this);
    const { language, result, settled } = this;
    return html`
      ${error ? this.errorTemplate(error) : nothing}
      ${result ? outcomeTemplate(language, result, this.watch.view.hints) : nothing}
      ${settled ? this.settlingTemplate((part) => part.settled(settled)) : nothing} ${this.cancelOtherTemplate()}
      ${this.reversalTemplate()} ${this.offerTemplate()}
    `;
  }

  /** A sale whose money must be given back, or was. */
  private reversalTemplate(): TemplateResult | typeof nothing {
    const { givenBack, owed } = this;
    const { client } = this.reader;
    const [sale, ...others] = owed;
    if (client && sale)
      return this.settlingTemplate((part) => part.owed(client, sale, others.length), 'reversal.title');
    return givenBack ? this.settlingTemplate((part) => part.givenBack(givenBack)) : nothing;
  }

  /** What can be done now. */
  private offerTemplate(): TemplateResult | typeof nothing {
    const { client, snapshot } = this.reader;
    const [sale, ...others] = this.withoutOutcome;
    // Stopping this reader does nothing about a sale of another one.
    const canStop = sale === this.unresolved && isOpen(snapshot.state);
    if (client && sale)
      return this.settlingTemplate(
        (part) => part.withoutOutcome(client, sale, others.length, canStop),
        'recovery.title',
      );
    if (this.canStart()) return this.payTemplate();
    return this.isSettledAsPaid ? this.nextTemplate() : nothing;
  }

  /** What is shown of a sale that people must settle, or have settled; where that cannot be loaded, what it is about. */
  private settlingTemplate(
    show: (part: SettlingPart) => TemplateResult,
    title?: 'recovery.title' | 'reversal.title',
  ): TemplateResult | typeof nothing {
    const { part, isMissing } = this.settling;
    if (part) return show(part);
    void this.settling.need();
    if (!isMissing) return nothing;
    const { text } = this.language;
    return html`<div class="error" part="error" role="alert">
      ${title === undefined ? nothing : html`<p><strong>${text(title)}</strong></p>`}
      <p>${text('part.missing')}</p>
    </div>`;
  }

  /** Whether something is to be shown for which {@link settling} is needed. */
  private get needsSettling(): boolean {
    return this.isReaderBusy || Boolean(this.settled ?? this.givenBack ?? this.toSettle[0]);
  }

  /** @internal */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.sale || !this.needsSettling || this.settling.part) return isComplete;
    await this.settling.need();
    return super.getUpdateComplete();
  }

  private nextTemplate(): TemplateResult {
    return html`<button part="next" class="next" type="button" @click=${this.pressedNext}>
      ${this.language.text('recovery.next')}
    </button>`;
  }

  private cancelOtherTemplate(): TemplateResult | typeof nothing {
    const { client } = this.reader;
    return client && this.isReaderBusy
      ? this.settlingTemplate((part) => part.cancelOther(client, this.pressedNext, this.refused))
      : nothing;
  }

  private payTemplate(): TemplateResult {
    const { language, result } = this;
    return payTemplate(language, {
      label: result ? language.text('transaction.again') : this.offerText(),
      slot: result ? 'none' : this.label.isThere ? 'filled' : 'empty',
      isReady: this.isReady,
      isRestarting: isRestartAnnounced(this.reader.snapshot.health),
      isDisabled: this.disabled || this.isDisabledByForm,
      pressed: this.pressed,
      slotChanged: this.label.look,
    });
  }

  private offerText(): string {
    return this.language.text(this.type === 'refund' ? 'transaction.refund' : 'transaction.pay', {
      amount: this.asked(),
    });
  }

  /** What will be charged, for people: a tip that is chosen at the reader comes on top. */
  private asked(): string {
    const [amount, currency] = [asText(this.amount), asText(this.currency)];
    return money(this.language, shownTotal({ ...this.amounts(), amount }, currency), currency);
  }

  private runningTemplate({ facts }: Transaction): TemplateResult {
    const { language, choice, error } = this;
    // With what was chosen at the reader: that is what the host is asked for.
    const { amount, currency } = facts;
    return runningTemplate(language, {
      amount: money(language, amount, currency),
      prompt: this.prompt(),
      pictures: this.isPrompting ? this.watch.view.pictures : [],
      seconds: this.isWaiting ? this.countdown.seconds : choice.seconds,
      below: [choice.isOpen ? choice.render('prompt') : nothing, error ? this.errorTemplate(error) : nothing],
      cancelled: this.pressedCancel,
      keyed: this.keyed,
    });
  }

  /** Whether what the cardholder sees is of the sale that runs, and not a choice. */
  private get isPrompting(): boolean {
    const { again, prompt } = this.watch.view;
    return !this.choice.isOpen && (this.phaseShown !== 'starting' || prompt === 'remove' || again !== undefined);
  }

  private prompt(): string {
    if (this.choice.isOpen) return this.choice.title || this.language.text('transaction.choose');
    const guidance = this.isPrompting ? guidanceOf(this.watch.view) : undefined;
    if (guidance) return this.language.text(`prompt.${guidance}`);
    if (this.phaseShown === 'waiting-for-card') return cardPrompt(this.language, waysOrEmpty(this.accept));
    return this.phaseShown === 'idle' ? '' : this.language.text(`transaction.${this.phaseShown}`);
  }

  private errorTemplate(error: ReaderError): TemplateResult {
    return html`<div class="error" part="error" role="alert">${errorLines(this.language, error)}</div>`;
  }

  /** The sale to be settled that is shown or named here, also where this element has come to another reader. */
  private get own(): UnresolvedTransaction | undefined {
    const { result, transactionId } = this;
    const id = result?.outcome === 'unknown' ? result.transactionId : transactionId;
    if (id === '') return undefined;
    return this.reader.client?.unresolvedTransactions.find((each) => each.transactionId === id);
  }

  /** Sales to be settled here: those with this reader, oldest first, and its own. */
  private get toSettle(): readonly UnresolvedTransaction[] {
    const { own } = this;
    const { unresolved = [] } = this.reader.snapshot;
    return !own || unresolved.some(({ transactionId }) => transactionId === own.transactionId)
      ? unresolved
      : [...unresolved, own];
  }

  /** Those whose outcome nobody knows. */
  private get withoutOutcome(): readonly UnresolvedTransaction[] {
    return this.toSettle.filter(({ reversalNeeded }) => !reversalNeeded);
  }

  /** Those whose money must be given back. */
  private get owed(): readonly UnresolvedTransaction[] {
    return this.toSettle.filter(({ reversalNeeded }) => reversalNeeded);
  }

  /** The oldest sale with this reader whose outcome nobody knows. */
  private get unresolved(): UnresolvedTransaction | undefined {
    return this.reader.snapshot.unresolved?.find(({ reversalNeeded }) => !reversalNeeded);
  }

  /** A sale that is not in the list any more was settled in another tab, or by the page. */
  private followList(): void {
    // Without a reader nobody knows the list.
    if (!this.reader.client) return;
    const found = this.own;
    if (this.result?.outcome === 'unknown' && (!found || found.reversalNeeded)) this.reset();
    const { listed, settled, result, givenBack, sale, transactionId } = this;
    if (found) this.listed = found;
    else if (listed?.transactionId === transactionId && !settled && !result && !givenBack && !sale) {
      // Nobody here knows how; the id is used up all the same.
      const { amount, currency, startedAt } = listed;
      this.settled = { transactionId, amount, currency, startedAt, via: 'page' };
    }
  }

  /** Whether the last sale could not be started because the reader runs one. */
  private get isReaderBusy(): boolean {
    return [this.error, this.result?.error].some((error) =>
      [error?.code, error?.status?.code].includes('transaction-in-progress'),
    );
  }

  /** Whether the sale that is shown was settled after it had no outcome, and was paid. */
  private get isSettledAsPaid(): boolean {
    const { result, settled, settledId } = this;
    return settled?.approved === true || (result?.outcome === 'approved' && result.transactionId === settledId);
  }

  /** Whether the sale that is shown, ended, settled or to be, has the id of the next: none starts twice, and the page gives another. */
  private get isOver(): boolean {
    const { listed, result, settled, transactionId } = this;
    return [result ?? settled, listed].some((each) => each?.transactionId === transactionId);
  }

  /** Whether the button is offered: always before a sale, and after one that charged nothing and has no name for ever. */
  private canStart(): boolean {
    if (this.settled?.approved || this.isOver) return false;
    return !this.result || retryable.has(this.result.outcome);
  }

  /** Whether the next card starts a sale by itself: not where nobody knows whether the last one was charged, or a part is missing. */
  private canStartAlone(): boolean {
    const { result, settled, unresolved } = this;
    if (unresolved || settled?.approved || this.isOver) return false;
    return !result || (result.outcome !== 'unknown' && !isPartlyApproved(result));
  }

  private options(client: ReaderClient): StartTransactionOptions {
    const {
      amount,
      currency,
      type,
      flow,
      fallback,
      timeout,
      transactionId,
      originalReference,
      authorizeUrl,
      showOutcome,
    } = this;
    const base = this.ownerDocument.baseURI;
    const ask = authorizeUrl === '' ? undefined : askAt(authorizeUrl, base);
    return {
      amount,
      // Without one, the reader would take its own.
      currency,
      // A purchase with cashback is one of its own.
      ...(type === 'purchase' ? {} : { type }),
      flow,
      fallback,
      accept: waysOrEmpty(this.accept),
      timeout,
      showOutcome,
      allowClearData: this.allowClearData,
      ...this.amounts(),
      ...(transactionId === '' ? {} : { transactionId }),
      ...(originalReference === '' ? {} : { originalReference }),
      // A listener of the page goes before the address, and may forbid it.
      ...(ask
        ? { authorize: firstOf<AuthorizeRequest, ReturnType<Authorize>>((asked) => client.authorize(asked), ask) }
        : {}),
      ...this.reverseOf(client),
    };
  }

  /** Where money is given back; empty where that is not known. */
  private get reverseAddress(): string {
    return this.reverseUrl || reverseUrlOf(this.authorizeUrl);
  }

  /** What a page before had to give back and could not: once, and again where it is told of another address. */
  private takeUpReversals(): void {
    const { client } = this.reader;
    const { reverseAddress: address } = this;
    for (const { transactionId } of client ? this.owed : []) {
      const name = JSON.stringify([transactionId, address]);
      if (this.takenUp.has(name)) continue;
      this.takenUp.add(name);
      try {
        client?.takeUpReversal(
          transactionId,
          address === '' ? undefined : reverseAt(address, this.ownerDocument.baseURI),
        );
      } catch (cause) {
        // An address that cannot be used is refused, and shown, where somebody presses a button.
        if (!(cause instanceof ReaderError)) throw cause;
      }
    }
  }

  /** A hook of the page goes before the address, and may forbid it; nothing where no address is known. */
  private reverseOf(client: ReaderClient): { readonly reverse?: Reverse } {
    const { reverseAddress } = this;
    if (reverseAddress === '') return {};
    const reverse = reverseAt(reverseAddress, this.ownerDocument.baseURI);
    return { reverse: firstOf<ReversalRequest, ReturnType<Reverse>>((asked) => client.reverse(asked), reverse) };
  }

  /** A listener of the page goes before the address, and may forbid it. */
  private inquireOf(client: ReaderClient): Inquire {
    const { statusUrl } = this;
    const first: Inquire = (asked) => client.inquire(asked);
    return statusUrl === '' ? first : firstOf(first, inquireAt(statusUrl, this.ownerDocument.baseURI));
  }

  /** The amounts beside the amount that are given. */
  private amounts(): Partial<StartTransactionOptions> {
    const { otherAmount, tip, tax, surcharge, tipOptions } = this;
    const given = Object.entries({ otherAmount, tip, tax, surcharge, tipOptions }).filter(([, text]) => text !== '');
    return Object.fromEntries(given);
  }

  /** Whether there is a reader to sell with. */
  private get isReady(): boolean {
    const { client, snapshot } = this.reader;
    return client !== undefined && isOpen(snapshot.state) && !isRestartAnnounced(snapshot.health);
  }

  /** Whether no card has come yet. */
  private get isWaiting(): boolean {
    return this.phaseShown === 'starting' || this.phaseShown === 'waiting-for-card';
  }

  private readonly pressed = (): void => {
    if (!this.isReady) return;
    // What goes wrong is shown.
    this.start().catch(() => undefined);
    void this.focusSoon('.cancel');
  };

  private readonly pressedCancel = (event: UIEvent): void => {
    // The second half of a double click on the button that starts lands here.
    if (event.detail > 1) return;
    this.cancelShowingErrors();
  };

  private readonly pressedNext = (): void => {
    this.reset();
    void this.focusSoon('.pay, .recovery:not(.reversal)');
  };

  private cancelShowingErrors(): void {
    this.cancel().catch(this.refused);
  }

  private readonly keyed = ({ key, repeat }: KeyboardEvent): void => {
    // Held down, it cancels once.
    if (key === 'Escape' && !repeat) this.cancelShowingErrors();
  };

  private readonly refused = (cause: unknown): void => {
    if (cause instanceof ReaderError) this.error = cause;
  };

  /** Starts a sale and follows it to its end, also where this element comes to another reader meanwhile. */
  private begin(client: ReaderClient): Transaction {
    const options = this.options(client);
    // How it ends may not be known, perhaps because the network is gone.
    void this.settling.need();
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

  /** The state of the element, before anybody is told of a phase. */
  private entered(sale: Transaction, phase: TransactionPhase): void {
    if (this.sale !== sale) {
      this.sale = sale;
      this.result = undefined;
      this.settled = undefined;
      this.givenBack = undefined;
      this.setValue('');
    }
    this.show(phase);
    if (phase === 'starting') this.countdown.stop();
    if (phase === 'waiting-for-card') this.countdown.start(this.timeout);
    // Also when another attempt begins: the choice was of the one before.
    if (phase === 'starting' || phase === 'authorizing' || phase === 'finishing') this.choice.close();
  }

  /** The state of the element, before anybody is told of the end. */
  private ended(result: TransactionResult): void {
    const hadFocus = this.matches(':focus-within');
    this.sale = undefined;
    this.choice.close();
    this.countdown.stop();
    this.result = result;
    this.error = undefined;
    this.show('done');
    const mayLeave = this.allowClearData || result.arqc?.clearTags.length === 0;
    if (result.arqc && mayLeave && submittable.has(result.outcome)) {
      this.setValue(JSON.stringify(transactionData(result, this.allowClearData)));
    }
    if (hadFocus) void this.focusSoon('.outcome');
    // Somebody must see first that a part is missing.
    if (this.autoSubmit && this.formValue !== '' && !isPartlyApproved(result))
      queueMicrotask(() => {
        // A listener may have submitted or reset it.
        if (this.result === result && this.formValue !== '') this.internals.form?.requestSubmit();
      });
  }

  /** How a sale ended is known now; it is shown where it was waited for. */
  private resolved(detail: ResolvedTransaction): void {
    if (detail.reversalNeeded) {
      this.reversed(detail);
      return;
    }
    const isShown = this.result?.transactionId === detail.transactionId;
    if (!isShown && !this.settling.part?.isAtWork) return;
    const hadFocus = this.matches(':focus-within');
    const before = isShown ? this.result : undefined;
    this.error = undefined;
    const { decision } = detail;
    if (decision) {
      const { arqc, batch } = before ?? {};
      this.settledId = detail.transactionId;
      this.settled = undefined;
      this.ended(settledResult(detail, decision, { ...(arqc ? { arqc } : {}), ...(batch ? { batch } : {}) }));
    } else {
      this.reset();
      this.settled = detail;
    }
    if (hadFocus) void this.focusSoon('.outcome');
  }

  /** Money is not owed any more. */
  private reversed(detail: ResolvedTransaction): void {
    const hadFocus = this.renderRoot.querySelector('.reversal:focus-within') !== null;
    this.givenBack = detail;
    if (hadFocus) void this.focusSoon('.reversal, [part=reversal-over]');
  }

  /** Where the focus was on what is gone, it goes to what came in its place. */
  private async focusSoon(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private follow(client: ReaderClient | undefined): void {
    for (const stop of this.unsubscribes) stop();
    this.takenUp.clear();
    this.watch.follow(client);
    this.unsubscribes = client
      ? [
          client.observe('selection-request', (detail) => {
            if (this.sale) this.choice.offer(detail);
          }),
          client.observe('transaction-resolved', (detail) => {
            this.resolved(detail);
          }),
        ]
      : [];
    this.armAutoStart();
  }

  private armAutoStart(): void {
    this.stopAutoStart?.();
    this.stopAutoStart = undefined;
    const { client } = this.reader;
    // What cannot be used is shown, and starts nothing.
    if (!client || this.autoStart === '' || wrongAutoStart(this.autoStart)) return;
    this.stopAutoStart = client.autoStart({
      on: this.autoStart,
      start: () => (this.disabled || this.isDisabledByForm || !this.canStartAlone() ? undefined : this.start()),
    });
  }

  private show(phase: TransactionPhase | 'idle'): void {
    const { states } = this.internals;
    states?.clear();
    states?.add(phase);
    if (this.result) states?.add(isPartlyApproved(this.result) ? 'partly-approved' : this.result.outcome);
    this.phaseShown = phase;
  }

  private setValue(value: string): void {
    this.formValue = value;
    this.internals.setFormValue(value === '' ? null : value);
    this.updateValidity();
    // Told when everything else is in place, and not where it comes and goes in one task.
    queueMicrotask(this.tellValue);
  }

  private readonly tellValue = (): void => {
    if (this.formValue === this.toldValue) return;
    this.toldValue = this.formValue;
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };

  private updateValidity(): void {
    const isMissing = this.required && this.formValue === '';
    const message = isMissing
      ? this.language.text(this.type === 'refund' ? 'transaction.required-refund' : 'transaction.required')
      : '';
    const anchor = (this.hasUpdated && this.renderRoot.querySelector<HTMLElement>('.pay')) || undefined;
    this.internals.setValidity(isMissing ? { valueMissing: true } : {}, message, anchor);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-transaction': MagtekTransaction;
  }
}
