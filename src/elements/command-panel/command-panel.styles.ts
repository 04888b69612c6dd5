/** Looks of `<magtek-command-panel>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    container-type: inline-size;
    overflow: hidden;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(12rem, 17rem) minmax(0, 1fr);
  }
  .choice {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    padding: var(--_gap);
    max-block-size: var(--magtek-command-panel-height, 28rem);
    background: var(--_surface-sunken);
    border-inline-end: 1px solid var(--_border);
  }
  .list {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
  }
  h2,
  h3 {
    margin: 0;
    font-size: 1rem;
  }
  .list h3 {
    margin-block: 0.6rem 0.2rem;
    font-size: 0.75rem;
    font-weight: 600;
    color: var(--_text-quiet);
    text-transform: uppercase;
    letter-spacing: 0.05em;
  }
  .entry {
    display: block;
    inline-size: 100%;
    min-block-size: 2rem;
    padding: 0.2rem 0.6rem;
    font-weight: 400;
    text-align: start;
    background: transparent;
    border-color: transparent;
  }
  .entry[aria-pressed='true'] {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .work {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    padding: var(--_gap);
    min-inline-size: 0;
  }
  section {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  p {
    margin: 0;
  }
  .hex {
    padding: 0.5rem 0.6rem;
    background: var(--_surface-sunken);
    border-radius: calc(var(--_radius) * 0.5);
    word-break: break-all;
  }
  textarea {
    font-family: var(--_mono);
    font-size: 0.8125rem;
    min-block-size: 3.5rem;
    resize: vertical;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .answer {
    padding: 0.6rem 0.75rem;
    border-inline-start: 3px solid var(--_border);
    background: var(--_surface-sunken);
    border-radius: calc(var(--_radius) * 0.5);
    overflow-wrap: anywhere;
  }
  .answer.ok {
    border-color: var(--_good);
  }
  .answer.failed {
    border-color: var(--_bad);
  }
  @container (inline-size < 36rem) {
    .panel {
      grid-template-columns: minmax(0, 1fr);
    }
    .choice {
      max-block-size: 16rem;
      border-inline-end: 0;
      border-block-end: 1px solid var(--_border);
    }
  }
`;
