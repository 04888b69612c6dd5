/**
 * The part of the panel that reads and writes properties: known ones as a tree, with their last and present values.
 * It does not know what properties do; secret values stay masked.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError, rejected } from '../../connection/reader-error.js';
import { assertSame, serialOf } from '../../device/same-reader.js';
import { commands } from '../../mms/commands/index.js';
import { toHex } from '../../mms/hex.js';
import type { MmsResponse } from '../../mms/message.js';
import { canonicalOid, readProperties } from '../../mms/oid.js';
import { redact } from '../../mms/redact.js';
import { propertyNames } from '../../mms/tables/property-names.js';
import { propertyValues } from '../../mms/tables/property-values.js';
import { isSetting } from '../../mms/views/property-comparison.js';
import { propertyEntry } from '../../mms/views/property-entry.js';
import { propertyWords } from '../../language/english/properties.js';
import { problemText } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';
import { valueText } from './answer.js';
import { PropertyCompare } from './property-compare.js';
import { PropertyEditor, valueTemplate } from './property-editor.js';

interface Known {
  /** As it may be shown. */
  readonly value?: Uint8Array;
  /** Whether something of the value is masked: that is not written back. */
  readonly isMasked?: boolean;
  /** The value before, where it was another one. */
  readonly previous?: Uint8Array | undefined;
  readonly problem?: string;
}

/** Where the form of a property is shown. */
const PLACE = 'tree';

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
  private readonly editor: PropertyEditor;
  private readonly comparison: PropertyCompare;
  private own = '';
  private ownOids: readonly string[] = [];
  private progress = '';

  constructor(host: ReactiveControllerHost, language: Language, client: () => ReaderClient | undefined) {
    this.host = host;
    this.language = language.with(propertyWords);
    this.client = client;
    this.editor = new PropertyEditor(host, this.language, (...setting) => this.write(...setting));
    this.comparison = new PropertyCompare(host, this.language, client, this.editor);
  }

  /** Forgets the values: they are those of another reader. */
  reset(): void {
    this.known.clear();
    this.editor.close();
    this.comparison.reset();
  }

  /** The connection is lost: the next reader may be another one, and these are not its values. */
  lost(): void {
    this.reset();
    this.progress = problemText(this.language, new ReaderError('connection-lost'));
  }

  render(): TemplateResult {
    const { text } = this.language;
    return html`
      <section part="properties">
        <h2>${text('panel.properties')}</h2>
        ${this.comparison.render()}
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
            isSetting(oid) && !propertyValues[oid]?.secured
              ? html`<button
                  aria-label=${text('property.set-one', { oid })}
                  @click=${() => {
                    void this.openForm(oid);
                  }}
                >
                  ${text('property.set')}
                </button>`
              : nothing
          }
        </span>
        ${value ? html`<span class="value">${valueTemplate(this.language, oid, value)}</span>` : nothing}
        ${
          previous
            ? html`<span class="changed"
                >${text('property.before')} ${valueTemplate(this.language, oid, previous)}</span
              >`
            : nothing
        }
        ${problem ? html`<span class="bad">${problem}</span>` : nothing} ${this.editor.render(PLACE, oid)}
      </li>
    `;
  }

  /** Shows the form for a property, with what the reader has now, and which reader that is. */
  private async openForm(oid: string): Promise<void> {
    const client = this.client();
    // What keeps it from being heard is said where the value is read.
    const serialNumber = client && (await serialOf(client, {}).catch(() => undefined));
    await this.getAll([oid]);
    const { value, isMasked } = this.known.get(oid) ?? {};
    this.editor.open(PLACE, oid, isMasked ? undefined : value, serialNumber);
  }

  /**
   * Writes, and reads again what the reader has now.
   * @throws {ReaderError} as `request`; `rejected`; `other-reader` where it is not the one whose form it was: nothing was written.
   */
  private async write(oid: string, value: Uint8Array, meant: string | undefined): Promise<void> {
    const client = this.requireClient();
    assertSame(meant, await serialOf(client, {}));
    const { status } = await client.request(commands.setProperty({ oid, value }));
    if (!status.ok) throw rejected(status);
    await this.getAll([oid]);
    const { value: now, isMasked } = this.known.get(oid) ?? {};
    if (now) this.comparison.changed(oid, isMasked ? { hidden: true } : propertyEntry(oid, now));
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
    try {
      const client = this.requireClient();
      const response = await client.request(commands.getProperty({ oid }));
      // Another reader was chosen meanwhile: it is not its value.
      if (this.client() !== client) return;
      const found = valueOf(response, oid);
      const before = this.known.get(oid)?.value;
      const isChanged = before !== undefined && toHex(before) !== toHex(found.value);
      this.known.set(oid, { ...found, previous: isChanged ? before : undefined });
    } catch (error) {
      // What was read before is still shown, unless it was lost meanwhile.
      this.known.set(oid, { ...this.known.get(oid), problem: problemText(this.language, error) });
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
    const own = this.own.trim();
    if (own === '') return;
    const oid = plainOid(own);
    if (!(oid in propertyNames)) this.ownOids = [...new Set([oid, ...this.ownOids])];
    void this.getAll([oid]).then(() => {
      if (oid in propertyNames)
        this.progress = `${oid}: ${valueText(this.language, this.known.get(oid)?.value ?? new Uint8Array(0))}`;
      this.host.requestUpdate();
    });
  };
}

/** As identifiers are written; what is none as it is, which is told when it is asked for. */
function plainOid(text: string): string {
  try {
    return canonicalOid(text);
  } catch {
    return text;
  }
}

/** The value as it may be shown. @throws {ReaderError} where the reader did not give it. */
function valueOf(response: MmsResponse, oid: string): { readonly value: Uint8Array; readonly isMasked: boolean } {
  const { status } = response;
  if (!status.ok) throw rejected(status);
  const [clear, shown] = [response, redact(response)].map(
    ({ payload }) => readProperties(payload).find((property) => property.oid === oid)?.value,
  );
  if (!clear || !shown) throw new ReaderError('bad-message', rareDetailed('property-missing'));
  return { value: shown, isMasked: toHex(shown) !== toHex(clear) };
}
