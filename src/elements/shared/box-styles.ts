/** The look of an element that is one box: a line with its title and buttons, and paragraphs below. */
import { css, type CSSResult } from 'lit';

export const boxStyles: CSSResult = css`
  :host {
    padding: var(--_gap);
  }
  header,
  .buttons {
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
`;
