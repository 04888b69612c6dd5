/**
 * The part of the panel with the commands to choose from: the list, and the chosen one with its parameters and bytes.
 * It does not know how commands are sent.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { decodeMessage } from '../../mms/decode.js';
import { withReference } from '../../mms/encode.js';
import { toHex } from '../../mms/hex.js';
import { redact } from '../../mms/redact.js';
import { problemText } from '../../language/error-words.js';
import { loadPart } from '../shared/load-part.js';
import { changedBytes } from './bytes-diff.js';
import { checkCommand } from './check-command.js';
import type { FormValues } from './command-forms.js';
import { groupCommands, pageCommands, seedCommands, type PanelCommand } from './command-list.js';
import type { fieldsTemplate } from './form-fields.js';
import type { PanelLanguage } from './panel-language.js';
import type { PanelMemory } from './panel-memory.js';
import type { Sending } from './sending.js';

export class CataloguePart {
  private readonly host: ReactiveControllerHost;
  private readonly language: PanelLanguage;
  private readonly sending: Sending;
  private readonly memory: PanelMemory;
  private search = '';
  private listed = seedCommands;
  private ownCommands: readonly PanelCommand[] = [];
  private chosenName = seedCommands[0]?.name;
  /** Parameters that a person has changed. */
  private values: FormValues | undefined;
  private fields: typeof fieldsTemplate | undefined;

  constructor(host: ReactiveControllerHost, language: PanelLanguage, sending: Sending, memory: PanelMemory) {
    this.host = host;
    this.language = language;
    this.sending = sending;
    this.memory = memory;
  }

  /** Loads the parameters of commands, which are not needed for the first look. */
  async loadForms(): Promise<void> {
    const [{ commandsWithForms }, { fieldsTemplate }] = await loadPart(() =>
      Promise.all([import('./form-commands.js'), import('./form-fields.js')]),
    );
    this.fields = fieldsTemplate;
    this.listed = commandsWithForms();
    this.host.requestUpdate();
  }

  /** Takes the commands that the page gives. */
  take(elements: readonly Element[]): void {
    this.ownCommands = pageCommands(elements);
    this.host.requestUpdate();
  }

  listTemplate(): TemplateResult {
    const search = this.language.text('panel.search');
    return html`
      <div class="choice">
        <input
          type="search"
          part="search"
          aria-label=${search}
          placeholder=${search}
          .value=${this.search}
          @input=${this.searched}
        />
        <div class="list" part="list" tabindex="-1">${this.groupsTemplate()}</div>
      </div>
    `;
  }

  /** The chosen command. */
  chosenTemplate(): TemplateResult | typeof nothing {
    const command = this.commands().find(({ name }) => name === this.chosenName);
    if (!command) return nothing;
    const { title, description, sources } = command;
    const { language } = this;
    const { hex, problem } = this.built(command);
    return html`
      <section part="details">
        ${this.titleTemplate(command)}
        <p lang="en" dir="auto">${description}</p>
        ${sources === '' ? nothing : html`<p class="quiet small">${language.text('panel.sources', { sources })}</p>`}
        ${this.fieldsTemplate(command)}
        ${
          problem === ''
            ? html`<code class="hex" dir="ltr"
                >${changedBytes(command.hex, shownHex(command.hex, hex)).map((stretch) =>
                  stretch.isChanged && command.hex !== '' ? html`<mark>${stretch.hex}</mark>` : stretch.hex,
                )}</code
              >`
            : html`<p class="bad" role="alert">${problem}</p>`
        }
        ${this.sending.render('catalogue', language.text('panel.send-chosen', { title }), () => {
          const { request } = checkCommand(hex);
          if (request) this.sending.ask('catalogue', request.id, request);
        })}
      </section>
    `;
  }

  private commands(): readonly PanelCommand[] {
    return [...this.ownCommands, ...this.listed];
  }

  private groupsTemplate(): TemplateResult | TemplateResult[] {
    const groups = groupCommands(this.commands(), this.search, this.memory.favourites);
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
          this.sending.dismiss();
        }}
      >
        ${title}
      </button>
    `;
  }

  private titleTemplate({ name, title }: PanelCommand): TemplateResult {
    const isFavourite = this.memory.favourites.includes(name);
    return html`
      <div class="title">
        <h2 lang="en" dir="auto">${title}</h2>
        <button
          class="star"
          aria-pressed=${isFavourite ? 'true' : 'false'}
          aria-label=${this.language.text('panel.favourite')}
          @click=${(): void => this.memory.toggleFavourite(name)}
        >
          ${isFavourite ? '★' : '☆'}
        </button>
      </div>
    `;
  }

  private fieldsTemplate({ form }: PanelCommand): TemplateResult | typeof nothing {
    if (!form || !this.fields) return nothing;
    return this.fields(this.language, form.of, this.values ?? form.values, (field, value) => {
      this.values = { ...(this.values ?? form.values), [field]: value };
      this.sending.dismiss();
    });
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

  private readonly searched = (event: Event): void => {
    this.search = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };
}

/** A command as it may be shown: what a person has typed into a form may be an account number or a password. */
function shownHex(initial: string, hex: string): string {
  const { request } = checkCommand(hex);
  return hex === initial || !request ? hex : toHex(redact(request).bytes);
}
