/**
 * `<magtek-log>`: the traffic between page and reader, decoded, with card data masked.
 * It renders a {@link LogModel} over the journal of the client, or over an exported one; both hold redacted messages only.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { allowDrop } from '../shared/file-chooser.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { logWords } from '../../language/english/log.js';
import { LanguageController } from '../../language/language-controller.js';
import type { LogDetails } from './log-details.js';
import { LogFiles } from './log-files.js';
import { SHOW_ALL, type LogFilter } from './log-filter.js';
import { LogModel } from './log-model.js';
import { headingTemplate, rowTemplate } from './log-rows.js';
import type { statisticsTemplate } from './log-statistics.js';
import { toolbarTemplate, type ToolbarActions } from './log-toolbar.js';
import { RowScroller } from '../rows/row-scroller.js';
import { rowOfKey } from '../rows/row-window.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import { loadPart, whenMissing } from '../shared/load-part.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { fieldStyles } from '../shared/field-styles.js';
import { treeStyles } from '../shared/tree-styles.js';
import { styles } from './log.styles.js';

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
  /** What was done or went wrong last, for people. */
  @state() private notice = '';
  @state() private isFailed = false;
  @query('.rows') private readonly rows!: HTMLElement | null;

  private readonly language = new LanguageController(this, logWords);
  private readonly reader = new ReaderController(this, (client) => {
    this.model.follow(client?.journal, { away: !this.isConnected });
    this.files.reset();
  });
  private readonly files = new LogFiles(this, this.language, {
    client: () => this.reader.client,
    entries: () => this.model.entries(),
    changed: (journal) => {
      this.paused = false;
      this.notice = '';
      this.model.open(journal);
    },
    tell: (notice, isFailed) => this.tell(notice, isFailed),
  });
  private details: LogDetails | undefined;
  private statistics: typeof statisticsTemplate | undefined;
  private readonly model: LogModel = new LogModel(
    {
      now: () => performance.now(),
      request: (callback) => requestAnimationFrame(callback),
      cancel: (frame) => cancelAnimationFrame(frame),
    },
    {
      changed: () => this.requestUpdate(),
      restarted: () => this.scroller.reset(),
      dropped: (rows) => this.scroller.dropped(rows),
      loadTools: async () => (await loadPart(() => import('./search-tools.js'))).searchTools,
      toolsMissing: (error) => this.partMissing(error),
    },
  );
  private readonly scroller = new RowScroller(
    this,
    {
      length: () => this.model.view.length,
      // The details take their room from the rows: the chosen one must not go out of sight.
      resized: () => {
        if (this.model.showsDetails) this.revealChosen();
      },
      left: () => this.model.leaveEnd(),
    },
    true,
  );
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
      this.toggleStatistics().catch(this.partMissing);
    },
    save: () => {
      this.files.save().catch(this.partMissing);
    },
    open: (file) => {
      void this.files.open(file);
    },
    clear: () => this.clear(),
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

  constructor() {
    super();
    this.addController(new FocusKeeper(this));
  }

  override connectedCallback(): void {
    // Before the reader is looked for: what its journal holds may take more than this frame.
    this.model.resume(this.hasUpdated);
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.suspend();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('paused')) this.model.pause(this.paused);
    if (changed.has('filter') || changed.has('max')) this.model.select(this.filter, this.max);
    this.model.catchUp();
  }

  protected override render(): TemplateResult {
    const { files, language, model } = this;
    const { view } = model;
    const showsBytes = !this.hideHex;
    return html`
      ${toolbarTemplate(
        language,
        {
          filter: this.filter,
          problem: model.problemText(language),
          commands: model.seenCommands.list,
          isPaused: this.paused,
          showsBytes,
          showsStatistics: this.showsStatistics,
          isEmpty: model.journal.end === model.journal.start,
          canClear: files.journal === undefined,
        },
        this.actions,
      )}
      ${files.render()}
      <p class="notice ${this.isFailed ? 'bad' : ''}" role="status">${this.notice || this.countText()}</p>
      ${this.showsStatistics && this.statistics ? this.statistics(language, model.found()) : nothing}
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

  /** Id of the chosen row; undefined where it is scrolled out of what is rendered. */
  private activeRowId(): string | undefined {
    const { chosen, chosenRow } = this.model;
    return chosenRow !== undefined && this.scroller.isRendered(chosenRow) ? `row-${String(chosen)}` : undefined;
  }

  private rowsTemplate(showsBytes: boolean): TemplateResult[] {
    const { chosen, view } = this.model;
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
          isActive: position === chosen,
          showsBytes,
        }),
      );
      before = entry;
    }
    return templates;
  }

  private newerTemplate(): TemplateResult | typeof nothing {
    const count = this.model.countNewer(this.scroller.followsEnd);
    if (count <= 0) return nothing;
    return html`<button class="newer primary" part="button" @click=${this.showNewest}>
      ${this.language.count('log.new', count)}
    </button>`;
  }

  private detailsTemplate(): TemplateResult | typeof nothing {
    const { model } = this;
    const entry = model.chosenEntry;
    if (!entry || !model.showsDetails || !this.details) return nothing;
    return this.details.render(entry, model.counterpart()?.which);
  }

  private countText(): string {
    const { language } = this;
    const { isSearching, journal, view } = this.model;
    if (isSearching) return language.text('log.searching');
    const all = language.count('log.entries', journal.end - journal.start);
    return view.isFiltered ? language.text('log.some', { count: language.number(view.length), all }) : all;
  }

  private emptyText(): string {
    const { isSearching, view } = this.model;
    if (isSearching) return this.language.text('log.searching');
    return this.language.text(view.isFiltered ? 'log.none-fits' : 'log.empty');
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
    this.model.choose(Number(row.dataset.position));
    this.revealChosen();
    this.openDetails().catch(this.partMissing);
  }

  private keyed(event: KeyboardEvent): void {
    if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() !== 'c')) return;
    if (!this.act(event)) return;
    event.preventDefault();
  }

  /** Does what a key asks for; false where it asks for nothing. */
  private act({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { model } = this;
    const row = model.chosenRow;
    const target = rowOfKey(key, row, model.view.length - 1, this.scroller.page);
    if (target !== undefined) {
      model.chooseRow(target);
      this.revealChosen();
      return true;
    }
    switch (key) {
      case 'Enter':
      case ' ':
        this.openDetails().catch(this.partMissing);
        return row !== undefined;
      case 'g':
      case 'G':
        this.goToCounterpart();
        return true;
      case '/':
        this.renderRoot.querySelector<HTMLElement>('[type=search]')?.focus();
        return true;
      case 'Escape':
        if (!model.showsDetails) return false;
        model.showDetails(false);
        return true;
      case 'c':
        return (ctrlKey || metaKey) && this.copyChosen();
      default:
        return false;
    }
  }

  /** Scrolls as little as needed to show the chosen entry. */
  private revealChosen(): void {
    const { chosenRow } = this.model;
    if (chosenRow !== undefined) this.scroller.reveal(chosenRow);
  }

  private async openDetails(): Promise<void> {
    this.model.showDetails(true);
    await this.loadParts();
    await this.updateComplete;
    // Where a small log scrolls as a whole, the details are at its end.
    this.scrollTop = this.scrollHeight;
  }

  /** Where they cannot be loaded the button is as it was, so that the next press asks for them again. */
  private async toggleStatistics(): Promise<void> {
    if (!this.statistics) await this.loadParts();
    this.showsStatistics = !this.showsStatistics;
  }

  /** Loads what is not needed to show rows. */
  private async loadParts(): Promise<void> {
    const [{ LogDetails }, { statisticsTemplate }] = await loadPart(() =>
      Promise.all([import('./log-details.js'), import('./log-statistics.js')]),
    );
    this.statistics ??= statisticsTemplate;
    this.details ??= new LogDetails(this, this.language, {
      copy: (text, what) => {
        void this.copy(text, what);
      },
      goToOther: () => this.goToCounterpart(),
      close: () => {
        this.model.showDetails(false);
        this.rows?.focus();
      },
    });
    this.requestUpdate();
  }

  private goToCounterpart(): void {
    const step = this.model.goToCounterpart();
    if (step === 'chosen') this.revealChosen();
    else this.tell(this.language.text(step === 'none' ? 'log.no-answer' : `log.${step}`));
  }

  private copyChosen(): boolean {
    const entry = this.model.chosenEntry;
    if (!entry) return false;
    loadPart(() => import('./copy-forms.js'))
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

  /** It is asked for again with the next press. */
  private readonly partMissing = whenMissing(() => this.tell(this.language.text('part.missing'), true));

  private tell(notice: string, isFailed = false): void {
    this.notice = notice;
    this.isFailed = isFailed;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-log': MagtekLog;
  }
}
