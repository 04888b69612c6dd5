/** Prints the DOM events that reach the document, newest first. Messages are described, never printed: they are in clear. */
import { describe, type MmsMessage } from '../../src/mms/index.js';
import * as events from '../../src/events/index.js';

/** Lines that are kept. */
const MOST = 60;

/** @param list Gets a line for each event. @param clear Empties it. */
export function listEvents(list: HTMLOListElement, clear: HTMLElement): void {
  for (const { type } of Object.values(events)) {
    document.addEventListener(type, (event) => {
      list.prepend(line(type, (event as CustomEvent<object>).detail));
      while (list.childElementCount > MOST) list.lastElementChild?.remove();
    });
  }
  clear.addEventListener('click', () => {
    list.replaceChildren();
  });
}

function line(type: string, detail: object): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('code');
  name.textContent = type;
  const facts = Object.entries(detail).map(([key, value]) => `${key}: ${show(value)}`);
  item.append(name, ` ${facts.join(', ')}`);
  return item;
}

/** A value in words: a page that prints card data would be no good example. */
function show(value: unknown): string {
  if (value instanceof Uint8Array) return `${String(value.length)} bytes`;
  if (Array.isArray(value)) return `a tree of ${String(value.length)}`;
  if (value instanceof Error) return value.message;
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  if (typeof value === 'object' && value !== null) {
    return 'kind' in value && 'payload' in value ? `“${describe(value as MmsMessage)}”` : '{…}';
  }
  return String(value);
}
