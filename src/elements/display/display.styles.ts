/** Looks of `<magtek-display>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    padding: calc(var(--_gap) * 1.5);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .pictures {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 1rem;
    min-block-size: 4.8em;
  }
  svg {
    inline-size: 4.8em;
    block-size: 4.8em;
  }
  .approved .card,
  .approved circle {
    stroke: var(--_good);
  }
  .declined .card,
  .declined circle {
    stroke: var(--_bad);
  }
  .unknown .card,
  .unknown circle {
    stroke: var(--_warn);
  }
  .stopped .card {
    stroke: var(--_text-quiet);
  }
  p {
    margin: 0.4rem 0 0;
  }
  .prompt {
    font-size: 1.467em;
    line-height: 1.3;
    text-wrap: balance;
    font-weight: 700;
  }
  .hint {
    font-size: 1.2em;
    font-weight: 600;
  }
  .text {
    color: var(--_text-quiet);
    font-family: var(--_mono);
  }
  .seconds {
    color: var(--_text-quiet);
    font-variant-numeric: tabular-nums;
  }
  @media (forced-colors: active) {
    .pictures :is(.card, circle) {
      stroke: CanvasText;
    }
  }
`;
