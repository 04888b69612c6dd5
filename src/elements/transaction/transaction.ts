/**
 * `<magtek-transaction>`: one sale in one tag, from the button to the outcome; part of a form where it is in one.
 * It has the properties of the page and draws; how a sale goes and what is to be settled is in its parts.
 */
import { html, LitElement, nothing, type PropertyDeclaration, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { isRestartAnnounced } from '../../mms/views/health.js';
import { isOpen } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { Outcome } from '../../transactions/outcome.js';
import type { StartTransactionOptions } from '../../transactions/start-options.js';
import type {
  FallbackMode,
  Flow,
  Transaction,
  TransactionPhase,
  TransactionResult,
} from '../../transactions/transaction.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { asText } from '../shared/bad-option.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Departure } from '../shared/departure.js';
import { errorStyles } from '../shared/error-lines.js';
import { fieldStyles } from '../shared/field-styles.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { transactionWords } from '../../language/english/transaction.js';
import { LanguageController } from '../../language/language-controller.js';
import { money } from '../../language/sale-words.js';
import { resettable } from '../shared/resettable.js';
import { textAttribute } from '../shared/text-attribute.js';
import { CardholderWatch } from '../cardholder/cardholder-watch.js';
import { pictureStyles } from '../cardholder/pictures.js';
import { focusSoon } from './focus-soon.js';
import { FormValue } from './form-value.js';
import { PageLabel } from './page-label.js';
import { SaleCourse } from './sale-course.js';
import { shownTotal, wrongAutoStart, wrongOption } from './sale-options.js';
import { promptOf } from './sale-prompt.js';
import { given, valuesOfSale, waysOrEmpty } from './sale-request.js';
import { errorTemplate, nextTemplate, outcomeTemplate, payTemplate, runningTemplate } from './sale-templates.js';
import { isReaderBusy, isSettledAsPaid, needsSettling } from './shown-sale.js';
import { styles } from './transaction.styles.js';
import { UnsettledSales } from './unsettled-sales.js';

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

  // Before the properties: those that are set ask for what is shown.
  private readonly language = new LanguageController(this, transactionWords);
  private readonly watch = new CardholderWatch(this);
  private readonly reader = new ReaderController(this, (client) => {
    this.unsettled.follow();
    this.watch.follow(client);
    this.course.follow(client);
    this.armAutoStart();
  });
  private readonly label = new PageLabel(this);
  private readonly internals = new FormValue(this, () => {
    if (!this.required) return '';
    return this.language.text(this.type === 'refund' ? 'transaction.required-refund' : 'transaction.required');
  });
  private readonly unsettled = new UnsettledSales(this, this.reader, this.language);
  private readonly course = new SaleCourse(this, {
    reader: this.reader,
    unsettled: this.unsettled,
    form: this.internals,
  });
  private stopAutoStart: Unsubscribe | undefined;
  private isDisabledByForm = false;

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

  constructor() {
    super();
    new Departure(this, () => this.course.leave());
  }

  /** How far the sale has come; `idle` before the first. */
  get phase(): TransactionPhase | 'idle' {
    return this.course.shown.phase;
  }

  /** How the last sale ended; undefined while one runs and before the first. */
  get outcome(): Outcome | undefined {
    return this.course.shown.result?.outcome;
  }

  /** What the form sends: JSON of a `TransactionData`, empty before there is one. */
  get value(): string {
    return this.internals.value;
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
  start(): Promise<TransactionResult> {
    return this.course.start();
  }

  /**
   * Cancels the sale that runs here and resolves with how it ended: a cancel may come too late. A choice that the reader waits for
   * is answered as cancelled.
   * @throws {ReaderError} `rejected` when the reader cannot cancel any more: the sale goes on.
   */
  cancel(): Promise<TransactionResult | undefined> {
    return this.course.cancel();
  }

  /** Forgets the finished sale, for the next one: the button is back and the value empty. A sale that runs goes on. */
  reset(): void {
    this.course.reset();
  }

  /** @internal */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, oldValue, options);
    // A finished sale belongs to its values.
    if (valuesOfSale.some((each) => each === name) && this[name as keyof this] !== oldValue) this.course.forget();
  }

  /** @internal */
  formDisabledCallback(isDisabled: boolean): void {
    // It is also called while `disabled` is being reflected, where an update that is under way would swallow the change.
    queueMicrotask(() => {
      this.isDisabledByForm = isDisabled;
      this.requestUpdate();
    });
  }

  /** @internal */
  formResetCallback(): void {
    this.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('autoStart') || !this.hasUpdated) this.armAutoStart();
    this.course.followList();
    if (changed.has('required') || changed.has('name') || changed.has('type') || !this.hasUpdated)
      this.internals.check();
  }

  protected override updated(): void {
    // The anchor of the browser's own message exists only now.
    this.internals.check();
    this.unsettled.takeUp();
  }

  protected override render(): TemplateResult {
    const { language, course, unsettled } = this;
    const { sale, result, settled, givenBack } = course.shown;
    if (sale) return this.runningTemplate(sale);
    const error = course.shown.error ?? wrongOption(this);
    return html`
      ${error ? errorTemplate(language, error) : nothing}
      ${result ? outcomeTemplate(language, result, this.watch.view.hints) : nothing}
      ${settled ? unsettled.settled(settled) : nothing}
      ${isReaderBusy(course.shown) ? unsettled.cancelOther(this.pressedNext, course.refused) : nothing}
      ${unsettled.owed(givenBack)} ${unsettled.withoutOutcome() ?? this.offerTemplate()}
    `;
  }

  /** @internal */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    const { shown } = this.course;
    if (shown.sale || !this.unsettled.isLoading(needsSettling(shown))) return isComplete;
    await this.unsettled.need();
    return super.getUpdateComplete();
  }

  /** What can be done where nothing must be settled first. */
  private offerTemplate(): TemplateResult | typeof nothing {
    const { language, course } = this;
    if (course.canStart()) return this.payTemplate();
    return isSettledAsPaid(course.shown) ? nextTemplate(language, this.pressedNext) : nothing;
  }

  private payTemplate(): TemplateResult {
    const { language } = this;
    const { result } = this.course.shown;
    return payTemplate(language, {
      label: result ? language.text('transaction.again') : this.offerText(),
      slot: result ? 'none' : this.label.isThere ? 'filled' : 'empty',
      isReady: this.isReady,
      isRestarting: isRestartAnnounced(this.reader.snapshot.health),
      isDisabled: this.isDisabled,
      pressed: this.pressed,
      slotChanged: this.label.look,
    });
  }

  /** With what will be charged: a tip that is chosen at the reader comes on top. */
  private offerText(): string {
    const { language } = this;
    const [amount, currency] = [asText(this.amount), asText(this.currency)];
    return language.text(this.type === 'refund' ? 'transaction.refund' : 'transaction.pay', {
      amount: money(language, shownTotal({ ...given(this), amount }, currency), currency),
    });
  }

  private runningTemplate({ facts }: Transaction): TemplateResult {
    const { language, course } = this;
    const { choice, countdown, isWaiting } = course;
    const { phase, error } = course.shown;
    // With what was chosen at the reader: that is what the host is asked for.
    const { amount, currency } = facts;
    return runningTemplate(language, {
      amount: money(language, amount, currency),
      ...promptOf(language, { phase, choice, view: this.watch.view, accept: waysOrEmpty(this.accept) }),
      seconds: isWaiting ? countdown.seconds : choice.seconds,
      below: [choice.isOpen ? choice.render('prompt') : nothing, error ? errorTemplate(language, error) : nothing],
      cancelled: this.pressedCancel,
      keyed: this.keyed,
    });
  }

  private get isDisabled(): boolean {
    return this.disabled || this.isDisabledByForm;
  }

  /** Whether there is a reader to sell with. */
  private get isReady(): boolean {
    const { client, snapshot } = this.reader;
    return client !== undefined && isOpen(snapshot.state) && !isRestartAnnounced(snapshot.health);
  }

  private readonly pressed = (): void => {
    if (!this.isReady) return;
    // What goes wrong is shown.
    this.start().catch(() => undefined);
    void focusSoon(this, '.cancel');
  };

  private readonly pressedCancel = (event: UIEvent): void => {
    // The second half of a double click on the button that starts lands here.
    if (event.detail <= 1) this.course.cancelShowingErrors();
  };

  private readonly keyed = ({ key, repeat }: KeyboardEvent): void => {
    // Held down, it cancels once.
    if (key === 'Escape' && !repeat) this.course.cancelShowingErrors();
  };

  private readonly pressedNext = (): void => {
    this.reset();
    void focusSoon(this, '.pay, .recovery:not(.reversal)');
  };

  private armAutoStart(): void {
    this.stopAutoStart?.();
    this.stopAutoStart = undefined;
    const { client } = this.reader;
    // What cannot be used is shown, and starts nothing.
    if (!client || this.autoStart === '' || wrongAutoStart(this.autoStart)) return;
    this.stopAutoStart = client.autoStart({
      on: this.autoStart,
      start: () => (this.isDisabled || !this.course.canStart(true) ? undefined : this.start()),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-transaction': MagtekTransaction;
  }
}
