/** Virtual rows of one height: the rows of a long list that are rendered, and their places. */

/** Rows that are rendered above and below those that can be seen. */
const OVERSCAN = 10;

/** Pixels from the end within which the list counts as scrolled to the end. */
const NEAR_END = 8;

/** What is read of a scrolling element. */
export interface ScrollState {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

export class RowWindow {
  /** Whether new rows are scrolled to; so it is until the person scrolls up. */
  followsEnd: boolean;
  private readonly canFollowEnd: boolean;
  private rowHeight = 28;
  private viewHeight = 0;
  private top = 0;
  /** Where the list was scrolled to when it was last scrolled to its end. */
  private end = Infinity;
  /** Rows that went above since the last scrolling. */
  private shift = 0;

  /** @param canFollowEnd Whether it begins at the end of the list, and follows it. */
  constructor(canFollowEnd: boolean) {
    this.canFollowEnd = canFollowEnd;
    this.followsEnd = canFollowEnd;
  }

  /** Takes the heights of a row and of the list. @returns whether either is new. */
  resize(rowHeight: number, viewHeight: number): boolean {
    if (rowHeight === 0 || (rowHeight === this.rowHeight && viewHeight === this.viewHeight)) return false;
    this.rowHeight = rowHeight;
    this.viewHeight = viewHeight;
    return true;
  }

  /** Where the list is scrolled to; undefined where it stays at its end. */
  get place(): number | undefined {
    return this.followsEnd ? undefined : this.top;
  }

  /**
   * Takes where the list is scrolled to. A list that is not shown is scrolled by nobody; one that has become lower is not at its
   * end any more although the person has not scrolled up.
   */
  scrolled({ scrollTop, scrollHeight, clientHeight }: ScrollState): void {
    if (clientHeight === 0) return;
    this.top = scrollTop;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.followsEnd = this.canFollowEnd && (isAtEnd || (this.followsEnd && scrollTop > this.end - NEAR_END));
  }

  /** Rows have gone at the top: what is read must stay in its place. */
  dropped(rows: number): void {
    this.shift += rows;
  }

  /** Begins with another list. */
  reset(): void {
    this.followsEnd = this.canFollowEnd;
    this.shift = 0;
  }

  /** The first row that is rendered, of so many. */
  first(length: number): number {
    const visible = Math.ceil(this.viewHeight / this.rowHeight);
    const top = this.followsEnd ? length - visible : Math.floor(this.top / this.rowHeight) - this.shift;
    return Math.max(Math.min(top, length - visible) - OVERSCAN, 0);
  }

  /** How many rows are rendered from there on. */
  count(length: number): number {
    return Math.min(length - this.first(length), Math.ceil(this.viewHeight / this.rowHeight) + 2 * OVERSCAN);
  }

  /** Pixels that so many rows take. */
  offset(rows: number): number {
    return rows * this.rowHeight;
  }

  /** Rows that a page has, less two that stay in sight. */
  get page(): number {
    return Math.max(Math.floor(this.viewHeight / this.rowHeight) - 2, 1);
  }

  /** Where to scroll to once rendered; undefined to stay. */
  settle({ scrollTop, scrollHeight, clientHeight }: ScrollState): number | undefined {
    if (this.followsEnd) {
      this.end = scrollHeight - clientHeight;
      return scrollHeight;
    }
    const { shift } = this;
    this.shift = 0;
    return shift === 0 ? undefined : Math.max(scrollTop - this.offset(shift), 0);
  }

  /** Where to scroll to so that a row is seen below a heading; undefined where it is seen already. */
  reveal(row: number, { scrollTop, clientHeight }: ScrollState, heading: number): number | undefined {
    const top = this.offset(row);
    const space = clientHeight - heading - this.rowHeight;
    if (top >= scrollTop && top <= scrollTop + space) return undefined;
    return top < scrollTop ? top : top - space;
  }
}

/** The row that a key goes to, not yet kept within the list; undefined for keys that choose no row. */
export function rowOfKey(key: string, current: number | undefined, last: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return current === undefined ? 0 : current + 1;
    case 'ArrowUp':
      return current === undefined ? last : current - 1;
    case 'PageDown':
      return (current ?? 0) + page;
    case 'PageUp':
      return (current ?? last) - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
