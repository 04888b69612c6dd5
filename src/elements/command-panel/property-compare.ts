/**
 * The properties of the reader as a file, and beside those of another reader or of a file: only what differs.
 * It does not know how properties are written.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';
import {
  exportProperties,
  importProperties,
  type PropertyFile,
  type PropertyFileError,
} from '../../device/property-file.js';
import { problemText } from '../../language/error-words.js';
import { parseHex } from '../../mms/hex.js';
import { compareProperties, type PropertyDifference } from '../../mms/views/property-comparison.js';
import type { PropertyEntry } from '../../mms/views/property-entry.js';
import { propertyValues } from '../../mms/tables/property-values.js';
import { download } from '../shared/download.js';
import { fileChooser } from '../shared/file-chooser.js';
import { textOfFile } from '../shared/file-text.js';
import { valueTemplate, type PropertyEditor, type PropertyLanguage } from './property-editor.js';

/** Largest file that is opened: one of all properties has less than a tenth of it. */
const MOST_BYTES = 1_000_000;

/** Where the form of a property is shown. */
const PLACE = 'comparison';

/** Two sets of properties beside each other. */
interface Pair {
  readonly a: PropertyFile;
  readonly b: PropertyFile;
  /** Whether the first one is what the reader has now. */
  readonly isLive: boolean;
}

export class PropertyCompare {
  private readonly host: ReactiveControllerHost;
  private readonly language: PropertyLanguage;
  private readonly client: () => ReaderClient | undefined;
  private readonly editor: PropertyEditor;
  private pair: Pair | undefined;
  private running: AbortController | undefined;
  private progress = '';
  private problem = '';

  constructor(
    host: ReactiveControllerHost,
    language: PropertyLanguage,
    client: () => ReaderClient | undefined,
    editor: PropertyEditor,
  ) {
    this.host = host;
    this.language = language;
    this.client = client;
    this.editor = editor;
  }

  /** Forgets what was compared: the reader is another one. */
  reset(): void {
    this.running?.abort();
    this.pair = undefined;
    this.progress = '';
    this.problem = '';
  }

  /** A property has another value now. */
  changed(oid: string, entry: PropertyEntry): void {
    if (!this.pair?.isLive) return;
    const { a } = this.pair;
    this.pair = { ...this.pair, a: { ...a, properties: { ...a.properties, [oid]: entry } } };
  }

  render(): TemplateResult {
    const { text } = this.language;
    return html`
      <div class="actions">
        <button @click=${this.saved} ?disabled=${this.running !== undefined}>${text('property.export')}</button>
        ${fileChooser(text('property.compare'), '.json,application/json', this.chosen, {
          multiple: true,
          disabled: this.running !== undefined,
        })}
        ${
          this.running
            ? html`<button @click=${(): void => this.running?.abort()}>${text('property.cancel')}</button>`
            : nothing
        }
      </div>
      <p class="quiet">${text('property.file-note')}</p>
      <p class="quiet" role="status">${this.progress}</p>
      <p class="bad" role="alert">${this.problem}</p>
      ${this.pair ? this.pairTemplate(this.pair) : nothing}
    `;
  }

