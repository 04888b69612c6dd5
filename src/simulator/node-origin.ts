/**
 * Checks which pages may connect to a served reader: any site that is open in a browser can try to, and a name of its own can be made to
 * lead to this computer. For Node.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Names of this computer for itself (RFC 6761). */
const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name.startsWith('127.');

/** A number cannot be made to lead to another computer, as a name can. */
const isNumber = (name: string): boolean => isIP(name.replace(/^\[|\]$/g, '')) !== 0;

const hostnameOf = (address: string): string | undefined => {
  try {
    return new URL(address).hostname;
  } catch {
    return undefined;
  }
};

/**
 * The origin, or the name of this computer, for which a client is refused; undefined for one that may connect. Programs that are
 * not browsers send no origin.
 * @param served The address that is served.
 */
export function strangerOf({ host, origin }: IncomingHttpHeaders, served: string): string | undefined {
  const name = hostnameOf(`http://${host ?? ''}`);
  if (name === undefined || !(isLoopback(name) || isNumber(name) || name === served)) return host ?? '';
  if (origin === undefined) return undefined;
  const from = hostnameOf(origin);
  return from !== undefined && (isLoopback(from) || from === name) ? undefined : origin;
}
