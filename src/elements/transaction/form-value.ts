/**
 * The value of the element in its form: what the form sends, whether it may be sent without one, and `input` and `change` when it has
 * come or gone.
 * It does not know what the value means.
 */
import type { LitElement } from 'lit';
import { Internals } from '../shared/internals.js';

export class FormValue extends Internals {
  private readonly element: LitElement;
  private readonly missing: () => string;
  private text = '';
  /** The value that the page was last told of. */
  private told = '';

  /** @param missing What is to be said of an element without a value; empty where it needs none. */
  constructor(element: LitElement, missing: () => string) {
    super(element);
    this.element = element;
    this.missing = missing;
  }

  /** Empty before there is one. */
  get value(): string {
    return this.text;
  }

  set value(value: string) {
    this.text = value;
    this.setFormValue(value === '' ? null : value);
    this.check();
    // Told when everything else is in place, and not where it comes and goes in one task.
    queueMicrotask(this.tell);
  }

  /** Judges anew whether the form may be sent; the browser's own message is anchored at the button. */
  check(): void {
    const { element, text } = this;
    const message = text === '' ? this.missing() : '';
    const anchor = (element.hasUpdated && element.renderRoot.querySelector<HTMLElement>('.pay')) || undefined;
    this.setValidity(message === '' ? {} : { valueMissing: true }, message, anchor);
  }

  private readonly tell = (): void => {
    const { element, text } = this;
    if (text === this.told) return;
    this.told = text;
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
