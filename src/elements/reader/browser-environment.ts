/**
 * What the client needs to know of a page: whether it is seen, whether there is a network, what it may keep.
 * It touches the page only when it is called.
 */
import { systemEnvironment, type Environment, type ReaderStorage } from '../../client/environment.js';

/** The environment of the page that an element is in. */
export function browserEnvironment(): Environment {
  const storage = sessionStorageOf(globalThis);
  return {
    ...systemEnvironment,
    isVisible: () => document.visibilityState !== 'hidden',
    // Absent or wrong on some platforms: only a clear “no” counts.
    isOnline: () => navigator.onLine,
    onChange: (listener) => {
      document.addEventListener('visibilitychange', listener);
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        document.removeEventListener('visibilitychange', listener);
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    ...(storage ? { storage } : {}),
    keepAwake,
  };
}

/** Pages without permission to keep anything throw where the storage is asked for. */
function sessionStorageOf(page: { readonly sessionStorage?: ReaderStorage }): ReaderStorage | undefined {
  try {
    return page.sessionStorage;
  } catch {
    return undefined;
  }
}

/** A screen wake lock where the platform has one and allows it; the lock ends by itself when the page is hidden. */
function keepAwake(): () => void {
  let isWanted = true;
  let lock: WakeLockSentinel | undefined;
  const request = async (): Promise<void> => {
    const granted = await (navigator as Partial<Navigator>).wakeLock?.request('screen');
    if (isWanted) lock = granted;
    else await granted?.release();
  };
  // Refused to hidden pages and on low battery: a sale goes on without it.
  request().catch(() => undefined);
  return () => {
    isWanted = false;
    lock?.release().catch(() => undefined);
  };
}
