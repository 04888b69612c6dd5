/** A button that lets a person choose a file: a label around the browser's own field, so that keyboards and screen readers know it. */
import { html, type TemplateResult } from 'lit';

/** @param accept The kinds of files that are offered, as the attribute of that name; empty for all. */
export const fileChooser = (label: string, accept: string, choose: (file: File) => void): TemplateResult => html`
  <label class="open">
    <input
      type="file"
      class="visually-hidden"
      accept=${accept}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const file = input.files?.[0];
        // The same file may be chosen again.
        input.value = '';
        if (file) choose(file);
      }}
    />
    ${label}
  </label>
`;
