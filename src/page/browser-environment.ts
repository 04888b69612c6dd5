/** The environment of a client in a page: visibility, network, storage. It touches the page only when it is called. */
import { systemEnvironment, type Environment, type ReaderStorage } from '../connection/environment.js';
import { probeHost } from './host-probe.js';
import { localNetworkPermission, onPermissionChange } from './local-network.js';
import { watchPolicy } from './policy-watch.js';
import { onPresence } from './presence.js';
import { sharedNames } from './shared-names.js';
import { keepAwake } from './wake-lock.js';

/** The environment of the page that an element is in. */
export function browserEnvironment(): Environment {
  const storage = storageOf('sessionStorage');
  const lastingStorage = storageOf('localStorage');
  return {
    ...systemEnvironment,
    isVisible: () => document.visibilityState !== 'hidden',
    // Absent or wrong on some platforms: only a clear “no” counts.
    isOnline: () => navigator.onLine,
    localNetworkPermission,
    onPermissionChange,
    watchPolicy,
    probeHost,
    onPresence,
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
    onStored: (listener) => {
      const heard = ({ key }: StorageEvent): void => listener(key);
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
    ...sharedNames(),
    tabName: () => tabName(storage),
    ...(storage ? { storage } : {}),
    ...(lastingStorage ? { lastingStorage } : {}),
    keepAwake,
  };
}

const TAB = 'magtek-elements/tab';

/** Another one in each page load where nothing can be kept. */
function tabName(storage: ReaderStorage | undefined): string {
  const name = systemEnvironment.uniqueId();
  try {
    const before = storage?.getItem(TAB);
    if (typeof before === 'string') return before;
    storage?.setItem(TAB, name);
  } catch {
    // Forbidden or full.
  }
  return name;
}

/** Pages without permission to keep anything throw where a storage is asked for. */
function storageOf(name: 'sessionStorage' | 'localStorage'): ReaderStorage | undefined {
  try {
    return (globalThis as Partial<Record<typeof name, ReaderStorage>>)[name];
  } catch {
    return undefined;
  }
}
