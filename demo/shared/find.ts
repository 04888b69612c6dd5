/** Elements that a demo page is sure to have. */

export function find<Tag extends keyof HTMLElementTagNameMap>(selector: Tag): HTMLElementTagNameMap[Tag];
export function find(selector: string): HTMLElement;
/** @throws {Error} where the page does not have it. */
export function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}
