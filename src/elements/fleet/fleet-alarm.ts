/** Finds readers of a fleet that have been gone for too long; each is reported once until it is back. */
import type { FleetReader } from './fleet-list.js';

/** Whether a reader is gone: it, its bridge or its broker said so, or it was heard of and is silent. */
export const isGone = ({ presence, seen }: FleetReader): boolean =>
  presence === 'absent' || (presence === 'unconfirmed' && seen !== undefined);

export class FleetAlarm {
  private told = new Set<string>();

  /**
   * Looks at all readers.
   * @param after milliseconds; a number that is not above zero means never
   * @returns those that have been gone for that long, and which of them are new
   */
  look(readers: Iterable<FleetReader>, now: number, after: number): { count: number; fresh: FleetReader[] } {
    const gone = after > 0 ? [...readers].filter((reader) => isGone(reader) && now - reader.since >= after) : [];
    const fresh = gone.filter(({ path }) => !this.told.has(path));
    this.told = new Set(gone.map(({ path }) => path));
    return { count: gone.length, fresh };
  }
}
