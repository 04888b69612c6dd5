/**
 * The form in which a property is changed: an input that fits its type, hexadecimal where wished, and the question with the old and
 * the new value before anything is written.
 * It does not know readers.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { propertyWords } from '../../language/english/properties.js';
import { problemText } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';
import { commands } from '../../mms/commands/index.js';
import { toHex } from '../../mms/hex.js';
import { isHiddenProperty } from '../../mms/redaction/property.js';
import { propertyInfo } from '../../mms/tables/properties.js';
import { propertyValues } from '../../mms/tables/property-values.js';
import { readPropertyValue } from '../../mms/views/property.js';
import {
  decodePropertyValue,
  encodePropertyValue,
  propertyType,
  PropertyValueError,
  type PropertyType,
  type TypedValue,
} from '../../mms/views/property-value.js';
import { valueText } from './answer.js';
import { changedBytes } from './bytes-diff.js';

export type PropertyLanguage = Language<keyof typeof propertyWords>;

/** Writes a value to the reader with this serial number, or to one that does not tell it where that is undefined; what it throws is shown. */
export type WriteProperty = (oid: string, value: Uint8Array, serialNumber: string | undefined) => Promise<void>;

/** What is being changed. */
interface Edit {
  readonly oid: string;
  /** Where the form is shown. */
  readonly place: string;
  /** What the reader has; undefined where that is not known or must not be shown. */
  readonly old: Uint8Array | undefined;
  /** The reader that has it; undefined where it does not tell its serial number. */
  readonly serialNumber: string | undefined;
  readonly isHex: boolean;
  /** What stands in the field, the flags one a line. */
  readonly text: string;
  /** What is asked about. */
  readonly asked?: Uint8Array | undefined;
  readonly problem: string;
}

/** Numbers and texts that fit into a field of their own. */
type Kind = PropertyType['kind'];

export class PropertyEditor {
  private readonly host: ReactiveControllerHost;
  private readonly language: PropertyLanguage;
  private readonly write: WriteProperty;
  private edit: Edit | undefined;

  constructor(host: ReactiveControllerHost, language: PropertyLanguage, write: WriteProperty) {
    this.host = host;
    this.language = language;
    this.write = write;
  }

  /**
   * Shows the form for a property, instead of another one.
   * @param old What the reader has, as it may be shown.
   * @param serialNumber The reader that has it, and the only one to which it is written.
   * @param wanted What stands in the field first. Default what the reader has.
   */
  open(
    place: string,
    oid: string,
    old: Uint8Array | undefined,
    serialNumber: string | undefined,
    wanted: Uint8Array | undefined = old,
  ): void {
    const { kind } = propertyType(oid);
    const typed = wanted && decodePropertyValue(oid, wanted);
    const isHex = kind === 'bytes' || (typed !== undefined && typed.kind !== kind);
    const text = fieldText(wanted, isHex ? undefined : typed);
    this.change({ oid, place, old, serialNumber, isHex, text, problem: '' });
  }

  close(): void {
    this.change(undefined);
  }

  /** The form, where it is shown in this place. */
  render(place: string, oid: string): TemplateResult | typeof nothing {
    const { edit } = this;
    if (edit?.oid !== oid || edit.place !== place) return nothing;
    const { text } = this.language;
    return html`
      <form class="edit" @submit=${this.submitted}>
        ${edit.asked ? this.questionTemplate(edit, edit.asked) : this.fieldsTemplate(edit)}
        <div class="actions">
          ${
            edit.asked
              ? html`<button type="button" class="primary" @click=${this.confirmed}>${text('property.write')}</button>`
              : html`<button class="primary">${text('property.set')}</button>`
          }
          <button type="button" @click=${(): void => this.close()}>${text('property.cancel')}</button>
        </div>
        <span id="edit-problem" class="bad" role="alert">${edit.problem}</span>
      </form>
    `;
  }

  private fieldsTemplate(edit: Edit): TemplateResult {
    const { text } = this.language;
    const type = propertyType(edit.oid);
    return html`
      ${edit.isHex ? this.hexTemplate(edit) : this.typedTemplate(edit, type)}
      ${
        type.kind === 'bytes'
          ? nothing
          : html`<label class="check">
              <input type="checkbox" .checked=${edit.isHex} @change=${this.switched} />${text('property.as-hex')}
            </label>`
      }
      ${propertyValues[edit.oid]?.afterRestart ? html`<p class="quiet">${text('property.after-restart')}</p>` : nothing}
    `;
  }

