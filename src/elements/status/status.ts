/**
 * `<magtek-status>`: the state of the connection for people, with what went wrong and what to do.
 * It does not know why a connection fails; errors say it themselves.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ReaderState } from '../../connection/connection-state.js';
import type { ReaderError } from '../../connection/reader-error.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { statusWords } from '../../language/english/status.js';
import { LanguageController } from '../../language/language-controller.js';
import { usual } from '../shared/usual.js';
import { styles } from './status.styles.js';

/** States in which there is something to close. */
const open: ReadonlySet<ReaderState> = new Set(['connecting', 'ready', 'stale', 'reconnecting']);

/**
 * The state of the connection, a button that opens and closes it, or takes it over from another tab, and what went wrong.
 *
 * @csspart state - The lamp and the words.
 * @csspart lamp - The lamp.
 * @csspart button - The button.
 * @csspart error - What went wrong and what to do.
 */
export class MagtekStatus extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @usual @property() for = '';

  private readonly reader = new ReaderController(this);
  private readonly language = new LanguageController(this, statusWords);

  protected override render(): TemplateResult {
    const { client, snapshot } = this.reader;
    const { state, error } = snapshot;
    const action = open.has(state) ? 'status.close' : error?.canTakeOver ? 'status.take-over' : 'status.open';
    return html`
      <div class="line">
        <span class="state" part="state" role="status">
          <span class="lamp ${state}" part="lamp" aria-hidden="true"></span>
          <span>${this.language.text(client ? `status.${state}` : 'status.no-reader')}</span>
        </span>
        <button part="button" class=${open.has(state) ? '' : 'primary'} ?disabled=${!client} @click=${this.toggle}>
          ${this.language.text(action)}
        </button>
      </div>
      ${error ? this.errorTemplate(error) : nothing}
    `;
  }

  private errorTemplate(error: ReaderError): TemplateResult {
    return html` <div class="error" part="error" role="alert">${errorLines(this.language, error)}</div> `;
  }

  private toggle(): void {
    const { client, snapshot } = this.reader;
    if (open.has(snapshot.state)) client?.disconnect();
    // What goes wrong shows in the state.
    else client?.connect({ takeOver: snapshot.error?.canTakeOver === true }).catch(() => undefined);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-status': MagtekStatus;
  }
}
