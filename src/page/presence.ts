/**
 * Notices when a page is left and when the same page is used again. A page that is left by a link may stay in the browser's
 * back/forward cache with everything it holds: Chromium keeps its sockets open and its Web Locks held.
 */
import type { PresenceListener, Unsubscribe } from '../connection/environment.js';

/** Calls the listener until the returned function is called. */
export function onPresence({ left, returned }: PresenceListener): Unsubscribe {
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener('pagehide', left, { signal });
  // A page that the browser froze, in its cache or in a tab of the background, loses its sockets (Page Lifecycle, WICG).
  document.addEventListener('freeze', left, { signal });
  document.addEventListener('resume', returned, { signal });
  window.addEventListener('pageshow', returned, { signal });
  return () => stop.abort();
}
