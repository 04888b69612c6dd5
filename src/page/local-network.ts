/**
 * The browser's permission for devices of the local network (Local Network Access, WICG): which one a destination needs, and
 * what the browser says of it. It only looks: nothing here makes a browser ask.
 */
import type { LocalNetworkPermission } from '../connection/environment.js';
import type { Destination } from '../transports/transport.js';

/** Names of the permissions (Local Network Access, section “Permissions integration”). */
export type LocalNetworkPermissionName = 'local-network' | 'loopback-network';

/** IPv4 addresses that are never on the internet (RFC 1918, RFC 3927, RFC 6598). */
const LOCAL_IPV4 = /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
const IPV4 = /^\d+(\.\d+){3}$/;
/** IPv6 addresses of one's own network or link (RFC 4193, RFC 4291). */
const LOCAL_IPV6 = /^\[(f[cd]|fe[89ab])/;
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Names under `.local` are of the local network (RFC 6762). */
const isLocal = (host: string): boolean => LOCAL_IPV4.test(host) || LOCAL_IPV6.test(host) || host.endsWith('.local');

const isPublicAddress = (host: string): boolean => (IPV4.test(host) || host.startsWith('[')) && !isLocal(host);

/**
 * The permission that a page needs for a destination; undefined where it needs none: it stands in the same network itself, or
 * the destination is on the internet. A name may belong to either, so that a permission is looked up for it.
 *
 * @param pageHost Host name of the page, as `location.hostname` gives it.
 */
export function permissionFor(
  pageHost: string,
  { url, isLoopback }: Destination,
): LocalNetworkPermissionName | undefined {
  const { hostname } = new URL(url);
  if (pageHost === hostname || LOOPBACK.test(pageHost)) return undefined;
  if (isLoopback) return 'loopback-network';
  return isLocal(pageHost) || isPublicAddress(hostname) ? undefined : 'local-network';
}

/** What the browser says of the permission for a destination; `unknown` where it does not know such a permission. */
export async function localNetworkPermission(destination: Destination): Promise<LocalNetworkPermission> {
  const name = permissionFor(location.hostname, destination);
  if (name === undefined) return 'granted';
  try {
    const { permissions } = navigator as Partial<Navigator>;
    const status = await permissions?.query({ name: name as PermissionName });
    return status?.state ?? 'unknown';
  } catch {
    // A name that a browser does not know throws.
    return 'unknown';
  }
}
