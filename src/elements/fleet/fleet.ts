/**
 * `<magtek-fleet>`: the readers of a broker, to find one and work with it.
 * It knows who is there and which one was chosen; it does not talk to readers.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isOpen, type ReaderSnapshot } from '../../connection/connection-state.js';
import { MagtekFleetAlarmEvent } from '../../events/fleet-alarm.js';
import { MagtekFleetSelectEvent } from '../../events/fleet-select.js';
import type { BrokerCredentials, TopicPatterns } from '../../transports/broker-options.js';
import { VERSION } from '../../version.js';
import type { MagtekReader } from '../reader/reader.js';
import { findReader } from '../context/find-reader.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Departure } from '../shared/departure.js';
import { download } from '../shared/download.js';
import { errorStyles } from '../shared/error-lines.js';
import { fleetWords } from '../../language/english/fleet.js';
import { LanguageController } from '../../language/language-controller.js';
import { RowScroller } from '../rows/row-scroller.js';
import { rowOfKey } from '../rows/row-window.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { ShownState } from '../shared/shown-state.js';
import { resettable } from '../shared/resettable.js';
import { textAttribute } from '../shared/text-attribute.js';
import { fieldStyles } from '../shared/field-styles.js';
import { useReader } from './chosen-reader.js';
import { FleetAlarm } from './fleet-alarm.js';
import { DetailColumns } from './detail-columns.js';
import { FleetBroker } from './fleet-broker.js';
import { columnsIn, widthsOf } from './fleet-columns.js';
import { fleetCsv } from './fleet-csv.js';
import { barTemplate, errorTemplate, removeTemplate } from './fleet-head.js';
import {
  compareAnyhow,
  FleetList,
  isDetail,
  type FleetColumn,
  type FleetFilter,
  type FleetOrder,
  type FleetReader,
} from './fleet-list.js';
import { headingTemplate, rowTemplate, type RowParts } from './fleet-rows.js';
import { emptyText, statusText, type FleetFigures } from './fleet-texts.js';
import { styles } from './fleet.styles.js';

const IDLE: ReaderSnapshot = Object.freeze({ state: 'idle' });
/** Milliseconds between two looks for readers that are gone. */
const LOOK_PERIOD = 1_000;

/** What decides which readers are listened to. */
const BROKER_PROPERTIES = ['url', 'readers', 'topics', 'allowInsecure', 'askPresence'] as const;

/**
 * The readers that a broker knows of, as its retained statuses tell: a list that can be searched and sorted. Choosing one lets
 * the reader element that it works for go on with that reader: its `transport`, `url`, `credentials`, `allowInsecure` and `device`
 * are set and it connects. While a sale runs there, none is chosen.
 *
 * It listens as soon as it is in the page and has a `url`, and goes on listening when the broker was away.
 *
 * @attr {string} state - The state of the connection to the broker; set by the element, for styles.
 *
 * @fires {MagtekFleetSelectEvent} magtek-fleet-select - A reader was chosen; cancel it to leave the reader element as it is.
 * @fires {MagtekFleetAlarmEvent} magtek-fleet-alarm - A reader has been gone for longer than `alarm-after`.
 *
 * @csspart search - The field for words.
 * @csspart show - A button that chooses which readers are shown.
 * @csspart count - How many readers there are.
 * @csspart export - The button that exports what is shown.
 * @csspart error - What went wrong and what to do.
 * @csspart button - The button that tries again.
 * @csspart rows - The list.
 * @csspart sort - The button in the heading of a column.
 * @csspart row - A reader.
 * @csspart lamp - Whether a reader is there.
 *
 * @cssprop [--magtek-fleet-height=24rem] - Height of the list.
 */
