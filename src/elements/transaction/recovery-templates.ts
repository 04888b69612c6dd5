/**
 * The visible states of a sale without an outcome, and of one whose money must be given back: what is known of it, what can be done, and
 * how it was settled.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import type { Language } from '../../language/language-controller.js';
import { money } from '../../language/sale-words.js';
import type { recoveryWords } from '../../language/english/recovery.js';
import type { transactionWords } from '../../language/english/transaction.js';
import type { ResolvedTransaction } from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import { errorLines } from '../shared/error-lines.js';
import { truth } from '../shared/truth.js';

export type RecoveryLanguage = Language<keyof typeof transactionWords | keyof typeof recoveryWords>;

/** A sentence about what was done last. */
export type RecoveryNote = keyof typeof recoveryWords;

/** What can be seen of a sale without an outcome. */
export interface ShownRecovery {
  readonly sale: UnresolvedTransaction;
  /** Others of this reader that wait behind it. */
  readonly others: number;
  /** Whether there is a reader that can be told to stop. */
  readonly isConnected: boolean;
  /** Whether something is under way. */
  readonly isBusy: boolean;
  readonly note: RecoveryNote | undefined;
  readonly error: ReaderError | undefined;
  /** Whether a person left out who they are or how they know. */
  readonly isIncomplete: boolean;
  readonly cancel: () => void;
  readonly ask: () => void;
  readonly reverse: () => void;
  readonly settle: (isPaid: boolean) => void;
}

const WHEN: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

export function recoveryTemplate(language: RecoveryLanguage, shown: ShownRecovery): TemplateResult {
  const { sale, others, isBusy, isConnected, note, error } = shown;
  return html`
    <section class="recovery" part="recovery" aria-labelledby="recovery-title" tabindex="-1">
      <h2 id="recovery-title" class="title">${language.text('recovery.title')}</h2>
      <span class="amount" part="amount">${money(language, sale.amount, sale.currency)}</span>
      <p>${language.text('recovery.started', { time: language.time(sale.startedAt, WHEN) })}</p>
      <p>${language.text(cardKey(sale))}</p>
      <p class="quiet">${language.text('recovery.withheld')}</p>
      ${sale.unstored ? html`<p>${language.text('recovery.unstored')}</p>` : nothing}
      ${others === 0 ? nothing : html`<p>${language.text('recovery.more', { count: language.number(others) })}</p>`}
      <div class="choices">
        <button
          part="recovery-ask"
          class="primary"
          type="button"
          aria-disabled=${truth(isBusy)}
          @click=${isBusy ? nothing : shown.ask}
        >
          ${language.text('recovery.ask')}
        </button>
        <button
          part="recovery-cancel"
          type="button"
          aria-disabled=${truth(isBusy || !isConnected)}
          aria-describedby=${isConnected ? nothing : 'no-reader'}
          @click=${isBusy || !isConnected ? nothing : shown.cancel}
        >
          ${language.text('recovery.cancel')}
        </button>
        ${isConnected ? nothing : html`<p id="no-reader" class="quiet">${language.text('transaction.not-connected')}</p>`}
      </div>
      <p class="note" part="recovery-note" role="status">${note === undefined ? nothing : language.text(note)}</p>
      ${error ? html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>` : nothing}
      ${byHandTemplate(
        language,
        shown,
        { part: 'recovery-hand', incomplete: 'recovery-incomplete' },
        isRefund(sale)
          ? [
              { part: 'recovery-refunded', name: 'refunded', isPaid: true },
              { part: 'recovery-not-refunded', name: 'not-refunded', isPaid: false },
            ]
          : [
              { part: 'recovery-paid', name: 'paid', isPaid: true },
              { part: 'recovery-not-paid', name: 'not-paid', isPaid: false },
            ],
      )}
    </section>
  `;
}

/** A sale whose money must be given back. It keeps nobody from selling: its outcome is known. */
export function reversalTemplate(
  language: RecoveryLanguage,
  shown: Omit<ShownRecovery, 'isConnected'>,
): TemplateResult {
  const { sale, others, isBusy, note, error } = shown;
  return html`
    <section class="recovery reversal" part="reversal" aria-labelledby="reversal-title" tabindex="-1">
      <h2 id="reversal-title" class="title">${language.text('reversal.title')}</h2>
      <span class="amount" part="amount">${money(language, sale.amount, sale.currency)}</span>
      <p>${language.text('reversal.started', { time: language.time(sale.startedAt, WHEN) })}</p>
      ${sale.unstored ? html`<p>${language.text('recovery.unstored')}</p>` : nothing}
      ${others === 0 ? nothing : html`<p>${language.text('reversal.more', { count: language.number(others) })}</p>`}
      <div class="choices">
        <button
          part="reversal-again"
          class="primary"
          type="button"
          aria-disabled=${truth(isBusy)}
          @click=${isBusy ? nothing : shown.reverse}
        >
          ${language.text('reversal.again')}
        </button>
      </div>
      <p class="note" part="reversal-note" role="status">${note === undefined ? nothing : language.text(note)}</p>
      ${error ? html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>` : nothing}
      ${byHandTemplate(language, shown, { part: 'reversal-hand', incomplete: 'reversal-incomplete' }, [
        { part: 'reversal-given-back', name: 'given-back', isPaid: false },
      ])}
    </section>
  `;
}

