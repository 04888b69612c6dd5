/**
 * `<magtek-command-panel>`: commands to choose or to type, and what the reader answers.
 * It sends what people ask for and nothing else; it does not know what commands do.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { badInput } from '../../client/bad-input.js';
import { isOpen } from '../../client/connection-state.js';
import { ReaderError } from '../../client/reader-error.js';
import { catalogue, type CatalogueEntry, type CatalogueGroup } from '../../mms/catalogue.js';
import { parseCommandLine } from '../../mms/command-line.js';
import { decodeMessage } from '../../mms/decode.js';
import { describe } from '../../mms/describe.js';
import type { MmsRequest, MmsResponse } from '../../mms/message.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { styles } from './command-panel.styles.js';

const groupTitles: Readonly<Record<CatalogueGroup, string>> = {
  transaction: 'Transactions',
  nfc: 'NFC',
  display: 'Display',
  pin: 'PIN',
  device: 'Device',
  settings: 'Settings',
};

/** Commands that end what the reader is doing or change its settings for good: Reset Device, Set Property. */
const dangerous: ReadonlySet<number> = new Set([0x1f01, 0xd111]);

/** Most characters that are read as a command: the largest known one, a bitmap of 214 KiB, has fewer [PJ]. */
const LONGEST_INPUT = 600_000;

/** What became of the last command. */
type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'response'; readonly response: MmsResponse; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: ReaderError };

/** Asks whether a dangerous command is meant. */
interface Question {
  readonly place: 'catalogue' | 'custom';
  readonly send: () => void;
}

/**
 * The command list of the seed guide, a field for commands of one's own, and the reader's answer.
 *
 * @csspart list - The list of commands.
 * @csspart entry - One command in the list.
 * @csspart search - The field that filters the list.
 * @csspart details - Name, description and bytes of the chosen command.
 * @csspart custom - The part with the field for hexadecimal commands.
 * @csspart input - The field for hexadecimal commands.
 * @csspart input-error - What is wrong in the field.
 * @csspart send - The buttons that send.
 * @csspart answer - The reader's answer.
 *
 * @cssprop [--magtek-command-panel-height=28rem] - Most height of the list.
 */
