/** What is above the rows of a fleet: the search, what is shown of the readers, the export, and what can be done about an error or a reader. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderSnapshot } from '../../connection/connection-state.js';
import { errorLines } from '../shared/error-lines.js';
import type { FleetFilter } from './fleet-list.js';
import type { FleetLanguage } from './fleet-rows.js';

const SHOWS = ['all', 'present', 'absent'] as const;

export interface FleetBar {
  readonly filter: FleetFilter;
  /** Whether there is nothing to export. */
  readonly isEmpty: boolean;
  readonly changed: (filter: Partial<FleetFilter>) => void;
  readonly exported: () => void;
}

export function barTemplate(language: FleetLanguage, { filter, isEmpty, changed, exported }: FleetBar): TemplateResult {
  const searched = ({ target }: InputEvent): void => changed({ words: (target as HTMLInputElement).value });
  return html`
    <div class="bar">
      <input
        type="search"
        part="search"
        aria-label=${language.text('fleet.search')}
        placeholder=${language.text('fleet.search')}
        .value=${filter.words}
        @input=${searched}
      />
      <div class="show" role="group" aria-label=${language.text('fleet.show')}>
        ${SHOWS.map(
          (show) =>
            html`<button
              part="show"
              aria-pressed=${filter.show === show ? 'true' : 'false'}
              data-show=${show}
              @click=${(): void => changed({ show })}
            >
              ${language.text(`fleet.${show}`)}
            </button>`,
        )}
      </div>
      <button part="export" ?disabled=${isEmpty} @click=${exported}>${language.text('fleet.export')}</button>
    </div>
  `;
}

/** The button that removes a reader from the list of the broker. */
export const removeTemplate = (language: FleetLanguage, serial: string, removed: () => void): TemplateResult =>
  html`<button part="button" class="remove" @click=${removed}>${language.text('fleet.remove', { serial })}</button>`;

/** What went wrong with the broker; where it is not tried again by itself, with a button that does. */
export function errorTemplate(
  language: FleetLanguage,
  { error, state }: ReaderSnapshot,
  tryAgain: () => void,
): TemplateResult | typeof nothing {
  if (!error) return nothing;
  return html`<div class="error" part="error" role="alert">
    ${errorLines(language, error)}
    ${
      state === 'failed'
        ? html`<button part="button" @click=${tryAgain}>${language.text('fleet.try-again')}</button>`
        : nothing
    }
  </div>`;
}
