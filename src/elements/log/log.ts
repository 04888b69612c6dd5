/**
 * `<magtek-log>`: what travelled between page and reader, decoded, with card data masked.
 * It shows the journal of the client, which holds nothing else than redacted messages.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Unsubscribe } from '../../client/emitter.js';
import type { JournalEntry } from '../../client/journal.js';
import { toHex } from '../../mms/hex.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { styles } from './log.styles.js';

/** Pixels from the end within which the log counts as scrolled to the end. */
const NEAR_END = 24;

const arrows = { 'to-reader': '→', 'from-reader': '←' } as const;
const directions = { 'to-reader': 'sent', 'from-reader': 'received' } as const;

/**
 * The decoded, redacted traffic of a reader, newest at the end.
 *
 * @csspart toolbar - The line with the buttons.
 * @csspart rows - The scrolling list.
 * @csspart row - One entry.
 * @csspart time - When.
 * @csspart direction - Where to.
 * @csspart text - What, in words.
 * @csspart hex - The bytes, with card data masked.
 * @csspart button - Each button.
 *
 * @cssprop [--magtek-log-height=24rem] - Height of the log.
 */
export class MagtekLog extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @property() for = '';

  /** How many entries are shown; older ones go. */
  @property({ type: Number }) max = 500;

  /** Shows no bytes. */
  @property({ type: Boolean, reflect: true, attribute: 'hide-hex' }) hideHex = false;

  @state() private entries: readonly JournalEntry[] = [];
  /** Entries that came while the person was reading older ones. */
  @state() private newer = 0;
  @query('.rows') private readonly rows!: HTMLElement | null;

  private readonly reader = new ReaderController(this, (client) => {
    this.unsubscribe?.();
    this.unsubscribe = client?.journal.subscribe((added) => {
      this.take(added);
    });
    this.pending = [];
    this.entries = client?.journal.entries.slice(-this.max) ?? [];
    this.newer = 0;
  });
  private unsubscribe: Unsubscribe | undefined;
  private pending: JournalEntry[] = [];
  private frame = 0;
  private followsEnd = true;

  /** Empties the journal of the reader, for all logs that show it. */
  clear(): void {
    this.reader.client?.journal.clear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="toolbar" part="toolbar">
        <h2>Log</h2>
        <button part="button" aria-pressed=${this.hideHex ? 'false' : 'true'} @click=${this.toggleHex}>Bytes</button>
        <button part="button" ?disabled=${this.entries.length === 0} @click=${this.clear}>Clear</button>
      </div>
      <div class="body">
        <div
          class="rows"
          part="rows"
          role="log"
          aria-live="off"
          aria-label="Messages"
          tabindex="0"
          @scroll=${this.scrolled}
        >
          ${
            this.entries.length === 0
              ? html`<p class="empty quiet">Nothing has been sent or received yet.</p>`
              : repeat(
                  this.entries,
                  ({ sequence }) => sequence,
                  (entry) => this.rowTemplate(entry),
                )
          }
        </div>
        ${
          this.newer > 0
            ? html`<button class="newer primary" part="button" @click=${this.scrollToEnd}>${this.newer} new</button>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.followsEnd && (changed.has('entries') || changed.has('hideHex'))) this.scrollToEnd();
  }

  private rowTemplate({ at, direction, message, data, text, milliseconds, error }: JournalEntry): TemplateResult {
    const hex = message ? toHex(message.bytes) : data;
    return html`
      <div class="row ${direction ?? ''} ${error ? 'error' : ''}" part="row">
        <time class="time mono" part="time" datetime=${new Date(at).toISOString()}>${timeText(at)}</time>
        <span class="direction" part="direction">
          <span aria-hidden="true">${direction ? arrows[direction] : '·'}</span>
          <span class="visually-hidden">${direction ? directions[direction] : 'event'}</span>
        </span>
        <span class="text" part="text">${text}</span>
        <span class="duration mono">${milliseconds === undefined ? nothing : `${milliseconds.toFixed(1)} ms`}</span>
        ${hex === undefined || this.hideHex ? nothing : html`<code class="hex" part="hex">${hex}</code>`}
      </div>
    `;
  }

  /** New entries are shown once a frame, however many come. */
  private take(added: readonly JournalEntry[]): void {
    if (added.length === 0) {
      this.pending = [];
      this.entries = [];
      this.newer = 0;
      return;
    }
    // A hidden page gets no frames: what waits for one is bounded too.
    this.pending = [...this.pending, ...added].slice(-this.max);
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.followsEnd) this.newer += this.pending.length;
      this.entries = [...this.entries, ...this.pending].slice(-this.max);
      this.pending = [];
    });
  }

  private toggleHex(): void {
    this.hideHex = !this.hideHex;
  }

  private scrolled(): void {
    const { rows } = this;
    if (!rows) return;
    this.followsEnd = rows.scrollHeight - rows.scrollTop - rows.clientHeight < NEAR_END;
    if (this.followsEnd) this.newer = 0;
  }

  private scrollToEnd(): void {
    this.followsEnd = true;
    this.newer = 0;
    if (this.rows) this.rows.scrollTop = this.rows.scrollHeight;
  }
}

let timeFormat: Intl.DateTimeFormat | undefined;

/** Time of day with milliseconds, as the page's language writes it. */
function timeText(at: number): string {
  timeFormat ??= new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  return timeFormat.format(at);
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-log': MagtekLog;
  }
}
