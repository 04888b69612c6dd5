/**
 * `<magtek-setup>`: the readers of a shop by name and address, and a test of the connection that says at each step what to do.
 * It does not connect by itself: it sets the reader element that it works for, and uses its client.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError, rejected } from '../../connection/reader-error.js';
import { setProperty } from '../../mms/commands/property.js';
import { setupWords } from '../../language/english/setup.js';
import { LanguageController } from '../../language/language-controller.js';
import { VERSION } from '../../version.js';
import { findReader, type ReaderElementLike } from '../context/find-reader.js';
import { baseStyles } from '../shared/base-styles.js';
import { boxStyles } from '../shared/box-styles.js';
import { errorLines, errorLink, errorStyles } from '../shared/error-lines.js';
import { fieldStyles } from '../shared/field-styles.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { testConnection, type StepState } from './connection-test.js';
import {
  carriers,
  hasAddress,
  loadReaders,
  saveReaders,
  withoutSecrets,
  type Carrier,
  type SavedReader,
} from './saved-readers.js';
import { styles } from './setup.styles.js';

/** What is set of a reader element. */
interface SettableReader extends ReaderElementLike {
  simulated: boolean;
  url: string;
  device: string;
  transport: unknown;
}

/** Property that switches the report of a restart on, and its value for “once” [DP 1.2.7]. */
const RESET_NOTICE = { oid: '1.2.7.1.1.1', value: Uint8Array.of(0xff) } as const;

/**
 * Readers by name and address, kept in this browser without what is secret in an address; a test of the connection step by step;
 * and an offer to let the reader report its restarts. It has an entry of its own, `magtek-elements/elements/setup`.
 *
 * @csspart list - The readers.
 * @csspart form - The fields for another reader.
 * @csspart steps - The steps of the test.
 * @csspart restarts - The button that lets the reader report its restarts.
 * @csspart error - What went wrong and what to do.
 */
