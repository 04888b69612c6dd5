/** Looks of `<magtek-card-data>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  p:only-child {
    margin: 0;
  }
  .tree {
    overflow: auto;
    margin-block-start: 0.5rem;
    padding: 0.25rem;
    background: var(--_surface-sunken);
    border-radius: var(--_corner);
  }
  /* What does not fit into one line goes on below the tag. */
  .node {
    padding-inline-start: calc(var(--_level, 0) * 1rem + 1.75em);
    text-indent: -1.4em;
    border-radius: var(--_corner);
  }
  .twisty,
  .tag {
    margin-inline-end: 0.25rem;
  }
  .reading {
    margin-inline-start: 0.25rem;
  }
  .tree:focus-visible {
    outline-offset: -2px;
  }
  .node[aria-selected='true'] {
    background: var(--_surface);
  }
  @media (forced-colors: active) {
    .node[aria-selected='true'] {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`;
