/**
 * An error for people: what happened, its details, and what to do, for a box with the class `error`; and the look of that box.
 * It does not know where errors come from.
 */
import { css, html, nothing, type CSSResult, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import { errorDetail, errorHelp, errorText } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';

export const errorLines = (language: Language, error: ReaderError): TemplateResult => html`
  <p><strong>${errorText(language, error)}</strong></p>
  <p>${errorDetail(language, error)}</p>
  <p class="quiet">${errorHelp(language, error)}</p>
`;

/** The address of the documentation of an error; one from an older copy of this package has none. */
export const errorLink = (language: Language, { url }: Partial<ReaderError>): TemplateResult | typeof nothing =>
  url === undefined
    ? nothing
    : html`<p>
        <a href=${url} target="_blank" rel="noreferrer">${language.translate('error.more', 'More about this')}</a>
      </p>`;

export const errorStyles: CSSResult = css`
  .error {
    margin-block-start: 0.75rem;
    padding: 0.6rem 0.75rem;
    background: var(--_surface-sunken);
    border-inline-start: 3px solid var(--_bad);
    border-radius: var(--_corner);
    overflow-wrap: anywhere;
  }
  .error p {
    margin: 0;
  }
  .error p + p {
    margin-block-start: 0.2rem;
  }
  /* The blue of browsers suits no theme. */
  .error a {
    color: inherit;
  }
`;
