/** Looks of `<magtek-receipt>`, on the screen and on paper. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    max-inline-size: 24em;
    padding: var(--_gap);
  }
  article {
    display: grid;
    gap: 0.6rem;
    break-inside: avoid;
    overflow-wrap: anywhere;
  }
  header,
  footer {
    text-align: center;
  }
  p,
  dl,
  dd {
    margin: 0;
  }
  .title {
    font-weight: 700;
  }
  dl {
    display: grid;
    gap: 0.15rem;
    padding-block-start: 0.6rem;
    border-block-start: 1px dashed var(--_border);
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 0.75rem;
  }
  dd {
    margin-inline-start: auto;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .total {
    font-size: 1.333em;
    font-weight: 700;
  }
  .outcome {
    font-size: 1.2em;
    font-weight: 700;
    text-align: center;
  }
  .reason {
    text-align: center;
  }
  .sign {
    margin-block-start: 3.5em;
    padding-block-start: 0.2rem;
    border-block-start: 1px solid;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
    margin-block-start: 0.9rem;
  }
  @media print {
    :host {
      --_text: #000;
      --_text-quiet: #000;
      --_border: #000;
      --_surface: #fff;
      max-inline-size: 110mm;
      padding: 0;
      border: 0;
      font-size: 10pt;
    }
    .buttons,
    .notice {
      display: none;
    }
  }
  /* The twin that is printed is measured on the screen: it is as large there as on paper. */
  :host([data-magtek-print]) {
    max-inline-size: 110mm;
    padding: 0;
    border: 0;
    font-size: 10pt;
  }
  :host([data-magtek-print]) :is(.buttons, .notice) {
    display: none;
  }
`;
