/**
 * `<magtek-log>`: what travelled between page and reader, decoded, with card data masked.
 * It shows the journal of the client, or an exported one; both hold nothing else than redacted messages.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Unsubscribe } from '../../client/emitter.js';
import { Journal, type JournalEntry } from '../../client/journal.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { logWords } from '../shared/language/english/log.js';
import { LanguageController } from '../shared/language/language-controller.js';
import type { LogDetails } from './log-details.js';
import { LogFiles } from './log-files.js';
import { SHOW_ALL, type LogFilter, type TreeOf } from './log-filter.js';
import { headingTemplate, rowTemplate } from './log-rows.js';
import type { statisticsTemplate } from './log-statistics.js';
import { toolbarTemplate, type ToolbarActions } from './log-toolbar.js';
import { LogView } from './log-view.js';
import { otherHalf } from './other-half.js';
import { RowWindow, rowOfKey } from '../shared/row-window.js';
import { usual } from '../shared/usual.js';
import { fieldStyles } from '../shared/field-styles.js';
import { treeStyles } from '../shared/tree-styles.js';
import { SeenCommands } from './seen-commands.js';
import { styles } from './log.styles.js';
import { commandStatistics } from './statistics.js';

/** Milliseconds that looking for rows may take of a frame. */
const FRAME_BUDGET = 6;

/**
 * The decoded, redacted traffic of a reader, newest at the end; or an exported one, without any reader.
 *
 * Rows are virtual: a hundred thousand entries cost no more nodes than a screen full. Keys in the list: arrows, Page Up and
 * Down, Home and End choose; Enter opens the details; G goes to the answer of a request and back; / searches; Escape closes.
 *
 * @csspart toolbar - The line with the controls.
 * @csspart search - The search field.
 * @csspart filter - Each of the lists to filter by.
 * @csspart button - Each button.
 * @csspart rows - The scrolling list.
 * @csspart row - One entry.
 * @csspart time - When.
 * @csspart delta - How long after the row before.
 * @csspart direction - Where to.
 * @csspart text - What, in words.
 * @csspart duration - How long the answer took.
 * @csspart hex - The bytes, with card data masked.
 * @csspart details - The chosen entry in full.
 * @csspart tree - The parts of the chosen entry.
 * @csspart copy - The list of forms to copy it in.
 * @csspart statistics - Counts and times by command.
 *
 * @cssprop [--magtek-log-height=24rem] - Height of the log.
 */
