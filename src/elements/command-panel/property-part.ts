/**
 * The part of the panel that reads and writes properties: known ones as a tree, with their last and present values.
 * It does not know what properties do; secret values stay masked.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError, rejected } from '../../connection/reader-error.js';
import { commands } from '../../mms/commands/index.js';
import { toHex } from '../../mms/hex.js';
import type { MmsResponse } from '../../mms/message.js';
import { readProperties } from '../../mms/oid.js';
import { redact } from '../../mms/redact.js';
import { propertyNames } from '../../mms/tables/property-names.js';
import { propertyWords } from '../../language/english/panel-parts.js';
import { problemText } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';
import { valueText } from './answer.js';

interface Known {
  readonly value?: Uint8Array;
  /** The value before, where it was another one. */
  readonly previous?: Uint8Array | undefined;
  readonly problem?: string;
}

/** What is being set. */
interface Edit {
  readonly oid: string;
  readonly text: string;
  readonly isAsking: boolean;
  readonly problem: string;
}

/** Properties whose first node is 2 tell the state of the reader; those of 1 are settings [DP]. */
const isSetting = (oid: string): boolean => oid.startsWith('1.');

/** Branches of the tree: the first three nodes. */
const branches = [...new Set(Object.keys(propertyNames).map(branchOf))];

function branchOf(oid: string): string {
  return oid.split('.').slice(0, 3).join('.');
}

export class PropertyPart {
  private readonly host: ReactiveControllerHost;
  private readonly language: Language<keyof typeof propertyWords>;
  private readonly client: () => ReaderClient | undefined;
  private readonly known = new Map<string, Known>();
  private edit: Edit | undefined;
  private own = '';
  private ownOids: readonly string[] = [];
  private progress = '';

  constructor(host: ReactiveControllerHost, language: Language, client: () => ReaderClient | undefined) {
    this.host = host;
    this.language = language.with(propertyWords);
    this.client = client;
  }

  /** Forgets the values: they are those of another reader. */
  reset(): void {
    this.known.clear();
    this.edit = undefined;
  }

  render(): TemplateResult {
    const { text } = this.language;
    return html`
      <section part="properties">
        <h2>${text('panel.properties')}</h2>
        <form class="actions" @submit=${this.askedForOwn}>
          <input
            aria-label=${text('property.another')}
            dir="ltr"
            placeholder="1.2.7.1.2.1"
            .value=${this.own}
            @input=${this.typedOwn}
          />
          <button>${text('property.get')}</button>
        </form>
        <p class="quiet" role="status">${this.progress}</p>
        ${
          this.ownOids.length > 0
            ? html`<ul class="properties" aria-label=${text('property.others')}>
                ${this.ownOids.map((oid) => this.propertyTemplate(oid))}
              </ul>`
            : nothing
        }
        ${branches.map((branch) => this.branchTemplate(branch))}
      </section>
    `;
  }

  private branchTemplate(branch: string): TemplateResult {
    const oids = Object.keys(propertyNames).filter((oid) => branchOf(oid) === branch);
    const { language } = this;
    const read = oids.filter((oid) => this.known.get(oid)?.value).length;
    return html`
      <details>
        <summary>
          <code>${branch}</code> ${language.text(isSetting(branch) ? 'property.settings' : 'property.state')}
          <span class="quiet"
            >${language.text(read > 0 ? 'property.read' : 'property.known', {
              count: language.number(oids.length),
              read: language.number(read),
            })}</span
          >
        </summary>
        <button
          @click=${() => {
            void this.getAll(oids);
          }}
        >
          ${language.text('property.get-all', { branch })}
        </button>
        <ul class="properties">
          ${oids.map((oid) => this.propertyTemplate(oid))}
        </ul>
      </details>
    `;
  }

  private propertyTemplate(oid: string): TemplateResult {
    const { value, previous, problem } = this.known.get(oid) ?? {};
    const { text } = this.language;
    const name = propertyNames[oid];
    return html`
      <li>
        <span class="name"
          ><code>${oid}</code>
          ${name === undefined ? text('property.unnamed') : html`<span lang="en">${name}</span>`}</span
        >
        <span class="actions">
          <button
            aria-label=${text('property.get-one', { oid })}
            @click=${() => {
              void this.getAll([oid]);
            }}
          >
            ${text('property.get')}
          </button>
          ${
            isSetting(oid)
              ? html`<button
                  aria-label=${text('property.set-one', { oid })}
                  @click=${() => {
                    this.change({
                      oid,
                      text: value && !isHidden(value) ? toHex(value) : '',
                      isAsking: false,
                      problem: '',
                    });
                  }}
                >
                  ${text('property.set')}
                </button>`
              : nothing
          }
        </span>
        ${value ? html`<code class="value" dir="ltr">${valueText(this.language, value)}</code>` : nothing}
        ${
          previous
            ? html`<span class="changed"
                >${text('property.before')} <code dir="ltr">${valueText(this.language, previous)}</code></span
              >`
            : nothing
        }
        ${problem ? html`<span class="bad">${problem}</span>` : nothing}
        ${this.edit?.oid === oid ? this.editTemplate(this.edit) : nothing}
      </li>
    `;
  }

