/**
 * Interprets the end of a connection to a broker: whose fault it was, and whether it may heal.
 * Brokers say it in different places: a return code, a reason code of MQTT 5, the close code and reason of the WebSocket, or an
 * answer to the upgrade that is not one.
 */
import { somethingAnswers } from './broker-probe.js';
import { shownAddress } from './network-address.js';
import { TransportError } from './transport.js';

/** What is known of an end. */
export interface MqttEnd {
  /** The first error, with the code of the broker where it refused. */
  error?: Error & { readonly code?: unknown };
  /** Why the broker ends it (MQTT 5 section 3.14.2.1). */
  reasonCode?: number;
  /** Whether the WebSocket was open. */
  hasOpened?: boolean;
  /** How the WebSocket was closed. */
  socket?: { readonly code: number; readonly reason: string };
}

/** Bad user name or password, not authorized, banned: CONNACK of MQTT 3.1.1 (table 3.1) and of MQTT 5 (section 3.2.2.2). */
const UNAUTHORIZED: ReadonlySet<unknown> = new Set([4, 5, 0x86, 0x87, 0x8a]);
/** A version that is not spoken. */
const OTHER_VERSION: ReadonlySet<unknown> = new Set([1, 0x84]);
/** Not now: server unavailable, busy, quota, rate (the same tables). */
const BUSY: ReadonlySet<unknown> = new Set([3, 0x88, 0x89, 0x97, 0x9f]);
/** Another client has come under the same name (MQTT 5 section 3.14.2.1). */
const SESSION_TAKEN_OVER = 0x8e;

/** Words of brokers for a refusal, in the reason of a close frame: RabbitMQ's are `unauthenticated` and `access_refused`. */
const REFUSING_WORDS = /unauthenti|unauthori[sz]ed|access_refused|bad.?credentials|not.?authori[sz]ed/i;
/** Words of Node's sockets for a server that answers, but not with a WebSocket for MQTT. */
const NO_MQTT_THERE = /Unexpected server response|sent no subprotocol|invalid subprotocol/i;
/** Close codes for what this side is said to have done wrong (RFC 6455 section 7.4.1). */
const POLICY_CODES: ReadonlySet<number> = new Set([1002, 1008]);

/** Whether the broker has ended a connection for what was asked of it, and not for trouble of its own. */
export const isRefusal = ({ error, reasonCode, socket }: MqttEnd): boolean =>
  UNAUTHORIZED.has(reasonCode) ||
  UNAUTHORIZED.has(error?.code) ||
  (socket !== undefined && (POLICY_CODES.has(socket.code) || REFUSING_WORDS.test(socket.reason)));

/** Whether another client has come under the name of this one. */
export const isTakenOver = ({ reasonCode }: MqttEnd): boolean => reasonCode === SESSION_TAKEN_OVER;

/** Why a connection could not be opened. */
export async function refusalOf(end: MqttEnd, address: string): Promise<TransportError> {
  const { error, socket, hasOpened = false } = end;
  const options = error === undefined ? {} : { cause: error };
  const code = error?.code;
  if (UNAUTHORIZED.has(code) || (socket !== undefined && REFUSING_WORDS.test(socket.reason)))
    return new TransportError(
      'not-authorized',
      `The broker does not accept the user name or password${inBrackets(end)}.`,
      {
        ...options,
        because: { code: 'broker-refuses-user' },
      },
    );
  if (OTHER_VERSION.has(code))
    return new TransportError('broker-version', 'The broker speaks neither MQTT 5 nor MQTT 3.1.1.', {
      ...options,
      because: { code: 'broker-no-version' },
    });
  if (BUSY.has(code))
    return new TransportError('unreachable', 'The broker takes no connections just now.', {
      ...options,
      because: { code: 'broker-busy' },
    });
  if (NO_MQTT_THERE.test(error?.message ?? '') || (!hasOpened && socket && (await somethingAnswers(address)))) {
    const shown = shownAddress(address);
    return new TransportError('broker-path', `Something answers at ${shown}, but not with MQTT.`, {
      ...options,
      because: { code: 'broker-not-at-path', values: { address: shown } },
    });
  }
  return new TransportError('unreachable', notReachedWords(end), {
    ...options,
    because: { code: 'broker-not-reached' },
  });
}

/** What was said where it could not be reached; pages are told nothing. */
const notReachedWords = ({ error }: MqttEnd): string =>
  systemWords(error) || 'The connection to the broker could not be opened.';

function inBrackets({ error, socket }: MqttEnd): string {
  const words = systemWords(error) || (socket?.reason ?? '');
  return words === '' ? '' : ` (${words})`;
}

/** What Node's sockets say, such as that a certificate is not trusted; pages are not told. */
function systemWords(error: unknown): string {
  if (error instanceof AggregateError) return systemWords(error.errors[0]);
  const { message = '' } = (error ?? {}) as { message?: string };
  // What the library says of a WebSocket in a page, which is nothing.
  return message === 'WebSocket error' ? '' : message.replace(/[.\s]+$/, '');
}
