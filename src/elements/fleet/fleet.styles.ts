/** Looks of `<magtek-fleet>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    container-type: inline-size;
    overflow: hidden;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    padding: var(--_gap);
  }
  .bar input {
    flex: 1 1 12rem;
    min-block-size: 2.4em;
  }
  .show {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
  }
  .notice {
    margin: 0;
    padding: 0 var(--_gap) 0.5rem;
  }
  .remove {
    margin: 0 var(--_gap) 0.5rem;
  }
  .error {
    margin: 0 var(--_gap) 0.75rem;
  }
  .error button {
    margin-block-start: 0.5rem;
  }
  .rows {
    /* Lines of a row on a small screen; the element sets how many its columns need. */
    --_lines: 2;
    position: relative;
    block-size: var(--magtek-fleet-height, 24rem);
    overflow: auto;
    border-block-start: 1px solid var(--_border);
  }
  .rows:focus-visible {
    outline-offset: -2px;
  }
  .spacer {
    position: relative;
    overflow: hidden;
  }
  .window {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
  }
  .row {
    display: grid;
    grid-template-columns: var(
      --_columns,
      minmax(8.5em, 1fr) minmax(10em, 1fr) minmax(7.5em, 1.2fr) minmax(5.5em, 1fr)
    );
    align-items: center;
    block-size: round(2.4em, 1px);
    padding-inline: var(--_gap);
    border-block-end: 1px solid var(--_border);
    border-inline-start: 4px solid transparent;
    white-space: nowrap;
    cursor: pointer;
  }
  .row > * {
    overflow: hidden;
    text-overflow: ellipsis;
    padding-inline-end: 0.75rem;
  }
  .row:hover {
    background: var(--_surface-sunken);
  }
  .row.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .row[aria-selected='true'] {
    background: var(--_surface-sunken);
    border-inline-start-color: var(--_accent);
    font-weight: 600;
  }
  .serial {
    font-family: var(--_mono);
  }
  .heading {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_surface-sunken);
    cursor: default;
  }
  .sort {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 2.1em;
    padding: 0;
    border: 0;
    background: none;
  }
  .lamp {
    display: inline-block;
    inline-size: 0.7em;
    block-size: 0.7em;
    margin-inline-end: 0.5rem;
    border: 2px solid var(--_text-quiet);
    border-radius: 50%;
  }
  .lamp.present {
    background: var(--_good);
    border-color: var(--_good);
  }
  .lamp.unconfirmed {
    background: linear-gradient(to right, var(--_good) 50%, transparent 50%);
    border-color: var(--_good);
  }
  .lamp.absent {
    border-color: var(--_bad);
    border-radius: calc(var(--_corner) / 3);
  }
  .empty {
    padding: 1rem var(--_gap);
    margin: 0;
  }
  @container (max-width: 30rem) {
    .row {
      grid-template-columns: 1fr 1fr;
      block-size: round(2.135em * var(--_lines), 1px);
    }
  }
  @media (forced-colors: active) {
    .lamp {
      forced-color-adjust: none;
      border-color: CanvasText;
    }
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