export class MagtekSetup extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, boxStyles, fieldStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  @state() private readers: readonly SavedReader[] = [];
  @state() private carrier: Carrier = 'network';
  @state() private steps: readonly StepState[] = [];
  @state() private notice: 'none' | 'set' | ReaderError = 'none';
  private readonly language = new LanguageController(this, setupWords);
  /** The test that is shown. Another press begins another one, and what the old one still reports is not of interest. */
  private test: object | undefined;

  protected override firstUpdated(): void {
    // After the first rendering, which a server may have made.
    const kept = loadReaders();
    if (kept.length > 0) this.readers = kept;
  }

  protected override render(): TemplateResult {
    const { language } = this;
    return html`
      <header><span class="title">${language.text('setup.title')}</span></header>
      ${this.readers.length === 0 ? html`<p class="quiet">${language.text('setup.empty')}</p>` : nothing}
      <ul part="list">
        ${this.readers.map((reader) => this.readerTemplate(reader))}
      </ul>
      ${this.formTemplate()} ${this.steps.length === 0 ? nothing : this.testTemplate()}
    `;
  }

  private readerTemplate(reader: SavedReader): TemplateResult {
    const { language } = this;
    const { name, address, carrier, device } = reader;
    // An address reads from left to right in every language.
    const where = hasAddress(carrier)
      ? [address, device].filter((text) => text !== '').map((text) => html`<span><bdi dir="ltr">${text}</bdi></span>`)
      : html`<span>${language.text(`setup.${carrier}`)}</span>`;
    return html`
      <li class="row">
        <span
          ><strong><bdi>${name}</bdi></strong> ${where}</span
        >
        <div class="buttons">
          <button
            class="primary"
            aria-label=${language.text('setup.use-named', { name })}
            @click=${() => {
              void this.use(reader);
            }}
          >
            ${language.text('setup.use')}
          </button>
          <button
            aria-label=${language.text('setup.remove-named', { name })}
            @click=${(): void => this.keep(this.readers.filter((other) => other !== reader))}
          >
            ${language.text('setup.remove')}
          </button>
        </div>
      </li>
    `;
  }

  private formTemplate(): TemplateResult {
    const { language, carrier } = this;
    return html`
      <form part="form" @submit=${this.submitted}>
        <label>${language.text('setup.name')}<input name="name" required autocomplete="off" /></label>
        <label
          >${language.text('setup.carrier')}<select name="carrier" @change=${this.carrierChosen}>
            ${carriers.map((one) => html`<option value=${one}>${language.text(`setup.${one}`)}</option>`)}
          </select></label
        >
        ${
          !hasAddress(carrier)
            ? nothing
            : html`<label
                >${language.text('setup.address')}<input
                  name="address"
                  type="url"
                  dir="ltr"
                  required
                  autocomplete="off"
                  spellcheck="false"
                  placeholder="wss://reader.example"
              /></label>`
        }
        ${
          carrier === 'mqtt'
            ? html`<label
                >${language.text('setup.device')}<input
                  name="device"
                  dir="ltr"
                  required
                  autocomplete="off"
                  spellcheck="false"
              /></label>`
            : nothing
        }
        <button>${language.text('setup.add')}</button>
      </form>
      <p class="quiet">${language.text('setup.secrets')}</p>
    `;
  }

  private testTemplate(): TemplateResult {
    const { language, notice } = this;
    const isDone = this.steps.some(({ step, state: how }) => step === 'answer' && how === 'done');
    return html`
      <div role="status">
        <ol part="steps">
          ${this.steps.map(
            ({ step, state: how, found, error }) => html`
              <li class=${how}>
                ${language.text(`setup.step-${step}`)}: <strong>${language.text(`setup.${how}`)}</strong>
                ${found === '' ? nothing : html`(${found})`}
                ${
                  error
                    ? html`<div class="error" part="error">
                        ${errorLines(language, error)} ${errorLink(language, error)}
                      </div>`
                    : nothing
                }
              </li>
            `,
          )}
        </ol>
      </div>
      ${isDone ? html`<p><button part="restarts" @click=${this.reportRestarts}>${language.text('setup.report-restarts')}</button></p>` : nothing}
      ${notice === 'set' ? html`<p role="status">${language.text('setup.restarts-reported')}</p>` : nothing}
      ${
        typeof notice === 'object'
          ? html`<div class="error" part="error" role="alert">${errorLines(language, notice)}</div>`
          : nothing
      }
    `;
  }

  private get reader(): SettableReader | undefined {
    return findReader(this, this.for) as SettableReader | undefined;
  }

  /** Gives the reader element the address, and tests the connection. */
  private async use({ carrier, address, device }: SavedReader): Promise<void> {
    const { reader } = this;
    const test = (this.test = {});
    this.notice = 'none';
    this.steps = [];
    const transport = carrier === 'network' ? undefined : carrier;
    const chosen: Partial<SettableReader> = { url: address, device, transport, simulated: false };
    const client = reader && Object.assign(reader, chosen).client;
    if (!client) {
      const error = new ReaderError('bad-url', detailed('no-reader'));
      this.steps = [{ step: 'address', state: 'failed', found: '', error }];
      return;
    }
    await testConnection(client, (reported) => {
      if (this.test !== test || this.reader?.client !== client) return;
      this.steps = [...this.steps.filter(({ step }) => step !== reported.step), reported];
    });
  }

  private readonly submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const text = (name: string): string => {
      const value = fields.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const added: SavedReader = {
      name: text('name'),
      carrier: this.carrier,
      address: withoutSecrets(text('address')),
      device: text('device'),
    };
    this.keep([...this.readers.filter(({ name }) => name !== added.name), added]);
    form.reset();
    this.carrier = 'network';
  };

  private readonly carrierChosen = (event: Event): void => {
    const chosen = (event.target as HTMLSelectElement).value;
    this.carrier = carriers.find((one) => one === chosen) ?? 'network';
  };

  private readonly reportRestarts = async (): Promise<void> => {
    try {
      const response = await this.reader?.client?.request(setProperty(RESET_NOTICE));
      if (!response) return;
      const { status } = response;
      this.notice = status.ok ? 'set' : rejected(status);
    } catch (cause) {
      this.notice = cause instanceof ReaderError ? cause : new ReaderError('rejected', { cause });
    }
  };

  private keep(readers: readonly SavedReader[]): void {
    this.readers = readers;
    saveReaders(readers);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-setup': MagtekSetup;
  }
}
