/**
 * The state of a log, without a page: which journal is shown, which of its entries are rows, where it was paused, and which
 * entry is chosen. Rows are found in parts, a part in each frame, so that a page stays usable while a large journal is searched.
 */
import type { Unsubscribe } from '../../connection/environment.js';
import type { JournalEntry } from '../../journal/journal-entry.js';
import { Journal } from '../../journal/journal.js';
import type { Language } from '../../language/language-controller.js';
import { counterpart, type Counterpart } from './counterpart.js';
import { SHOW_ALL, type LogFilter, type SearchTools } from './log-filter.js';
import { LogView } from './log-view.js';
import { SeenCommands } from './seen-commands.js';

/** Milliseconds that looking for rows may take of a frame. */
const FRAME_BUDGET = 6;

/** New entries in a frame that nobody can read: a flood. */
const UNREADABLE = 8;
/** Milliseconds between two looks in a flood. */
const PAUSE_OF_FLOOD = 100;

/** For logs that have no reader. */
const EMPTY = new Journal({ size: 1 });

/** Clock and frames of the page in which the log is shown. */
export interface Frames {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly request: (callback: () => void) => number;
  readonly cancel: (frame: number) => void;
}

/** Whoever shows the model. */
export interface LogObserver {
  /** Something in the model has changed. */
  readonly changed: () => void;
  /** The rows before are gone. */
  readonly restarted: () => void;
  /** So many rows have gone at the top. */
  readonly dropped: (rows: number) => void;
  /** Loads what a search needs that looks into messages. */
  readonly loadTools: () => Promise<SearchTools>;
  /** It could not be loaded: the search looks at the lines only. */
  readonly toolsMissing: (error: unknown) => void;
}

/** What became of a step from a request to its answer or back. */
export type CounterpartStep = 'none' | 'chosen' | `${Counterpart['which']}-hidden`;

export class LogModel {
  /** The rows that have been found. */
  view = new LogView(EMPTY, 1);
  /** The commands that have been seen in the journal. */
  seenCommands = new SeenCommands(EMPTY);
  /** Whether there may be more rows than have been found. */
  isSearching = false;
  /** Whether what looks into messages could not be loaded; another search asks for it again. */
  private areToolsMissing = false;
  private readonly frames: Frames;
  private readonly observer: LogObserver;
  /** Journal of the reader. */
  private followed = EMPTY;
  private unsubscribe: Unsubscribe | undefined;
  private opened: Journal | undefined;
  /** The journal that the rows are of. */
  private shown = EMPTY;
  private filter: LogFilter = SHOW_ALL;
  private max = Infinity;
  private isPaused = false;
  /** Where the journal ended when the log was paused. */
  private pausedAt = 0;
  /** Position up to which the person has seen entries, while scrolled up or paused. */
  private seenUpTo = 0;
  /** Position of the chosen entry. */
  private active: number | undefined;
  private isOpen = false;
  private tools: SearchTools | undefined;
  private frame = 0;
  private isActive = false;
  /** Whether everything there was had been looked at. */
  private isComplete = false;
  private lookedAt = -Infinity;
  /** Where the journal ended in the last frame. */
  private cameUpTo = 0;
  /** Whether that frame passed without a look. */
  private isHeldBack = false;
  /** Position of the first row when it was looked at last: rows that go above must not move what is read. */
  private firstPosition = 0;

  constructor(frames: Frames, observer: LogObserver) {
    this.frames = frames;
    this.observer = observer;
  }

  /** The journal that is shown: of the opened file, or of the reader. */
  get journal(): Journal {
    return this.opened ?? this.followed;
  }

  /** Position of the chosen entry; undefined where none is. */
  get chosen(): number | undefined {
    return this.active;
  }

  get chosenEntry(): JournalEntry | undefined {
    return this.active === undefined ? undefined : this.journal.at(this.active);
  }

  /** Row of the chosen entry; undefined where none is chosen, or the filter hides it. */
  get chosenRow(): number | undefined {
    return this.active === undefined ? undefined : this.view.rowOf(this.active);
  }

  /** Whether the details of the chosen entry are open. */
  get showsDetails(): boolean {
    return this.isOpen;
  }

  /** What is wrong with the pattern that is searched for, for people; undefined where nothing is. */
  problemText(language: Language): string | undefined {
    return this.tools?.problemText(language, this.filter.search);
  }

  /** From now on frames are used. @param isShown whether rows were shown before, so that new ones are looked for. */
  resume(isShown: boolean): void {
    this.isActive = true;
    if (isShown) this.lookSoon();
  }

  /** Uses no frames until {@link resume}. */
  suspend(): void {
    this.isActive = false;
    this.frames.cancel(this.frame);
    this.frame = 0;
  }

  /**
   * Follows the journal of a reader.
   * @param journal undefined where there is no reader: what is shown then stays while the log is `away` from the page, as in
   * pages that cache their views.
   */
  follow(journal: Journal | undefined, { away = false } = {}): void {
    this.unsubscribe?.();
    this.unsubscribe = journal?.subscribe((added) => {
      if (this.opened) return;
      if (added.length === 0) this.begin();
      else this.lookSoon();
    });
    if (journal) this.followed = journal;
    else if (!away) this.followed = EMPTY;
    if (this.opened) return;
    if (this.shown === this.followed) this.lookSoon();
    else this.begin();
  }

