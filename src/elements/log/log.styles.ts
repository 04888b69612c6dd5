/** Looks of `<magtek-log>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: var(--magtek-log-height, 24rem);
    overflow: hidden;
    container-type: inline-size;
  }
  .toolbar {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.5rem var(--_gap);
    border-block-end: 1px solid var(--_border);
  }
  .toolbar h2 {
    margin: 0;
    margin-inline-end: auto;
    font-size: 1rem;
  }
  .rows {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overflow-anchor: none;
  }
  .row {
    display: grid;
    grid-template-columns: 6.5rem 1.25rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    padding: 0.3rem var(--_gap);
    border-block-end: 1px solid var(--_surface-sunken);
    font-size: 0.875rem;
  }
  .row:hover {
    background: var(--_surface-sunken);
  }
  .time,
  .duration {
    color: var(--_text-quiet);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
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
  .text {
    overflow-wrap: anywhere;
  }
  .hex {
    grid-column: 3 / -1;
    color: var(--_text-quiet);
    overflow-wrap: anywhere;
    word-break: break-all;
  }
  .empty {
    padding: 2rem var(--_gap);
    text-align: center;
  }
  .newer {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
  }
  .body {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 0;
  }
  @container (inline-size < 30rem) {
    .row {
      grid-template-columns: 1.25rem minmax(0, 1fr) auto;
    }
    .time {
      grid-column: 2 / -1;
      grid-row: 2;
      font-size: 0.75rem;
    }
    .hex {
      grid-column: 2 / -1;
    }
  }
`;
