/**
 * Servers for browser tests, which run outside the page: simulated readers, sockets that misbehave and MQTT brokers.
 * `reader-server-plugin.mjs` starts them; what a test leaves running ends with the test run.
 */

/** How a misbehaving socket behaves; `socket-server.mjs` says what each mode does. */
export type SocketMode =
  | 'answer'
  | 'binary'
  | 'mute'
  | 'echo'
  | 'garbage'
  | 'close-after-open'
  | 'drop'
  | 'crossed'
  | 'twice'
  | 'foreign'
  | 'hang'
  | 'refuse';

/** Numbers that some modes take. */
export interface SocketOptions {
  /** `crossed`: how many requests are collected before they are answered. Default 2. */
  readonly count?: number;
  /** `drop`: how many requests are answered before the connection is cut. Default 0. */
  readonly after?: number;
  /** `close-after-open`: the close code. Default 1011. */
  readonly code?: number;
}

/** A frame that a socket server got: text as it came, bytes as upper-case hexadecimal digits. */
export interface ReceivedFrame {
  readonly frame: 'text' | 'binary';
  readonly data: string;
}

/** A server somewhere else. */
export interface RemoteServer {
  /** Address for a WebSocket, on the loopback interface. */
  readonly url: string;
  /** Calls a method of the simulated reader, or an action of the socket server, with values that JSON can carry. */
  act(action: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

/** A misbehaving socket and what it has seen. */
export interface RemoteSocket extends RemoteServer {
  /** Every frame that arrived, in order. */
  received(): Promise<readonly ReceivedFrame[]>;
  /** How often somebody tried to connect, and how many connections are open. */
  connections(): Promise<{ readonly attempts: number; readonly open: number }>;
}

/** What can go wrong at a step of a sale; `fault-proxy.mjs` says what each fault does. */
export const faults = [
  'none',
  'cut',
  'refuse',
  'half-close',
  'stall',
  'delay',
  'reorder',
  'duplicate',
  'corrupt',
  'split',
  'fragment',
  'foreign',
] as const;
export type Fault = (typeof faults)[number];

/** The messages of a sale that a fault can meet. */
export const saleSteps = ['start', 'accepted', 'card', 'arqc', 'completed', 'batch', 'cancel', 'cancelled'] as const;
export type SaleStep = (typeof saleSteps)[number];

/** A simulated reader behind a proxy that makes one fault. */
export interface RemoteFault extends RemoteServer {
  report(): Promise<{
    readonly attempts: number;
    readonly open: number;
    /** Starts that the client sent. */
    readonly starts: number;
    /** Whether the step was reached and the fault made. */
    readonly struck: boolean;
  }>;
}

/** A simulated reader, ten times as fast as a real one, behind a proxy that makes one fault. */
export async function startFault(
  fault: Fault,
  step: SaleStep,
  { card }: { readonly card: boolean },
): Promise<RemoteFault> {
  const server = await start('faults', { fault, step, card });
  return { ...server, report: () => server.act('report') as ReturnType<RemoteFault['report']> };
}

/** A simulated reader behind a real WebSocket; options are those of `serveSimulatedReader`. */
export function startReader(options: Readonly<Record<string, unknown>> = {}): Promise<RemoteServer> {
  return start('reader', options);
}

/** A socket that misbehaves in a chosen way. */
export async function startSocket(mode: SocketMode, options: SocketOptions = {}): Promise<RemoteSocket> {
  const server = await start('socket', { ...options, mode });
  return {
    ...server,
    received: () => server.act('received') as ReturnType<RemoteSocket['received']>,
    connections: () => server.act('connections') as ReturnType<RemoteSocket['connections']>,
  };
}

/** An MQTT broker with a WebSocket. */
export interface RemoteBroker extends RemoteServer {
  /** How many clients it has let in, and how many are there now. */
  connections(): Promise<{ readonly accepted: number; readonly open: number }>;
  /** The commands that arrived at a reader, in hexadecimal text. */
  commands(path: string): Promise<readonly string[]>;
}

/** A simulated reader at a broker. */
export interface BrokerScene {
  /** What is inserted when the reader asks for a card. Default nothing. */
  readonly card?: string;
  /** Who it is to the broker. Default nobody. */
  readonly username?: string;
  readonly password?: string;
}

/** Why no broker can be started here; undefined where one can. */
export async function whyNoBroker(): Promise<string | undefined> {
  return ((await post('/__broker/missing', {})) as string | null) ?? undefined;
}

/** A real broker, with simulated readers by their paths; other options and actions are those of `mosquitto.mjs`. */
export async function startBroker(
  options: { readonly readers?: Readonly<Record<string, BrokerScene>>; readonly [option: string]: unknown } = {},
): Promise<RemoteBroker> {
  const server = await start('broker', options);
  return {
    ...server,
    commands: (path) => server.act('commands', path) as ReturnType<RemoteBroker['commands']>,
    connections: () => server.act('connections') as ReturnType<RemoteBroker['connections']>,
  };
}

async function start(kind: 'reader' | 'socket' | 'broker' | 'faults', options: object): Promise<RemoteServer> {
  const { id, url } = (await post(`/__${kind}/start`, options)) as { id: number; url: string };
  const act = (action: string, ...args: readonly unknown[]): Promise<unknown> =>
    post(`/__${kind}/act`, { id, action, args });
  return {
    url,
    act,
    close: async () => {
      await act('close');
    },
  };
}

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as { value: unknown } | { error: string };
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}