  /** Shows the journal of a file, or again that of the reader, from its end on. */
  open(journal: Journal | undefined): void {
    this.opened = journal;
    this.isPaused = false;
    this.begin();
  }

  /** Shows nothing new for now; nothing is lost meanwhile. */
  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.pausedAt = this.journal.end;
    if (isPaused) this.seenUpTo = this.pausedAt;
    this.look();
  }

  /** @param max How many rows there are at most; older ones go. */
  select(filter: LogFilter, max: number): void {
    this.filter = filter;
    this.max = max;
    this.restart();
  }

  /** Chooses the entry at a position. */
  choose(position: number): void {
    this.active = position;
    this.observer.changed();
  }

  /** Chooses the entry of a row, or of the nearest that there is. */
  chooseRow(row: number): void {
    const { view } = this;
    if (view.length > 0) this.choose(view.position(Math.min(Math.max(row, 0), view.length - 1)));
  }

  /** Opens the details of the chosen entry, or closes them. */
  showDetails(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.observer.changed();
  }

  /** The answer of the chosen request, or the request of the chosen answer. */
  counterpart(): Counterpart | undefined {
    const entry = this.chosenEntry;
    return entry && counterpart(this.journal, entry);
  }

  /** Goes from the chosen request to its answer, or back. */
  goToCounterpart(): CounterpartStep {
    const other = this.counterpart();
    if (!other) return 'none';
    if (this.view.rowOf(other.position) === undefined) return `${other.which}-hidden`;
    this.choose(other.position);
    return 'chosen';
  }

  /** Before anything is rendered, also for another reason than new entries: all rows are found, and no choice is gone. */
  catchUp(): void {
    if (this.isHeldBack) this.look();
    if (this.active !== undefined && this.active < this.journal.start) this.chooseNothing();
  }

  /** The person has scrolled away from the end: what comes from now on is new. */
  leaveEnd(): void {
    this.seenUpTo = this.view.position(this.view.length - 1) + 1;
  }

  /** How many entries came since the log was paused or scrolled up. */
  countNewer(followsEnd: boolean): number {
    if (this.isPaused) return this.journal.end - this.pausedAt;
    return followsEnd ? 0 : this.view.length - this.view.rowFrom(this.seenUpTo);
  }

  /** All rows at once, also those that were not found yet. */
  *entries(): Iterable<JournalEntry> {
    while (!this.view.update(this.limit, () => true));
    yield* this.found();
  }

  /** The rows that have been found. */
  *found(): Iterable<JournalEntry> {
    for (let row = 0; row < this.view.length; row++) {
      const entry = this.view.at(row);
      if (entry) yield entry;
    }
  }

  /** Position up to which entries are shown. */
  private get limit(): number {
    return this.isPaused ? this.pausedAt : this.journal.end;
  }

  /** Whether words are searched for, and what looks into messages is not loaded yet. */
  private get needsTools(): boolean {
    return this.filter.search !== '' && !this.tools;
  }

  private chooseNothing(): void {
    this.active = undefined;
    this.isOpen = false;
  }

  /** Begins with another journal. */
  private begin(): void {
    this.pausedAt = this.journal.end;
    this.seenCommands = new SeenCommands(this.journal);
    this.restart();
  }

  /** Begins to look for rows again. */
  private restart(): void {
    this.areToolsMissing = false;
    if (this.needsTools) void this.loadTools();
    const { journal } = this;
    this.shown = journal;
    this.view = new LogView(journal, this.max, this.filter, this.tools);
    this.firstPosition = journal.start;
    this.chooseNothing();
    this.observer.restarted();
    this.look();
  }

  /** Looks for rows in the next frame, however many entries come before; in a flood some frames later, and when it ends. */
  private lookSoon(): void {
    if (this.frame === 0) this.frame = this.frames.request(this.frameCame);
  }

  private readonly frameCame = (): void => {
    const came = this.journal.end - this.cameUpTo;
    this.cameUpTo += came;
    this.isHeldBack = came > UNREADABLE && this.isComplete && this.frames.now() - this.lookedAt < PAUSE_OF_FLOOD;
    this.frame = 0;
    if (this.isHeldBack) this.lookSoon();
    else this.look();
  };

  /** Looks for rows for a part of this frame, and goes on in the next. */
  private look(): void {
    this.isHeldBack = false;
    this.lookedAt = this.frames.now();
    const end = this.lookedAt + FRAME_BUDGET;
    const hasTime = (): boolean => this.frames.now() < end;
    const isDone = this.view.update(this.limit, hasTime);
    // Until messages can be looked into, nothing is known not to fit.
    this.isSearching = !isDone || (this.needsTools && !this.areToolsMissing);
    this.isComplete = isDone && this.seenCommands.update(hasTime);
    this.countDropped();
    this.observer.changed();
    if (!this.isComplete && this.isActive) this.lookSoon();
  }

  private countDropped(): void {
    const { view } = this;
    const first = view.length > 0 ? view.position(0) : this.firstPosition;
    if (!view.isFiltered && first > this.firstPosition) this.observer.dropped(first - this.firstPosition);
    this.firstPosition = first;
  }

  /** Searching looks into messages. */
  private async loadTools(): Promise<void> {
    try {
      this.tools = await this.observer.loadTools();
    } catch (error) {
      this.areToolsMissing = true;
      this.look();
      this.observer.toolsMissing(error);
      return;
    }
    this.restart();
  }
}
