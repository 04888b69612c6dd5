/**
 * The language of a place in a page: the nearest `lang` attribute around it, through shadow roots, and when that changes.
 * It does not know words.
 */

/** Where nobody says what language a page is in. */
export const DEFAULT_LANGUAGE = 'en';

/** The language tag that holds for an element; `en` where none is given. */
export function nearestLanguage(element: Element): string {
  for (let at: Element | undefined = element; at; at = hostOf(at)) {
    const language = at.closest('[lang]')?.getAttribute('lang');
    if (language) return language;
  }
  return DEFAULT_LANGUAGE;
}

const hostOf = (element: Element): Element | undefined => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
};

interface Watch {
  readonly observer: MutationObserver;
  readonly listeners: Set<() => void>;
}

/** One observer for each tree, however many elements are in it. */
const watches = new WeakMap<Node, Watch>();

/** Calls `listener` when a `lang` attribute around an element may have changed, until the returned function is called. */
export function watchLanguage(element: Element, listener: () => void): () => void {
  const stops: (() => void)[] = [];
  for (let at: Element | undefined = element; at; at = hostOf(at)) stops.push(watch(at.getRootNode(), listener));
  return () => {
    for (const stop of stops) stop();
  };
}

function watch(root: Node, listener: () => void): () => void {
  const { listeners, observer } = watches.get(root) ?? startWatch(root);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer.disconnect();
    watches.delete(root);
  };
}

function startWatch(root: Node): Watch {
  const listeners = new Set<() => void>();
  const observer = new MutationObserver(() => {
    for (const listener of [...listeners]) listener();
  });
  observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
  const started = { observer, listeners };
  watches.set(root, started);
  return started;
}
