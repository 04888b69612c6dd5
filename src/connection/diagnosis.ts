/**
 * The reason why a connection cannot be opened, as far as a page can know: before it is tried, so that nothing happens in vain and no
 * browser asks unexpectedly, and afterwards, where the browser itself says no more than “failed”.
 * It does not open anything, and it does not know when a connection is tried again.
 */
import type { Destination } from '../transports/transport.js';
import { TransportError } from '../transports/transport.js';
import type { Environment, LocalNetworkPermission } from './environment.js';
import { looksPublic } from './address-space.js';
import { detailed } from './error-details.js';
import { ReaderError, type ReaderErrorCode } from './reader-error.js';

const codeOfTransportError: Record<TransportError['code'], ReaderErrorCode> = {
  'bad-address': 'bad-url',
  'insecure-address': 'insecure-url',
  'mixed-content': 'mixed-content',
  unreachable: 'unreachable',
  'certificate-suspected': 'certificate-suspected',
  'not-open': 'not-connected',
  'already-open': 'in-use',
  'not-chosen': 'not-chosen',
  'not-authorized': 'not-authorized',
  'broker-path': 'broker-path',
  'broker-version': 'broker-version',
  unsupported: 'unsupported',
  'open-elsewhere': 'in-use',
  'other-reader': 'other-reader',
};

/** Whether there is a network, for a destination that needs one. */
export const isWithoutNetwork = (destination: Destination | undefined, environment: Environment): boolean =>
  destination !== undefined && !destination.isLoopback && !environment.isOnline();

/** What is certain to fail, without asking anybody; undefined where it is worth a try. */
export function foresee(
  destination: Destination | undefined,
  environment: Environment,
  allowHosts: readonly string[] | undefined,
): ReaderError | undefined {
  if (destination === undefined) return undefined;
  const { host, hostname } = new URL(destination.url);
  if (allowHosts && !allowHosts.includes(host) && !allowHosts.includes(hostname))
    return new ReaderError('host-not-allowed', detailed('host', { host }));
  return isWithoutNetwork(destination, environment) ? new ReaderError('offline') : undefined;
}

/** One try to open a connection, as far as its diagnosis depends on it. */
export interface Try {
  readonly destination: Destination | undefined;
  /** Nobody is there to answer a question of the browser. */
  readonly isUnattended: boolean;
  /** This page has had a connection to the destination for which nobody was asked. */
  readonly wasOpenedBefore: boolean;
  /** The browser's setting; undefined where there is none. */
  readonly permission: LocalNetworkPermission | undefined;
  /** The content security policy that forbade it. */
  readonly directive: string | undefined;
}

/** Whether the browser may ask the person when this is tried. */
export const mayAsk = ({ destination, permission, wasOpenedBefore }: Omit<Try, 'directive'>): boolean =>
  destination !== undefined && permission === 'prompt' && !wasOpenedBefore && !looksPublic(destination);

/** Details that only somebody who was reached can be the reason of. */
const reachedAll: ReadonlySet<string> = new Set(['reader-not-at-broker', 'broker-lost', 'broker-busy']);

/**
 * What is known of a try that failed.
 * @param tried With the setting after it: the person may have refused just now.
 */
export async function explain(cause: unknown, tried: Try, environment: Environment): Promise<ReaderError> {
  if (cause instanceof ReaderError) return cause;
  const { destination, directive, isUnattended, permission, wasOpenedBefore } = tried;
  if (directive !== undefined)
    return new ReaderError('blocked-by-policy', { ...detailed('directive', { directive }), cause });
  const error = asReaderError(cause);
  if (error.code !== 'unreachable' || destination === undefined) return error;
  if (error.because && reachedAll.has(error.because.code)) return error;
  if (isWithoutNetwork(destination, environment)) return new ReaderError('offline', { cause });
  if (!wasOpenedBefore && permission === 'not-delegated')
    return new ReaderError('permission-denied', { ...detailed('not-delegated'), cause });
  if (!wasOpenedBefore && permission === 'denied') return new ReaderError('permission-denied', { cause });
  if (!isUnattended && mayAsk(tried)) return new ReaderError('unreachable', { ...detailed('question-closed'), cause });
  return isUnattended ? error : suspectCertificate(error, destination, environment);
}

/** Asks the host itself whether its certificate may be the reason. Only for a person: it is another try to reach it. */
async function suspectCertificate(
  error: ReaderError,
  destination: Destination,
  environment: Environment,
): Promise<ReaderError> {
  if (!destination.url.startsWith('wss:')) return error;
  const { cause } = error;
  const answer = await environment.probeHost?.(destination);
  if (answer === 'untrusted') return new ReaderError('certificate-suspected', { cause });
  if (answer === 'trusted') return new ReaderError('unreachable', { ...detailed('answers-without-socket'), cause });
  return error;
}

/** What a transport has said, as an error of this layer. */
export function asReaderError(cause: unknown): ReaderError {
  if (!(cause instanceof TransportError)) return new ReaderError('unreachable', { cause });
  const { code, message: detail, because } = cause;
  return new ReaderError(codeOfTransportError[code], {
    detail,
    because,
    cause,
    ...(code === 'open-elsewhere' ? { canTakeOver: true } : {}),
  });
}
