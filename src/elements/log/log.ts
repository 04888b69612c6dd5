/**
 * `<magtek-log>`: what travelled between page and reader, decoded, with card data masked.
 * It shows the journal of the client, or an exported one; both hold nothing else than redacted messages.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { Journal } from '../../journal/journal.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { logWords } from '../../language/english/log.js';
import { LanguageController } from '../../language/language-controller.js';
import type { LogDetails } from './log-details.js';
import { LogFiles } from './log-files.js';
import { EMPTY, LogFeed } from './log-feed.js';
import { SHOW_ALL, type LogFilter } from './log-filter.js';
import { headingTemplate, rowTemplate } from './log-rows.js';
import type { statisticsTemplate } from './log-statistics.js';
import { toolbarTemplate, type ToolbarActions } from './log-toolbar.js';
import { counterpart } from './counterpart.js';
import { RowScroller } from '../shared/row-scroller.js';
import { rowOfKey } from '../shared/row-window.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { Departure } from '../shared/departure.js';
import { fieldStyles } from '../shared/field-styles.js';
import { treeStyles } from '../shared/tree-styles.js';
import { styles } from './log.styles.js';
import { commandStatistics } from './statistics.js';

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
export class MagtekLog extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, fieldStyles, treeStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  /** How many entries are shown at most; older ones go. The client keeps 10,000 unless told otherwise. */
  @resettable @property({ type: Number }) max = 100_000;

  /** Shows no bytes in the rows; the details of an entry have them. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'hide-hex' }) hideHex = false;

  /** Shows nothing new for now; nothing is lost meanwhile. */
  @property({ type: Boolean, converter: booleanAttribute }) paused = false;

  /** What is shown. */
  @resettable @property({ attribute: false }) filter: LogFilter = SHOW_ALL;

  @state() private showsStatistics = false;
  /** Position of the chosen entry. */
  @state() private active: number | undefined;
  @state() private showsDetails = false;
  /** What was done or went wrong last, for people. */
  @state() private notice = '';
  @state() private isFailed = false;
  @query('.rows') private readonly rows!: HTMLElement | null;

  private readonly language = new LanguageController(this, logWords);
  private readonly reader = new ReaderController(this, (client) => {
    this.unsubscribe?.();
    this.unsubscribe = client?.journal.subscribe((added) => {
      if (this.files.journal) return;
      if (added.length === 0) this.show();
      else this.feed.lookSoon();
    });
    // Out of the page it keeps its place, for when a page that caches its views puts it back.
    if (client) this.lastJournal = client.journal;
    else if (this.isConnected) this.lastJournal = EMPTY;
    if (this.files.journal) return;
    if (this.feed.journal === this.lastJournal) this.feed.lookSoon();
    else this.show();
  });
  /** That of the reader. */
  private lastJournal = EMPTY;
  private readonly files = new LogFiles(this, this.language, {
    client: () => this.reader.client,
    entries: () => this.feed.entries(),
    changed: () => {
      this.paused = false;
      this.show();
    },
    tell: (notice, isFailed) => {
      this.tell(notice, isFailed);
    },
  });
  private unsubscribe: Unsubscribe | undefined;
  private details: LogDetails | undefined;
  private statistics: typeof statisticsTemplate | undefined;
  private readonly feed: LogFeed = new LogFeed(this, {
    journal: () => this.journal,
    limit: () => (this.paused ? this.pausedAt : this.journal.end),
    max: () => this.max,
    filter: () => this.filter,
    restarted: () => {
      this.active = undefined;
      this.showsDetails = false;
      this.scroller.reset();
    },
    dropped: (rows) => {
      this.scroller.dropped(rows);
    },
    failed: () => {
      this.partMissing();
    },
  });
  private readonly scroller = new RowScroller(
    this,
    {
      length: () => this.feed.view.length,
      // The details take their room from the rows: the chosen one must not go out of sight.
      resized: () => {
        if (this.showsDetails && this.active !== undefined) this.choose(this.active);
      },
      left: () => {
        this.seenUpTo = this.feed.view.position(this.feed.view.length - 1) + 1;
      },
    },
    true,
  );
  /** Position up to which the person has seen entries, while scrolled up or paused. */
  private seenUpTo = 0;
  /** Where the journal ended when the log was paused. */
  private pausedAt = 0;

  constructor() {
    super();
    new Departure(this, () => {
      this.files.stop();
    });
  }

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
      this.loadParts().catch(this.partMissing);
    },
    save: () => {
      this.files.save().catch(this.partMissing);
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('paused')) {
      this.pausedAt = this.journal.end;
      if (this.paused) this.seenUpTo = this.pausedAt;
    }
    if (changed.has('filter') || changed.has('max')) this.feed.restart();
    else if (changed.has('paused')) this.feed.look();
    if (this.active !== undefined && this.active < this.journal.start) {
      this.active = undefined;
      this.showsDetails = false;
    }
  }

  protected override render(): TemplateResult {
    const { files, language } = this;
    const { view } = this.feed;
    const showsBytes = !this.hideHex;
    return html`
      ${toolbarTemplate(
        language,
        {
          filter: this.filter,
          commands: this.feed.commands.list,
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
              ${this.statistics(language, commandStatistics(this.feed.found()))}
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
          aria-activedescendant=${this.activeRowId() ?? nothing}
          aria-keyshortcuts="Enter G / Escape"
          @scroll=${this.scroller.scrolled}
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

  /** The journal that is shown. */
  private get journal(): Journal {
    return this.files.journal ?? this.lastJournal;
  }

  /** Id of the chosen row; undefined where it is scrolled out of what is rendered. */
  private activeRowId(): string | undefined {
    const row = this.active === undefined ? undefined : this.feed.view.rowOf(this.active);
    return row !== undefined && this.scroller.isRendered(row) ? `row-${String(this.active)}` : undefined;
  }

  private rowsTemplate(showsBytes: boolean): TemplateResult[] {
    const { view } = this.feed;
    const { first, count } = this.scroller.rendered;
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
      : this.scroller.followsEnd
        ? 0
        : this.feed.view.length - this.feed.view.rowFrom(this.seenUpTo);
    if (count <= 0) return nothing;
    return html`<button class="newer primary" part="button" @click=${this.showNewest}>
      ${this.language.count('log.new', count)}
    </button>`;
  }

  private detailsTemplate(): TemplateResult | typeof nothing {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    if (!entry || !this.showsDetails || !this.details) return nothing;
    return this.details.render(entry, counterpart(this.journal, entry)?.which);
  }

  private countText(): string {
    const { journal, language } = this;
    const { view } = this.feed;
    if (this.feed.isSearching) return language.text('log.searching');
    const all = language.count('log.entries', journal.end - journal.start);
    return view.isFiltered ? language.text('log.some', { count: language.number(view.length), all }) : all;
  }

  private emptyText(): string {
    if (this.feed.isSearching) return this.language.text('log.searching');
    return this.language.text(this.feed.view.isFiltered ? 'log.none-fits' : 'log.empty');
  }

  /** Begins with another journal. */
  private show(): void {
    this.pausedAt = this.journal.end;
    this.notice = '';
    this.feed.show();
  }

  private showNewest(): void {
    this.paused = false;
    this.scroller.followEnd();
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-position]');
    if (!row) return;
    // Selecting text with the pointer is not choosing a row.
    if ((this.shadowRoot as unknown as { getSelection?(): Selection | null }).getSelection?.()?.type === 'Range')
      return;
    this.choose(Number(row.dataset.position));
    this.openDetails().catch(this.partMissing);
  }

  private keyed(event: KeyboardEvent): void {
    if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() !== 'c')) return;
    if (!this.act(event)) return;
    event.preventDefault();
  }

  /** Does what a key asks for; false where it asks for nothing. */
  private act({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { view } = this.feed;
    const row = this.active === undefined ? undefined : view.rowOf(this.active);
    const target = rowOfKey(key, row, view.length - 1, this.scroller.page);
    if (target !== undefined) return this.chooseRow(target);
    switch (key) {
      case 'Enter':
      case ' ':
        this.openDetails().catch(this.partMissing);
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
    if (this.feed.view.length === 0) return true;
    this.choose(this.feed.view.position(Math.min(Math.max(row, 0), this.feed.view.length - 1)));
    return true;
  }

  /** Chooses an entry and scrolls as little as needed to show it. */
  private choose(position: number): void {
    this.active = position;
    const row = this.feed.view.rowOf(position);
    if (row !== undefined) this.scroller.reveal(row);
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

  private goToOther(): void {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    const other = entry && counterpart(this.journal, entry);
    if (!other) this.tell(this.language.text('log.no-answer'));
    else if (this.feed.view.rowOf(other.position) === undefined)
      this.tell(this.language.text(`log.${other.which}-hidden`));
    else this.choose(other.position);
  }

  private copyChosen(): boolean {
    const entry = this.active === undefined ? undefined : this.journal.at(this.active);
    if (!entry) return false;
    import('./copy-forms.js')
      .then(({ copyForms: { hex } }) => this.copy(hex.make(entry), this.language.text(hex.title)))
      .catch(this.partMissing);
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

  /** Files of a page go with its next version, and networks with their readers: it is asked for again with the next press. */
  private readonly partMissing = (): void => {
    this.tell(this.language.text('part.missing'), true);
  };

  private tell(notice: string, isFailed = false): void {
    this.notice = notice;
    this.isFailed = isFailed;
  }
}

function allowDrop(event: DragEvent): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-log': MagtekLog;
  }
}
