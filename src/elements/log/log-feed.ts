/**
 * The rows of a log as they are found: new entries once a frame, and searches a part of each frame, so that a page stays usable.
 * It does not know how rows are shown, or which one is chosen.
 */
import type { ReactiveController, ReactiveElement } from 'lit';
import type { JournalEntry } from '../../journal/journal-entry.js';
import { Journal } from '../../journal/journal.js';
import type { LogFilter, TreeOf } from './log-filter.js';
import { LogView } from './log-view.js';
import { SeenCommands } from './seen-commands.js';

/** Milliseconds that looking for rows may take of a frame. */
const FRAME_BUDGET = 6;

/** For logs that have no reader. */
export const EMPTY = new Journal({ size: 1 });

/** What the rows are found in, and who is told. */
export interface FeedAccess {
  readonly journal: () => Journal;
  /** Position up to which entries are shown. */
  readonly limit: () => number;
  /** How many rows there are at most. */
  readonly max: () => number;
  readonly filter: () => LogFilter;
  /** The rows before are gone. */
  readonly restarted: () => void;
  /** So many rows have gone at the top. */
  readonly dropped: (rows: number) => void;
  /** What looks into messages could not be loaded: only what is in the rows is searched. */
  readonly failed: () => void;
}

export class LogFeed implements ReactiveController {
  /** The rows that have been found. */
  view = new LogView(EMPTY, 1);
  /** The commands that have been seen in the journal. */
  commands = new SeenCommands(EMPTY);
  /** Whether there may be more rows than have been found. */
  isSearching = false;
  private readonly host: ReactiveElement;
  private readonly access: FeedAccess;
  private shown = EMPTY;
  private treeOf: TreeOf | undefined;
  private frame = 0;
  /** Position of the first row when it was looked at last: rows that go above must not move what is read. */
  private firstPosition = 0;

  constructor(host: ReactiveElement, access: FeedAccess) {
    this.host = host;
    this.access = access;
    host.addController(this);
  }

  /** The journal that the rows are of. */
  get journal(): Journal {
    return this.shown;
  }

  hostConnected(): void {
    if (this.host.hasUpdated) this.lookSoon();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  /** Begins with another journal. */
  show(): void {
    this.commands = new SeenCommands(this.access.journal());
    this.restart();
  }

  /** Begins to look for rows again. */
  restart(): void {
    const { access } = this;
    if (this.needsTree) void this.loadTree();
    const journal = access.journal();
    this.shown = journal;
    this.view = new LogView(journal, access.max(), access.filter(), this.treeOf);
    this.firstPosition = journal.start;
    access.restarted();
    this.look();
  }

  /** Looks for rows in the next frame, however often it is told of new entries before. */
  lookSoon(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.look();
    });
  }

  /** Looks for rows for a part of this frame, and goes on in the next. */
  look(): void {
    const end = performance.now() + FRAME_BUDGET;
    const hasTime = (): boolean => performance.now() < end;
    const isDone = this.view.update(this.access.limit(), hasTime);
    // Until messages can be looked into, nothing is known not to fit.
    this.isSearching = !isDone || this.needsTree;
    const isComplete = isDone && this.commands.update(hasTime);
    this.countDropped();
    this.host.requestUpdate();
    if (!isComplete && this.host.isConnected) this.lookSoon();
  }

  /** All rows at once, also those that were not found yet. */
  *entries(): Iterable<JournalEntry> {
    while (!this.view.update(this.access.limit(), () => true));
    yield* this.found();
  }

  /** The rows that have been found. */
  *found(): Iterable<JournalEntry> {
    for (let row = 0; row < this.view.length; row++) {
      const entry = this.view.at(row);
      if (entry) yield entry;
    }
  }

  /** Whether words are searched for, and what looks into messages is not loaded yet. */
  private get needsTree(): boolean {
    return this.access.filter().search !== '' && !this.treeOf;
  }

  private countDropped(): void {
    const { view } = this;
    const first = view.length > 0 ? view.position(0) : this.firstPosition;
    if (!view.isFiltered && first > this.firstPosition) this.access.dropped(first - this.firstPosition);
    this.firstPosition = first;
  }

  /** Searching looks into messages. */
  private async loadTree(): Promise<void> {
    try {
      this.treeOf = (await import('../../mms/tree.js')).messageTree;
    } catch {
      this.access.failed();
      this.isSearching = false;
      this.host.requestUpdate();
      return;
    }
    this.restart();
  }
}