/** A button that settles a sale by hand. */
interface End {
  readonly part: string;
  readonly name: 'paid' | 'not-paid' | 'refunded' | 'not-refunded' | 'given-back';
  /** Whether money has moved. */
  readonly isPaid: boolean;
}

/** What a person fills in, and the buttons. */
function byHandTemplate(
  language: RecoveryLanguage,
  { isBusy, isIncomplete, settle }: Pick<ShownRecovery, 'isBusy' | 'isIncomplete' | 'settle'>,
  { part, incomplete }: { readonly part: string; readonly incomplete: string },
  ends: readonly End[],
): TemplateResult {
  const field = (name: 'by' | 'how'): TemplateResult => html`
    <label>
      ${language.text(`recovery.${name}`)}
      <input
        name=${name}
        maxlength="200"
        autocomplete=${name === 'by' ? 'name' : 'off'}
        aria-invalid=${truth(isIncomplete)}
        aria-describedby=${isIncomplete ? incomplete : nothing}
        @keydown=${keepFromForm}
      />
    </label>
  `;
  const settled = (isPaid: boolean): ((event: UIEvent) => void) | typeof nothing =>
    isBusy
      ? nothing
      : ({ detail }) => {
          // The second half of a double click lands on the next sale.
          if (detail <= 1) settle(isPaid);
        };
  return html`
    <details part=${part}>
      <summary>${language.text('recovery.hand')}</summary>
      <div class="by-hand">
        ${field('by')} ${field('how')}
        ${isIncomplete ? html`<p id=${incomplete} class="bad" role="alert">${language.text('recovery.incomplete')}</p>` : nothing}
        <div class="two">
          ${ends.map(
            ({ part: button, name, isPaid }) => html`
              <button part=${button} type="button" aria-disabled=${truth(isBusy)} @click=${settled(isPaid)}>
                ${language.text(`recovery.${name}`)}
              </button>
            `,
          )}
        </div>
      </div>
    </details>
  `;
}

/** Enter in a field must settle nothing, and submit no form of the page. */
function keepFromForm(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

/** Money that had to be given back is not owed any more. */
export function givenBackTemplate(language: RecoveryLanguage, settled: ResolvedTransaction): TemplateResult {
  const { amount, currency, approved, by, how } = settled;
  const said = [by, how].filter((text) => text !== undefined).join(': ');
  const title =
    approved === false
      ? language.text('reversal.given-back', { amount: money(language, amount, currency) })
      : language.text(settledKey(settled));
  return html`
    <div class="outcome ${approved === false ? 'given-back' : ''}" part="reversal-over" role="status" tabindex="-1">
      <span class="title">${title}</span>
      ${said === '' ? nothing : html`<p class="quiet">${said}</p>`}
    </div>
  `;
}

/** How a sale was settled that has no outcome of a host. */
export function settledTemplate(language: RecoveryLanguage, settled: ResolvedTransaction): TemplateResult {
  const { amount, currency, by, how } = settled;
  const said = [by, how].filter((text) => text !== undefined).join(': ');
  return html`
    <div class="outcome ${settled.approved ? 'approved' : ''}" part="outcome" role="status" tabindex="-1">
      <span class="title">${language.text(settledKey(settled))}</span>
      <span class="amount" part="amount">${money(language, amount, currency)}</span>
      ${said === '' ? nothing : html`<p class="quiet">${said}</p>`}
    </div>
  `;
}

/** Money goes the other way. */
const isRefund = ({ type }: Pick<UnresolvedTransaction, 'type'>): boolean => type === 'refund';

function cardKey(sale: UnresolvedTransaction): RecoveryNote {
  if (!sale.arqc) return 'recovery.no-card-read';
  return isRefund(sale) ? 'recovery.card-read-refund' : 'recovery.card-read';
}

function settledKey(settled: ResolvedTransaction): RecoveryNote {
  const { via, approved } = settled;
  if (via === 'reader') return 'recovery.by-reader';
  if (approved === undefined) return 'recovery.by-page';
  if (isRefund(settled)) return approved ? 'recovery.by-hand-refunded' : 'recovery.by-hand-not-refunded';
  return approved ? 'recovery.by-hand-paid' : 'recovery.by-hand-not-paid';
}
