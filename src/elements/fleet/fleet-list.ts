/**
 * The readers of a fleet, which of them are looked for, and in what order.
 * It does not know brokers or how rows are shown.
 */
import type { Presence } from '../../transports/broker-options.js';

/** One reader of the fleet. The parts of its path are those of the vendor's demo: `MagTek/<group>/<model>/<serial>` [PJ]. */
export interface FleetReader {
  readonly path: string;
  readonly group: string;
  readonly model: string;
  readonly serial: string;
  readonly presence: Presence;
}

export type FleetColumn = 'serial' | 'model' | 'group' | 'presence';

export interface FleetOrder {
  readonly by: FleetColumn;
  readonly isDescending: boolean;
}

/** Which readers are shown. */
export type FleetShow = 'all' | 'present' | 'absent';

export interface FleetFilter {
  /** Words that must all stand somewhere in the path. */
  readonly words: string;
  readonly show: FleetShow;
}

/** Connected first, then those of which nothing is known. */
const RANKS: Readonly<Record<Presence, number>> = { present: 0, unconfirmed: 1, unknown: 2, absent: 3 };

/** The parts of a path, from its end: what stands before the model is the group, without the first level. */
function readerAt(path: string, presence: Presence): FleetReader {
  const levels = path.split('/');
  const serial = levels.pop() ?? '';
  const model = levels.pop() ?? '';
  return { path, serial, model, group: levels.slice(1).join('/') || levels.join('/'), presence };
}

export class FleetList {
  private readonly readers = new Map<string, FleetReader>();
  private presentCount = 0;

  /** Takes what a status says of a reader; without a presence the reader leaves the list. @returns whether that is new. */
  take(path: string, presence: Presence | undefined): boolean {
    const known = this.readers.get(path);
    if (known?.presence === presence) return false;
    if (known?.presence === 'present') this.presentCount--;
    if (presence === 'present') this.presentCount++;
    if (presence === undefined) this.readers.delete(path);
    else this.readers.set(path, known ? { ...known, presence } : readerAt(path, presence));
    return true;
  }

  /** The reader of a path; undefined where it is not in the list. */
  at(path: string): FleetReader | undefined {
    return this.readers.get(path);
  }

  /** Nothing is known of any reader any more, until it is heard of again. */
  doubt(): void {
    for (const [path, reader] of this.readers) this.readers.set(path, { ...reader, presence: 'unknown' });
    this.presentCount = 0;
  }

  clear(): void {
    this.readers.clear();
    this.presentCount = 0;
  }

  /** All readers, and those that are connected. */
  get counts(): { readonly all: number; readonly present: number } {
    return { all: this.readers.size, present: this.presentCount };
  }

  /**
   * The readers that are looked for, in order; of equal ones by their paths.
   * @param compare how two texts of the person's language are ordered
   */
  select({ words, show }: FleetFilter, { by, isDescending }: FleetOrder, compare: Compare): FleetReader[] {
    const wanted = words
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const direction = isDescending ? -1 : 1;
    return [...this.readers.values()]
      .filter(({ path, presence }) => {
        if (show !== 'all' && (presence === 'present') !== (show === 'present')) return false;
        const text = path.toLowerCase();
        return wanted.every((word) => text.includes(word));
      })
      .sort((left, right) => {
        const order = by === 'presence' ? RANKS[left.presence] - RANKS[right.presence] : compare(left[by], right[by]);
        return direction * order || compare(left.path, right.path);
      });
  }
}

export type Compare = (left: string, right: string) => number;
