/**
 * `<magtek-status>`: the state of the connection for people, with what went wrong and what to do.
 * It does not know why a connection fails; errors say it themselves.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Health, HealthDetail } from '../../mms/views/health.js';
import type { ReaderClient } from '../../client/reader-client.js';
import type { ReaderSnapshot, ReaderState } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderError } from '../../connection/reader-error.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { errorLines, errorLink, errorStyles } from '../shared/error-lines.js';
import { statusWords } from '../../language/english/status.js';
import { money } from '../../language/sale-words.js';
import { LanguageController, type Language } from '../../language/language-controller.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { styles } from './status.styles.js';

/** States in which there is something to close. */
const open: ReadonlySet<ReaderState> = new Set(['connecting', 'ready', 'stale', 'reconnecting']);

/** What a certificate that the browser does not trust may be behind: most browsers do not say. */
const certificateErrors: ReadonlySet<string> = new Set(['certificate-suspected', 'unreachable']);

/** A state in words; some say more than their name. */
function stateWord({ state, asking, neverOpened }: ReaderSnapshot): `status.${ReaderState | 'asking' | 'not-reached'}` {
  if (state === 'connecting' && asking) return 'status.asking';
  return state === 'reconnecting' && neverOpened ? 'status.not-reached' : `status.${state}`;
}

/** A report of the reader in words. */
function healthText(language: Language<keyof typeof statusWords>, { kind, level, at }: HealthDetail): string {
  if (kind === 'battery' && level !== undefined)
    return language.text('health.battery-level', {
      level: language.number(level / 100, PERCENT),
    });
  if (kind === 'temperature' && level !== undefined)
    return language.text('health.temperature-level', { level: language.number(level, CELSIUS) });
  return language.text(`health.${kind}`, { time: language.time(at, TIME) });
}

const PERCENT: Intl.NumberFormatOptions = { style: 'percent' };
const CELSIUS: Intl.NumberFormatOptions = { style: 'unit', unit: 'celsius' };
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };
const TIME: Intl.DateTimeFormatOptions = { timeStyle: 'short' };

/**
 * The state of the connection, a button that opens and closes it, or takes it over from another tab, and what went wrong.
 *
 * @csspart state - The lamp and the words.
 * @csspart lamp - The lamp.
 * @csspart button - The button.
 * @csspart error - What went wrong and what to do.
 * @csspart health - What the reader reports of its battery, temperature, lock or restarts.
 * @csspart unresolved - Sales with this reader whose outcome nobody knows.
 * @csspart certificate - The link at which a certificate can be accepted.
 */
export class MagtekStatus extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  private readonly reader = new ReaderController(this);
  private readonly language = new LanguageController(this, statusWords);

  /** The reader has sent card data in clear: shown until the connection is opened anew. */
  @state() private alarm: ReaderError | undefined;
  private watched: ReaderClient | undefined;
  private stopWatching: Unsubscribe[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watch(undefined);
  }

  protected override willUpdate(): void {
    const { client } = this.reader;
    if (client !== this.watched) this.watch(client);
  }

  private watch(client: ReaderClient | undefined): void {
    for (const stop of this.stopWatching) stop();
    this.watched = client;
    this.alarm = undefined;
    this.stopWatching = client
      ? [
          client.observe('error', ({ error }) => {
            if (error.code === 'clear-card-data') this.alarm = error;
          }),
          client.observe('state', ({ state: current }) => {
            if (current === 'connecting') this.alarm = undefined;
          }),
        ]
      : [];
  }

  protected override render(): TemplateResult {
    const { client, snapshot } = this.reader;
    const { state, error, health = [], unresolved = [] } = snapshot;
    const action = open.has(state) ? 'status.close' : error?.canTakeOver ? 'status.take-over' : 'status.open';
    return html`
      <div class="line">
        <span class="state" part="state" role="status">
          <span class="lamp ${state}" part="lamp" aria-hidden="true"></span>
          <span>${this.language.text(client ? stateWord(snapshot) : 'status.no-reader')}</span>
        </span>
        <button part="button" class=${open.has(state) ? '' : 'primary'} ?disabled=${!client} @click=${this.toggle}>
          ${this.language.text(action)}
        </button>
      </div>
      ${this.healthTemplate(health)} ${this.unresolvedTemplate(unresolved)}
      ${error ? this.errorTemplate(error) : nothing} ${this.alarm ? this.errorTemplate(this.alarm) : nothing}
    `;
  }

  private healthTemplate(health: Health): TemplateResult | typeof nothing {
    if (health.length === 0) return nothing;
    return html`
      <div class="health" part="health" role="status">
        ${health.map((reported) => html`<p>${healthText(this.language, reported)}</p>`)}
      </div>
    `;
  }

  /** In the page before there are any, so that the first one is read aloud. */
  private unresolvedTemplate(sales: readonly UnresolvedTransaction[]): TemplateResult {
    return html`
      <div class=${sales.length === 0 ? '' : 'health'} part="unresolved" role="status">
        ${sales.map(
          ({ amount, currency, startedAt, reversalNeeded }) =>
            html`<p>
              ${this.language.text(reversalNeeded ? 'status.reversal-needed' : 'status.unresolved', {
                amount: money(this.language, amount, currency),
                time: this.language.time(startedAt, MOMENT),
              })}
            </p>`,
        )}
      </div>
    `;
  }

  private errorTemplate(error: ReaderError): TemplateResult {
    return html`
      <div class="error" part="error" role="alert">
        ${errorLines(this.language, error)} ${this.certificateTemplate(error)} ${errorLink(this.language, error)}
      </div>
    `;
  }

  /** The address at which a person can accept the certificate; the connection is tried again when they come back. */
  private certificateTemplate({ code }: ReaderError): TemplateResult | typeof nothing {
    const url = this.reader.client?.destination?.url;
    if (!certificateErrors.has(code) || url?.startsWith('wss:') !== true) return nothing;
    const { host } = new URL(url);
    return html`
      <p>
        <a part="certificate" href="https://${host}/" target="_blank" rel="noreferrer"
          >${this.language.text('status.accept-certificate', { host })}</a
        >
      </p>
    `;
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
