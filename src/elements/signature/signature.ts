/**
 * `<magtek-signature>`: the signature that was drawn at the reader last.
 * Nobody signs on the page: the reader's screen is where it is drawn.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isOpen } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';
import { REQUEST_SIGNATURE } from '../../mms/tables/numbers.js';
import type { SignatureData } from '../../mms/views/signature.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { boxStyles } from '../shared/box-styles.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { signatureWords } from '../../language/english/signature.js';
import { LanguageController } from '../../language/language-controller.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { pointsOf, signaturePng, signatureSvg } from './export.js';
import { styles } from './signature.styles.js';

/**
 * The signature that was drawn at the reader last, until the next one is asked for, with a button that asks for one.
 *
 * @csspart request - The button that asks for a signature.
 * @csspart clear - The button that takes the signature from the page.
 * @csspart drawing - The signature.
 * @csspart error - What went wrong and what to do.
 */
export class MagtekSignature extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, boxStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  @state() private data: SignatureData | undefined;
  @state() private error: ReaderError | undefined;
  @state() private isBusy = false;

  private readonly language = new LanguageController(this, signatureWords);
  private readonly reader = new ReaderController(this, (client) => this.follow(client));
  private unsubscribe: Unsubscribe | undefined;

  /** What is shown; undefined where nothing is. */
  get signature(): SignatureData | undefined {
    return this.data;
  }

  /** Takes the signature from the page. */
  clear(): void {
    this.data = undefined;
    this.error = undefined;
  }

  /** The signature as the text of an SVG file, black on nothing; undefined where there is none. */
  toSVG(): string | undefined {
    return this.data && signatureSvg(this.data);
  }

  /**
   * The signature as a PNG picture, black on nothing; undefined where there is none.
   * @param width Pixels; the height follows from the shape of the field.
   * @throws {RangeError} where the width cannot be used.
   */
  async toPNG(width: number): Promise<Blob | undefined> {
    return this.data && signaturePng(this.data, width);
  }

  protected override render(): TemplateResult {
    const { data, error, isBusy, language } = this;
    const canAsk = isOpen(this.reader.snapshot.state) && !isBusy;
    const status = isBusy ? 'signature.busy' : data ? undefined : 'signature.empty';
    return html`
      <div class="buttons">
        <button part="request" class="primary" ?disabled=${!canAsk} @click=${this.request}>
          ${language.text('signature.request')}
        </button>
        <button part="clear" ?disabled=${!data} @click=${this.clear}>${language.text('signature.clear')}</button>
      </div>
      <p class="quiet" role="status">${status ? language.text(status) : nothing}</p>
      ${error ? html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>` : nothing}
      ${data ? this.drawing(data) : nothing}
    `;
  }

  private drawing({ width, height, strokes }: SignatureData): TemplateResult {
    return html`
      <svg
        part="drawing"
        role="img"
        aria-label=${this.language.text('signature.label')}
        viewBox="0 0 ${width} ${height}"
      >
        ${strokes.map((stroke) => svg`<polyline points=${pointsOf(stroke)}></polyline>`)}
      </svg>
    `;
  }

  private follow(client: ReaderClient | undefined): void {
    this.unsubscribe?.();
    this.clear();
    this.isBusy = false;
    const unsubscribes = [
      client?.observe('signature', (data) => {
        this.data = data;
        this.error = undefined;
      }),
      // Whoever asked: the next one to sign is somebody else.
      client?.observe('response', ({ request, response }) => {
        if (request.id === REQUEST_SIGNATURE && response.status.ok) this.clear();
      }),
    ];
    this.unsubscribe = () => {
      for (const unsubscribe of unsubscribes) unsubscribe?.();
    };
  }

  private readonly request = async (): Promise<void> => {
    const { client } = this.reader;
    if (!client || this.isBusy) return;
    this.isBusy = true;
    this.clear();
    try {
      // What is drawn comes as an event, as it does when the page asks.
      await client.requestSignature();
    } catch (cause) {
      if (client === this.reader.client && cause instanceof ReaderError) this.error = cause;
    } finally {
      if (client === this.reader.client) this.isBusy = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-signature': MagtekSignature;
  }
}
