/** The columns of a fleet that a page names, and how wide each is. It does not know what is in them. */
import { fleetColumns, type FleetColumn } from './fleet-list.js';

const WIDTHS: Readonly<Record<FleetColumn, string>> = {
  presence: 'minmax(8.5em, 1fr)',
  serial: 'minmax(10em, 1fr)',
  model: 'minmax(7.5em, 1.2fr)',
  group: 'minmax(5.5em, 1fr)',
  seen: 'minmax(9em, 1fr)',
  firmware: 'minmax(9em, 1.4fr)',
  battery: 'minmax(6em, 0.6fr)',
  lock: 'minmax(7em, 0.8fr)',
  sale: 'minmax(12em, 1.4fr)',
};

const USUAL = 'presence serial model group';

/** @param words as a page has set them, so that they may be anything */
export function columnsIn(words: unknown): readonly FleetColumn[] {
  const named = String(words)
    .split(/\s+/)
    .flatMap((word) => fleetColumns.filter((column) => column === word));
  return named.length > 0 ? [...new Set(named)] : columnsIn(USUAL);
}

/** For the grid of a row. */
export const widthsOf = (columns: readonly FleetColumn[]): string => columns.map((column) => WIDTHS[column]).join(' ');
