/**
 * `ElementInternals` of an element: its place in a form, and its states for styles. Pages without a browser, in which shops run
 * their own tests, have only a part of it: jsdom neither value nor validity, happy-dom nothing at all. There the element keeps it
 * itself, as far as it can be known, so that a test of a shop sees the same as its page.
 */

/** What an element has of `ElementInternals`. */
export class Internals {
  private readonly host: HTMLElement;
  private readonly own: Partial<ElementInternals>;
  private message = '';
  private flags: ValidityStateFlags = {};

  /** @param host An element whose `attachInternals()` has not been called yet. */
  constructor(host: HTMLElement) {
    this.host = host;
    this.own = (host as Partial<HTMLElement>).attachInternals?.call(host) ?? {};
  }

  get form(): HTMLFormElement | null {
    return this.own.form === undefined ? this.host.closest('form') : this.own.form;
  }

  /** For styles; undefined where there are none. */
  get states(): CustomStateSet | undefined {
    return this.own.states;
  }

  get validity(): ValidityState {
    return this.own.validity ?? ({ ...this.flags, valid: this.message === '' } as ValidityState);
  }

  get validationMessage(): string {
    return this.own.validationMessage ?? this.message;
  }

  get willValidate(): boolean {
    return this.own.willValidate ?? !this.host.hasAttribute('disabled');
  }

  checkValidity(): boolean {
    return this.own.checkValidity?.call(this.own) ?? this.message === '';
  }

  reportValidity(): boolean {
    return this.own.reportValidity?.call(this.own) ?? this.message === '';
  }

  setFormValue(value: string | null): void {
    this.own.setFormValue?.call(this.own, value);
  }

  setValidity(flags: ValidityStateFlags, message: string, anchor: HTMLElement | undefined): void {
    this.flags = flags;
    this.message = message;
    this.own.setValidity?.call(this.own, flags, message, anchor);
  }
}
