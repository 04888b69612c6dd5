/** The result of a command as text for people. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import { describe } from '../../mms/describe.js';
import { toHex } from '../../mms/hex.js';
import type { MmsResponse } from '../../mms/message.js';
import { readProperties } from '../../mms/oid.js';
import { redact } from '../../mms/redact.js';
import { propertyNames } from '../../mms/tables/property-names.js';
import { errorLines } from '../shared/error-lines.js';
import { durationText } from '../shared/figures.js';
import type { Language } from '../../language/language-controller.js';
import type { PanelLanguage } from './panel-language.js';
import { GET_PROPERTY, SET_PROPERTY } from '../../mms/tables/numbers.js';

/** A language that can say what a value is. */
export type ValueLanguage = Language<'panel.empty' | 'panel.masked.one' | 'panel.masked.other'>;

/** What became of the last command. */
export type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'response'; readonly response: MmsResponse; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: ReaderError };

export function answerTemplate(language: PanelLanguage, answer: Answer): TemplateResult {
  switch (answer.kind) {
    case 'waiting':
      return html`<p class="answer" part="answer">${language.text('panel.waiting')}</p>`;
    case 'error':
      return html` <div class="answer failed" part="answer">${errorLines(language, answer.error)}</div> `;
    case 'response': {
      const { response, milliseconds } = answer;
      const shown = redact(response);
      return html`
        <div class="answer ${response.status.ok ? 'ok' : 'failed'}" part="answer">
          <p lang="en" dir="auto">${describe(response)}</p>
          ${propertiesTemplate(language, shown)}
          <p class="quiet mono">
            ${durationText(language, milliseconds)} · <span class="breakable" dir="ltr">${toHex(shown.bytes)}</span>
          </p>
        </div>
      `;
    }
  }
}

/** The values of properties that an answer carries, as they may be shown. */
function propertiesTemplate(language: ValueLanguage, { id, payload }: MmsResponse): TemplateResult | typeof nothing {
  if (id !== GET_PROPERTY && id !== SET_PROPERTY) return nothing;
  try {
    return html`<ul class="values">
      ${readProperties(payload).map(
        ({ oid, value }) =>
          html`<li>
            <span lang="en" dir="ltr">${oid} ${propertyNames[oid] ?? ''}:</span>
            <code dir="ltr">${valueText(language, value)}</code>
          </li>`,
      )}
    </ul>`;
  } catch {
    return nothing;
  }
}

/** A value in hexadecimal, and as text where it is text. */
export function valueText(language: ValueLanguage, value: Uint8Array): string {
  if (value.length === 0) return language.text('panel.empty');
  if (value.every((byte) => byte === 0x2a)) return language.count('panel.masked', value.length);
  const hex = toHex(value);
  const end = value.indexOf(0);
  const text = String.fromCharCode(...value.subarray(0, end < 0 ? value.length : end));
  return /^[\x20-\x7e]{3,}$/.test(text) ? `${hex} “${text}”` : hex;
}
