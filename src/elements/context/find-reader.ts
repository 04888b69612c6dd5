/**
 * Finds the reader element of an element: the nearest around it, or the one that it names, which is looked for outwards, one tree
 * after the other, as far as the page goes.
 * It knows the shape of a reader element, not its class: the reader may come from another copy of this package.
 */
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';

/** What is used of a reader element; one that is not defined yet has none of it. */
export interface ReaderElementLike extends Element {
  readonly client?: ReaderClient | undefined;
  readonly simulatedReader?: Promise<unknown> | undefined;
}

/** @param id Of the reader element; empty for the nearest around. Null and undefined are as good as empty. */
export function findReader(element: Element, id: string | null | undefined): ReaderElementLike | undefined {
  return (id ?? '') === '' ? around(element) : named(element, String(id));
}

/** Calls `changed` when the element that an id names may be another one, until the returned function is called. */
export function watchIds(element: Element, changed: () => void): Unsubscribe {
  const observer = new MutationObserver(changed);
  for (const root of rootsOf(element))
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] });
  return () => observer.disconnect();
}

function named(element: Element, id: string): ReaderElementLike | undefined {
  const selector = `#${CSS.escape(id)}`;
  for (const root of rootsOf(element)) {
    const found = root.querySelector(selector);
    if (found) return found;
  }
  return undefined;
}

/** The tree that an element is in, the tree that its host is in, and so on. */
function* rootsOf(element: Element): Iterable<ParentNode & Node> {
  for (let at: Element | undefined = element; at;) {
    const root: Node = at.getRootNode();
    yield root as ParentNode & Node;
    at = 'host' in root ? (root.host as Element) : undefined;
  }
}

/** The nearest, also outside of the shadow trees that the element is in. */
function around(element: Element): ReaderElementLike | undefined {
  let node: Node | null = element.assignedSlot ?? element.parentNode;
  while (node) {
    if ('simulatedReader' in node) return node as ReaderElementLike;
    node = 'host' in node ? (node.host as Node) : ((node as Partial<Element>).assignedSlot ?? node.parentNode);
  }
  return undefined;
}
