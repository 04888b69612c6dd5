/**
 * The browser's permission for devices of the local network (Local Network Access, WICG): which one a destination needs, and
 * the browser's setting for it. It only looks: nothing here makes a browser ask.
 */
import { isPublicNumber, looksLocal } from '../connection/address-space.js';
import type { LocalNetworkPermission, Unsubscribe } from '../connection/environment.js';
import type { Destination } from '../transports/transport.js';

/** Names of the permissions (Local Network Access, section “Permissions integration”). */
export type LocalNetworkPermissionName = 'local-network' | 'loopback-network';

/** A page, as `location` gives it. */
export interface PagePlace {
  readonly protocol: string;
  readonly hostname: string;
}

/**
 * The permission that a page may need for a destination; undefined where no question can come: the page was not loaded over
 * https, it is in the local network itself, or the destination is a number of the internet. A name may belong to either side.
 */
export function permissionFor(
  { protocol, hostname: pageHost }: PagePlace,
  { url, isLoopback }: Destination,
): LocalNetworkPermissionName | undefined {
  const { hostname } = new URL(url);
  if (protocol !== 'https:' || looksLocal(pageHost) || pageHost === hostname) return undefined;
  if (isLoopback) return 'loopback-network';
  return isPublicNumber(hostname) ? undefined : 'local-network';
}

/** The browser's setting for a destination; `unknown` where it has none, or where no question can come. */
export async function localNetworkPermission(destination: Destination): Promise<LocalNetworkPermission> {
  const name = permissionFor(location, destination);
  const state = name && (await query(name))?.state;
  if (name === undefined || state === undefined) return 'unknown';
  return state === 'denied' && isWithheld(name) ? 'not-delegated' : state;
}

/** Calls `listener` when the setting for a destination changes, until the returned function is called. */
export function onPermissionChange(destination: Destination, listener: () => void): Unsubscribe {
  const name = permissionFor(location, destination);
  const stop = new AbortController();
  if (name !== undefined)
    void query(name).then((status) => status?.addEventListener('change', listener, { signal: stop.signal }));
  return () => stop.abort();
}

async function query(name: LocalNetworkPermissionName): Promise<PermissionStatus | undefined> {
  try {
    const { permissions } = navigator as Partial<Navigator>;
    return await permissions?.query({ name: name as PermissionName });
  } catch {
    // A name that a browser does not know throws.
    return undefined;
  }
}

/** Chromium's interface to the permissions policy of a page. */
interface WithFeaturePolicy {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Whether the frame or policy around the page withholds a permission. A browser that does not say so does it in frames only. */
function isWithheld(name: LocalNetworkPermissionName): boolean {
  const { featurePolicy } = document as WithFeaturePolicy;
  return featurePolicy ? !featurePolicy.allowsFeature(name) : window !== window.top;
}
