/**
 * Opens one connection to an MQTT broker in the newest version that it speaks, and keeps why it ended. It does not know topics.
 *
 * MQTT 5 is tried first, then 3.1.1: a broker that speaks only that says so (CONNACK 1 or 0x84), or ends the connection without
 * a word, as RabbitMQ 3.10 does (over a WebSocket with code 1011). What MQTT 5 gives and what stands in for it is in docs/mqtt.md.
 */
import { refusalOf, type MqttEnd } from './mqtt-refusal.js';
import { connect, type MqttClient, type MqttConnack, type MqttOptions, type MqttSocket } from './mqtt-library.js';
import { constructionError, type AddressName } from './network-address.js';

export type MqttVersion = 4 | 5;

/** What is said of a version to people. */
export const VERSION_NAMES: Readonly<Record<MqttVersion, string>> = { 4: 'MQTT 3.1.1', 5: 'MQTT 5' };

/** With a code, or by ending the connection without a word. */
export type Refusal = 'with a code' | 'silently';

export type MqttSocketConstructor = new (address: string, protocols: string[]) => MqttSocket;

export interface MqttOpeningOptions {
  readonly clientId: string;
  readonly credentials?: { readonly username: string; readonly password?: string } | undefined;
  /** Certificates of the authorities to trust, in PEM; in Node only. */
  readonly ca?: string | undefined;
  /** Seconds of silence after which the broker may take this side for gone, and half as long again. */
  readonly keepAlive: number;
  /** Milliseconds that the broker may take to let us in. */
  readonly patience: number;
  readonly will?: MqttOptions['will'];
  /** The class to use instead of the platform's; without it Node cannot tell why a WebSocket was closed. */
  readonly WebSocket?: MqttSocketConstructor | undefined;
  /** Is given the connection before anything can arrive on it. */
  readonly prepare: (client: MqttClient) => void;
}

export interface MqttOpened {
  readonly client: MqttClient;
  readonly version: MqttVersion;
  /** How the broker refused MQTT 5, where it did so just now or when it was opened before. */
  readonly refusedNewer?: Refusal | undefined;
  readonly connack: MqttConnack;
  /** What is known of its end; filled in as it becomes known, before the client's own `close`. */
  readonly end: MqttEnd;
}

/** Bytes of the largest packet that is taken: the largest known message, a bitmap, has 214 KiB, here in hexadecimal [PJ]. */
export const LARGEST_PACKET = 2_097_152;

/** What the address of a broker is called. */
export const BROKER_ADDRESS: AddressName = { name: 'address of a broker', none: 'no-broker-address' };

/** The version that each broker was last found to speak; forgotten when it cannot be opened any more. */
const spoken = new Map<string, Pick<MqttOpened, 'version' | 'refusedNewer'>>();

/** Reason codes for a version that is not spoken (MQTT 3.1.1 table 3.1, MQTT 5 section 3.2.2.2). */
const OTHER_VERSION: ReadonlySet<unknown> = new Set([1, 0x84]);

/** @throws {TransportError} why not; the signal's reason when aborted */
export async function openMqtt(
  address: string,
  options: MqttOpeningOptions,
  signal?: AbortSignal,
): Promise<MqttOpened> {
  const known = spoken.get(address);
  spoken.delete(address);
  let refusedNewer = known?.refusedNewer;
  let result = await attempt(address, known?.version ?? 5, options, signal);
  if (!isOpened(result) && known?.version !== 4 && isOtherVersion(result)) {
    refusedNewer = result.error && OTHER_VERSION.has(result.error.code) ? 'with a code' : 'silently';
    result = await attempt(address, 4, options, signal);
  }
  if (!isOpened(result)) throw await refusalOf(result, address);
  spoken.set(address, { version: result.version, refusedNewer });
  return { ...result, refusedNewer };
}

const isOpened = (result: MqttOpened | MqttEnd): result is MqttOpened => 'client' in result;

/** Whether the broker may only not speak this version. */
const isOtherVersion = ({ error, socket, hasOpened }: MqttEnd): boolean =>
  error === undefined ||
  OTHER_VERSION.has(error.code) ||
  (hasOpened === true && socket !== undefined && !isTimeout(error));

/** The broker was there and said nothing. */
const isTimeout = ({ message }: Error): boolean => /timeout/i.test(message);

function attempt(
  address: string,
  version: MqttVersion,
  { clientId, credentials, ca, keepAlive, patience, will, WebSocket, prepare }: MqttOpeningOptions,
  signal: AbortSignal | undefined,
): Promise<MqttOpened | MqttEnd> {
  const end: MqttEnd = {};
  signal?.throwIfAborted();
  let client: MqttClient;
  try {
    client = connect(address, {
      clientId,
      ...credentials,
      ...(ca === undefined ? {} : { ca }),
      ...(will === undefined ? {} : { will }),
      clean: true,
      // A connection that is lost ends with everything in it.
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      reschedulePings: true,
      keepalive: keepAlive,
      connectTimeout: patience,
      // The others would start a worker from a blob, which strict pages refuse.
      timerVariant: 'native',
      protocolVersion: version,
      ...(version === 5 ? { properties: { maximumPacketSize: LARGEST_PACKET } } : {}),
      ...(WebSocket ? { createWebsocket: watched(WebSocket, end) } : {}),
    });
  } catch (cause) {
    throw constructionError(address, BROKER_ADDRESS, cause);
  }
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (how: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const onAbort = (): void => {
      settle(() => {
        client.end(true);
        reject(signal?.reason as Error);
      });
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    // What nobody listens to, the library throws.
    client.on('error', (error) => {
      end.error ??= error;
    });
    client.on('disconnect', ({ reasonCode }) => {
      if (reasonCode !== undefined) end.reasonCode = reasonCode;
    });
    prepare(client);
    client.on('connect', (connack) => settle(() => resolve({ client, version, connack, end })));
    client.on('close', () => {
      settle(() => {
        client.end(true);
        resolve(end);
      });
    });
  });
}

/** Makes sockets that say how they ended. */
const watched =
  (WebSocket: MqttSocketConstructor, end: MqttEnd) =>
  (address: string, protocols: string[]): MqttSocket => {
    const socket = new WebSocket(address, protocols);
    socket.addEventListener('open', () => {
      end.hasOpened = true;
    });
    socket.addEventListener('close', ({ code, reason }) => {
      end.socket = { code, reason };
    });
    return socket;
  };