export class MagtekCommandPanel extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @property() for = '';

  @state() private search = '';
  @state() private chosen: CatalogueEntry | undefined = catalogue[0];
  @state() private custom = '';
  @state() private inputError: ReaderError | undefined;
  @state() private answer: Answer | undefined;
  @state() private question: Question | undefined;

  private readonly reader = new ReaderController(this, () => {
    this.answer = undefined;
    this.question = undefined;
  });

  protected override render(): TemplateResult {
    return html`
      <div class="panel">
        <div class="choice">
          <h2>Commands</h2>
          <input
            type="search"
            part="search"
            aria-label="Search commands"
            placeholder="Search"
            .value=${this.search}
            @input=${this.searched}
          />
          <div class="list" part="list" tabindex="-1">${this.listTemplate()}</div>
        </div>
        <div class="work">
          ${this.chosen ? this.detailsTemplate(this.chosen) : nothing} ${this.customTemplate()}
          <div aria-live="polite">${this.answer ? answerTemplate(this.answer) : nothing}</div>
        </div>
      </div>
    `;
  }

  private listTemplate(): TemplateResult | TemplateResult[] {
    const words = this.search.trim().toLowerCase();
    const fitting = catalogue.filter(({ title, description, hex }) =>
      [title, description, hex].some((text) => text.toLowerCase().includes(words)),
    );
    if (fitting.length === 0) return html`<p class="quiet">No command fits.</p>`;
    const groups = [...new Set(fitting.map(({ group }) => group))];
    return groups.map(
      (group) => html`
        <h3 id="group-${group}">${groupTitles[group]}</h3>
        <div role="group" aria-labelledby="group-${group}">
          ${fitting.filter((entry) => entry.group === group).map((entry) => this.entryTemplate(entry))}
        </div>
      `,
    );
  }

  private entryTemplate(entry: CatalogueEntry): TemplateResult {
    return html`
      <button
        class="entry"
        part="entry"
        aria-pressed=${entry === this.chosen ? 'true' : 'false'}
        @click=${() => {
          this.chosen = entry;
          this.question = undefined;
        }}
      >
        ${entry.title}
      </button>
    `;
  }

  private detailsTemplate({ title, description, hex }: CatalogueEntry): TemplateResult {
    return html`
      <section part="details">
        <h2>${title}</h2>
        <p>${description}</p>
        <code class="hex">${hex}</code>
        ${this.actionsTemplate('catalogue', `Send ${title}`, this.sendChosen)}
      </section>
    `;
  }

  private customTemplate(): TemplateResult {
    const { inputError } = this;
    return html`
      <section part="custom">
        <h2><label for="custom">Your own command</label></h2>
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
          @keydown=${this.keyed}
        ></textarea>
        <p id="custom-help" class="quiet">
          Hexadecimal digits, or a line SENDCOMMAND,… It is sent exactly as it stands.
        </p>
        <p id="custom-error" class="bad" part="input-error" role="alert">
          ${inputError ? `${inputError.message} ${inputError.detail}` : nothing}
        </p>
        ${this.actionsTemplate('custom', 'Send', this.sendCustom)}
      </section>
    `;
  }

  private actionsTemplate(place: Question['place'], label: string, send: () => void): TemplateResult {
    const { client, snapshot } = this.reader;
    const isReady = client !== undefined && isOpen(snapshot.state);
    if (this.question?.place === place) {
      return html`
        <div class="actions" role="group" aria-label="Confirm">
          <span>This restarts the reader or changes its settings. Send it?</span>
          <button part="send" class="primary" @click=${this.question.send}>Send it</button>
          <button @click=${this.dismiss}>Do not send</button>
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
        ${isReady ? nothing : html`<span id="why-${place}" class="quiet">The connection is not open.</span>`}
      </div>
    `;
  }

  private searched(event: Event): void {
    this.search = (event.target as HTMLInputElement).value;
  }

  private typed(event: Event): void {
    this.custom = (event.target as HTMLTextAreaElement).value;
    this.question = undefined;
    // What is being typed is wrong until it is whole: told when it is sent, taken back as soon as it is right.
    if (this.inputError) this.inputError = check(this.custom).error;
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

  private readonly sendChosen = (): void => {
    if (!this.chosen) return;
    const request = decodeMessage(this.chosen.hex) as MmsRequest;
    this.ask('catalogue', request.id, request);
  };

  private readonly sendCustom = (): void => {
    const { request, bytes, error } = check(this.custom);
    this.inputError = error;
    if (error) this.renderRoot.querySelector<HTMLElement>('#custom')?.focus();
    else this.ask('custom', request.id, bytes);
  };

  /** Sends, after a question where it could do harm. */
  private ask(place: Question['place'], id: number, request: MmsRequest | Uint8Array): void {
    if (!dangerous.has(id)) {
      void this.send(request);
      return;
    }
    this.question = {
      place,
      send: () => {
        this.question = undefined;
        void this.send(request);
      },
    };
  }

  private async send(request: MmsRequest | Uint8Array): Promise<void> {
    const { client } = this.reader;
    if (!client) return;
    const waiting: Answer = { kind: 'waiting' };
    this.answer = waiting;
    const start = performance.now();
    const answer: Answer = await client.request(request).then(
      (response) => ({ kind: 'response', response, milliseconds: performance.now() - start }) as const,
      (error: unknown) => ({ kind: 'error', error: error as ReaderError }) as const,
    );
    // Another command was sent meanwhile, or another reader chosen: its answer is the one to show.
    if (this.answer === waiting) this.answer = answer;
  }
}

type Checked =
  | { readonly request: MmsRequest; readonly bytes: Uint8Array; readonly error?: undefined }
  | { readonly request?: undefined; readonly bytes?: undefined; readonly error: ReaderError };

/** The typed command, or what is wrong with it. */
function check(text: string): Checked {
  if (text.length > LONGEST_INPUT) {
    const detail = `It has ${String(text.length)} characters; commands have at most ${String(LONGEST_INPUT)}.`;
    return { error: new ReaderError('bad-message', { detail }) };
  }
  try {
    const bytes = parseCommandLine(text);
    const request = decodeMessage(bytes);
    if (request.kind === 'request' && request.direction === 'to-reader') return { request, bytes };
  } catch (cause) {
    return { error: badInput(cause) };
  }
  return { error: new ReaderError('bad-message', { detail: 'Only requests to the reader can be sent.' }) };
}

function answerTemplate(answer: Answer): TemplateResult {
  switch (answer.kind) {
    case 'waiting':
      return html`<p class="answer" part="answer">Waiting for the reader …</p>`;
    case 'error':
      return html`
        <div class="answer failed" part="answer">
          <p><strong>${answer.error.message}</strong> ${answer.error.detail}</p>
          <p class="quiet">${answer.error.help}</p>
        </div>
      `;
    case 'response': {
      const { response, milliseconds } = answer;
      return html`
        <div class="answer ${response.status.ok ? 'ok' : 'failed'}" part="answer">
          <p>${describe(response)}</p>
          <p class="quiet mono">${milliseconds.toFixed(1)} ms</p>
        </div>
      `;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-command-panel': MagtekCommandPanel;
  }
}
