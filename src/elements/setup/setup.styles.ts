/** Looks of `<magtek-setup>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  ul,
  ol {
    margin: 0.75rem 0 0;
    padding: 0;
    list-style: none;
  }
  li {
    padding-block: 0.4rem;
    border-block-start: 1px solid var(--_border);
  }
  .row,
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .row > span span {
    display: block;
  }
  .row > span,
  label {
    flex: 1 1 10rem;
    overflow-wrap: anywhere;
  }
  form {
    align-items: end;
    margin-block-start: 0.75rem;
  }
  .done > strong {
    color: var(--_good);
  }
  .failed > strong {
    color: var(--_bad);
  }
`;
