/** One entry of a log in full: its parts as a tree, and its bytes. The part that is pointed at or chosen is marked in the bytes. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { JournalEntry } from '../../journal/journal.js';
import { spacedHex, toHex } from '../../mms/hex.js';
import { messageTree, type TreeNode } from '../../mms/tree.js';
import { errorHelp } from '../../language/error-words.js';
import { TreeView } from '../shared/tree-view.js';
import { logDetailsWords } from '../../language/english/log-parts.js';
import type { Language } from '../../language/language-controller.js';
import { copyForms, copyFormsOf, type CopyFormName } from './copy-forms.js';
import type { Counterpart } from './counterpart.js';

export interface DetailsActions {
  copy(text: string, what: string): void;
  /** Goes to the answer of a request, or to the request of an answer. */
  goToOther(): void;
  close(): void;
}

/** Bytes that are shown; the rest can be copied. */
const MOST_BYTES = 4096;
const BYTES_A_LINE = 16;

export class LogDetails {
  private readonly language: Language<keyof typeof logDetailsWords>;
  private readonly actions: DetailsActions;
  private sequence: number | undefined;
  private readonly tree: TreeView;

  constructor(host: ReactiveControllerHost, language: Language, actions: DetailsActions) {
    this.language = language.with(logDetailsWords);
    this.tree = new TreeView(host, language, { showsPlaces: true });
    this.actions = actions;
  }

  /** @param other Which the other half of the entry is, where there is one. */
  render(entry: JournalEntry, other: Counterpart['which'] | undefined): TemplateResult {
    const { language } = this;
    const { message, data } = entry;
    if (entry.sequence !== this.sequence) {
      this.sequence = entry.sequence;
      this.tree.show(message ? messageTree(message) : []);
    }
    return html`
      <section
        class="details"
        part="details"
        aria-label=${language.text('log.entry', { number: language.number(entry.sequence) })}
        @keydown=${this.keyed}
      >
        <header>
          <strong lang="en" dir="auto">${entry.text}</strong>
          <span class="buttons">
            ${other ? html`<button part="button" @click=${this.actions.goToOther}>${language.text(`log.to-${other}`)}</button>` : nothing}
            <select
              part="copy"
              aria-label=${language.text('log.copy-as')}
              @change=${(event: Event): void => this.copy(entry, event.target as HTMLSelectElement)}
            >
              <option value="">${language.text('log.copy-as')}</option>
              ${copyFormsOf(entry).map((form) => html`<option value=${form}>${language.text(copyForms[form].title)}</option>`)}
            </select>
            <button part="button" aria-label=${language.text('log.close-details')} @click=${this.actions.close}>
              ✕
            </button>
          </span>
        </header>
        ${entry.error ? html`<p class="bad">${errorHelp(language, entry.error)}</p>` : nothing}
        <div class="halves">
          ${message ? html`${this.tree.render(language.text('log.parts'))} ${this.bytesTemplate(message.bytes)}` : nothing}
          ${message === undefined && data !== undefined ? html`<code class="data" dir="ltr">${data.slice(0, MOST_BYTES)}</code>` : nothing}
        </div>
      </section>
    `;
  }

  private bytesTemplate(bytes: Uint8Array): TemplateResult {
    const shown = bytes.subarray(0, MOST_BYTES);
    const marked = this.tree.hovered ?? this.tree.chosen;
    const lines = Array.from({ length: Math.ceil(shown.length / BYTES_A_LINE) }, (_, line) => line * BYTES_A_LINE);
    return html`
      <div class="bytes" part="hex" role="group" aria-label=${this.language.text('log.bytes')} tabindex="0">
        ${lines.map((start) => lineTemplate(shown.subarray(start, start + BYTES_A_LINE), start, marked))}
        ${
          bytes.length > shown.length
            ? html`<p class="quiet">${this.language.count('log.more-bytes', bytes.length - shown.length)}</p>`
            : nothing
        }
      </div>
    `;
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.actions.close();
  };

  private copy(entry: JournalEntry, select: HTMLSelectElement): void {
    const { title, make } = copyForms[select.value as CopyFormName];
    select.value = '';
    this.actions.copy(make(entry), this.language.text(title));
  }
}

/** A line of bytes: place, hexadecimal digits, characters; those of the marked part stand out. */
function lineTemplate(bytes: Uint8Array, start: number, marked: TreeNode | undefined): TemplateResult {
  const from = Math.min(Math.max((marked?.start ?? 0) - start, 0), bytes.length);
  const to = Math.min(Math.max((marked?.end ?? 0) - start, from), bytes.length);
  const hex = (a: number, b: number): string => spacedHex(toHex(bytes.subarray(a, b)));
  const text = (a: number, b: number): string =>
    Array.from(bytes.subarray(a, b), (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
  const threeParts = (show: (a: number, b: number) => string, gap: string): TemplateResult =>
    html`${show(0, from)}${from > 0 && to > from ? gap : ''}${to > from ? html`<mark>${show(from, to)}</mark>` : nothing}${
      to < bytes.length && to > 0 ? gap : ''
    }${show(to, bytes.length)}`;
  return html`<div class="line" dir="ltr">
    <span class="place">${start.toString(16).toUpperCase().padStart(4, '0')}</span>
    <code>${threeParts(hex, ' ')}</code>
    <code class="characters" aria-hidden="true">${threeParts(text, '')}</code>
  </div>`;
}
