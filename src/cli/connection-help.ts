/**
 * What to do where a reader or a broker cannot be reached, which the words of the system do not say. For Node, which is told what pages
 * are not.
 */
import { TransportError } from '../transports/transport.js';
import { certificateHelp } from './certificate-help.js';

const NO_ANSWER = 'Nothing answers there: check that it is on and in this network, and the address.';
const NO_NAME = 'Nobody knows that name: check its spelling, and the DNS of this network.';

/** By the code of Node's error. */
const remedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check that it is on, and the port.',
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  ETIMEDOUT: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  ENETUNREACH: NO_ANSWER,
  EHOSTDOWN: NO_ANSWER,
  ECONNRESET: 'It ended the connection before that was open: check whether it wants encryption, and whom it lets in.',
  EPROTO: 'It does not speak TLS there: check the port, and whether the address must begin without encryption.',
  HPE_INVALID_CONSTANT: 'Something else answers there: check the port.',
};

/** An answer to the request for a WebSocket that is not one, in the words of the library. */
const OTHER_ANSWER = /^Unexpected server response: (\d+)/;

function remedyFor(error: Error): string | undefined {
  const [, status] = OTHER_ANSWER.exec(error.message) ?? [];
  if (status === '401' || status === '403') return 'It does not let this computer in: check what it is set to allow.';
  if (status !== undefined) return 'Something answers there, but not with a WebSocket: check the port and the path.';
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && Object.hasOwn(remedies, code) ? remedies[code] : undefined;
}

const causeOf = (error: Error): unknown => (error instanceof AggregateError ? error.errors[0] : error.cause);

/** Behind the message of an error of a broker, with a blank before it; empty where there is nothing to add. */
export function brokerHelp(error: unknown): string {
  const certificate = certificateHelp(error);
  if (certificate !== '') return certificate;
  let isOfTransport = false;
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    isOfTransport ||= cause instanceof TransportError;
    const remedy = isOfTransport ? remedyFor(cause) : undefined;
    if (remedy !== undefined) return `${/[.!?]$/.test((error as Error).message) ? '' : '.'} ${remedy}`;
  }
  return '';
}

/** What the system said of a reader that it could not reach, and what to do. */
export function readerFailure(failure: Error): string {
  const first = failure instanceof AggregateError ? (failure.errors[0] as Error) : failure;
  // OpenSSL puts addresses of memory and of its own source around it.
  const words = first.message.replace(/^.*SSL routines:[^:]*:([^:]+):.*$/s, '$1').replace(/[.\s]+$/, '');
  const help = certificateHelp(first, '--reader-ca') || ` ${remedyFor(first) ?? ''}`;
  return `${words}.${help}`.trimEnd();
}
