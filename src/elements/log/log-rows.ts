/**
 * One row of a log. Rows are all of the same height, and as few nodes as they can be.
 * It does not know which rows there are.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { JournalEntry } from '../../journal/journal.js';
import { toHex } from '../../mms/hex.js';
import type { logWords } from '../../language/english/log.js';
import type { Language } from '../../language/language-controller.js';
import { deltaText, durationText, timeText } from '../shared/figures.js';
import { isFailure } from './log-filter.js';

/** Bytes that a row writes out: more than fit any screen; the details have them all. */
const SHOWN_BYTES = 256;

const arrows = { 'to-reader': '→', 'from-reader': '←', none: '·' } as const;
const directions = { 'to-reader': 'log.to-reader', 'from-reader': 'log.from-reader', none: 'log.event' } as const;

type LogLanguage = Language<keyof typeof logWords>;

export interface RowState {
  readonly position: number;
  /** Row number as screen readers count them: the heading is the first. */
  readonly index: number;
  /** Milliseconds since the row before; undefined for the first. */
  readonly delta: number | undefined;
  readonly isActive: boolean;
  readonly showsBytes: boolean;
}

export function rowTemplate(language: LogLanguage, entry: JournalEntry, row: RowState): TemplateResult {
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
    <span class="time" part="time" role="gridcell">${timeText(language, at)}</span
    ><span class="delta" part="delta" role="gridcell"
      >${row.delta === undefined ? nothing : deltaText(language, row.delta)}</span
    ><span class="direction" part="direction" role="gridcell" aria-label=${language.text(directions[direction])}
      >${arrows[direction]}</span
    ><span class="text" part="text" role="gridcell" lang="en" dir="auto">${text}</span
    ><span class="duration" part="duration" role="gridcell"
      >${milliseconds === undefined ? nothing : durationText(language, milliseconds)}</span
    >${row.showsBytes ? html`<code class="hex" part="hex" role="gridcell" dir="ltr">${bytesText(entry)}</code>` : nothing}
  </div>`;
}

export function headingTemplate(language: LogLanguage, showsBytes: boolean): TemplateResult {
  return html`<div class="row heading" role="row" aria-rowindex="1">
    <span class="time" role="columnheader">${language.text('log.time')}</span
    ><span class="delta" role="columnheader">${language.text('log.delta')}</span
    ><span class="direction" role="columnheader"
      ><span class="visually-hidden">${language.text('log.direction')}</span></span
    ><span class="text" role="columnheader">${language.text('log.what')}</span
    ><span class="duration" role="columnheader">${language.text('log.took')}</span>
    ${showsBytes ? html`<span class="hex" role="columnheader">${language.text('log.bytes')}</span>` : nothing}
  </div>`;
}

function bytesText({ message, data = '' }: JournalEntry): string {
  if (!message) return data.slice(0, SHOWN_BYTES * 2);
  const { bytes } = message;
  return toHex(bytes.subarray(0, SHOWN_BYTES)) + (bytes.length > SHOWN_BYTES ? '…' : '');
}
