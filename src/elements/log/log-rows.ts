/**
 * One row of a log. Rows are all of the same height, and as few nodes as they can be.
 * It does not know which rows there are.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { JournalEntry } from '../../client/journal.js';
import { toHex } from '../../mms/hex.js';
import { isFailure } from './log-filter.js';

/** Bytes that a row writes out: more than fit any screen; the details have them all. */
const SHOWN_BYTES = 256;

const arrows = { 'to-reader': '→', 'from-reader': '←', none: '·' } as const;
const directions = { 'to-reader': 'sent', 'from-reader': 'received', none: 'event' } as const;

export interface RowState {
  readonly position: number;
  /** Row number as screen readers count them: the heading is the first. */
  readonly index: number;
  /** Milliseconds since the row before; undefined for the first. */
  readonly delta: number | undefined;
  readonly isActive: boolean;
  readonly showsBytes: boolean;
}

export function rowTemplate(entry: JournalEntry, row: RowState): TemplateResult {
  const { at, direction = 'none', text, milliseconds } = entry;
  return html`<div
    id="row-${row.position}"
    class="row ${direction} ${isFailure(entry) ? 'error' : ''} ${row.isActive ? 'active' : ''}"
    part="row"
    role="row"
    aria-rowindex=${row.index}
    aria-selected=${row.isActive ? 'true' : 'false'}
    data-position=${row.position}
  >
    <span class="time" part="time" role="gridcell">${timeText(at)}</span
    ><span class="delta" part="delta" role="gridcell">${row.delta === undefined ? nothing : deltaText(row.delta)}</span
    ><span class="direction" part="direction" role="gridcell" aria-label=${directions[direction]}
      >${arrows[direction]}</span
    ><span class="text" part="text" role="gridcell">${text}</span
    ><span class="duration" part="duration" role="gridcell"
      >${milliseconds === undefined ? nothing : `${milliseconds.toFixed(1)} ms`}</span
    >${row.showsBytes ? html`<code class="hex" part="hex" role="gridcell">${bytesText(entry)}</code>` : nothing}
  </div>`;
}

export function headingTemplate(showsBytes: boolean): TemplateResult {
  return html`<div class="row heading" role="row" aria-rowindex="1">
    <span class="time" role="columnheader">Time</span><span class="delta" role="columnheader">Delta</span
    ><span class="direction" role="columnheader"><span class="visually-hidden">Direction</span></span
    ><span class="text" role="columnheader">What</span><span class="duration" role="columnheader">Took</span>
    ${showsBytes ? html`<span class="hex" role="columnheader">Bytes</span>` : nothing}
  </div>`;
}

function bytesText({ message, data = '' }: JournalEntry): string {
  if (!message) return data.slice(0, SHOWN_BYTES * 2);
  const { bytes } = message;
  return toHex(bytes.subarray(0, SHOWN_BYTES)) + (bytes.length > SHOWN_BYTES ? '…' : '');
}

function deltaText(milliseconds: number): string {
  if (milliseconds < 10_000) return `+${milliseconds.toFixed(0)} ms`;
  if (milliseconds < 600_000) return `+${(milliseconds / 1000).toFixed(1)} s`;
  return `+${(milliseconds / 60_000).toFixed(0)} min`;
}

let timeFormat: Intl.DateTimeFormat | undefined;

/** Time of day with milliseconds, as the page's language writes it. */
function timeText(at: number): string {
  timeFormat ??= new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  return timeFormat.format(at);
}
