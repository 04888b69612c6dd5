/**
 * How a person gives a file: a button to choose one, and places to drop it. The button is a label around the browser's own field, so that keyboards
 * and screen readers know it.
 */
import { html, type TemplateResult } from 'lit';

/**
 * @param accept The kinds of files that are offered, as the attribute of that name; empty for all.
 * @param choose Gets the file, or all of several where they may be.
 */
export const fileChooser = (
  label: string,
  accept: string,
  choose: (first: File, ...others: File[]) => void,
  { multiple = false, disabled = false } = {},
): TemplateResult => html`
  <label class="open">
    <input
      type="file"
      class="visually-hidden"
      accept=${accept}
      ?multiple=${multiple}
      ?disabled=${disabled}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const [first, ...others] = input.files ?? [];
        // The same file may be chosen again.
        input.value = '';
        if (first) choose(first, ...others);
      }}
    />
    ${label}
  </label>
`;

/** For `@dragover`: without it the browser opens what is dropped. */
export const allowDrop = (event: DragEvent): void => event.preventDefault();
