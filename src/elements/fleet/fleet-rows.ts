/**
 * The rows of a fleet and their heading. Rows are all of the same height, and as few nodes as they can be.
 * It does not know which rows there are.
 */
import { html, type TemplateResult } from 'lit';
import type { fleetWords } from '../../language/english/fleet.js';
import type { Language } from '../../language/language-controller.js';
import type { FleetColumn, FleetOrder, FleetReader } from './fleet-list.js';

export type FleetLanguage = Language<keyof typeof fleetWords>;

/** The columns, as they stand. */
const COLUMNS: readonly FleetColumn[] = ['presence', 'serial', 'model', 'group'];

export interface FleetRow {
  /** Place in the list, from 0. */
  readonly row: number;
  /** The keyboard stands on it. */
  readonly isActive: boolean;
  /** It is the reader that was chosen. */
  readonly isChosen: boolean;
}

export function rowTemplate(
  language: FleetLanguage,
  { serial, model, group, presence }: FleetReader,
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
    <span role="gridcell"
      ><span class="lamp ${presence}" part="lamp" aria-hidden="true"></span>${language.text(`fleet.${presence}`)}</span
    ><span class="serial" role="gridcell">${serial}</span><span role="gridcell">${model}</span
    ><span role="gridcell">${group}</span>
  </div>`;
}

/** @param sort called with the column that was pressed */
export function headingTemplate(
  language: FleetLanguage,
  { by, isDescending }: FleetOrder,
  sort: (column: FleetColumn) => void,
): TemplateResult {
  return html`<div class="row heading probe" role="row" aria-rowindex="1">
    ${COLUMNS.map(
      (column) =>
        html`<span role="columnheader" aria-sort=${column !== by ? 'none' : isDescending ? 'descending' : 'ascending'}
          ><button
            class="sort"
            part="sort"
            @click=${() => {
              sort(column);
            }}
          >
            ${language.text(`fleet.${column}`)}<span class="arrow" aria-hidden="true"
              >${column !== by ? '' : isDescending ? '▾' : '▴'}</span
            >
          </button></span
        >`,
    )}
  </div>`;
}
