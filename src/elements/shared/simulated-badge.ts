/**
 * The badge that says that a reader is simulated. It has no part and no tokens: nobody may take a simulated sale for a real one.
 * Its words are the same in every language, so that everybody who has seen one knows the next.
 */
import { css, html, type CSSResult, type TemplateResult } from 'lit';

export const simulatedBadgeStyles: CSSResult = css`
  .simulated {
    display: block;
    margin-block-end: 0.5rem;
    padding: 0.25rem 0.75rem;
    color: #000;
    background: repeating-linear-gradient(135deg, #ffd84d 0 14px, #ffe588 14px 28px);
    border: 2px solid #000;
    font:
      700 0.8125rem/1.4 system-ui,
      sans-serif;
    letter-spacing: 0.08em;
    text-align: center;
  }
`;

export const simulatedBadge: TemplateResult = html`<strong class="simulated" role="note" lang="en"
  >SIMULATED READER</strong
>`;
