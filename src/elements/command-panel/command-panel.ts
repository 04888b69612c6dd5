/**
 * `<magtek-command-panel>`: commands to choose or to type, and what the reader answers; scripts, properties, support bundle.
 * It sends what people ask for and nothing else; it does not know what commands do.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isOpen } from '../../client/connection-state.js';
import { ReaderError } from '../../client/reader-error.js';
import { decodeMessage } from '../../mms/decode.js';
import { withReference } from '../../mms/encode.js';
import { describe } from '../../mms/describe.js';
import { toHex } from '../../mms/hex.js';
import type { MmsRequest } from '../../mms/message.js';
import { redact } from '../../mms/redact.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { Hydration } from '../shared/hydration.js';
import { panelWords } from '../shared/language/english/panel.js';
import { errorDetail, errorText, problemText } from '../shared/language/error-words.js';
import { LanguageController } from '../shared/language/language-controller.js';
import { answerTemplate, type Answer } from './answer.js';
import { changedBytes } from './bytes-diff.js';
import { checkCommand, dangerOf, isDangerous } from './check-command.js';
import type { FormValues } from './command-forms.js';
import { groupCommands, pageCommands, seedCommands, type PanelCommand } from './command-list.js';
import { styles } from './command-panel.styles.js';
import type { fieldsTemplate } from './form-fields.js';
import type { PropertyPart } from './property-part.js';
import type { ScriptPart } from './script-part.js';
import { forgetSent, NOTHING_REMEMBERED, recall, rememberSent, toggleFavourite } from './stored.js';

const tabs = ['commands', 'script', 'properties'] as const;
type Tab = (typeof tabs)[number];

/** Where a command is sent from. */
type Place = 'catalogue' | 'custom';

/** Asks whether a dangerous command is meant. */
interface Question {
  readonly place: Place;
  readonly text: ReturnType<typeof dangerOf>;
  readonly send: () => void;
}

/**
 * The command list of the seed guide and more, with their parameters as forms; a field for commands of one's own; the reader's
 * answer; and in tabs of their own batch scripts and the reader's properties.
 *
 * @slot - `<option value="AA00…">Title</option>` elements: commands of the page, listed first. `title` is the description.
 *
 * @csspart tabs - The row of tabs.
 * @csspart list - The list of commands.
 * @csspart entry - One command in the list.
 * @csspart search - The field that filters the list.
 * @csspart details - Name, description and bytes of the chosen command.
 * @csspart fields - The parameters of the chosen command.
 * @csspart custom - The part with the field for hexadecimal commands.
 * @csspart input - The field for hexadecimal commands.
 * @csspart input-error - What is wrong in the field.
 * @csspart send - The buttons that send.
 * @csspart answer - The reader's answer.
 * @csspart script - The part that runs scripts.
 * @csspart results - The table of a script's results.
 * @csspart properties - The property browser.
 *
 * @cssprop [--magtek-command-panel-height=28rem] - Most height of the list, and of scripts and properties.
 */
