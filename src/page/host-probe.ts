/**
 * Probes whether a host that could not be connected to answers at all. A browser hides from a page why a socket failed; whether the
 * same host answers an ordinary request is the best evidence there is for a certificate that it does not trust.
 * Only where no question of the browser can come of it.
 */
import type { Destination } from '../transports/transport.js';
import { localNetworkPermission } from './local-network.js';

/** Milliseconds for a host to answer. */
const PATIENCE = 3_000;

export async function probeHost(destination: Destination): Promise<'trusted' | 'untrusted' | undefined> {
  const { host } = new URL(destination.url);
  const permission = await localNetworkPermission(destination);
  if (permission !== 'granted' && permission !== 'unknown') return undefined;
  if (await answers(`https://${host}/`)) return 'trusted';
  // Without TLS. From a page over https only few hosts can be asked, and for those the browser must be told so.
  return (await answers(`http://${host}/`, destination.isLoopback ? 'loopback' : 'local')) ? 'untrusted' : undefined;
}

/** A member of `RequestInit` that Local Network Access brings. */
interface SpacedRequest extends RequestInit {
  readonly targetAddressSpace?: 'local' | 'loopback';
}

async function answers(url: string, targetAddressSpace?: SpacedRequest['targetAddressSpace']): Promise<boolean> {
  const request: SpacedRequest = {
    mode: 'no-cors',
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE),
    ...(targetAddressSpace === undefined || location.protocol !== 'https:' ? {} : { targetAddressSpace }),
  };
  try {
    await fetch(url, request);
    return true;
  } catch {
    return false;
  }
}
