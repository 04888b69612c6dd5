/**
 * The part of the panel for commands of one's own: a field for hexadecimal, what is wrong in it, and what was sent before.
 * It does not know how commands are sent.
 */
import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import { describe } from '../../mms/describe.js';
import { errorDetail, errorText } from '../../language/error-words.js';
import { checkCommand } from './check-command.js';
import type { PanelLanguage } from './panel-language.js';
import type { PanelMemory } from './panel-memory.js';
import type { Sending } from './sending.js';

export class CustomPart {
  private readonly host: ReactiveElement;
  private readonly language: PanelLanguage;
  private readonly sending: Sending;
  private readonly memory: PanelMemory;
  private text = '';
  private error: ReaderError | undefined;

  constructor(host: ReactiveElement, language: PanelLanguage, sending: Sending, memory: PanelMemory) {
    this.host = host;
    this.language = language;
    this.sending = sending;
    this.memory = memory;
  }

  render(): TemplateResult {
    const { error, language } = this;
    return html`
      <section part="custom">
        <h2><label for="custom">${language.text('panel.own')}</label></h2>
        <textarea
          id="custom"
          part="input"
          spellcheck="false"
          autocomplete="off"
          placeholder="AA00…"
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby="custom-help custom-error"
          .value=${this.text}
          @input=${this.typed}
          @change=${this.left}
          @keydown=${this.keyed}
        ></textarea>
        <p id="custom-help" class="quiet">${language.text('panel.own-help')}</p>
        <p id="custom-error" class="bad" part="input-error" role="alert">
          ${error ? html`${errorText(language, error)} ${errorDetail(language, error)}` : nothing}
        </p>
        ${this.sending.render('custom', language.text('panel.send'), this.send)} ${this.recentTemplate()}
      </section>
    `;
  }

  private recentTemplate(): TemplateResult | typeof nothing {
    const { recent } = this.memory;
    if (recent.length === 0) return nothing;
    return html`
      <div class="actions">
        <select aria-label=${this.language.text('panel.recent')} @change=${this.recalled}>
          <option value="">${this.language.text('panel.recent')} …</option>
          ${recent.map((hex) => html`<option value=${hex} lang="en">${recentTitle(hex)}</option>`)}
        </select>
        <button @click=${(): void => this.memory.forgetSent()}>${this.language.text('panel.forget')}</button>
      </div>
    `;
  }

  private readonly typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.sending.dismiss();
    // What is being typed is wrong until it is whole: told when it is left or sent, taken back as soon as it is right.
    if (this.error) this.error = checkCommand(this.text).error;
  };

  private readonly left = (): void => {
    this.error = this.text.trim() === '' ? undefined : checkCommand(this.text).error;
    this.host.requestUpdate();
  };

  private readonly recalled = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    this.text = select.value;
    this.error = undefined;
    select.value = '';
    this.host.requestUpdate();
  };

  /** Enter sends; Shift and Enter begin a new line. */
  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.repeat) return;
    event.preventDefault();
    if (this.sending.isReady) this.send();
  };

  private readonly send = (): void => {
    const { request, bytes, error } = checkCommand(this.text);
    this.error = error;
    if (error) this.host.renderRoot.querySelector<HTMLElement>('#custom')?.focus();
    else this.sending.ask('custom', request.id, bytes);
    this.host.requestUpdate();
  };
}

function recentTitle(hex: string): string {
  const { request } = checkCommand(hex);
  return request ? describe(request).replace(/ \(ref \d+\)$/, '') : hex;
}
