/**
 * The readers of a fleet, which of them are looked for, and in what order.
 * It does not know brokers or how rows are shown.
 */
import type { Presence, ReaderDetails } from '../../transports/broker-options.js';

/** One reader of the fleet. The parts of its path are those of the vendor's demo: `MagTek/<group>/<model>/<serial>` [PJ]. */
export interface FleetReader {
  readonly path: string;
  readonly group: string;
  readonly model: string;
  readonly serial: string;
  readonly presence: Presence;
  /** Since when it is so, as far as this page has seen it: milliseconds since 1970. */
  readonly since: number;
  /** When it, or its bridge, was heard of last; undefined while nobody has. */
  readonly seen: number | undefined;
  /** What is known of it besides; undefined where nobody has said anything, or nothing of that is listened to. */
  readonly details: ReaderDetails | undefined;
}

/** When a reader was heard of last, by this page or by its bridge. */
export function lastSeenOf({ seen, details }: FleetReader): number | undefined {
  const told = details?.lastSeen;
  return seen !== undefined && told !== undefined ? Math.max(seen, told) : (seen ?? told);
}

/** Columns of what bridges publish of their readers besides: nothing of that is asked for without one of these. */
export const detailNames = ['firmware', 'battery', 'lock', 'sale'] as const;
export type DetailColumn = (typeof detailNames)[number];

export const fleetColumns = ['presence', 'serial', 'model', 'group', 'seen', ...detailNames] as const;
export type FleetColumn = (typeof fleetColumns)[number];

export const isDetail = (column: FleetColumn): column is DetailColumn => detailNames.some((name) => name === column);

/** The columns that are texts, and parts of the path. */
type TextColumn = 'serial' | 'model' | 'group';

export interface FleetOrder {
  readonly by: FleetColumn;
  readonly isDescending: boolean;
}

/** Which readers are shown. */
export type FleetShow = 'all' | 'present' | 'absent';

export interface FleetFilter {
  /** Words that must all stand somewhere in the path, or in what is shown of the details. */
  readonly words: string;
  readonly show: FleetShow;
}

/** What the columns of details add to the list. */
export interface DetailOrder {
  /** What is shown of a reader's details, in small letters. */
  readonly textOf: (reader: FleetReader) => string;
  /** By which number readers are ordered, the smallest first. */
  readonly ranksBy: (column: DetailColumn, readers: readonly FleetReader[]) => (reader: FleetReader) => number;
}

/** Connected first, then those of which nothing is known. */
const RANKS: Readonly<Record<Presence, number>> = { present: 0, unconfirmed: 1, unknown: 2, absent: 3 };

/** The parts of a path, from its end: what stands before the model is the group, without the first level. */
function partsOf(path: string): Pick<FleetReader, 'path' | TextColumn> {
  const levels = path.split('/');
  const serial = levels.pop() ?? '';
  const model = levels.pop() ?? '';
  return { path, serial, model, group: levels.slice(1).join('/') || levels.join('/') };
}

/** Paths in the order of a column: it changes with the readers, not with what they say of themselves. */
interface Sorted {
  readonly by: TextColumn | 'path';
  readonly isDescending: boolean;
  readonly compare: Compare;
  readonly paths: readonly string[];
}

export class FleetList {
  private readonly readers = new Map<string, FleetReader>();
  /** Also of readers whose status has not come. */
  private readonly details = new Map<string, ReaderDetails>();
  private presentCount = 0;
  private sorted: Sorted | undefined;

  /**
   * Takes what a status says of a reader; without a presence the reader leaves the list.
   * @param now milliseconds since 1970
   * @returns whether that is new
   */
  take(path: string, presence: Presence | undefined, now = Date.now()): boolean {
    const known = this.readers.get(path);
    const seen = presence === 'present' ? now : known?.seen;
    if (known?.presence === presence) {
      if (known) this.readers.set(path, { ...known, seen });
      return false;
    }
    if (!known || presence === undefined) this.sorted = undefined;
    if (known?.presence === 'present') this.presentCount--;
    if (presence === 'present') this.presentCount++;
    if (presence === undefined) {
      this.readers.delete(path);
      return true;
    }
    const details = this.details.get(path);
    this.readers.set(path, { ...(known ?? partsOf(path)), presence, since: now, seen, details });
    return true;
  }

