/**
 * A long list in an element: measures it, places the rows that are rendered, scrolls to what was chosen or to its end. Which rows
 * that are is the arithmetic of `RowWindow`. It does not know what rows are of.
 *
 * In the element `.rows` scrolls; `.spacer` in it is as high as all rows, and `.window` in that holds those that are rendered;
 * `.probe` is as high as a row; `.heading` sticks to the top.
 */
import type { ReactiveController, ReactiveElement } from 'lit';
import { RowWindow } from './row-window.js';

/** What is asked and told of the list. */
export interface ScrolledList {
  /** How many rows it has. */
  readonly length: () => number;
  /** It has another height, or its rows have. */
  readonly resized?: () => void;
  /** It followed its end, and the person has scrolled away from there. */
  readonly left?: () => void;
}

export class RowScroller implements ReactiveController {
  private readonly host: ReactiveElement;
  private readonly list: ScrolledList;
  private readonly window: RowWindow;
  private sizes: ResizeObserver | undefined;
  private frame = 0;
  /** The list was not shown, or not in the page: browsers have forgotten where it was scrolled to. */
  private wasHidden = false;

  /** @param canFollowEnd Whether it begins at its end and stays there until it is scrolled up. */
  constructor(host: ReactiveElement, list: ScrolledList, canFollowEnd: boolean) {
    this.host = host;
    this.list = list;
    this.window = new RowWindow(canFollowEnd);
    host.addController(this);
  }

  /** The first row to render, and how many. */
  get rendered(): { readonly first: number; readonly count: number } {
    const length = this.list.length();
    return { first: this.window.first(length), count: this.window.count(length) };
  }

  /** What depends on where the list is scrolled to. */
  private get shown(): string {
    return JSON.stringify([this.rendered, this.followsEnd]);
  }

  isRendered(row: number): boolean {
    const { first, count } = this.rendered;
    return row >= first && row < first + count;
  }

  /** Rows that a page has, less two that stay in sight. */
  get page(): number {
    return this.window.page;
  }

  get followsEnd(): boolean {
    return this.window.followsEnd;
  }

  hostConnected(): void {
    if (this.host.hasUpdated) this.observe();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.frame);
    this.sizes?.disconnect();
    this.wasHidden = true;
  }

  hostUpdated(): void {
    const [rows, spacer, rendered] = ['.rows', '.spacer', '.window'].map((selector) => this.find(selector));
    if (!rows || !spacer || !rendered) return;
    const length = this.list.length();
    spacer.style.blockSize = `${String(this.window.offset(length))}px`;
    rendered.style.transform = `translateY(${String(this.window.offset(this.window.first(length)))}px)`;
    const top = this.window.settle(rows);
    if (top !== undefined) rows.scrollTop = top;
    if (!this.sizes) this.observe();
  }

  /** For the event of the list. */
  readonly scrolled = (): void => {
    const rows = this.find('.rows');
    if (!rows) return;
    const before = this.shown;
    this.read(rows);
    // Also the list scrolls itself to its end: then it has been rendered.
    if (this.shown !== before) this.host.requestUpdate();
  };

  /** Scrolls as little as needed to show a row. */
  reveal(row: number): void {
    const rows = this.find('.rows');
    if (!rows) return;
    const top = this.window.reveal(row, rows, this.find('.heading')?.offsetHeight ?? 0);
    if (top === undefined) return;
    rows.scrollTop = top;
    this.read(rows);
  }

  followEnd(): void {
    this.window.followsEnd = true;
    this.host.requestUpdate();
  }

  /** Rows have gone at the top: what is read must stay in its place. */
  dropped(rows: number): void {
    this.window.dropped(rows);
  }

  /** Begins with another list. */
  reset(): void {
    this.window.reset();
  }

  /** Takes where the list is scrolled to. */
  private read(rows: HTMLElement): void {
    const followed = this.window.followsEnd;
    this.window.scrolled(rows);
    if (followed && !this.window.followsEnd) this.list.left?.();
  }

  /** Watches sizes. They are used in the next frame: rows that are rendered in this one may change what is watched. */
  private observe(): void {
    // Where nothing is laid out, in a page without a browser, there are no sizes.
    if (typeof ResizeObserver === 'undefined') return;
    this.sizes ??= new ResizeObserver(() => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.measure());
    });
    for (const selector of ['.rows', '.probe']) {
      const element = this.find(selector);
      if (element) this.sizes.observe(element);
    }
  }

  private measure(): void {
    // Paper has no size to fill.
    if (matchMedia('print').matches) return;
    const [row, list] = [this.find('.probe')?.offsetHeight ?? 0, this.find('.rows')?.clientHeight ?? 0];
    if (row === 0) {
      this.wasHidden = true;
      return;
    }
    const isResized = this.window.resize(row, list);
    if (!isResized && !this.wasHidden) return;
    if (this.wasHidden) void this.scrollBack();
    this.wasHidden = false;
    this.host.requestUpdate();
    if (isResized) this.list.resized?.();
  }

  /** Scrolls to where the list was before it was hidden, once its rows are there. */
  private async scrollBack(): Promise<void> {
    const { place } = this.window;
    await this.host.updateComplete;
    const rows = this.find('.rows');
    if (rows) rows.scrollTop = place ?? rows.scrollHeight;
  }

  private find(selector: string): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
