/** Looks of `<magtek-card-data>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    padding: var(--_gap);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .title {
    margin-inline-end: auto;
    font-weight: 600;
  }
  p {
    margin-block: 0.5rem 0;
  }
  .tree {
    overflow: auto;
    margin-block-start: 0.5rem;
    padding: 0.25rem;
    background: var(--_surface-sunken);
    border-radius: calc(var(--_radius) * 0.5);
  }
  .node {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.5rem;
    padding: 0.1rem 0.35rem;
    border-radius: 4px;
    cursor: default;
  }
  .node:focus-visible {
    outline-offset: -2px;
  }
  .node[aria-selected='true'] {
    background: var(--_surface);
  }
  .level-2 {
    padding-inline-start: 1.25rem;
  }
  .level-3 {
    padding-inline-start: 2.15rem;
  }
  .level-4 {
    padding-inline-start: 3.05rem;
  }
  .level-5 {
    padding-inline-start: 3.95rem;
  }
  .level-6 {
    padding-inline-start: 4.85rem;
  }
  .level-7 {
    padding-inline-start: 5.75rem;
  }
  .level-8 {
    padding-inline-start: 6.65rem;
  }
  .twisty {
    inline-size: 0.9rem;
    flex: none;
  }
  .reading {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .node[aria-selected='true'] {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`;
