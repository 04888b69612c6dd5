/** Looks of `<magtek-simulator>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    padding: var(--_gap);
    container-type: inline-size;
  }
  .none {
    margin: 0;
  }
  .device {
    max-inline-size: 26rem;
    margin-inline: auto;
    padding: 1rem;
    background: var(--_surface-sunken);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 2);
  }
  .lamps {
    display: flex;
    gap: 0.75rem;
    justify-content: center;
    margin-block-end: 0.75rem;
  }
  .lamp {
    inline-size: 1.5rem;
    block-size: 0.4rem;
    border: 1px solid var(--_text-quiet);
    border-radius: var(--_corner);
  }
  .lamp.on {
    background: var(--_good);
    border-color: var(--_good);
  }
  .display {
    display: flex;
    flex-direction: column;
    gap: 0.4rem;
    align-items: center;
    justify-content: center;
    min-block-size: 7rem;
    padding: 0.75rem;
    color: var(--_surface);
    background: var(--_text);
    border-radius: var(--_radius);
    font-family: var(--_mono);
    text-align: center;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .choice {
    inline-size: 100%;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    justify-content: space-between;
    margin-block: 0.5rem;
    font-size: 0.867em;
  }
  .places {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
    gap: 0.5rem;
  }
  .place {
    display: grid;
    min-block-size: 3.7em;
    padding: 0.5rem;
    border-style: dashed;
  }
  .place .quiet {
    font-size: 0.8em;
    font-weight: 400;
  }
  .place.open {
    border-color: var(--_accent);
  }
  .place.over {
    outline: 3px solid var(--_accent);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: end;
    margin-block-start: 0.75rem;
  }
  .grow {
    flex: 1 1 10rem;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    gap: 0.5rem;
    margin: 1rem 0 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 0.5rem;
    padding: 0;
    font-weight: 600;
  }
  .card {
    position: relative;
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 0.5rem;
    align-items: center;
    padding: 0.5rem 0.6rem;
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .card:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .card:active {
    z-index: 1;
    cursor: grabbing;
  }
  .card .mono {
    grid-column: 2;
    justify-self: start;
  }
  .card.tag {
    border-style: dotted;
  }
  .problem:empty {
    display: none;
  }
  .keypad {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 0.5rem;
    max-inline-size: 16rem;
    margin: 1rem auto 0;
  }
  .keypad button {
    min-block-size: 3em;
  }
  .signing {
    margin-block-start: 1rem;
  }
  svg {
    display: block;
    inline-size: 100%;
    max-inline-size: 26rem;
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    cursor: crosshair;
    touch-action: none;
  }
  polyline {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .faults {
    margin-block-start: 1rem;
  }
  summary {
    padding-block: 0.25rem;
    font-weight: 600;
    cursor: pointer;
  }
  .faults ul {
    display: grid;
    gap: 0.4rem;
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
  }
  .faults label {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .lamp.on {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .card:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;