  private hexTemplate(edit: Edit): TemplateResult {
    return this.labelled(
      this.language.text('property.new-value'),
      '',
      html`<input
        autocomplete="off"
        spellcheck="false"
        dir="ltr"
        aria-invalid=${isInvalid(edit)}
        aria-describedby="edit-problem"
        .value=${edit.text}
        @input=${this.typed}
      />`,
    );
  }

  private typedTemplate(edit: Edit, type: PropertyType): TemplateResult {
    const { language } = this;
    const label = language.text('property.value');
    switch (type.kind) {
      case 'number':
        return this.labelled(
          label,
          this.numberHint(type),
          html`<input
            type="number"
            min=${type.least}
            max=${type.most}
            step="1"
            required
            aria-invalid=${isInvalid(edit)}
            aria-describedby="edit-problem"
            .value=${edit.text}
            @input=${this.typed}
          />`,
        );
      case 'choice':
        return this.labelled(
          label,
          '',
          html`<select aria-invalid=${isInvalid(edit)} aria-describedby="edit-problem" @change=${this.typed}>
            <option value="" ?selected=${edit.text === ''}>–</option>
            ${Object.values(type.choices).map(
              (word) => html`<option lang="en" value=${word} ?selected=${word === edit.text}>${word}</option>`,
            )}
          </select>`,
        );
      case 'flags':
        return this.flagsTemplate(edit, type.names);
      default:
        return this.labelled(
          label,
          type.kind === 'text' && type.most !== undefined
            ? language.text(type.least === type.most ? 'property.characters' : 'property.most-characters', {
                count: language.number(type.most),
              })
            : '',
          html`<input
            type=${propertyInfo(edit.oid)?.secret ? 'password' : 'text'}
            autocomplete="off"
            spellcheck="false"
            dir="ltr"
            aria-invalid=${isInvalid(edit)}
            aria-describedby="edit-problem"
            .value=${edit.text}
            @input=${this.typed}
          />`,
        );
    }
  }

  private flagsTemplate(edit: Edit, names: readonly string[]): TemplateResult {
    const chosen = flagsOf(edit.text);
    const all = [...names, ...chosen.filter((flag) => !names.includes(flag))];
    return html`
      <div class="fields" role="group" aria-label=${this.language.text('property.value')}>
        ${all.map(
          (flag) =>
            html`<label class="check" lang="en">
              <input
                type="checkbox"
                .checked=${chosen.includes(flag)}
                @change=${({ target }: Event) => {
                  const isOn = (target as HTMLInputElement).checked;
                  this.take(all.filter((each) => (each === flag ? isOn : chosen.includes(each))).join('\n'));
                }}
              />${flag}
            </label>`,
        )}
      </div>
    `;
  }

  private numberHint({ least, most, unit, words }: PropertyType & { readonly kind: 'number' }): string {
    const { language } = this;
    const limits = { least: language.number(least), most: language.number(most) };
    const range = unit ? language.text(`property.${unit}`, limits) : language.text('property.range', limits);
    return [range, ...Object.entries(words).map(([value, word]) => `${language.number(Number(value))} = ${word}`)].join(
      '; ',
    );
  }

