/**
 * `<magtek-transaction>`: one sale in one tag, from the button to the outcome; part of a form where it stands in one.
 * It starts, shows and ends sales of the client; it does not decide how a sale ended.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SelectionRequestDetail } from '../../client/client-events.js';
import { isOpen } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { Outcome } from '../../transactions/outcome.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { StartTransactionOptions } from '../../transactions/transactions.js';
import type { Transaction, TransactionPhase, TransactionResult } from '../../transactions/transaction.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Countdown } from '../shared/countdown.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { transactionWords } from '../../language/english/transaction.js';
import { LanguageController } from '../../language/language-controller.js';
import { cardPrompt, money } from '../../language/sale-words.js';
import { usual } from '../shared/usual.js';
import { askAt, hostRequest } from './host.js';
import { choicesTemplate, outcomeTemplate, payTemplate, runningTemplate } from './sale-templates.js';
import { styles } from './transaction.styles.js';

/** Outcomes after which the same sale may be tried again with a new id: nothing was charged. */
const retryable: ReadonlySet<Outcome> = new Set(['declined', 'cancelled', 'timed-out', 'failed']);

/** Ways to present a card that are taken away: none is guessed, and the sale is refused. */
const orNone = (ways: string | null | undefined): string => ways ?? '';

/** Outcomes with card data that a form may send. */
const submittable: ReadonlySet<Outcome> = new Set(['approved', 'deferred']);

/**
 * One sale: a button that becomes progress, and then the outcome.
 *
 * In a form its value is the encrypted card data as JSON, once the card was read and the host has not refused: see
 * `HostRequest`. The reader dispatches the events of the sale.
 *
 * @slot - The label of the button. Default: “Pay” and the amount.
 * @slot approved - What is shown when the host has approved.
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
 * @csspart seconds - The time that is left.
 * @csspart choices - The list of choices, where the reader asks for one.
 * @csspart cancel - The button that cancels.
 * @csspart outcome - The box with the outcome.
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
 * @cssstate declined - The host has declined.
 * @cssstate deferred - The card was read; the decision is made elsewhere.
 * @cssstate cancelled - The sale was cancelled.
 * @cssstate timed-out - No card came in time.
 * @cssstate failed - The sale did not take place.
 * @cssstate unknown - Nobody here can tell.
 */
