/**
 * What became of a command, for people.
 * It does not know how commands are sent.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderError } from '../../client/reader-error.js';
import { describe } from '../../mms/describe.js';
import { toHex } from '../../mms/hex.js';
import type { MmsResponse } from '../../mms/message.js';
import { readProperties } from '../../mms/oid.js';
import { redact } from '../../mms/redact.js';
import { propertyInfo } from '../../mms/tables/properties.js';

/** What became of the last command. */
export type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'response'; readonly response: MmsResponse; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: ReaderError };

export function answerTemplate(answer: Answer): TemplateResult {
  switch (answer.kind) {
    case 'waiting':
      return html`<p class="answer" part="answer">Waiting for the reader …</p>`;
    case 'error':
      return html`
        <div class="answer failed" part="answer">
          <p><strong>${answer.error.message}</strong> ${answer.error.detail}</p>
          <p class="quiet">${answer.error.help}</p>
        </div>
      `;
    case 'response': {
      const { response, milliseconds } = answer;
      const shown = redact(response);
      return html`
        <div class="answer ${response.status.ok ? 'ok' : 'failed'}" part="answer">
          <p>${describe(response)}</p>
          ${propertiesTemplate(shown)}
          <p class="quiet mono">${milliseconds.toFixed(1)} ms · <span class="breakable">${toHex(shown.bytes)}</span></p>
        </div>
      `;
    }
  }
}

/** The values of properties that an answer carries, as they may be shown. */
function propertiesTemplate({ id, payload }: MmsResponse): TemplateResult | typeof nothing {
  if (id !== 0xd101 && id !== 0xd111) return nothing;
  try {
    return html`<ul class="values">
      ${readProperties(payload).map(
        ({ oid, value }) => html`<li>${oid} ${propertyInfo(oid)?.name ?? ''}: <code>${valueText(value)}</code></li>`,
      )}
    </ul>`;
  } catch {
    return nothing;
  }
}

/** A value in hexadecimal, and as text where it is text. */
export function valueText(value: Uint8Array): string {
  if (value.length === 0) return 'empty';
  if (value.every((byte) => byte === 0x2a)) return `masked, ${String(value.length)} bytes`;
  const hex = toHex(value);
  const end = value.indexOf(0);
  const text = String.fromCharCode(...value.subarray(0, end < 0 ? value.length : end));
  return /^[\x20-\x7e]{3,}$/.test(text) ? `${hex} “${text}”` : hex;
}