  /**
   * Takes what is known of a reader besides; undefined where nothing is any more. It puts no reader into the list.
   * @returns whether that changes the list
   */
  describe(path: string, details: ReaderDetails | undefined): boolean {
    if (details) this.details.set(path, details);
    else this.details.delete(path);
    const known = this.readers.get(path);
    if (known) this.readers.set(path, { ...known, details });
    return known !== undefined;
  }

  /** The reader of a path; undefined where it is not in the list. */
  at(path: string): FleetReader | undefined {
    return this.readers.get(path);
  }

  /** Nothing is known of any reader any more, until it is heard of again. */
  doubt(now = Date.now()): void {
    for (const [path, reader] of this.readers) this.readers.set(path, { ...reader, presence: 'unknown', since: now });
    this.presentCount = 0;
  }

  clear(): void {
    this.readers.clear();
    this.details.clear();
    this.presentCount = 0;
    this.sorted = undefined;
  }

  /** All readers, in no order. */
  values(): Iterable<FleetReader> {
    return this.readers.values();
  }

  /** All readers, and those that are connected. */
  get counts(): { readonly all: number; readonly present: number } {
    return { all: this.readers.size, present: this.presentCount };
  }

  /**
   * The readers that are looked for, in order; of equal ones by their paths. Texts are only compared anew where readers have come
   * or gone: thousands of statuses a minute change nothing of their order.
   * @param compare how two texts of the person's language are ordered; the same function for the same language
   * @param details what columns of details add, where there are any
   */
  select(
    { words, show }: FleetFilter,
    { by, isDescending }: FleetOrder,
    compare: Compare,
    details?: DetailOrder,
  ): FleetReader[] {
    const wanted = words
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const isText = by === 'serial' || by === 'model' || by === 'group';
    const found: FleetReader[] = [];
    for (const path of this.pathsBy(isText ? by : 'path', isText && isDescending, compare)) {
      const reader = this.readers.get(path);
      if (!reader || (show !== 'all' && (reader.presence === 'present') !== (show === 'present'))) continue;
      const text = wanted.length === 0 ? '' : `${path.toLowerCase()} ${details?.textOf(reader) ?? ''}`;
      if (wanted.every((word) => text.includes(word))) found.push(reader);
    }
    if (isText) return found;
    const rankOf = by === 'presence' ? rankOfPresence : by === 'seen' ? rankOfSeen : details?.ranksBy(by, found);
    if (!rankOf) return found;
    const direction = isDescending ? -1 : 1;
    return found.sort((left, right) => direction * (rankOf(left) - rankOf(right)));
  }

  private pathsBy(by: TextColumn | 'path', isDescending: boolean, compare: Compare): readonly string[] {
    const { sorted } = this;
    if (sorted?.by === by && sorted.isDescending === isDescending && sorted.compare === compare) return sorted.paths;
    const direction = isDescending ? -1 : 1;
    const paths = [...this.readers.values()]
      .sort((left, right) => direction * compare(left[by], right[by]) || compare(left.path, right.path))
      .map(({ path }) => path);
    this.sorted = { by, isDescending, compare, paths };
    return paths;
  }
}

const rankOfPresence = ({ presence }: FleetReader): number => RANKS[presence];
/** The latest first. */
const rankOfSeen = (reader: FleetReader): number => -(lastSeenOf(reader) ?? 0);

export type Compare = (left: string, right: string) => number;

/** Before there is a language. */
export const compareAnyhow: Compare = (left, right) => (left < right ? -1 : Number(left > right));