export class MagtekCommandPanel extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @property() for = '';

  @state() private tab: Tab = 'commands';
  @state() private search = '';
  @state() private listed: readonly PanelCommand[] = seedCommands;
  @state() private ownCommands: readonly PanelCommand[] = [];
  @state() private chosenName = seedCommands[0]?.name ?? '';
  @state() private values: FormValues | undefined;
  @state() private custom = '';
  @state() private inputError: ReaderError | undefined;
  @state() private answer: Answer | undefined;
  @state() private answerPlace: Place = 'catalogue';
  @state() private question: Question | undefined;
  @state() private remembered = NOTHING_REMEMBERED;
  @state() private notice = '';

  private readonly language = new LanguageController(this, panelWords);
  private readonly reader = new ReaderController(this, () => {
    this.answer = undefined;
    this.question = undefined;
    this.script?.stop();
    this.properties?.reset();
  });
  private fields: typeof fieldsTemplate | undefined;
  private script: ScriptPart | undefined;
  private properties: PropertyPart | undefined;

  private readonly hydration = new Hydration(this, () => {
    this.remembered = recall();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hydration.isPending) this.remembered = recall();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.script?.stop();
  }

  protected override firstUpdated(): void {
    void this.loadForms();
  }

  protected override render(): TemplateResult {
    const { text } = this.language;
    return html`
      <slot hidden @slotchange=${this.slotted}></slot>
      <div class="head">
        <div class="tabs" part="tabs" role="tablist" aria-label=${text('panel.tools')} @keydown=${this.tabKeyed}>
          ${tabs.map((name) => this.tabTemplate(name, text(`panel.${name}`)))}
        </div>
        <span class="quiet" role="status">${this.notice}</span>
        <button @click=${this.saveBundle}>${text('panel.support-bundle')}</button>
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby="tab-${this.tab}">${this.tabPanelTemplate()}</div>
    `;
  }

  private tabTemplate(name: Tab, title: string): TemplateResult {
    const isChosen = name === this.tab;
    return html`<button
      id="tab-${name}"
      role="tab"
      aria-selected=${isChosen ? 'true' : 'false'}
      aria-controls="tab-panel"
      tabindex=${isChosen ? '0' : '-1'}
      @click=${() => {
        this.openTab(name);
      }}
    >
      ${title}
    </button>`;
  }

  private tabPanelTemplate(): TemplateResult | typeof nothing {
    if (this.tab === 'script') return html`<div class="work tall">${this.script?.render() ?? nothing}</div>`;
    if (this.tab === 'properties') return html`<div class="work tall">${this.properties?.render() ?? nothing}</div>`;
    const chosen = this.allCommands().find(({ name }) => name === this.chosenName);
    return html`
      <div class="panel">
        <div class="choice">
          <input
            type="search"
            part="search"
            aria-label=${this.language.text('panel.search')}
            placeholder=${this.language.text('panel.search')}
            .value=${this.search}
            @input=${this.searched}
          />
          <div class="list" part="list" tabindex="-1">${this.listTemplate()}</div>
        </div>
        <div class="work">${chosen ? this.detailsTemplate(chosen) : nothing} ${this.customTemplate()}</div>
      </div>
    `;
  }

  private allCommands(): readonly PanelCommand[] {
    return [...this.ownCommands, ...this.listed];
  }

  private listTemplate(): TemplateResult | TemplateResult[] {
    const groups = groupCommands(this.allCommands(), this.search, this.remembered.favourites);
    if (groups.length === 0) return html`<p class="quiet">${this.language.text('panel.none-fits')}</p>`;
    return groups.map(
      ({ id, commands }) => html`
        <h3 id="group-${id}">${this.language.text(`panel.${id}`)}</h3>
        <div role="group" aria-labelledby="group-${id}">${commands.map((command) => this.entryTemplate(command))}</div>
      `,
    );
  }

  private entryTemplate({ name, title }: PanelCommand): TemplateResult {
    return html`
      <button
        class="entry"
        lang="en"
        dir="auto"
        part="entry"
        aria-pressed=${name === this.chosenName ? 'true' : 'false'}
        @click=${() => {
          this.chosenName = name;
          this.values = undefined;
          this.question = undefined;
        }}
      >
        ${title}
      </button>
    `;
  }

  private detailsTemplate(command: PanelCommand): TemplateResult {
    const { name, title, description, sources, form } = command;
    const { language } = this;
    const { hex, problem } = this.built(command);
    const isFavourite = this.remembered.favourites.includes(name);
    return html`
      <section part="details">
        <div class="title">
          <h2 lang="en" dir="auto">${title}</h2>
          <button
            class="star"
            aria-pressed=${isFavourite ? 'true' : 'false'}
            aria-label=${language.text('panel.favourite')}
            @click=${() => {
              this.remembered = toggleFavourite(this.remembered, name);
            }}
          >
            ${isFavourite ? '★' : '☆'}
          </button>
        </div>
        <p lang="en" dir="auto">${description}</p>
        ${sources === '' ? nothing : html`<p class="quiet small">${language.text('panel.sources', { sources })}</p>`}
        ${
          form && this.fields
            ? this.fields(language, form.of, this.values ?? form.values, (field, value) => {
                this.values = { ...(this.values ?? form.values), [field]: value };
                this.question = undefined;
              })
            : nothing
        }
        ${
          problem === ''
            ? html`<code class="hex" dir="ltr"
                >${changedBytes(command.hex, shownHex(command.hex, hex)).map((stretch) =>
                  stretch.isChanged && command.hex !== '' ? html`<mark>${stretch.hex}</mark>` : stretch.hex,
                )}</code
              >`
            : html`<p class="bad" role="alert">${problem}</p>`
        }
        ${this.actionsTemplate('catalogue', language.text('panel.send-chosen', { title }), () => {
          this.sendChosen(command);
        })}
        ${this.answerTemplate('catalogue')}
      </section>
    `;
  }

  /** The bytes of a command with the parameters as they stand, or what is wrong with them. */
  private built({ hex, form }: PanelCommand): { readonly hex: string; readonly problem: string } {
    if (!form || (!this.values && hex !== '')) return { hex, problem: this.problemOf(checkCommand(hex).error) };
    try {
      const request = form.of.build(this.values ?? form.values);
      const reference = hex === '' ? 0 : decodeMessage(hex).reference;
      return { hex: toHex(withReference(request, reference).bytes), problem: '' };
    } catch (error) {
      return { hex: '', problem: this.problemOf(error) };
    }
  }

  /** What is wrong, in words; empty for nothing. */
  private problemOf(error: unknown): string {
    return error === undefined ? '' : problemText(this.language, error);
  }

  private customTemplate(): TemplateResult {
    const { inputError, language } = this;
    return html`
      <section part="custom">
        <h2><label for="custom">${language.text('panel.own')}</label></h2>
        <textarea
          id="custom"
          part="input"
          spellcheck="false"
          autocomplete="off"
          placeholder="AA00…"
          aria-invalid=${inputError ? 'true' : 'false'}
          aria-describedby="custom-help custom-error"
          .value=${this.custom}
          @input=${this.typed}
          @change=${this.checkTyped}
          @keydown=${this.keyed}
        ></textarea>
        <p id="custom-help" class="quiet">${language.text('panel.own-help')}</p>
        <p id="custom-error" class="bad" part="input-error" role="alert">
          ${inputError ? html`${errorText(language, inputError)} ${errorDetail(language, inputError)}` : nothing}
        </p>
        ${this.actionsTemplate('custom', language.text('panel.send'), this.sendCustom)} ${this.answerTemplate('custom')}
        ${this.recentTemplate()}
      </section>
    `;
  }

  /** The answer, beside the command that it belongs to. */
  private answerTemplate(place: Place): TemplateResult {
    const { answer } = this;
    return html`<div aria-live="polite">
      ${answer && this.answerPlace === place ? answerTemplate(this.language, answer) : nothing}
    </div>`;
  }

  private recentTemplate(): TemplateResult | typeof nothing {
    const { recent } = this.remembered;
    if (recent.length === 0) return nothing;
    return html`
      <div class="actions">
        <select aria-label=${this.language.text('panel.recent')} @change=${this.recalled}>
          <option value="">${this.language.text('panel.recent')} …</option>
          ${recent.map((hex) => html`<option value=${hex} lang="en">${recentTitle(hex)}</option>`)}
        </select>
        <button
          @click=${() => {
            this.remembered = forgetSent(this.remembered);
          }}
        >
          ${this.language.text('panel.forget')}
        </button>
      </div>
    `;
  }

  private actionsTemplate(place: Place, label: string, send: () => void): TemplateResult {
    const { text } = this.language;
    const { client, snapshot } = this.reader;
    const isReady = client !== undefined && isOpen(snapshot.state);
    if (this.question?.place === place) {
      return html`
        <div class="actions" role="group" aria-label=${text('panel.confirm')}>
          <span>${text(this.question.text)}</span>
          <button part="send" class="primary" @click=${this.question.send}>${text('panel.send-it')}</button>
          <button @click=${this.dismiss}>${text('panel.do-not-send')}</button>
        </div>
      `;
    }
    return html`
      <div class="actions">
        <button
          part="send"
          class="primary"
          aria-disabled=${isReady ? 'false' : 'true'}
          aria-describedby=${isReady ? nothing : `why-${place}`}
          @click=${isReady ? send : nothing}
        >
          ${label}
        </button>
        ${isReady ? nothing : html`<span id="why-${place}" class="quiet">${text('panel.not-open')}</span>`}
      </div>
    `;
  }

  /** Loads what is not needed for the first look. */
  private async loadForms(): Promise<void> {
    const [{ commandsWithForms }, { fieldsTemplate }] = await Promise.all([
      import('./form-commands.js'),
      import('./form-fields.js'),
    ]);
    this.fields = fieldsTemplate;
    this.listed = commandsWithForms();
  }

  private openTab(tab: Tab): void {
    this.tab = tab;
    void this.loadTab(tab);
  }

  private async loadTab(tab: Tab): Promise<void> {
    const { language } = this;
    const client = () => this.reader.client;
    if (tab === 'script') this.script ??= new (await import('./script-part.js')).ScriptPart(this, language, client);
    if (tab === 'properties')
      this.properties ??= new (await import('./property-part.js')).PropertyPart(this, language, client);
    this.requestUpdate();
  }

  private tabKeyed({ key }: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const direction = getComputedStyle(this).direction === 'rtl' ? -step : step;
    const next = tabs[(tabs.indexOf(this.tab) + direction + tabs.length) % tabs.length];
    if (!next) return;
    this.openTab(next);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  private slotted(event: Event): void {
    this.ownCommands = pageCommands((event.target as HTMLSlotElement).assignedElements());
  }

  private searched(event: Event): void {
    this.search = (event.target as HTMLInputElement).value;
  }

  private typed(event: Event): void {
    this.custom = (event.target as HTMLTextAreaElement).value;
    this.question = undefined;
    // What is being typed is wrong until it is whole: told when it is left or sent, taken back as soon as it is right.
    if (this.inputError) this.inputError = checkCommand(this.custom).error;
  }

  private checkTyped(): void {
    this.inputError = this.custom.trim() === '' ? undefined : checkCommand(this.custom).error;
  }

  private recalled(event: Event): void {
    const select = event.target as HTMLSelectElement;
    this.custom = select.value;
    this.inputError = undefined;
    select.value = '';
  }

  /** Enter sends; Shift and Enter begin a new line. */
  private keyed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.repeat) return;
    event.preventDefault();
    if (isOpen(this.reader.snapshot.state)) this.sendCustom();
  }

  private dismiss(): void {
    this.question = undefined;
  }

  private sendChosen(command: PanelCommand): void {
    const { hex, problem } = this.built(command);
    if (problem !== '') return;
    const { request } = checkCommand(hex);
    if (request) this.ask('catalogue', request.id, request);
  }

  private readonly sendCustom = (): void => {
    const { request, bytes, error } = checkCommand(this.custom);
    this.inputError = error;
    if (error) this.renderRoot.querySelector<HTMLElement>('#custom')?.focus();
    else this.ask('custom', request.id, bytes);
  };

  /** Sends, after a question where it could do harm. */
  private ask(place: Place, id: number, request: MmsRequest | Uint8Array): void {
    if (!isDangerous(id)) {
      void this.send(request, place);
      return;
    }
    this.question = {
      place,
      text: dangerOf(id),
      send: () => {
        this.question = undefined;
        void this.send(request, place);
      },
    };
  }

  private async send(request: MmsRequest | Uint8Array, place: Place): Promise<void> {
    const { client } = this.reader;
    if (!client) return;
    this.remembered = rememberSent(
      this.remembered,
      request instanceof Uint8Array ? (decodeMessage(request) as MmsRequest) : request,
    );
    const waiting: Answer = { kind: 'waiting' };
    this.answer = waiting;
    this.answerPlace = place;
    const start = performance.now();
    const answer: Answer = await client.request(request).then(
      (response) => ({ kind: 'response', response, milliseconds: performance.now() - start }) as const,
      (error: unknown) => ({ kind: 'error', error: error as ReaderError }) as const,
    );
    // Another command was sent meanwhile, or another reader chosen: its answer is the one to show.
    if (this.answer === waiting) this.answer = answer;
  }

  private async saveBundle(): Promise<void> {
    const { client } = this.reader;
    if (!client) {
      this.notice = this.language.text('panel.no-reader');
      return;
    }
    this.notice = this.language.text('panel.collecting');
    const { saveSupportBundle } = await import('./support.js');
    const { journal } = await saveSupportBundle(client);
    this.notice = this.language.count('panel.saved', journal.length);
  }
}

/** A command as it may be shown: what a person has typed into a form may be an account number or a password. */
function shownHex(initial: string, hex: string): string {
  const { request } = checkCommand(hex);
  return hex === initial || !request ? hex : toHex(redact(request).bytes);
}

function recentTitle(hex: string): string {
  const { request } = checkCommand(hex);
  return request ? describe(request).replace(/ \(ref \d+\)$/, '') : hex;
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-command-panel': MagtekCommandPanel;
  }
}
