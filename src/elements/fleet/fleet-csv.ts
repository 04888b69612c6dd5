/** The readers of a fleet as a table for other programs (RFC 4180). It does not know which readers they are. */
import { csvOf } from '../../device/csv.js';
import { lastSeenOf, type FleetReader } from './fleet-list.js';

const HEADING = ['path', 'serial', 'model', 'group', 'state', 'since', 'last seen'];

/** Further columns. */
export interface MoreFields {
  readonly headings: readonly string[];
  readonly fields: (reader: FleetReader) => readonly string[];
}

const timeOf = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

/** In English, and with times as ISO 8601 has them: it is for programs. */
export function fleetCsv(readers: readonly FleetReader[], more?: MoreFields): string {
  const rows = readers.map((reader) => {
    const { path, serial, model, group, presence, since } = reader;
    const own = [path, serial, model, group, presence, timeOf(since), timeOf(lastSeenOf(reader))];
    return [...own, ...(more?.fields(reader) ?? [])];
  });
  return csvOf([[...HEADING, ...(more?.headings ?? [])], ...rows]);
}