export class MagtekTransaction extends LitElement {
  static readonly version: string = VERSION;
  static readonly formAssociated = true;
  static override styles = [baseStyles, errorStyles, styles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Id of the reader element; empty for the nearest around this one. */
  @usual @property() for = '';

  /** Decimal text with at most as many decimals as the currency has: `4.60`. */
  @usual @property() amount = '';

  /** ISO 4217 code: `EUR`. */
  @usual @property() currency = '';

  /** What the sale is. */
  @usual @property() type: NonNullable<StartTransactionOptions['type']> = 'purchase';

  /** How a card may be presented: `insert`, `tap`, `swipe`, with spaces between. */
  @property() accept = 'insert tap swipe';

  /** Seconds that the reader waits for a card, 1 to 255. */
  @usual @property({ type: Number }) timeout = 60;

  /** Names the sale for ever; the same is never started twice. Empty: each start gets a new one. */
  @usual @property({ attribute: 'transaction-id' }) transactionId = '';

  /**
   * Address of this page's own origin that decides: gets the card data as JSON by `POST`, answers
   * `{"approved": boolean, "message"?: string}`. A listener of `magtek-authorize` that answers goes before it.
   */
  @usual @property({ attribute: 'authorize-url' }) authorizeUrl = '';

  /** Ways of presenting a card to the idle reader that start the sale: `insert tap swipe`. Empty: the button only. */
  @usual @property({ attribute: 'auto-start' }) autoStart = '';

  /** Submits the form once the sale has a value. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'auto-submit' }) autoSubmit = false;

  /** Shows APPROVED or DECLINED on the reader when the host has decided. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'show-outcome' }) showOutcome = false;

  @property({ type: Boolean, reflect: true }) disabled = false;

  /** The form is not valid before the sale has a value. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Name in the form. */
  @usual @property({ reflect: true }) name = '';

  @state() private phaseShown: TransactionPhase | 'idle' = 'idle';
  @state() private result: TransactionResult | undefined;
  @state() private error: ReaderError | undefined;
  @state() private selection: SelectionRequestDetail | undefined;
  @state() private isDisabledByForm = false;
  /** Something of the page stands in the button. */
  @state() private hasLabel = false;

  private readonly internals: ElementInternals;
  private readonly language = new LanguageController(this, transactionWords);
  private readonly countdown = new Countdown(this);
  private readonly reader = new ReaderController(this, (client) => {
    this.follow(client);
  });
  private unsubscribes: Unsubscribe[] = [];
  private stopAutoStart: Unsubscribe | undefined;
  private sale: Transaction | undefined;
  private formValue = '';

  constructor() {
    super();
    this.internals = this.attachInternals();
  }

  /** How far the sale has come; `idle` before the first. */
  get phase(): TransactionPhase | 'idle' {
    return this.phaseShown;
  }

  /** How the last sale ended; undefined while one runs and before the first. */
  get outcome(): Outcome | undefined {
    return this.result?.outcome;
  }

  /** What the form sends: JSON of a `HostRequest`, empty before there is one. */
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
   * `duplicate-transaction`.
   */
  async start(): Promise<TransactionResult> {
    if (this.sale) return this.sale.result;
    const { client } = this.reader;
    this.error = undefined;
    try {
      if (!client)
        throw new ReaderError('not-connected', { detail: 'There is no reader.', because: { code: 'no-reader' } });
      const sale = client.startTransaction(this.options(client));
      this.sale = sale;
      this.result = undefined;
      this.setValue('');
      this.show(sale.phase);
      void this.watch(sale);
      return await sale.result;
    } catch (cause) {
      if (cause instanceof ReaderError) this.error = cause;
      throw cause;
    }
  }

  /**
   * Cancels the sale that runs here and resolves with how it ended: a cancel may come too late.
   * @throws {ReaderError} `rejected` when the reader cannot cancel any more: the sale goes on.
   */
  async cancel(): Promise<TransactionResult | undefined> {
    return this.sale?.cancel();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopAutoStart?.();
    this.stopAutoStart = undefined;
    // Nobody could cancel it any more. Once a card is being read the sale goes on: the events of the reader tell its end.
    queueMicrotask(() => {
      if (!this.isConnected && this.sale && this.isWaiting) this.cancelShowingErrors();
    });
  }

  /** @internal */
  formDisabledCallback(isDisabled: boolean): void {
    // It is also called while `disabled` is being reflected, where an update that is under way would swallow the change.
    queueMicrotask(() => {
      this.isDisabledByForm = isDisabled;
    });
  }

  /** Forgets the last sale; one that runs goes on. @internal */
  formResetCallback(): void {
    if (this.sale) return;
    this.result = undefined;
    this.error = undefined;
    this.setValue('');
    this.show('idle');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('autoStart') || !this.hasUpdated) this.armAutoStart();
    if (changed.has('required') || changed.has('name') || !this.hasUpdated) this.updateValidity();
  }

  protected override updated(): void {
    // The anchor of the browser's own message exists only now.
    this.updateValidity();
  }

  protected override render(): TemplateResult {
    if (this.sale) return this.runningTemplate(this.sale);
    return html`
      ${this.error ? this.errorTemplate(this.error) : nothing}
      ${this.result ? outcomeTemplate(this.language, this.result) : nothing}
      ${this.canStart() ? this.payTemplate() : nothing}
    `;
  }

  private payTemplate(): TemplateResult {
    const { language, result } = this;
    return payTemplate(language, {
      label: result
        ? language.text('transaction.again')
        : language.text('transaction.pay', { amount: money(language, this.amount, this.currency) }),
      slot: result ? 'none' : this.hasLabel ? 'filled' : 'empty',
      isReady: this.isReady,
      isDisabled: this.disabled || this.isDisabledByForm,
      pressed: this.pressed,
      slotChanged: this.labelled,
    });
  }

  /** White space around the other slots is no label: it would leave the button empty. */
  private readonly labelled = (event: Event): void => {
    const nodes = (event.target as HTMLSlotElement).assignedNodes();
    this.hasLabel = nodes.some((node) => node instanceof Element || node.textContent?.trim() !== '');
  };

  private runningTemplate({ amount, currency }: Transaction): TemplateResult {
    const { language, selection, error } = this;
    return runningTemplate(language, {
      amount: money(language, amount, currency),
      prompt: this.prompt(),
      seconds: this.isWaiting ? this.countdown.seconds : undefined,
      below: [
        selection
          ? choicesTemplate(selection, (index) => {
              this.choose(selection, index);
            })
          : nothing,
        error ? this.errorTemplate(error) : nothing,
      ],
      cancelled: this.pressedCancel,
      keyed: this.keyed,
    });
  }

