/** Looks of `<magtek-transaction>`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: inline-block;
    inline-size: 23.5em;
    max-inline-size: 100%;
    background: transparent;
    border: 0;
  }
  .pay {
    inline-size: 100%;
    min-block-size: 2.7em;
    padding: 0.5em 1.3em;
    font-size: 1.2em;
  }
  /* Measured, and seen by nobody: an empty paragraph is not a label, an icon that a style sheet draws is one. */
  slot.empty {
    position: absolute;
    display: block;
    visibility: hidden;
  }
  .running,
  .recovery,
  .outcome {
    display: grid;
    gap: 0.6rem;
    padding: var(--_gap);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }
  .amount {
    font-size: 1.333em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.25rem 1rem;
  }
  .prompt {
    font-weight: 600;
  }
  .seconds {
    color: var(--_text-quiet);
    font-variant-numeric: tabular-nums;
  }
  .pictures svg {
    inline-size: 2.4em;
    block-size: 2.4em;
  }
  .hint {
    align-items: center;
    font-weight: 600;
  }
  .hint svg {
    inline-size: 2em;
    block-size: 2em;
  }
  .choices {
    display: grid;
    gap: 0.4rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .choices button {
    inline-size: 100%;
    /* Large enough for a finger. */
    min-block-size: 3em;
    text-align: start;
  }
  .recovery,
  .outcome {
    --_tone: var(--_text-quiet);
    --_sign: '–';
    border-inline-start: 4px solid var(--_tone);
  }
  .approved,
  .given-back,
  .deferred {
    --_tone: var(--_good);
    --_sign: '✓';
  }
  .declined,
  .failed {
    --_tone: var(--_bad);
    --_sign: '✕';
  }
  .partly-approved,
  .recovery,
  .unknown {
    --_tone: var(--_warn);
    --_sign: '?';
  }
  /* Nothing for screen readers: the title says it. */
  .title::before {
    content: var(--_sign) / '';
    float: inline-start;
    inline-size: 1.5em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    color: var(--_surface);
    background: var(--_tone);
    line-height: 1.5;
    text-align: center;
  }
  .reversal {
    --_sign: '!';
    margin-block-end: 0.6rem;
  }
  .reversal:last-child {
    margin-block-end: 0;
  }
  .partly-approved {
    --_sign: '!';
    border-inline-start-width: 8px;
  }
  .title.large,
  .amount.large {
    font-size: 1.7em;
    line-height: 1.25;
  }
  .title {
    line-height: 1.5;
    font-size: 1.2em;
    font-weight: 700;
  }
  h2 {
    margin: 0;
  }
  .recovery .choices,
  .two {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .recovery button {
    inline-size: auto;
    text-align: center;
  }
  /* It stays in the page, so that what is said in it later is read aloud. */
  .note:empty {
    margin-block-start: -0.6rem;
  }
  .by-hand {
    display: grid;
    gap: 0.6rem;
    margin-block-start: 0.6rem;
  }
  summary {
    cursor: pointer;
    font-weight: 600;
  }
  label {
    display: grid;
    gap: 0.2rem;
    font-weight: 600;
  }
  input {
    font-weight: 400;
  }
  .cancel-other,
  .next {
    inline-size: 100%;
    margin-block-end: 0.6rem;
  }
  .outcome,
  .error {
    margin-block: 0 0.6rem;
  }
  .outcome:last-child {
    margin-block-end: 0;
  }
  p {
    margin: 0;
  }
  .outcome + .recovery {
    margin-block-start: 0.6rem;
  }
  .pay + p {
    margin-block-start: 0.4rem;
  }
`;
