/** Moves the focus into what an element is about to draw, so that it is never on what is gone. */
import type { LitElement } from 'lit';

export async function focusSoon(host: LitElement, selector: string): Promise<void> {
  await host.updateComplete;
  host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
}

/** Where the focus is within the element only: nobody is to be taken from elsewhere in the page. */
export function keepFocus(host: LitElement, selector: string): void {
  if (host.matches(':focus-within')) void focusSoon(host, selector);
}
