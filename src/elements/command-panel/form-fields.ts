/**
 * The fields of a command's parameters.
 * It does not know what they mean.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { checked } from '../shared/checked.js';
import { formWords } from '../../language/english/panel-parts.js';
import type { Language } from '../../language/language-controller.js';
import type { CommandForm, FormField, FormValues } from './command-forms.js';

export function fieldsTemplate(
  given: Language,
  { name, fields }: CommandForm,
  values: FormValues,
  change: (name: string, value: string) => void,
): TemplateResult {
  const language = given.with(formWords);
  return html`<div class="fields" part="fields" role="group" aria-label=${language.text('form.parameters')}>
    ${fields.map((field) => fieldTemplate(language, field, `${name}-${field.name}`, values[field.name] ?? '', change))}
  </div>`;
}

function fieldTemplate(
  { text }: Language<keyof typeof formWords>,
  { name, label, kind, options }: FormField,
  id: string,
  value: string,
  change: (name: string, value: string) => void,
): TemplateResult {
  const changed = (event: Event): void => change(name, (event.target as HTMLInputElement | HTMLSelectElement).value);
  switch (kind) {
    case 'checkbox':
      return html`<label class="check">
        <input
          type="checkbox"
          name=${name}
          ${checked(value === 'true')}
          @change=${(event: Event): void => change(name, (event.target as HTMLInputElement).checked ? 'true' : '')}
        />${text(label)}
      </label>`;
    case 'select':
      return html`<label class="field">
        <span>${text(label)}</span>
        <select name=${name} @change=${changed}>
          ${options?.map(
            ([option, title]) =>
              html`<option value=${option} lang="en" ?selected=${option === value}>${title}</option>`,
          )}
        </select>
      </label>`;
    default:
      return html`<label class="field">
        <span>${text(label)}</span>
        <input
          name=${name}
          type=${kind === 'password' ? 'password' : 'text'}
          inputmode=${kind === 'number' ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck="false"
          list=${ifDefined(options && `${id}-list`)}
          .value=${value}
          @input=${changed}
        />
        ${
          options
            ? html`<datalist id="${id}-list">
                ${options.map(([option, title]) => html`<option value=${option} lang="en">${title}</option>`)}
              </datalist>`
            : nothing
        }
      </label>`;
  }
}