export class MagtekLog extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, fieldStyles, treeStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @usual @property() for = '';

  /** How many entries are shown at most; older ones go. The client keeps 10,000 unless told otherwise. */
  @usual @property({ type: Number }) max = 100_000;

  /** Shows no bytes in the rows; the details of an entry have them. */
  @property({ type: Boolean, converter: booleanAttribute, reflect: true, attribute: 'hide-hex' }) hideHex = false;

  /** Shows nothing new for now; nothing is lost meanwhile. */
  @property({ type: Boolean, converter: booleanAttribute, reflect: true }) paused = false;

  /** What is shown. */
  @usual @property({ attribute: false }) filter: LogFilter = SHOW_ALL;

  @state() private showsStatistics = false;
  /** Position of the chosen entry. */
  @state() private active: number | undefined;
  @state() private showsDetails = false;
  @state() private isSearching = false;
  /** What was done or went wrong last, for people. */
  @state() private notice = '';
  @state() private isFailed = false;
  @query('.rows') private readonly rows!: HTMLElement | null;
  @query('.spacer') private readonly spacer!: HTMLElement | null;
  @query('.window') private readonly window!: HTMLElement | null;
  @query('.probe') private readonly probe!: HTMLElement | null;

  private readonly language = new LanguageController(this, logWords);
  private readonly reader = new ReaderController(this, (client) => {
    this.unsubscribe?.();
    this.unsubscribe = client?.journal.subscribe((added) => {
      if (!this.files.journal) this.take(added);
    });
    if (!this.files.journal) this.show();
  });
  private readonly files = new LogFiles(this, this.language, {
    client: () => this.reader.client,
    entries: () => {
      while (!this.view.update(this.limit, () => true));
      return this.shownEntries();
    },
    changed: () => {
      this.paused = false;
      this.show();
    },
    tell: (notice, isFailed) => {
      this.tell(notice, isFailed);
    },
  });
  private unsubscribe: Unsubscribe | undefined;
  private view = new LogView(EMPTY, 1);
  private details: LogDetails | undefined;
  private statistics: typeof statisticsTemplate | undefined;
  private treeOf: TreeOf | undefined;
  private commands = new SeenCommands(EMPTY);
  private readonly place = new RowWindow();
  private frame = 0;
  /** Position up to which the person has seen entries, while scrolled up or paused. */
  private seenUpTo = 0;
  /** Where the journal ended when the log was paused. */
  private pausedAt = 0;
  /** Position of the first row when it was rendered last: rows that go above must not move what is read. */
  private firstPosition = 0;
  private sizes: ResizeObserver | undefined;
  private sizesFrame = 0;

  private readonly actions: ToolbarActions = {
    filter: (change) => {
      this.filter = { ...this.filter, ...change };
    },
    pause: () => {
      this.paused = !this.paused;
    },
    bytes: () => {
      this.hideHex = !this.hideHex;
    },
    statistics: () => {
      this.showsStatistics = !this.showsStatistics;
      void this.loadParts();
    },
    save: () => {
      void this.files.save();
    },
    open: (file) => {
      void this.files.open(file);
    },
    clear: () => {
      this.clear();
    },
  };

  /** Empties the journal of the reader, for all logs that show it. */
  clear(): void {
    this.reader.client?.journal.clear();
  }

  /** What the log holds as JSON lines: all entries, or those that are shown where a filter is set. */
  export(): Promise<string> {
    return this.files.export();
  }

  /**
   * Shows an exported journal instead of the reader's, until {@link close}.
   * @throws {JournalFileError} naming the first line that is wrong; nothing changes then.
   */
  import(text: string, name?: string): Promise<void> {
    return this.files.import(text, name);
  }

  /** Goes back from an imported journal to that of the reader. */
  close(): void {
    this.files.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    cancelAnimationFrame(this.sizesFrame);
    this.files.stop();
    this.sizes?.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.observe();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('paused')) {
      this.pausedAt = this.journal.end;
      if (this.paused) this.seenUpTo = this.pausedAt;
    }
    if (changed.has('filter') || changed.has('max')) this.restart();
    if (changed.has('paused') || changed.has('filter') || changed.has('max')) this.look();
  }

  protected override firstUpdated(): void {
    this.observe();
  }

  protected override render(): TemplateResult {
    const { view, files, language } = this;
    const showsBytes = !this.hideHex;
    return html`
      ${toolbarTemplate(
        language,
        {
          filter: this.filter,
          commands: this.commands.list,
          isPaused: this.paused,
          showsBytes,
          showsStatistics: this.showsStatistics,
          isEmpty: this.journal.end === this.journal.start,
          canClear: files.journal === undefined,
        },
        this.actions,
      )}
      ${files.render()}
      <p class="notice ${this.isFailed ? 'bad' : ''}" role="status">${this.notice || this.countText()}</p>
      ${
        this.showsStatistics && this.statistics
          ? html`<div
              class="statistics"
              part="statistics"
              role="group"
              aria-label=${language.text('log.statistics')}
              tabindex="0"
            >
              ${this.statistics(language, commandStatistics(this.shownEntries()))}
            </div>`
          : nothing
      }
      <div class="body" @dragover=${allowDrop} @drop=${files.dropped}>
        <div
          class="rows ${showsBytes ? 'with-bytes' : ''}"
          part="rows"
          role="grid"
          aria-label=${language.text('log.messages')}
          aria-rowcount=${view.length + 1}
          aria-readonly="true"
          tabindex="0"
          aria-activedescendant=${this.active === undefined ? nothing : `row-${String(this.active)}`}
          aria-keyshortcuts="Enter G / Escape"
          @scroll=${this.scrolled}
          @click=${this.clicked}
          @keydown=${this.keyed}
        >
          ${headingTemplate(language, showsBytes)}
          <div class="probe" aria-hidden="true"></div>
          <div class="spacer" role="rowgroup">
            <div class="window" role="presentation">${this.rowsTemplate(showsBytes)}</div>
          </div>
          ${view.length === 0 ? html`<p class="empty quiet">${this.emptyText()}</p>` : nothing}
        </div>
        ${this.newerTemplate()}
      </div>
      ${this.detailsTemplate()}
    `;
  }

  protected override updated(): void {
    const { rows, spacer, window: shown, view } = this;
    if (!rows || !spacer || !shown) return;
    const { place } = this;
    spacer.style.blockSize = `${String(place.offset(view.length))}px`;
    shown.style.transform = `translateY(${String(place.offset(place.first(view.length)))}px)`;
    const top = place.settle(rows);
    if (top !== undefined) rows.scrollTop = top;
  }

  /** The journal that is shown. */
  private get journal(): Journal {
    return this.files.journal ?? this.reader.client?.journal ?? EMPTY;
  }

  /** Position up to which entries are shown. */
  private get limit(): number {
    return this.paused ? this.pausedAt : this.journal.end;
  }

  /** Whether words are searched for, and what looks into messages is not loaded yet. */
  private get needsTree(): boolean {
    return this.filter.search !== '' && !this.treeOf;
  }

  private rowsTemplate(showsBytes: boolean): TemplateResult[] {
    const { view } = this;
    const first = this.place.first(view.length);
    const count = this.place.count(view.length);
    const templates: TemplateResult[] = [];
    let before = first > 0 ? view.at(first - 1) : undefined;
    for (let row = first; row < first + count; row++) {
      const entry = view.at(row);
      if (!entry) continue;
      const position = view.position(row);
      templates.push(
        rowTemplate(this.language, entry, {
          position,
          index: row + 2,
          delta: before && entry.at - before.at,
          isActive: position === this.active,
          showsBytes,
        }),
      );
      before = entry;
    }
    return templates;
  }

  private newerTemplate(): TemplateResult | typeof nothing {
    const count = this.paused
      ? this.journal.end - this.pausedAt
      : this.place.followsEnd
        ? 0
        : this.view.length - this.view.rowFrom(this.seenUpTo);
    if (count <= 0) return nothing;
    return html`<button class="newer primary" part="button" @click=${this.showNewest}>
      ${this.language.count('log.new', count)}
    </button>`;
  }

  private detailsTemplate(): TemplateResult | typeof nothing {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    if (!entry || !this.showsDetails || !this.details) return nothing;
    return this.details.render(entry, otherHalf(this.journal, entry)?.which);
  }

  private countText(): string {
    const { view, journal, language } = this;
    if (this.isSearching) return language.text('log.searching');
    const all = language.count('log.entries', journal.end - journal.start);
    return view.isFiltered ? language.text('log.some', { count: language.number(view.length), all }) : all;
  }

  private emptyText(): string {
    if (this.isSearching) return this.language.text('log.searching');
    return this.language.text(this.view.isFiltered ? 'log.none-fits' : 'log.empty');
  }

  private *shownEntries(): Iterable<JournalEntry> {
    for (let row = 0; row < this.view.length; row++) {
      const entry = this.view.at(row);
      if (entry) yield entry;
    }
  }

  /** Begins with another journal. */
  private show(): void {
    this.commands = new SeenCommands(this.journal);
    this.pausedAt = this.journal.end;
    this.notice = '';
    this.restart();
    this.look();
  }

  /** Begins to look for rows again. */
  private restart(): void {
    if (this.needsTree) void this.loadTree();
    this.view = new LogView(this.journal, this.max, this.filter, this.treeOf);
    this.active = undefined;
    this.showsDetails = false;
    this.place.reset();
    this.firstPosition = this.journal.start;
  }

  /** New entries are shown once a frame, however many come. */
  private take(added: readonly JournalEntry[]): void {
    if (added.length === 0) this.show();
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.look();
    });
  }

  /** Looks for rows for a part of this frame, and goes on in the next. */
  private look(): void {
    const end = performance.now() + FRAME_BUDGET;
    const hasTime = (): boolean => performance.now() < end;
    const isDone = this.view.update(this.limit, hasTime);
    // Until messages can be looked into, nothing is known not to fit.
    this.isSearching = !isDone || this.needsTree;
    const isComplete = isDone && this.commands.update(hasTime);
    if (this.active !== undefined && this.active < this.journal.start) {
      this.active = undefined;
      this.showsDetails = false;
    }
    this.keepPlace();
    this.requestUpdate();
    if (!isComplete && this.frame === 0 && this.isConnected) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.look();
      });
    }
  }

  /** Counts the rows that have gone above what is read. */
  private keepPlace(): void {
    const first = this.view.length > 0 ? this.view.position(0) : this.firstPosition;
    if (!this.view.isFiltered && first > this.firstPosition) this.place.dropped(first - this.firstPosition);
    this.firstPosition = first;
  }

  /** Watches sizes. They are used in the next frame: rows that are rendered in this one may change what is watched. */
  private observe(): void {
    this.sizes ??= new ResizeObserver(() => {
      cancelAnimationFrame(this.sizesFrame);
      this.sizesFrame = requestAnimationFrame(() => {
        this.measure();
      });
    });
    for (const element of [this.rows, this.probe]) if (element) this.sizes.observe(element);
  }

  private measure(): void {
    // Paper has no size to fill.
    if (matchMedia('print').matches) return;
    if (!this.place.resize(this.probe?.offsetHeight ?? 0, this.rows?.clientHeight ?? 0)) return;
    this.requestUpdate();
    // The details take their room from the rows: the chosen one must not go out of sight.
    if (this.showsDetails && this.active !== undefined) this.choose(this.active);
  }

  private scrolled(): void {
    const { rows } = this;
    if (!rows) return;
    this.leaveEnd(() => {
      this.place.scrolled(rows);
    });
    this.requestUpdate();
  }

  /** Remembers what has been seen, where the log no longer follows its end afterwards. */
  private leaveEnd(scroll: () => void): void {
    const followed = this.place.followsEnd;
    scroll();
    if (followed && !this.place.followsEnd) this.seenUpTo = this.view.position(this.view.length - 1) + 1;
  }

  private showNewest(): void {
    this.paused = false;
    this.place.followsEnd = true;
    this.requestUpdate();
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-position]');
    if (!row) return;
    // Selecting text with the pointer is not choosing a row.
    if ((this.shadowRoot as unknown as { getSelection?(): Selection | null }).getSelection?.()?.type === 'Range')
      return;
    this.choose(Number(row.dataset.position));
    void this.openDetails();
  }

  private keyed(event: KeyboardEvent): void {
    if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() !== 'c')) return;
    if (!this.act(event)) return;
    event.preventDefault();
  }

  /** Does what a key asks for; false where it asks for nothing. */
  private act({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { view } = this;
    const row = this.active === undefined ? undefined : view.rowOf(this.active);
    const target = rowOfKey(key, row, view.length - 1, this.place.page);
    if (target !== undefined) return this.chooseRow(target);
    switch (key) {
      case 'Enter':
      case ' ':
        void this.openDetails();
        return row !== undefined;
      case 'g':
      case 'G':
        this.goToOther();
        return true;
      case '/':
        this.renderRoot.querySelector<HTMLElement>('[type=search]')?.focus();
        return true;
      case 'Escape':
        if (!this.showsDetails) return false;
        this.showsDetails = false;
        return true;
      case 'c':
        return (ctrlKey || metaKey) && this.copyChosen();
      default:
        return false;
    }
  }

  private chooseRow(row: number): boolean {
    if (this.view.length === 0) return true;
    this.choose(this.view.position(Math.min(Math.max(row, 0), this.view.length - 1)));
    return true;
  }

  /** Chooses an entry and scrolls as little as needed to show it. */
  private choose(position: number): void {
    this.active = position;
    const row = this.view.rowOf(position);
    const { rows } = this;
    if (row === undefined || !rows) return;
    const heading = rows.querySelector<HTMLElement>('.heading')?.offsetHeight ?? 0;
    const top = this.place.reveal(row, rows, heading);
    if (top === undefined) return;
    rows.scrollTop = top;
    this.leaveEnd(() => {
      this.place.scrolled(rows);
    });
  }

  private async openDetails(): Promise<void> {
    this.showsDetails = true;
    await this.loadParts();
    await this.updateComplete;
    // Where a small log scrolls as a whole, the details are at its end.
    this.scrollTop = this.scrollHeight;
  }

  /** Loads what is not needed to show rows. */
  private async loadParts(): Promise<void> {
    const [{ LogDetails }, { statisticsTemplate }] = await Promise.all([
      import('./log-details.js'),
      import('./log-statistics.js'),
    ]);
    this.statistics ??= statisticsTemplate;
    this.details ??= new LogDetails(this, this.language, {
      copy: (text, what) => {
        void this.copy(text, what);
      },
      goToOther: () => {
        this.goToOther();
      },
      close: () => {
        this.showsDetails = false;
        this.rows?.focus();
      },
    });
    this.requestUpdate();
  }

  /** Searching looks into messages. */
  private async loadTree(): Promise<void> {
    this.treeOf = (await import('../../mms/tree.js')).messageTree;
    this.restart();
    this.look();
  }

  private goToOther(): void {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    const other = entry && otherHalf(this.journal, entry);
    if (!other) this.tell(this.language.text('log.no-answer'));
    else if (this.view.rowOf(other.position) === undefined) this.tell(this.language.text(`log.${other.which}-hidden`));
    else this.choose(other.position);
  }

  private copyChosen(): boolean {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    if (!entry) return false;
    void import('./copy-forms.js').then(({ copyForms: { hex } }) =>
      this.copy(hex.make(entry), this.language.text(hex.title)),
    );
    return true;
  }

  private async copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.tell(this.language.text('log.copied', { what }));
    } catch {
      this.tell(this.language.text('copy.refused'), true);
    }
  }

  private tell(notice: string, isFailed = false): void {
    this.notice = notice;
    this.isFailed = isFailed;
  }
}

const EMPTY = new Journal({ size: 1 });

function allowDrop(event: DragEvent): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-log': MagtekLog;
  }
}
