/**
 * Looks of what the elements for service staff share: fields to fill in, boxes to tick, files to choose, and bytes
 * that are marked. It does not know where they are.
 */
import { css, type CSSResult } from 'lit';

export const fieldStyles: CSSResult = css`
  input,
  select,
  textarea {
    font: inherit;
    inline-size: 100%;
    min-inline-size: 0;
    padding: 0.4rem 0.6rem;
    color: inherit;
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_corner);
  }
  [type='checkbox'],
  [type='radio'] {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    margin: 0;
    accent-color: var(--_accent);
  }
  .open {
    display: inline-flex;
    align-items: center;
    min-block-size: 2.4em;
    padding: 0.25em 0.95em;
    font-weight: 600;
    border: 1px solid var(--_control);
    border-radius: var(--_corner);
    cursor: pointer;
  }
  .open:hover {
    background: var(--_surface-sunken);
  }
  .open:has(:disabled) {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .open:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  ::placeholder {
    color: var(--_text-quiet);
    opacity: 1;
  }
  mark {
    color: var(--_on-accent);
    background: var(--_accent);
  }
`;
