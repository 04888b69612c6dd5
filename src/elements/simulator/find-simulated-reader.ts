/**
 * Finds the reader element that an element stands in or names, as far as it has a simulated reader to show.
 * It knows the shape of such an element, not its class: it may come from another copy of this package.
 */
import type { SimulatedReader } from '../../simulator/simulated-reader.js';

interface SimulatedReaderHost extends Element {
  readonly simulatedReader: Promise<SimulatedReader> | undefined;
}

const isHost = (element: Element | undefined): element is SimulatedReaderHost =>
  element !== undefined && 'simulatedReader' in element;

/**
 * @param id Of the reader element; empty for the nearest around.
 * @throws what went wrong when it was loaded.
 */
export async function findSimulatedReader(element: Element, id: string): Promise<SimulatedReader | undefined> {
  const host = id === '' ? around(element) : named(element, id);
  return isHost(host) ? host.simulatedReader : undefined;
}

function named(element: Element, id: string): Element | undefined {
  const selector = `#${CSS.escape(id)}`;
  const root = element.getRootNode() as Document | ShadowRoot;
  return root.querySelector(selector) ?? element.ownerDocument.querySelector(selector) ?? undefined;
}

/** The nearest, also outside of the shadow trees that the element is in. */
function around(element: Element): Element | undefined {
  let node: Node | null = element.assignedSlot ?? element.parentNode;
  while (node) {
    if (node instanceof Element && isHost(node)) return node;
    node = node instanceof ShadowRoot ? node.host : ((node as Partial<Element>).assignedSlot ?? node.parentNode);
  }
  return undefined;
}
