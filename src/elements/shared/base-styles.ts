/**
 * The look that all elements share: tokens, buttons, fields, focus. Tokens are read through private properties, so that
 * each has its default in one place: no other file of styles has a colour. The manifest takes names, meanings and defaults
 * from here.
 */
import { css, type CSSResult } from 'lit';

/**
 * @cssprop --magtek-surface - Ground of the elements, their buttons and their fields.
 * @cssprop --magtek-surface-sunken - Ground of what lies deeper: lists, errors, and a button under the pointer.
 * @cssprop --magtek-text - Text.
 * @cssprop --magtek-text-quiet - Text that is of less weight.
 * @cssprop --magtek-border - Lines around the elements and within them.
 * @cssprop --magtek-border-control - Lines around buttons and fields.
 * @cssprop --magtek-accent - The main button, what is chosen, and the line around what has the focus.
 * @cssprop --magtek-on-accent - Text on the accent.
 * @cssprop --magtek-good - Connected, approved.
 * @cssprop --magtek-warn - Trying again, outcome unknown.
 * @cssprop --magtek-bad - Failed, declined, mistakes.
 * @cssprop --magtek-radius - Corners of the elements; what is within them has three quarters of it.
 * @cssprop --magtek-gap - Room between the edge of an element and what is in it.
 * @cssprop --magtek-font - Font of texts.
 * @cssprop --magtek-font-mono - Font of bytes.
 * @cssprop --magtek-font-size - Size of texts; all other sizes of text go with it.
 */
export const baseStyles: CSSResult = css`
  :host {
    --_surface: var(--magtek-surface, light-dark(#ffffff, #16191d));
    --_surface-sunken: var(--magtek-surface-sunken, light-dark(#f4f6f8, #1e2227));
    --_text: var(--magtek-text, light-dark(#14181d, #eceff3));
    --_text-quiet: var(--magtek-text-quiet, light-dark(#545d68, #a3adb9));
    --_border: var(--magtek-border, light-dark(#d3d9e0, #38404a));
    --_control: var(--magtek-border-control, light-dark(#7d8894, #6d7884));
    --_accent: var(--magtek-accent, light-dark(#0b5cad, #6cb2ff));
    --_on-accent: var(--magtek-on-accent, light-dark(#ffffff, #0b1a2b));
    --_good: var(--magtek-good, light-dark(#14713d, #5fd08f));
    --_warn: var(--magtek-warn, light-dark(#8a5300, #f2b552));
    --_bad: var(--magtek-bad, light-dark(#b3261e, #ff9a91));
    --_radius: var(--magtek-radius, 8px);
    --_corner: calc(var(--_radius) * 0.75);
    --_gap: var(--magtek-gap, 12px);
    --_mono: var(--magtek-font-mono, ui-monospace, 'SFMono-Regular', 'Cascadia Mono', 'DejaVu Sans Mono', monospace);
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font: 400 var(--magtek-font-size, 0.9375rem) / 1.45 var(--magtek-font, system-ui, sans-serif);
    overflow-wrap: break-word;
    /* What a page says of its own texts is not meant for these. */
    white-space: normal;
    word-break: normal;
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    hyphens: manual;
    cursor: auto;
    -webkit-user-select: text;
    user-select: text;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    font-weight: 600;
    min-block-size: 2.4em;
    padding: 0.25em 0.95em;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_corner);
    cursor: pointer;
  }
  button:hover {
    background: var(--_surface-sunken);
  }
  button.primary,
  button[aria-pressed='true'] {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  button.primary:hover {
    filter: brightness(1.08);
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: not-allowed;
    opacity: 0.55;
    filter: none;
  }
  [aria-invalid='true'] {
    border-color: var(--_bad);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  /* Bytes read from left to right in every language. */
  code,
  .mono {
    direction: ltr;
    unicode-bidi: isolate;
    font-family: var(--_mono);
    font-size: 0.867em;
  }
  .quiet {
    color: var(--_text-quiet);
  }
  .bad {
    color: var(--_bad);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: background-color 120ms;
    }
  }
  @media print {
    :host {
      color-scheme: light;
    }
  }
  @media (forced-colors: active) {
    button.primary {
      border: 2px solid ButtonText;
    }
    button:is([aria-pressed='true'], [aria-selected='true']) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    button:disabled,
    button[aria-disabled='true'] {
      color: GrayText;
      border-color: GrayText;
      opacity: 1;
    }
    [aria-invalid='true'] {
      outline: 2px dashed Mark;
    }
  }
`;
