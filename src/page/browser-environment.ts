/**
 * What the client needs to know of a page: whether it is seen, whether there is a network, what it may keep.
 * It touches the page only when it is called.
 */
import { systemEnvironment, type Environment, type ReaderStorage } from '../connection/environment.js';
import { localNetworkPermission } from './local-network.js';
import { keepAwake } from './wake-lock.js';

/** The environment of the page that an element is in. */
export function browserEnvironment(): Environment {
  const storage = sessionStorageOf(globalThis);
  return {
    ...systemEnvironment,
    isVisible: () => document.visibilityState !== 'hidden',
    // Absent or wrong on some platforms: only a clear “no” counts.
    isOnline: () => navigator.onLine,
    isSecurePage: () => location.protocol === 'https:',
    localNetworkPermission,
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
