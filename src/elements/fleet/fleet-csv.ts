/** The readers of a fleet as a table for other programs (RFC 4180). It does not know which readers they are. */
import { lastSeenOf, type FleetReader } from './fleet-list.js';

const HEADING = ['path', 'serial', 'model', 'group', 'state', 'since', 'last seen'];

/** What spreadsheets take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A field in quotes where it needs them. A name that a spreadsheet would calculate with has an apostrophe in front. */
function fieldOf(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

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
  return [[...HEADING, ...(more?.headings ?? [])], ...rows].map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('');
}
