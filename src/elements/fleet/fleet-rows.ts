/**
 * The rows of a fleet and their heading. Rows are all of the same height, and as few nodes as they can be.
 * It does not know which rows there are.
 */
import { html, type TemplateResult } from 'lit';
import type { fleetWords } from '../../language/english/fleet.js';
import type { Language } from '../../language/language-controller.js';
import type { FleetDetails } from './fleet-details.js';
import { isDetail, lastSeenOf, type FleetColumn, type FleetOrder, type FleetReader } from './fleet-list.js';

export type FleetLanguage = Language<keyof typeof fleetWords>;

export interface FleetRow {
  /** Place in the list, from 0. */
  readonly row: number;
  /** The keyboard stands on it. */
  readonly isActive: boolean;
  /** It is the reader that was chosen. */
  readonly isChosen: boolean;
}

/** With what rows are shown. */
export interface RowParts {
  readonly language: FleetLanguage;
  /** The columns of details, once they are loaded: there are none of them before that. */
  readonly details: FleetDetails | undefined;
}

export function rowTemplate(
  parts: RowParts,
  reader: FleetReader,
  columns: readonly FleetColumn[],
  { row, isActive, isChosen }: FleetRow,
): TemplateResult {
  return html`<div
    id="row-${row}"
    class="row ${isActive ? 'active' : ''}"
    part="row"
    role="row"
    aria-rowindex=${row + 2}
    aria-selected=${isChosen ? 'true' : 'false'}
    data-row=${row}
  >
    ${columns.map((column) => cellTemplate(parts, reader, column))}
  </div>`;
}

function cellTemplate({ language, details }: RowParts, reader: FleetReader, column: FleetColumn): TemplateResult {
  if (isDetail(column))
    return html`<span class=${column} role="gridcell" dir="auto">${details?.cell(reader, column)}</span>`;
  const { presence } = reader;
  switch (column) {
    case 'presence':
      return html`<span role="gridcell"
        ><span class="lamp ${presence}" part="lamp" aria-hidden="true"></span
        >${language.text(`fleet.${presence}`)}</span
      >`;
    case 'seen': {
      const seen = lastSeenOf(reader);
      return html`<span role="gridcell">${seen === undefined ? '–' : language.time(seen, MOMENT)}</span>`;
    }
    default:
      return html`<span class=${column} role="gridcell">${reader[column]}</span>`;
  }
}

/** How the time at which a reader was heard of is shown. */
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'short' };

/** @param sort called with the column that was pressed */
export function headingTemplate(
  { language, details }: RowParts,
  columns: readonly FleetColumn[],
  { by, isDescending }: FleetOrder,
  sort: (column: FleetColumn) => void,
): TemplateResult {
  return html`<div class="row heading probe" role="row" aria-rowindex="1">
    ${columns.map(
      (column) =>
        html`<span role="columnheader" aria-sort=${column !== by ? 'none' : isDescending ? 'descending' : 'ascending'}
          ><button class="sort" part="sort" @click=${(): void => sort(column)}>
            ${isDetail(column) ? details?.heading(column) : language.text(`fleet.${column}`)}<span
              class="arrow"
              aria-hidden="true"
              >${column !== by ? '' : isDescending ? '▾' : '▴'}</span
            >
          </button></span
        >`,
    )}
  </div>`;
}
