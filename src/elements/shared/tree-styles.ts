/** Looks of a {@link TreeView}: the indentation of its lines, and what is in them. */
import { css, type CSSResult } from 'lit';

export const treeStyles: CSSResult = css`
  .node {
    padding: 0.1rem 0.35rem;
    padding-inline-start: calc(var(--_level, 0) * 1rem + 0.25rem);
    cursor: default;
  }
  .level-2 {
    --_level: 1;
  }
  .level-3 {
    --_level: 2;
  }
  .level-4 {
    --_level: 3;
  }
  .level-5 {
    --_level: 4;
  }
  .level-6 {
    --_level: 5;
  }
  .level-7 {
    --_level: 6;
  }
  .level-8 {
    --_level: 7;
  }
  .more {
    padding: 0.1rem 0.35rem;
    cursor: pointer;
  }
  .twisty {
    display: inline-block;
    flex: none;
    inline-size: 0.9em;
    text-indent: 0;
  }
  .reading {
    overflow-wrap: anywhere;
  }
`;
