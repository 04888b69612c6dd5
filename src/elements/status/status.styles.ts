/** Looks of `<magtek-status>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    padding: var(--_gap);
    container-type: inline-size;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .state {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    flex: 1 1 10rem;
    font-weight: 600;
  }
  .lamp {
    inline-size: 0.8em;
    block-size: 0.8em;
    flex: none;
    border: 2px solid var(--_text-quiet);
    border-radius: 50%;
  }
  .lamp.ready {
    background: var(--_good);
    border-color: var(--_good);
  }
  .lamp.connecting,
  .lamp.reconnecting,
  .lamp.stale {
    border-color: var(--_warn);
    background: linear-gradient(90deg, var(--_warn) 50%, transparent 50%);
  }
  .lamp.failed {
    border-color: var(--_bad);
    background: var(--_bad);
    border-radius: calc(var(--_corner) / 3);
    rotate: 45deg;
  }
  .health {
    margin-block-start: 0.75rem;
    padding: 0.4rem 0.75rem;
    background: var(--_surface-sunken);
    border-inline-start: 3px solid var(--_warn);
    border-radius: var(--_corner);
  }
  .health p {
    margin: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .lamp.connecting,
    .lamp.reconnecting {
      animation: turn 1.2s linear infinite;
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
  }
  @media (forced-colors: active) {
    .lamp {
      forced-color-adjust: none;
      border-color: CanvasText;
    }
  }
`;