  private labelled(label: string, hint: string, input: TemplateResult): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span>${input}${hint === '' ? nothing : html`<span class="hint">${hint}</span>`}</label
    >`;
  }

  /** The old and the new value, with the bytes that change marked. */
  private questionTemplate({ oid, old }: Edit, asked: Uint8Array): TemplateResult {
    const { language } = this;
    const { text } = language;
    const isHidden = isHiddenProperty(oid);
    const marks = changedBytes(old ? toHex(old) : '', toHex(asked)).map(({ hex, isChanged }) =>
      isChanged ? html`<mark>${hex}</mark>` : hex,
    );
    return html`
      <p>${text('property.question', { oid })}</p>
      <dl class="values">
        <dt>${text('property.old')}</dt>
        <dd>${old ? valueTemplate(language, oid, old) : text(isHidden ? 'property.hidden' : 'property.not-read')}</dd>
        <dt>${text('property.new')}</dt>
        <dd>
          ${
            isHidden
              ? language.count('panel.masked', asked.length)
              : html`<code dir="ltr">${marks}</code> ${wordsTemplate(oid, asked)}`
          }
        </dd>
      </dl>
      ${propertyValues[oid]?.afterRestart ? html`<p class="quiet">${text('property.after-restart')}</p>` : nothing}
    `;
  }

  private readonly typed = (event: Event): void => {
    this.take((event.target as HTMLInputElement | HTMLSelectElement).value);
  };

  private take(text: string): void {
    const { edit } = this;
    if (!edit) return;
    this.change({ ...edit, text, asked: undefined, problem: '' });
  }

  /** From the type to hexadecimal and back, with what stands in the field where it can be taken along. */
  private readonly switched = (): void => {
    const { edit } = this;
    if (!edit) return;
    const isHex = !edit.isHex;
    let value = edit.old;
    try {
      value = bytesOf(edit);
    } catch {
      // What cannot be written gives way to what the reader has.
    }
    const typed = value && decodePropertyValue(edit.oid, value);
    const fits = isHex || typed?.kind === propertyType(edit.oid).kind;
    const text = fits ? fieldText(value, isHex ? undefined : typed) : '';
    this.change({ ...edit, isHex, text, asked: undefined, problem: '' });
  };

  private readonly submitted = (event: Event): void => {
    event.preventDefault();
    const { edit } = this;
    if (!edit) return;
    try {
      const asked = bytesOf(edit);
      if (edit.old && toHex(edit.old) === toHex(asked)) {
        this.change({ ...edit, problem: this.language.text('property.same') });
        return;
      }
      commands.setProperty({ oid: edit.oid, value: asked });
      this.change({ ...edit, asked, problem: '' });
    } catch (error) {
      this.change({ ...edit, problem: this.problemOf(error) });
    }
  };

  private readonly confirmed = async (): Promise<void> => {
    const { edit } = this;
    if (!edit?.asked) return;
    const sent: Edit = { ...edit, asked: undefined, problem: '' };
    this.change(sent);
    try {
      await this.write(edit.oid, edit.asked, edit.serialNumber);
      // Another form may be shown by now.
      if (this.edit === sent) this.close();
    } catch (error) {
      if (this.edit === sent) this.change({ ...sent, problem: this.problemOf(error) });
    }
  };

  private problemOf(error: unknown): string {
    const { language } = this;
    if (!(error instanceof PropertyValueError)) return problemText(language, error);
    const { problem, values, offset } = error;
    const { least = '', most = '' } = values;
    if (problem === 'value-length' && most === '') return language.text('property.value-missing');
    if (problem === 'value-length' && least === most) return language.text('property.characters', { count: most });
    const key = `property.${problem}` as const;
    return language.text(key, { ...values, least, most, place: language.number(offset + 1) });
  }

  private change(edit: Edit | undefined): void {
    this.edit = edit;
    this.host.requestUpdate();
  }
}

/** A value in hexadecimal, and what it means. */
export const valueTemplate = (language: PropertyLanguage, oid: string, value: Uint8Array): TemplateResult =>
  html`<code dir="ltr">${valueText(language, value)}</code> ${wordsTemplate(oid, value)}`;

/** What a value means, where a source says more than its bytes. */
function wordsTemplate(oid: string, value: Uint8Array): TemplateResult | typeof nothing {
  const { kind } = decodePropertyValue(oid, value);
  const words = readPropertyValue(oid, value);
  const isMore = kind === 'number' || kind === 'flags' || kind === 'choice' || kind === 'address';
  return isMore && words !== toHex(value) ? html`<span lang="en" dir="auto">${words}</span>` : nothing;
}

const isInvalid = ({ problem }: Edit): 'true' | 'false' => (problem === '' ? 'false' : 'true');

const flagsOf = (text: string): readonly string[] => text.split('\n').filter((flag) => flag !== '');

/** What stands in the field for a value: its type’s text, or hexadecimal. */
function fieldText(value: Uint8Array | undefined, typed: TypedValue | undefined): string {
  if (!value) return '';
  if (!typed) return toHex(value);
  return typed.kind === 'flags' ? typed.value.join('\n') : String(typed.value);
}

/** The bytes that are meant. @throws {MmsError} where they cannot be written. */
function bytesOf({ oid, text, isHex }: Edit): Uint8Array {
  const { kind } = propertyType(oid);
  return encodePropertyValue(oid, isHex ? { kind: 'bytes', value: text } : typedOf(kind, text));
}

function typedOf(kind: Kind, text: string): TypedValue {
  if (kind === 'number') return { kind, value: text.trim() === '' ? NaN : Number(text) };
  return kind === 'flags' ? { kind, value: flagsOf(text) } : { kind, value: text };
}