export class MagtekFleet extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, fieldStyles, errorStyles, styles];

  /** Address of the broker: `wss://…`, or `ws://…` for this computer. */
  @resettable @property() url = '';

  /**
   * Paths of the readers, with `+` for a level that may be any and commas between several, for example `MagTek/Shop12/+/+`: no
   * more than the broker lets this user read, as some end the connection for more. RabbitMQ before 3.13 names the statuses that it
   * has kept for whole paths only.
   */
  @resettable @property() readers = 'MagTek/+/+/+, MagTek/US/+/+/+/+/+';

  /** Path of the reader that is chosen; empty for none. */
  @resettable @property({ reflect: true, converter: textAttribute }) device = '';

  /** Id of the reader element that the chosen reader is for; empty for the one around this element, if there is one. */
  @resettable @property() for = '';

  /** Accepts unencrypted `ws:` addresses of other computers. */
  @property({ type: Boolean, attribute: 'allow-insecure', converter: booleanAttribute }) allowInsecure = false;

  /**
   * Asks the bridges of each group whether they are there, instead of waiting until they say so, which takes them a minute at most.
   * Readers without a bridge do not know the question.
   */
  @property({ type: Boolean, attribute: 'ask-presence', converter: booleanAttribute }) askPresence = false;

  /**
   * Offers to remove a reader that is not connected from the list of the broker, for all who see it. The broker must let this
   * user publish its status.
   */
  @property({ type: Boolean, attribute: 'can-remove', converter: booleanAttribute }) canRemove = false;

  /**
   * The columns and their order, separated by spaces: `presence`, `serial`, `model`, `group`, and `seen`, when a reader or its bridge
   * was heard of last; also `firmware`, `battery`, `lock` and `sale`, how the last sale ended and when, as bridges publish it. Details
   * are only listened to where one of those four is named; a reader without a bridge is asked for them when it is chosen. Other words
   * are left out; where none is left, it has those that it begins with.
   */
  @resettable @property() columns = 'presence serial model group';

  /**
   * Minutes after which a reader that is gone raises `magtek-fleet-alarm` and is counted above the list; 0 for never. A reader is
   * gone that says so, or that was heard of and is silent. What was before this page looked is not known to it.
   */
  @resettable @property({ type: Number, attribute: 'alarm-after' }) alarmAfter = 0;

  /** Topics of readers that are set to others than usual; the chosen reader gets them too. */
  @property({ attribute: false }) topics: TopicPatterns | undefined;

  /** User name and password for the broker. A property only: attributes can be read by everything in the page. */
  @property({ attribute: false }) credentials: BrokerCredentials | undefined;

  @state() private snapshot = IDLE;
  @state() private filter: FleetFilter = { words: '', show: 'all' };
  @state() private order: FleetOrder = { by: 'serial', isDescending: false };
  /** Path of the reader that the keyboard stands on. */
  @state() private active: string | undefined;
  /** What was done or refused last, for people. */
  @state() private notice = '';
  @query('.rows') private readonly rows!: HTMLElement | null;

  private readonly language = new LanguageController(this, fleetWords);
  private readonly list = new FleetList();
  private readonly shownState = new ShownState(this);
  /** Path of the reader that a person has chosen. */
  private chosen = '';
  /** What of the list is shown. */
  private shown: readonly FleetReader[] = [];
  private readonly broker = new FleetBroker({
    changed: (snapshot) => {
      this.snapshot = snapshot;
      // Who comes and goes meanwhile is not heard; the broker tells of those that it still knows when it is back.
      if (snapshot.state === 'reconnecting') this.list.doubt();
    },
    heard: (path, presence) => {
      if (this.list.take(path, presence)) this.redraw();
    },
    described: (path, details) => {
      this.details.heard(path, true);
      if (this.list.describe(path, details)) this.redraw();
    },
    ignored: (path) => {
      this.details.heard(path, false);
      this.list.describe(path, undefined);
      this.redraw();
    },
    hidden: (pattern) => {
      // Who names no readers asks for both trees of the vendor, and most brokers have one.
      if (this.readers === this.usualReaders) return;
      this.unseen.add(pattern);
      this.requestUpdate();
    },
    refused: () => {
      this.details.refused();
    },
  });
  /** What is listened to where a page names nothing. */
  private readonly usualReaders = this.readers;
  /** Patterns whose readers this user may not see. */
  private readonly unseen = new Set<string>();
  private readonly details = new DetailColumns(this, this.language, () => this.collator?.compare ?? compareAnyhow);
  private readonly scroller = new RowScroller(this, { length: () => this.shown.length }, false);
  private readonly alarm = new FleetAlarm();
  /** How many readers have been gone for too long. */
  private goneCount = 0;
  private looking: ReturnType<typeof setInterval> | undefined;
  private collator: Intl.Collator | undefined;
  /** A redrawing that is due: many readers may tell of themselves at once. */
  private frame = 0;

  constructor() {
    super();
    new Departure(this, () => {
      this.stop();
    });
  }

  /** @internal */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'state'];
  }

  /** All readers that the broker has named, and how many of them are connected. */
  get counts(): { readonly all: number; readonly present: number } {
    return this.list.counts;
  }

  /**
   * The readers that are shown, in their order, as a table for other programs: CSV with a heading, times as ISO 8601. Columns of
   * details are in it where `columns` names them.
   */
  exportCsv(): string {
    return fleetCsv(this.shown, this.details.part?.csv);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.broker.isListening) this.listen();
  }

  /** @internal */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    // A server that renders the page again does not know what a person has chosen.
    if (name === 'device' && value === null && this.device !== '' && this.device === this.chosen) {
      this.setAttribute('device', this.device);
      return;
    }
    super.attributeChangedCallback(name, old, value);
    if (name === 'state') this.shownState.restore();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = this.isConnected && this.details.want(columnsIn(this.columns));
    if (isOther || BROKER_PROPERTIES.some((name) => changed.has(name)) || this.needsToLogIn(changed)) this.listen();
    // Made once for a language: the list remembers what it has compared with it.
    const { tag } = this.language;
    if (this.collator?.resolvedOptions().locale !== tag) this.collator = new Intl.Collator(tag, { numeric: true });
    this.shown = this.list.select(this.filter, this.order, this.collator.compare, this.details.part?.order);
    if (changed.has('alarmAfter')) this.lookForGone();
    this.shownState.show(this.snapshot.state);
  }

  protected override updated(): void {
    const { length } = this.shownColumns;
    this.rows?.style.setProperty('--_columns', widthsOf(this.shownColumns));
    // On a small screen two are in a line.
    this.rows?.style.setProperty('--_lines', String(Math.ceil(length / 2)));
  }

  protected override render(): TemplateResult {
    const { language, shown, shownColumns: columns } = this;
    const activeRow = this.activeRow;
    return html`
      ${barTemplate(language, {
        filter: this.filter,
        isEmpty: shown.length === 0,
        changed: (part) => {
          this.filter = { ...this.filter, ...part };
        },
        exported: () => download(this.exportCsv(), 'readers.csv', 'text/csv'),
      })}
      <p class="notice quiet" part="count" role="status">${statusText(language, this.figures)}</p>
      ${this.removeTemplate()} ${errorTemplate(language, this.snapshot, () => this.broker.connect(false))}
      <div
        class="rows"
        part="rows"
        role="grid"
        aria-label=${language.text('fleet.title')}
        aria-rowcount=${shown.length + 1}
        aria-readonly="true"
        tabindex="0"
        aria-activedescendant=${activeRow !== undefined && this.scroller.isRendered(activeRow) ? `row-${String(activeRow)}` : nothing}
        @scroll=${this.scroller.scrolled}
        @click=${this.clicked}
        @keydown=${this.keyed}
      >
        ${headingTemplate(this.parts, columns, this.order, (column) => {
          this.sort(column);
        })}
        <div class="spacer" role="rowgroup"><div class="window" role="presentation">${this.rowTemplates()}</div></div>
        ${shown.length === 0 ? html`<p class="empty quiet">${emptyText(language, this.list.counts.all, this.broker.isBlindToKept)}</p>` : nothing}
      </div>
    `;
  }

  /** Where the keyboard stands in what is shown; undefined where it does not. */
  private get activeRow(): number | undefined {
    const row = this.active === undefined ? -1 : this.shown.findIndex(({ path }) => path === this.active);
    return row < 0 ? undefined : row;
  }

  private get shownColumns(): readonly FleetColumn[] {
    const named = columnsIn(this.columns);
    return this.details.part ? named : named.filter((column) => !isDetail(column));
  }

  private get parts(): RowParts {
    return { language: this.language, details: this.details.part };
  }

  private get figures(): FleetFigures {
    const { snapshot, list, shown, goneCount: gone, alarmAfter, notice, details } = this;
    const readers = [...this.unseen].join(', ');
    const hidden = readers === '' ? [] : [this.language.text('fleet.hidden', { readers })];
    const notices = [...hidden, ...details.notices, notice];
    return { state: snapshot.state, ...list.counts, shown: shown.length, gone, alarmAfter, notices };
  }

  private rowTemplates(): TemplateResult[] {
    const { first, count } = this.scroller.rendered;
    const { shownColumns: columns, parts } = this;
    return this.shown.slice(first, first + count).map((reader, index) =>
      rowTemplate(parts, reader, columns, {
        row: first + index,
        isActive: reader.path === this.active,
        isChosen: reader.path === this.device,
      }),
    );
  }

  /** For the chosen reader, where it is not known to be there. */
  private removeTemplate(): TemplateResult | typeof nothing {
    const chosen = this.canRemove ? this.list.at(this.device) : undefined;
    if (!chosen || chosen.presence === 'present' || this.snapshot.state !== 'ready') return nothing;
    return removeTemplate(this.language, chosen.serial, () => void this.forgetReader(chosen));
  }

  private async forgetReader({ path, serial }: FleetReader): Promise<void> {
    try {
      await this.broker.remove(path);
      this.notice = this.language.text('fleet.removed', { serial });
    } catch {
      this.notice = this.language.text('fleet.not-removed', { serial });
    }
  }

  /** Whether other credentials are used at once: another user’s, or where those from before have opened nothing. */
  private needsToLogIn(changed: PropertyValues<this>): boolean {
    if (!changed.has('credentials')) return false;
    const isSameUser = changed.get('credentials')?.username === this.credentials?.username;
    const { state } = this.snapshot;
    return !isSameUser || !(isOpen(state) || state === 'reconnecting');
  }

  /** Listens to the broker that the properties name, instead of the one before. */
  private listen(): void {
    this.stop();
    const { url, readers, topics, allowInsecure, askPresence: asksPresence } = this;
    if (url === '' || !this.isConnected) return;
    const credentials = (): BrokerCredentials | undefined => this.credentials;
    const { isWanted: wantsDetails } = this.details;
    this.broker.listen({ url, readers, topics, allowInsecure, asksPresence, wantsDetails, credentials });
    this.looking = setInterval(() => {
      this.lookForGone();
    }, LOOK_PERIOD);
  }

  /** Readers come and go while the broker is away, and nobody hears of it. */
  private lookForGone(): void {
    if (this.snapshot.state !== 'ready') return;
    const { count, fresh } = this.alarm.look(this.list.values(), Date.now(), this.alarmAfter * 60_000);
    if (count !== this.goneCount) this.requestUpdate();
    this.goneCount = count;
    for (const { path, group, model, serial, since } of fresh)
      this.dispatchEvent(new MagtekFleetAlarmEvent({ device: path, group, model, serial, since }));
  }

  private stop(): void {
    this.broker.stop();
    this.snapshot = IDLE;
    this.list.clear();
    this.details.reset();
    this.unseen.clear();
    clearInterval(this.looking);
    this.goneCount = 0;
    if (this.frame !== 0) cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  private redraw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.requestUpdate();
    });
  }

  private sort(column: FleetColumn): void {
    const { by, isDescending } = this.order;
    this.order = { by: column, isDescending: by === column && !isDescending };
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
    const reader = row === undefined ? undefined : this.shown[Number(row)];
    if (reader) this.choose(reader);
  }

  private keyed(event: KeyboardEvent): void {
    // Buttons of the heading have their own keys.
    if (event.target !== this.rows || event.ctrlKey || event.altKey || event.metaKey) return;
    const { shown, activeRow } = this;
    if (event.key === 'Enter' || event.key === ' ') {
      const reader = activeRow === undefined ? undefined : shown[activeRow];
      if (reader) this.choose(reader);
    } else {
      const last = shown.length - 1;
      const row = rowOfKey(event.key, activeRow, last, this.scroller.page);
      if (row === undefined || last < 0) return;
      this.moveTo(Math.min(Math.max(row, 0), last));
    }
    event.preventDefault();
  }

  private moveTo(row: number): void {
    this.active = this.shown[row]?.path;
    this.scroller.reveal(row);
  }

  private choose({ path, group, model, serial }: FleetReader): void {
    this.active = path;
    const target = findReader(this, this.for) as MagtekReader | undefined;
    if (target?.transaction) {
      this.notice = this.language.text('fleet.sale', { serial: target.device.split('/').at(-1) ?? '' });
      return;
    }
    this.chosen = path;
    this.device = path;
    this.notice = this.language.text('fleet.chosen', { serial });
    const isAllowed = this.dispatchEvent(new MagtekFleetSelectEvent({ device: path, group, model, serial }));
    if (isAllowed && target) void this.use(target, path);
  }

  private async use(element: MagtekReader, device: string): Promise<void> {
    const { url, credentials, topics, allowInsecure, list, details } = this;
    const isNew = await useReader(element, { url, credentials, topics, allowInsecure, device }, { list, details });
    if (isNew) this.redraw();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-fleet': MagtekFleet;
  }
}
