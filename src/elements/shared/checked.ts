/**
 * Checks a box, or a radio button, or not: `<input type="checkbox" ${checked(isChosen)} />`.
 * A binding of the property would be written by a server as an attribute, which checks a box whatever is in it.
 */
import { noChange, type ElementPart } from 'lit';
import { Directive, directive, type DirectiveResult } from 'lit/directive.js';

class Checked extends Directive {
  render(isChecked: boolean): boolean {
    return isChecked;
  }

  override update({ element }: ElementPart, [isChecked]: [boolean]): typeof noChange {
    (element as HTMLInputElement).checked = isChecked;
    return noChange;
  }
}

export const checked: (isChecked: boolean) => DirectiveResult = directive(Checked);
