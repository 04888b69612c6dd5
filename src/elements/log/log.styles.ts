/** Looks of `<magtek-log>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    --_row: 2.154em;
    display: flex;
    flex-direction: column;
    block-size: var(--magtek-log-height, 24rem);
    overflow: hidden auto;
    container-type: inline-size;
  }
  .toolbar,
  .buttons,
  .opened,
  .details header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem;
  }
  .toolbar {
    padding: 0.4rem var(--_gap);
    border-block-end: 1px solid var(--_border);
  }
  .toolbar h2 {
    margin: 0;
    font-size: 1.067em;
  }
  .toolbar .buttons,
  .opened .buttons,
  .details .buttons {
    margin-inline-start: auto;
  }
  [type='search'] {
    flex: 1 1 9rem;
    inline-size: auto;
    min-inline-size: 0;
    max-inline-size: 18rem;
  }
  select {
    inline-size: auto;
    max-inline-size: 12em;
    padding: 0.25rem 0.3rem;
  }
  button,
  select,
  .open,
  .check,
  [type='search'] {
    font-size: 0.867em;
    min-block-size: 2.46em;
  }
  button,
  .open {
    padding: 0.15rem 0.6rem;
  }
  .check {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  .opened {
    padding: 0.3rem var(--_gap);
    background: var(--_surface-sunken);
    border-block-end: 1px solid var(--_border);
  }
  .notice {
    margin: 0;
    padding: 0.15rem var(--_gap);
    font-size: 0.8em;
    color: var(--_text-quiet);
  }
  .notice.bad {
    color: var(--_bad);
  }
  /* Where the height is not enough for everything the log scrolls as a whole: what is chosen, and its details, stay in sight. */
  .body {
    position: relative;
    display: flex;
    flex: 1 0 8rem;
    min-block-size: 0;
  }
  .rows {
    position: relative;
    font-size: 0.867em;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    border-block-start: 1px solid var(--_border);
  }
  .rows:focus-visible {
    outline-offset: -2px;
  }
  .probe {
    position: absolute;
    inline-size: 1px;
    block-size: round(var(--_row), 1px);
    visibility: hidden;
  }
  .spacer {
    position: relative;
    contain: strict;
  }
  .window {
    will-change: transform;
  }
  .row {
    display: grid;
    grid-template-columns: 8.3em 6.2em 1.4em minmax(0, 1fr) 6.2em;
    gap: 0 0.6rem;
    align-items: center;
    block-size: round(var(--_row), 1px);
    padding-inline: var(--_gap);
    overflow: hidden;
    line-height: 1.25;
    border-block-end: 1px solid var(--_surface-sunken);
    cursor: default;
  }
  .with-bytes .row {
    grid-template-columns: 8.3em 6.2em 1.4em minmax(0, 1.2fr) 6.2em minmax(0, 1fr);
  }
  .row > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .heading {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    block-size: 1.85em;
    font-weight: 600;
    color: var(--_text-quiet);
    background: var(--_surface-sunken);
  }
  .row:not(.heading):hover {
    background: var(--_surface-sunken);
  }
  .row.active {
    background: color-mix(in srgb, var(--_accent) 18%, var(--_surface));
  }
  .time,
  .delta,
  .duration {
    font-variant-numeric: tabular-nums;
    color: var(--_text-quiet);
  }
  .delta,
  .duration {
    text-align: end;
  }
  .direction {
    font-weight: 700;
    text-align: center;
  }
  .to-reader .direction {
    color: var(--_accent);
  }
  .from-reader .direction {
    color: var(--_good);
  }
  .error .text,
  .error .direction {
    color: var(--_bad);
  }
  .hex {
    font-size: inherit;
    color: var(--_text-quiet);
  }
  .empty {
    padding: 1.5rem var(--_gap);
    margin: 0;
    text-align: center;
  }
  .newer {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    z-index: 2;
    margin-inline: auto;
    inline-size: max-content;
  }
  .statistics {
    flex: 0 1 auto;
    max-block-size: 40%;
    overflow: auto;
    border-block-start: 1px solid var(--_border);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.867em;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.2rem 0.5rem;
    text-align: end;
    white-space: nowrap;
  }
  th:first-child {
    padding-inline-start: var(--_gap);
    text-align: start;
    font-weight: 400;
    white-space: normal;
  }
  thead th {
    font-weight: 600;
    color: var(--_text-quiet);
  }
  .chart {
    inline-size: 30%;
    text-align: start;
  }
  svg {
    display: block;
    inline-size: 100%;
    block-size: 0.6rem;
    background: var(--_surface-sunken);
  }
  :dir(rtl) svg {
    transform: scaleX(-1);
  }
  .p95 {
    fill: color-mix(in srgb, var(--_accent) 40%, var(--_surface));
  }
  .p50 {
    fill: var(--_accent);
  }
  .details {
    display: flex;
    flex: 0 1 14rem;
    flex-direction: column;
    min-block-size: 10rem;
    border-block-start: 2px solid var(--_border);
  }
  .details header {
    padding: 0.3rem var(--_gap);
    font-size: 0.933em;
    background: var(--_surface-sunken);
  }
  .details header strong {
    flex: 1 1 12rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .details p {
    margin: 0.3rem var(--_gap);
  }
  .halves {
    display: grid;
    grid-template-columns: minmax(0, 1fr) max-content;
    flex: 1;
    min-block-size: 0;
  }
  .tree,
  .bytes,
  .data {
    overflow: auto;
    padding: 0.3rem var(--_gap);
    font-size: 0.867em;
  }
  .halves code {
    font-size: inherit;
  }
  .tree:focus-visible,
  .bytes:focus-visible {
    outline-offset: -2px;
  }
  .data {
    overflow-wrap: anywhere;
  }
  .bytes {
    border-inline-start: 1px solid var(--_border);
  }
  .node {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.5rem;
  }
  .node:hover,
  .node[aria-selected='true'] {
    background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
  }
  .tag {
    color: var(--_accent);
    font-weight: 700;
  }
  .reading {
    flex: 1 1 6rem;
    min-inline-size: 0;
  }
  .place {
    color: var(--_text-quiet);
    font-size: 0.923em;
    font-variant-numeric: tabular-nums;
  }
  .line {
    display: flex;
    gap: 0.8rem;
    align-items: baseline;
    white-space: pre;
  }
  .line code {
    min-inline-size: 47ch;
  }
  .line .characters {
    min-inline-size: 16ch;
    color: var(--_text-quiet);
  }
  @media (forced-colors: active) {
    .row.active,
    .node.active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .p50 {
      fill: CanvasText;
    }
    .p95 {
      fill: GrayText;
    }
  }
  @container (inline-size < 56rem) {
    .with-bytes {
      --_row: 3.57em;
    }
    .with-bytes .row {
      grid-template-columns: 8.3em 6.2em 1.4em minmax(0, 1fr) 6.2em;
      align-content: center;
    }
    .with-bytes .row .hex {
      grid-column: 4 / -1;
    }
    .with-bytes .heading .hex {
      display: none;
    }
    .halves {
      grid-template-columns: minmax(0, 1fr);
      overflow: auto;
    }
    .tree,
    .bytes {
      overflow: visible;
    }
    .bytes {
      overflow-x: auto;
      border-inline-start: 0;
      border-block-start: 1px solid var(--_border);
    }
  }
  @container (inline-size < 34rem) {
    .rows,
    .with-bytes {
      --_row: 3.57em;
    }
    .row,
    .with-bytes .row {
      grid-template-columns: 1.4em minmax(0, 1fr) auto;
      gap: 0 0.4rem;
      align-content: center;
      padding-inline: 0.5rem;
    }
    .row .direction {
      grid-area: 1 / 1;
    }
    .row .text {
      grid-area: 1 / 2 / auto / -1;
    }
    .row .time {
      grid-area: 2 / 2;
    }
    .row .duration {
      grid-area: 2 / 3;
    }
    .rows .heading,
    .delta,
    .with-bytes .row .hex,
    .chart {
      display: none;
    }
  }
  /* On paper the rows that are rendered stand one below the other, as high as their texts. */
  @media print {
    :host {
      block-size: auto;
      overflow: visible;
    }
    .body {
      flex: none;
    }
    .rows {
      overflow: visible;
    }
    .spacer {
      block-size: auto !important;
      contain: none;
    }
    .window {
      transform: none !important;
    }
    .row,
    .with-bytes .row {
      block-size: auto;
      min-block-size: var(--_row);
      overflow: visible;
      break-inside: avoid;
    }
    .row > * {
      overflow: visible;
      overflow-wrap: anywhere;
      white-space: normal;
    }
  }
`;
