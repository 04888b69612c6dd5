/**
 * Why a connection cannot be opened, as far as a page can know: before it is tried, so that nothing happens in vain and no
 * browser asks unexpectedly, and afterwards, where the browser itself says no more than “failed”.
 * It does not open anything, and it does not know when a connection is tried again.
 */
import type { Destination } from '../transports/transport.js';
import { TransportError } from '../transports/transport.js';
import type { Environment, LocalNetworkPermission } from './environment.js';
import { ReaderError, type ReaderErrorCode } from './reader-error.js';

const codeOfTransportError: Record<TransportError['code'], ReaderErrorCode> = {
  'bad-address': 'bad-url',
  'insecure-address': 'insecure-url',
  'mixed-content': 'mixed-content',
  unreachable: 'unreachable',
  'not-open': 'not-connected',
  'already-open': 'in-use',
  'not-chosen': 'not-chosen',
  'not-authorized': 'not-authorized',
  unsupported: 'unsupported',
  'open-elsewhere': 'in-use',
};

/** Whether there is a network, for a destination that needs one. */
export const isWithoutNetwork = (destination: Destination | undefined, environment: Environment): boolean =>
  destination !== undefined && !destination.isLoopback && !environment.isOnline();

/** What is certain to fail, without asking anybody; undefined where it is worth a try. */
export function foresee(destination: Destination | undefined, environment: Environment): ReaderError | undefined {
  if (destination === undefined) return undefined;
  // Loopback is exempt (Mixed Content, W3C, section 4.1, potentially trustworthy URLs).
  if (destination.url.startsWith('ws:') && !destination.isLoopback && environment.isSecurePage?.())
    return new ReaderError('mixed-content', {
      detail: `The address is ${destination.url}.`,
      because: { code: 'address', values: { address: destination.url } },
    });
  return isWithoutNetwork(destination, environment) ? new ReaderError('offline') : undefined;
}

/** What the permission for the local network says about a try; undefined where it may be made. */
export function judgePermission(permission: LocalNetworkPermission, isUnattended: boolean): ReaderError | undefined {
  if (permission === 'denied') return new ReaderError('permission-denied');
  return permission === 'prompt' && isUnattended ? new ReaderError('permission-needed') : undefined;
}

/** What is known of a try that failed. */
export async function explain(
  cause: unknown,
  destination: Destination | undefined,
  environment: Environment,
): Promise<ReaderError> {
  if (cause instanceof ReaderError) return cause;
  const error = asReaderError(cause);
  if (error.code !== 'unreachable' || destination === undefined) return error;
  if (isWithoutNetwork(destination, environment)) return new ReaderError('offline', { cause });
  // The person may have refused just now.
  if ((await environment.localNetworkPermission?.(destination)) === 'denied')
    return new ReaderError('permission-denied', { cause });
  return error;
}

function asReaderError(cause: unknown): ReaderError {
  if (!(cause instanceof TransportError)) return new ReaderError('unreachable', { cause });
  const { code, message: detail, because } = cause;
  return new ReaderError(codeOfTransportError[code], {
    detail,
    because,
    cause,
    ...(code === 'open-elsewhere' ? { canTakeOver: true } : {}),
  });
}