  private editTemplate(edit: Edit): TemplateResult {
    const { oid, isAsking, problem } = edit;
    const { text } = this.language;
    return html`
      <form
        class="actions"
        @submit=${(event: Event) => {
          event.preventDefault();
          this.ask();
        }}
      >
        <label class="field">
          <span>${text('property.new-value')}</span>
          <input
            autocomplete="off"
            spellcheck="false"
            aria-invalid=${problem === '' ? 'false' : 'true'}
            aria-describedby="edit-problem"
            .value=${edit.text}
            @input=${(event: Event) => {
              this.change({ ...edit, text: (event.target as HTMLInputElement).value, isAsking: false, problem: '' });
            }}
          />
        </label>
        ${
          isAsking
            ? html`<span>${text('property.question', { oid })}</span>
                <button
                  type="button"
                  class="primary"
                  @click=${() => {
                    void this.set(edit);
                  }}
                >
                  ${text('property.write')}
                </button>`
            : html`<button class="primary">${text('property.set')}</button>`
        }
        <button
          type="button"
          @click=${() => {
            this.change(undefined);
          }}
        >
          ${text('property.cancel')}
        </button>
        <span id="edit-problem" class="bad" role="alert">${problem}</span>
      </form>
    `;
  }

  private change(edit: Edit | undefined): void {
    this.edit = edit;
    this.host.requestUpdate();
  }

  /** Refuses what cannot be sent, and asks about the rest. */
  private ask(): void {
    const { edit } = this;
    if (!edit) return;
    try {
      commands.setProperty({ oid: edit.oid, value: edit.text });
      this.change({ ...edit, isAsking: true });
    } catch (error) {
      this.change({ ...edit, problem: problemText(this.language, error) });
    }
  }

  /** Writes, and reads again what the reader has now. */
  private async set(edit: Edit): Promise<void> {
    const { oid, text } = edit;
    this.change({ ...edit, isAsking: false });
    try {
      const { status } = await this.requireClient().request(commands.setProperty({ oid, value: text }));
      if (!status.ok) throw rejected(status);
      this.change(undefined);
      await this.getAll([oid]);
    } catch (error) {
      this.change({ ...edit, isAsking: false, problem: problemText(this.language, error) });
    }
  }

  private async getAll(oids: readonly string[]): Promise<void> {
    for (const [index, oid] of oids.entries()) {
      this.progress =
        oids.length > 1
          ? this.language.text('property.progress', {
              count: this.language.number(index + 1),
              all: this.language.number(oids.length),
            })
          : '';
      this.host.requestUpdate();
      await this.get(oid);
    }
    this.progress = '';
    this.host.requestUpdate();
  }

  private async get(oid: string): Promise<void> {
    const before = this.known.get(oid)?.value;
    try {
      const response = await this.requireClient().request(commands.getProperty({ oid }));
      const value = valueOf(response, oid);
      const isChanged = before !== undefined && toHex(before) !== toHex(value);
      this.known.set(oid, { value, previous: isChanged ? before : undefined });
    } catch (error) {
      this.known.set(oid, { ...(before ? { value: before } : {}), problem: problemText(this.language, error) });
    }
  }

  private requireClient(): ReaderClient {
    const client = this.client();
    if (!client) throw new ReaderError('not-connected');
    return client;
  }

  private readonly typedOwn = (event: Event): void => {
    this.own = (event.target as HTMLInputElement).value;
  };

  private readonly askedForOwn = (event: Event): void => {
    event.preventDefault();
    const oid = this.own.trim().toUpperCase();
    if (oid === '') return;
    if (!(oid in propertyNames)) this.ownOids = [...new Set([oid, ...this.ownOids])];
    void this.getAll([oid]).then(() => {
      if (oid in propertyNames)
        this.progress = `${oid}: ${valueText(this.language, this.known.get(oid)?.value ?? new Uint8Array(0))}`;
      this.host.requestUpdate();
    });
  };
}

const isHidden = (value: Uint8Array): boolean => value.every((byte) => byte === 0x2a);

/** The value as it may be shown. @throws {ReaderError} where the reader did not give it. */
function valueOf(response: MmsResponse, oid: string): Uint8Array {
  const { status } = response;
  if (!status.ok) throw rejected(status);
  const found = readProperties(redact(response).payload).find((property) => property.oid === oid);
  if (!found) throw new ReaderError('bad-message', detailed('property-missing'));
  return found.value;
}