  private prompt(): string {
    if (this.selection) return this.language.text('transaction.choose');
    if (this.phaseShown === 'waiting-for-card') return cardPrompt(this.language, orNone(this.accept));
    return this.phaseShown === 'idle' ? '' : this.language.text(`transaction.${this.phaseShown}`);
  }

  private errorTemplate(error: ReaderError): TemplateResult {
    return html`<div class="error" part="error" role="alert">${errorLines(this.language, error)}</div>`;
  }

  /** Whether the button is offered: always before a sale, and after one that charged nothing and has no name for ever. */
  private canStart(): boolean {
    if (!this.result) return true;
    return retryable.has(this.result.outcome) && this.transactionId !== this.result.transactionId;
  }

  private options(client: ReaderClient): StartTransactionOptions {
    const { amount, currency, type, timeout, transactionId, authorizeUrl, showOutcome } = this;
    const ask = authorizeUrl === '' ? undefined : askAt(authorizeUrl, this.ownerDocument.baseURI);
    return {
      amount,
      // Without one, the reader would take its own.
      currency,
      type,
      accept: orNone(this.accept),
      timeout,
      showOutcome,
      ...(transactionId === '' ? {} : { transactionId }),
      // A listener of the page goes before the address.
      ...(ask ? { authorize: (asked) => client.authorize(asked) ?? ask(asked) } : {}),
    };
  }

  /** Whether there is a reader to sell with. */
  private get isReady(): boolean {
    return this.reader.client !== undefined && isOpen(this.reader.snapshot.state);
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

  private cancelShowingErrors(): void {
    this.cancel().catch(this.refused);
  }

  private readonly keyed = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') this.cancelShowingErrors();
  };

  /** Chooses from the lines that were shown, whatever the reader asks for meanwhile. */
  private choose({ select }: SelectionRequestDetail, index: number): void {
    this.selection = undefined;
    select(index).catch(this.refused);
  }

  private readonly refused = (cause: unknown): void => {
    if (cause instanceof ReaderError) this.error = cause;
  };

  private async watch(sale: Transaction): Promise<void> {
    for await (const { phase } of sale) {
      this.show(phase);
      if (phase === 'waiting-for-card') this.countdown.start(this.timeout);
      // Phases arrive a little late here: what the reader asks for while it reads may be there before them.
      if (phase === 'authorizing' || phase === 'finishing') this.selection = undefined;
    }
    const result = await sale.result;
    const hadFocus = this.matches(':focus-within');
    this.sale = undefined;
    this.selection = undefined;
    this.countdown.stop();
    this.result = result;
    this.error = undefined;
    this.show('done');
    if (result.arqc && submittable.has(result.outcome)) this.setValue(JSON.stringify(hostRequest(result, result.arqc)));
    if (hadFocus) void this.focusSoon('.outcome');
    if (this.autoSubmit && this.formValue !== '') this.internals.form?.requestSubmit();
  }

  /** Where the focus was on what is gone, it goes to what came in its place. */
  private async focusSoon(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private follow(client: ReaderClient | undefined): void {
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.unsubscribes = client
      ? [
          client.subscribe('selection-request', (detail) => {
            if (this.sale) this.selection = detail;
          }),
        ]
      : [];
    this.armAutoStart();
  }

  private armAutoStart(): void {
    this.stopAutoStart?.();
    this.stopAutoStart = undefined;
    const { client } = this.reader;
    if (!client || this.autoStart.trim() === '') return;
    this.stopAutoStart = client.autoStart({
      on: this.autoStart,
      start: () => (this.disabled || this.isDisabledByForm || !this.canStart() ? undefined : this.start()),
    });
  }

  private show(phase: TransactionPhase | 'idle'): void {
    const { states } = this.internals as Partial<ElementInternals>;
    states?.clear();
    states?.add(phase);
    if (this.result) states?.add(this.result.outcome);
    this.phaseShown = phase;
  }

  private setValue(value: string): void {
    this.formValue = value;
    this.internals.setFormValue(value === '' ? null : value);
    this.updateValidity();
  }

  private updateValidity(): void {
    const isMissing = this.required && this.formValue === '';
    const message = isMissing ? this.language.text('transaction.required') : '';
    const anchor = (this.hasUpdated && this.renderRoot.querySelector<HTMLElement>('.pay')) || undefined;
    this.internals.setValidity(isMissing ? { valueMissing: true } : {}, message, anchor);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-transaction': MagtekTransaction;
  }
}
