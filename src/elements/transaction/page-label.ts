/**
 * Detects the label that a page gives the button of a sale: something that can be seen or is read aloud. What editors, frameworks
 * and template languages leave behind, a line break or an empty paragraph, is none.
 * It does not know what the button does.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Elements that show something without any text. */
const SHOWING = 'img, svg, picture, video, canvas, object, embed, iframe, input, meter, progress, [role=img]';
/** Elements whose text nobody sees. */
const SILENT = 'script, style, template, noscript, [hidden]';

export class PageLabel implements ReactiveController {
  private readonly host: ReactiveControllerHost & Element;
  private readonly observer: MutationObserver | undefined;
  private found = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.host = host;
    if (typeof MutationObserver !== 'undefined') this.observer = new MutationObserver(() => this.look());
    host.addController(this);
  }

  /** Whether there is one. */
  get isThere(): boolean {
    return this.found;
  }

  hostConnected(): void {
    this.observer?.observe(this.host, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['hidden', 'aria-label', 'slot', 'class', 'src'],
    });
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
  }

  /** Looks again, also for what only styles show. */
  readonly look = (): void => {
    const found = [...this.host.childNodes].some(says);
    if (found === this.found) return;
    this.found = found;
    this.host.requestUpdate();
  };
}

/** Whether a node of the label, and not of another slot, shows or says something. */
function says(node: Node): boolean {
  if (node.nodeType === Node.TEXT_NODE) return isText(node.textContent);
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  const element = node as Element;
  return element.slot === '' && elementSays(element);
}

function elementSays(element: Element): boolean {
  if (element.matches(SILENT)) return false;
  if (element.matches(SHOWING) || element.shadowRoot || isText(element.getAttribute('aria-label'))) return true;
  // An element of its own, not defined yet, or with a closed shadow root; and an icon that styles draw.
  if (element.localName.includes('-') || hasArea(element)) return true;
  return [...element.childNodes].some((node) =>
    node.nodeType === Node.TEXT_NODE
      ? isText(node.textContent)
      : node.nodeType === Node.ELEMENT_NODE && elementSays(node as Element),
  );
}

const isText = (text: string | null): boolean => (text ?? '').trim() !== '';

/** Whether an empty element takes room of its own: icon fonts and backgrounds do. */
function hasArea(element: Element): boolean {
  if (element.childNodes.length > 0) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}
