/** Looks of `<magtek-command-panel>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  /* Where the page gives the panel a height, its parts scroll each by itself. */
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    overflow: hidden;
  }
  [role='tabpanel'] {
    display: grid;
    flex: 1 1 auto;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .panel {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(12rem, 17rem) minmax(0, 1fr);
    min-block-size: 0;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    padding: 0.4rem var(--_gap);
    border-block-end: 1px solid var(--_border);
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-inline-end: auto;
  }
  [role='tab'] {
    background: transparent;
    border-color: transparent;
  }
  [role='tab'][aria-selected='true'] {
    color: var(--_accent);
    border-color: var(--_accent);
  }
  .head button,
  .properties button,
  details button {
    padding: 0.15rem 0.6rem;
    font-size: 0.867em;
  }
  .tall {
    max-block-size: var(--magtek-command-panel-height, 28rem);
    overflow: auto;
  }
  .title {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }
  .star {
    min-block-size: 1.9em;
    padding: 0 0.5rem;
  }
  .small {
    font-size: 0.8em;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr));
    gap: 0.5rem 0.75rem;
    align-items: end;
  }
  .field span {
    display: block;
    font-size: 0.8em;
    color: var(--_text-quiet);
  }
  .check {
    display: inline-flex;
    gap: 0.4rem;
    align-items: center;
    min-block-size: 2rem;
    font-size: 0.933em;
  }
  .fields input,
  .fields select {
    padding-block: 0.25rem;
  }
  .actions > select {
    flex: 1 1 10rem;
    inline-size: auto;
  }
  .actions > input {
    flex: 1 1 8rem;
    inline-size: auto;
  }
  .breakable {
    word-break: break-all;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .problems:empty {
    display: none;
  }
  .script {
    min-block-size: 8rem;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  .scroll {
    overflow: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.867em;
  }
  th,
  td {
    padding: 0.25rem 0.5rem;
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--_border);
  }
  td {
    overflow-wrap: anywhere;
  }
  .result span {
    white-space: pre-wrap;
  }
  svg {
    display: block;
    max-inline-size: 100%;
  }
  polyline {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  tr.failed .result {
    color: var(--_bad);
  }
  summary {
    padding-block: 0.35rem;
    cursor: pointer;
  }
  .properties li {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: center;
    padding-block: 0.35rem;
    border-block-end: 1px solid var(--_border);
  }
  .name {
    flex: 1 1 14rem;
    overflow-wrap: anywhere;
  }
  .value {
    flex-basis: 100%;
    overflow-wrap: anywhere;
  }
  .changed {
    color: var(--_warn);
  }
  .choice {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    padding: var(--_gap);
    background: var(--_surface-sunken);
    border-inline-end: 1px solid var(--_border);
  }
  .list {
    flex: 1;
    min-block-size: 0;
    max-block-size: var(--magtek-command-panel-height, 28rem);
    overflow: auto;
  }
  h2,
  h3 {
    margin: 0;
    font-size: 1.067em;
  }
  .list h3 {
    margin-block: 0.6rem 0.2rem;
    font-size: 0.8em;
    font-weight: 600;
    color: var(--_text-quiet);
    text-transform: uppercase;
    letter-spacing: 0.05em;
  }
  .entry {
    display: block;
    inline-size: 100%;
    min-block-size: 2rem;
    padding: 0.2rem 0.6rem;
    font-weight: 400;
    text-align: start;
    background: transparent;
    border-color: transparent;
  }
  .work {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    padding: var(--_gap);
    min-inline-size: 0;
    overflow: auto;
  }
  section,
  .edit {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  .edit {
    flex: 1 0 100%;
  }
  p,
  dd {
    margin: 0;
  }
  .hex {
    padding: 0.5rem 0.6rem;
    background: var(--_surface-sunken);
    border-radius: var(--_corner);
    word-break: break-all;
  }
  textarea {
    direction: ltr;
    font-family: var(--_mono);
    font-size: 0.867em;
    min-block-size: 3.5rem;
    resize: vertical;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .answer {
    padding: 0.6rem 0.75rem;
    border-inline-start: 3px solid var(--_border);
    background: var(--_surface-sunken);
    border-radius: var(--_corner);
    overflow-wrap: anywhere;
  }
  .answer.ok {
    border-color: var(--_good);
  }
  .answer.failed {
    border-color: var(--_bad);
  }
  @container (inline-size < 36rem) {
    .panel {
      grid-template: auto auto / minmax(0, 1fr);
    }
    .choice {
      max-block-size: 16rem;
      border-inline-end: 0;
      border-block-end: 1px solid var(--_border);
    }
  }
`;
