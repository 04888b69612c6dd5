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
    fill: none;
    stroke: var(--_text-quiet);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .card {
    stroke: var(--_accent);
    stroke-width: 2.5;
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
  .text {
    color: var(--_text-quiet);
    font-family: var(--_mono);
  }
  .seconds {
    color: var(--_text-quiet);
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-reduced-motion: no-preference) {
    .insert .card,
    .remove .card,
    .tap .card,
    .swipe .card {
      animation: beckon 1.6s ease-in-out infinite;
    }
    @keyframes beckon {
      50% {
        opacity: 0.35;
      }
    }
  }
  @media (forced-colors: active) {
    .pictures :is(svg, .card, circle) {
      stroke: CanvasText;
    }
  }
`;
