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
  .running,
  .outcome {
    display: grid;
    gap: 0.6rem;
    padding: 0.9rem 1rem;
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
  .choices {
    display: grid;
    gap: 0.4rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .choices button {
    inline-size: 100%;
    text-align: start;
  }
  .outcome {
    border-inline-start: 4px solid var(--_text-quiet);
  }
  .outcome.approved,
  .outcome.deferred {
    border-inline-start-color: var(--_good);
  }
  .outcome.declined,
  .outcome.failed {
    border-inline-start-color: var(--_bad);
  }
  .outcome.unknown {
    border-inline-start-color: var(--_warn);
  }
  .title {
    font-size: 1.2em;
    font-weight: 700;
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
`;
