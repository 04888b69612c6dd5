/** The visible states of a sale: the buttons, the instructions while it runs, the outcome, and what goes wrong. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import { isPartlyApproved, remainderOf } from '../../transactions/partial-approval.js';
import { hintPictures, type Hint } from '../cardholder/cardholder-view.js';
import type { Outcome } from '../../transactions/outcome.js';
import { pictureTemplate, type Picture } from '../cardholder/pictures.js';
import type { TransactionResult } from '../../transactions/transaction.js';
import type { transactionWords } from '../../language/english/transaction.js';
import { errorHelp, reasonText } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';
import { money, secondsText } from '../../language/sale-words.js';
import { errorLines } from '../shared/error-lines.js';

export type SaleLanguage = Language<keyof typeof transactionWords>;

export interface PayButton {
  /** Its own label; the label of the page goes before it. */
  readonly label: string;
  /** Whether the page may give it a label, and whether it does. */
  readonly slot: 'none' | 'empty' | 'filled';
  /** Whether there is a reader to sell with. */
  readonly isReady: boolean;
  /** Whether it is not ready because a restart is announced. */
  readonly isRestarting: boolean;
  readonly isDisabled: boolean;
  readonly pressed: () => void;
  readonly slotChanged: () => void;
}

export function payTemplate(language: SaleLanguage, button: PayButton): TemplateResult {
  const { label, slot, isReady, isRestarting } = button;
  return html`
    <button
      part="pay"
      class="pay primary"
      type="button"
      ?disabled=${button.isDisabled}
      aria-disabled=${isReady ? 'false' : 'true'}
      aria-describedby=${isReady ? nothing : 'why'}
      @click=${button.pressed}
      @keydown=${swallowRepeats}
    >
      ${slot === 'none' ? nothing : html`<slot class=${slot} @slotchange=${button.slotChanged}></slot>`}
      ${slot === 'filled' ? nothing : label}
    </button>
    ${isReady ? nothing : html`<p id="why" class="quiet">${language.text(isRestarting ? 'transaction.restart-soon' : 'transaction.not-connected')}</p>`}
  `;
}

export interface RunningSale {
  /** The amount with its currency, for people. */
  readonly amount: string;
  /** Who must do what. */
  readonly prompt: string;
  /** The same as line drawings. */
  readonly pictures: readonly Picture[];
  /** Seconds that are left for a card; undefined where none is waited for. */
  readonly seconds: number | undefined;
  /** What is shown below the prompt: choices, an error. */
  readonly below: readonly (TemplateResult | typeof nothing)[];
  readonly cancelled: (event: UIEvent) => void;
  readonly keyed: (event: KeyboardEvent) => void;
}

export function runningTemplate(language: SaleLanguage, sale: RunningSale): TemplateResult {
  const { seconds } = sale;
  return html`
    <div class="running" part="running" @keydown=${sale.keyed}>
      <div class="line">
        <span class="amount" part="amount">${sale.amount}</span>
        ${
          seconds === undefined
            ? nothing
            : html`<span class="seconds" part="seconds" role="timer" dir="auto"
                >${secondsText(language, seconds)}</span
              >`
        }
      </div>
      <div class="line">
        <p id="prompt" class="prompt" part="prompt" role="status">${sale.prompt}</p>
        <div class="pictures" part="pictures" aria-hidden="true">${sale.pictures.map(pictureTemplate)}</div>
      </div>
      ${sale.below}
      <button part="cancel" class="cancel" type="button" @click=${sale.cancelled} @keydown=${swallowRepeats}>
        ${language.text('transaction.cancel')}
      </button>
    </div>
  `;
}

/** The button that goes on after a sale that was settled as paid. */
export const nextTemplate = (language: SaleLanguage, pressed: () => void): TemplateResult =>
  html`<button part="next" class="next" type="button" @click=${pressed}>${language.text('recovery.next')}</button>`;

export const errorTemplate = (language: SaleLanguage, error: ReaderError): TemplateResult =>
  html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>`;

/** Outcomes that a later fault, such as a connection lost behind them, does not change: its remedy would mislead. */
const decided: ReadonlySet<Outcome> = new Set(['approved', 'declined', 'deferred']);

/** How a sale ended; the page may show it in its own way. */
export function outcomeTemplate(
  language: SaleLanguage,
  result: TransactionResult,
  hints: readonly Hint[],
): TemplateResult {
  if (isPartlyApproved(result)) return partTemplate(language, result, hints);
  const { outcome, amount, currency, error } = result;
  return html`
    <div class="outcome ${outcome}" part="outcome" role="status" tabindex="-1">
      <slot name=${outcome}>
        <span class="title">${language.text(`outcome.${outcome}`)}</span>
        <span class="amount" part="amount">${money(language, amount, currency)}</span>
        <p class="quiet">${reasonText(language, result)}</p>
        ${error && !decided.has(outcome) ? html`<p class="quiet">${errorHelp(language, error)}</p>` : nothing}
      </slot>
      ${hintsTemplate(language, hints)}
    </div>
  `;
}

/** Less was approved than was asked for: what is missing is as large as what is there. */
function partTemplate(language: SaleLanguage, result: TransactionResult, hints: readonly Hint[]): TemplateResult {
  const { approvedAmount = '', currency } = result;
  const inWords = (amount: string): Readonly<Record<string, string>> => ({ amount: money(language, amount, currency) });
  return html`
    <div class="outcome partly-approved" part="outcome" role="alert" tabindex="-1">
      <slot name="partly-approved">
        <span class="title large">${language.text('outcome.partly-approved', inWords(approvedAmount))}</span>
        <span class="amount large" part="amount"
          >${language.text('outcome.remainder', inWords(remainderOf(result)))}</span
        >
        <p class="quiet">${reasonText(language, result)}</p>
      </slot>
      ${hintsTemplate(language, hints)}
    </div>
  `;
}

/** What the cardholder is to do or to know besides: also where the page shows the outcome in its own way. */
const hintsTemplate = (language: SaleLanguage, hints: readonly Hint[]): readonly TemplateResult[] =>
  hints.map(
    (hint) =>
      html`<p class="hint line" part="hint">
        ${language.text(`prompt.${hint}`)} ${pictureTemplate(hintPictures[hint])}
      </p>`,
  );

/** A key that is held down presses once. */
function swallowRepeats(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}
