/** Looks of `<magtek-updater>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host(:state(dropping)) {
    border-color: var(--_accent);
    outline: 2px dashed var(--_accent);
    outline-offset: -2px;
  }
  .body:focus {
    outline: none;
  }
  .body:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 4px;
  }
  .buttons {
    margin-block-start: 0.75rem;
  }
  /* Looks and works as a button; the field for files is in it, out of sight. */
  .choose {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 2.4em;
    padding: 0.25em 0.95em;
    font-weight: 600;
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_corner);
    cursor: pointer;
  }
  .choose:hover {
    background: var(--_surface-sunken);
  }
  .choose:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .choose input {
    color: inherit;
  }
  .choose:has(:disabled) {
    cursor: not-allowed;
    opacity: 0.55;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, max-content) minmax(0, 1fr);
    gap: 0.2rem 1rem;
    margin-block: 0.5rem 0;
  }
  dt {
    color: var(--_text-quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .reader {
    font-weight: 600;
  }
  .warning {
    padding-inline-start: 0.6rem;
    border-inline-start: 3px solid var(--_warn);
  }
  progress {
    display: block;
    inline-size: 100%;
    margin-block-start: 0.5rem;
    accent-color: var(--_accent);
  }
  ol {
    margin-block: 0.5rem 0;
    padding-inline-start: 1.6em;
    color: var(--_text-quiet);
  }
  .over::marker {
    color: var(--_good);
  }
  [aria-current='step'] {
    color: var(--_text);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .choose {
      color: ButtonText;
      border-color: ButtonBorder;
    }
    .choose:has(:disabled) {
      color: GrayText;
      border-color: GrayText;
      opacity: 1;
    }
  }
`;
