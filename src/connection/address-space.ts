/**
 * Guesses the network of a host from the way in which its address is written: only that decides whether a connection
 * may be tried while nobody is there to answer a question of the browser. No name is resolved.
 */
import type { Destination } from '../transports/transport.js';

/** Numbers that are never on the internet (RFC 1918, RFC 3927, RFC 6598). */
const LOCAL_IPV4 = /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
/** Numbers of one's own network or link (RFC 4193, RFC 4291), and IPv4 numbers written as IPv6. */
const LOCAL_IPV6 = /^\[(f[cd]|fe[89ab]|::ffff:)/;
/** Names that only a local network knows (RFC 6762, RFC 8375, the `.internal` of ICANN), and `.lan`, which routers use. */
const LOCAL_NAME = /\.(local|lan|home\.arpa|internal)$/;

/**
 * Whether a host is written as one of a local network, or as this computer: a private number, a name without a dot, or a name
 * that only a local network knows.
 *
 * @param hostname As `URL` writes it.
 */
export function looksLocal(hostname: string): boolean {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (host.startsWith('[')) return host === '[::1]' || LOCAL_IPV6.test(host);
  if (/^\d+(\.\d+){3}$/.test(host)) return LOCAL_IPV4.test(host) || host.startsWith('127.');
  return !host.includes('.') || LOCAL_NAME.test(host) || host.endsWith('.localhost');
}

/** Whether an address is a number of the internet, which no permission for the local network concerns. */
export function isPublicNumber(hostname: string): boolean {
  return (hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname)) && !looksLocal(hostname);
}

/** Whether a destination looks as if it were on the internet, so that trying it raises no question. */
export const looksPublic = ({ url, isLoopback }: Destination): boolean =>
  !isLoopback && !looksLocal(new URL(url).hostname);
