/** Prompts for the cardholder as line drawings in the colour of the text. They repeat the words beside them. */
import { css, html, svg, type CSSResult, type SVGTemplateResult, type TemplateResult } from 'lit';

/** What can be drawn. */
export type Picture =
  | 'insert'
  | 'tap'
  | 'swipe'
  | 'manual'
  | 'barcode'
  | 'remove'
  | 'side'
  | 'expired'
  | 'again'
  | 'phone'
  | 'wait'
  | 'approved'
  | 'declined'
  | 'stopped'
  | 'unknown'
  | 'ready';

const reader = svg`<path d="M14 8h20v32H14z M18 12h12v9H18z M19 26h3m2 0h3m-8 5h3m2 0h3" />`;

const circle = svg`<circle cx="32" cy="32" r="24" />`;

const pictures: Readonly<Record<Picture, SVGTemplateResult>> = {
  ready: svg`<path d="M20 6h24v52H20z M25 12h14v12H25z M26 32h3m2 0h3m2 0h3 M26 40h3m2 0h3m2 0h3 M26 48h3m2 0h3m2 0h3" />`,
  insert: svg`${reader}<path class="card" d="M17 56V44h14v12 M24 43v-9m-4 4 4-4 4 4" />`,
  remove: svg`${reader}<path class="card" d="M17 40v8h14v-8 M24 42v14m-4-4 4 4 4-4" />`,
  tap: svg`${reader}<path class="card" d="M40 14q6 10 0 20 M46 10q9 14 0 28 M52 6q12 18 0 36" />`,
  swipe: svg`${reader}<path class="card" d="M40 8v34 M45 20h12v16H45 M51 40v12m-4-4 4 4 4-4" />`,
  manual: svg`${reader}<path class="card" d="M40 20h16 M40 28h16 M40 36h10" />`,
  barcode: svg`<path class="card" d="M14 16v32 M20 16v32 M30 16v32 M34 16v32 M44 16v32 M50 16v32" />`,
  side: svg`${reader}<path class="card" d="M42 8h14v22H42z M46 8v22 M42 40q0 10 8 10t8-10 m-4 3 4-4 3 5" />`,
  expired: svg`<path d="M8 14h44v30H8z M8 22h44" /><circle class="card" cx="46" cy="44" r="12" /><path class="card" d="M46 37v7l5 4" />`,
  again: svg`<path class="card" d="M46 20a18 18 0 1 0 4 14 M47 8v13H34" />`,
  phone: svg`<path class="card" d="M21 6h22v52H21z M29 52h6 M25 14h14v30H25z" />`,
  wait: svg`<path class="card" d="M18 8h28 M18 56h28 M20 8q0 14 12 24q12-10 12-24 M20 56q0-14 12-24q12 10 12 24" />`,
  approved: svg`${circle}<path class="card" d="m20 33 9 9 16-19" />`,
  declined: svg`${circle}<path class="card" d="m23 23 18 18 m0-18-18 18" />`,
  stopped: svg`${circle}<path class="card" d="M20 32h24" />`,
  unknown: svg`${circle}<path class="card" d="M24 26a8 8 0 1 1 12 7q-4 2-4 6 M32 45v1" />`,
};

export const pictureTemplate = (picture: Picture): TemplateResult =>
  html`<svg class=${picture} viewBox="0 0 64 64" aria-hidden="true">${pictures[picture]}</svg>`;

/** Looks of the drawings, whatever their size. */
export const pictureStyles: CSSResult = css`
  svg {
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
    svg :is(*, .card) {
      stroke: CanvasText;
    }
  }
`;