  private pairTemplate(pair: Pair): TemplateResult {
    const { language } = this;
    const { text } = language;
    const { differences, hidden, same } = compareProperties(pair.a.properties, pair.b.properties);
    const columns = [pair.a, pair.b].map((file, at) => this.nameOf(file, pair.isLive && at === 0));
    return html`
      <div class="actions">
        <strong
          >${
            differences.length === 0
              ? language.count('property.all-same', same)
              : language.count('property.differences', differences.length, { same: language.number(same) })
          }</strong
        >
        <button
          @click=${() => {
            this.pair = undefined;
            this.host.requestUpdate();
          }}
        >
          ${text('property.close')}
        </button>
      </div>
      ${
        hidden.length === 0
          ? nothing
          : html`<p class="quiet">${text('property.not-compared')} <code dir="ltr">${hidden.join(', ')}</code></p>`
      }
      ${
        differences.length === 0
          ? nothing
          : html`<div class="scroll" tabindex="0" role="region" aria-label=${text('property.comparison')}>
              <table part="differences">
                <thead>
                  <tr>
                    <th scope="col">${text('property.property')}</th>
                    ${columns.map((name) => html`<th scope="col">${name}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${differences.map((difference) => this.rowTemplate(difference, pair))}
                </tbody>
              </table>
            </div>`
      }
    `;
  }

  private rowTemplate(difference: PropertyDifference, { isLive, a: { serialNumber } }: Pair): TemplateResult {
    const { oid, name, a, b } = difference;
    const { text } = this.language;
    const wanted = b && 'hex' in b && b.hex !== '' ? parseHex(b.hex) : undefined;
    const canSet = isLive && difference.isSetting && wanted && !propertyValues[oid]?.secured;
    const form = this.editor.render(PLACE, oid);
    return html`
      <tr>
        <td><code>${oid}</code> ${name === '' ? text('property.unnamed') : html`<span lang="en">${name}</span>`}</td>
        <td>${this.entryTemplate(oid, a)}</td>
        <td>
          ${this.entryTemplate(oid, b)}
          ${
            canSet
              ? html`<button
                  aria-label=${text('property.take-one', { oid })}
                  @click=${(): void =>
                    this.editor.open(PLACE, oid, a && 'hex' in a ? parseHex(a.hex) : undefined, serialNumber, wanted)}
                >
                  ${text('property.take')}
                </button>`
              : nothing
          }
        </td>
      </tr>
      ${
        form === nothing
          ? nothing
          : html`<tr>
              <td colspan="3">${form}</td>
            </tr>`
      }
    `;
  }

  private entryTemplate(oid: string, entry: PropertyEntry | undefined): TemplateResult | string {
    const { text } = this.language;
    if (!entry) return text('property.absent');
    return 'hidden' in entry ? text('property.hidden') : valueTemplate(this.language, oid, parseHex(entry.hex));
  }

  /** Whose properties they are, in a line. */
  private nameOf({ serialNumber, made, model }: PropertyFile, isLive: boolean): TemplateResult {
    const { language } = this;
    const at = Date.parse(made);
    const when = Number.isNaN(at) ? made : language.time(at, DATE_AND_TIME);
    return html`<bdi>${serialNumber}</bdi>
      ${model === 'unknown' ? nothing : html`<bdi>${model}</bdi>`}
      <span class="quiet">${isLive ? language.text('property.this-reader') : when}</span>`;
  }

  private readonly saved = async (): Promise<void> => {
    const file = await this.read();
    if (!file) return;
    const name = `reader-properties-${file.serialNumber}-${file.made.slice(0, 10)}.json`;
    download(JSON.stringify(file, undefined, 2), name, 'application/json');
    this.progress = this.language.count('property.exported', Object.keys(file.properties).length);
    this.host.requestUpdate();
  };

  private readonly chosen = (...files: File[]): void => {
    void this.compare(files);
  };

  /** Compares the reader with a file, or two files with each other. */
  private async compare(files: readonly File[]): Promise<void> {
    this.pair = undefined;
    this.problem = '';
    this.host.requestUpdate();
    try {
      const [first, second, ...more] = await Promise.all(files.map(readFile));
      if (!first) return;
      if (more.length > 0) {
        this.problem = this.language.text('property.two-files');
        return;
      }
      const a = second ? first : await this.read();
      if (a) this.pair = { a, b: second ?? first, isLive: second === undefined };
    } catch (error) {
      this.problem = this.problemOf(error);
    } finally {
      this.host.requestUpdate();
    }
  }

  /** What the reader has; undefined where it could not be read, which is said. */
  private async read(): Promise<PropertyFile | undefined> {
    const { language } = this;
    const running = new AbortController();
    this.running = running;
    this.problem = '';
    try {
      const client = this.client();
      if (!client) throw new ReaderError('not-connected');
      return await exportProperties(client, {
        made: new Date().toISOString(),
        signal: running.signal,
        onProgress: ({ read, total }) => {
          this.progress = language.text('property.progress', {
            count: language.number(read),
            all: language.number(total),
          });
          this.host.requestUpdate();
        },
      });
    } catch (error) {
      if (!running.signal.aborted) this.problem = this.problemOf(error);
      return undefined;
    } finally {
      if (this.running === running) {
        this.running = undefined;
        this.progress = '';
        this.host.requestUpdate();
      }
    }
  }

  private problemOf(error: unknown): string {
    const { name, problem, field } = error as Partial<PropertyFileError>;
    if (name !== 'PropertyFileError' || problem === undefined) return problemText(this.language, error);
    return this.language.text(`property.file-${problem}`, { field: field ?? '' });
  }
}

const DATE_AND_TIME: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

async function readFile(file: File): Promise<PropertyFile> {
  // What is larger is not one, and would have to be read whole to be refused.
  return importProperties(file.size > MOST_BYTES ? '' : await textOfFile(file));
}
