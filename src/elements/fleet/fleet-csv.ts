/** The readers of a fleet as a table for other programs (RFC 4180). It does not know which readers they are. */
import type { FleetReader } from './fleet-list.js';

const HEADING = ['path', 'serial', 'model', 'group', 'state', 'since', 'last seen'];

/** What spreadsheets take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A field in quotes where it needs them. A name that a spreadsheet would calculate with has an apostrophe in front. */
function fieldOf(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const timeOf = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

/** In English, and with times as ISO 8601 has them: it is for programs. */
export function fleetCsv(readers: readonly FleetReader[]): string {
  const rows = readers.map(({ path, serial, model, group, presence, since, seen }) => [
    path,
    serial,
    model,
    group,
    presence,
    timeOf(since),
    timeOf(seen),
  ]);
  return [HEADING, ...rows].map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('');
}
