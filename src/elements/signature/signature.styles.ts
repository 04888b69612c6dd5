/** Looks of `<magtek-signature>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  svg {
    display: block;
    inline-size: 100%;
    max-block-size: 20rem;
    margin-block-start: 0.75rem;
    background: var(--_surface-sunken);
    border-radius: var(--_corner);
  }
  polyline {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;
