/**
 * Entry `magtek-elements/simulator/node`: serves a simulated reader over a real WebSocket.
 * It runs in Node only, and knows frames, not messages.
 */
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { parseHex, toHex } from '../mms/hex.js';
import type { ReaderEnd } from './links.js';
import type { SimulatedReaderOptions } from './options.js';
import { strangerOf } from './node-origin.js';
import { SimulatedReader } from './simulated-reader.js';

export { dukptEncryption, TEST_BDK, TEST_KSN } from './dukpt.js';
export { keptKeys, type KeptKeysOptions } from './node-kept-keys.js';

export interface ServeOptions extends SimulatedReaderOptions {
  /** 0 for a free one. Default 0. */
  readonly port?: number;
  /** Default 127.0.0.1, which only this computer reaches. */
  readonly host?: string;
  /** Serves `wss:`: with a certificate made for the purpose, or with the given one (PEM). Default false. */
  readonly tls?: boolean | { readonly key: string; readonly cert: string };
  /** A reader to serve instead of a new one. */
  readonly reader?: SimulatedReader;
  /** What clients connect to instead of the reader itself, such as one that is recorded, or a replayed journal. */
  readonly through?: ReaderEnd;
  /** Lets pages of every origin connect. Default false: those of this computer and of the address that is served alone. */
  readonly anyOrigin?: boolean;
  /** Called with the origin or the host that a client was refused for. */
  readonly onRefused?: (name: string) => void;
  /** Called when a client is turned away: there are too many, or the reader is restarting. */
  readonly onTurnedAway?: () => void;
  /** Called when a client sends text that is not hexadecimal, which a reader does not answer. */
  readonly onIgnored?: () => void;
}

export interface ServedReader {
  /** Address for a WebSocket. */
  readonly url: string;
  readonly port: number;
  readonly reader: SimulatedReader;
  /** Ends all connections; resolves when the port is free. */
  close(): Promise<void>;
}

/** Close codes: the reader takes no more clients (RFC 6455, try again later), and restarts (service restart). */
const TRY_AGAIN_LATER = 1013;
const SERVICE_RESTART = 1012;

/** Status of HTTP for pages that may not connect. */
const FORBIDDEN = 403;

/** Bytes of the largest message that is taken; the largest known one, a bitmap, has 214 KiB [PJ]. */
const LARGEST_MESSAGE = 1_048_576;

/**
 * Serves a simulated reader. It takes text frames with hexadecimal digits and binary frames, and answers each client in the
 * kind that it used last.
 *
 * @throws {Error} with the system's code, such as `EADDRINUSE`, when the port cannot be had.
 */
export async function serveSimulatedReader(options: ServeOptions = {}): Promise<ServedReader> {
  const { port = 0, host = '127.0.0.1', tls = false, reader: given, through, ...others } = options;
  const { anyOrigin = false, onIgnored, onRefused, onTurnedAway, ...readerOptions } = others;
  const server = await makeServer(tls);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code = '' } = cause as { code?: string };
    const why = code === 'EADDRINUSE' ? `port ${String(port)} of ${host} is in use` : (cause as Error).message;
    throw Object.assign(new Error(`The simulated reader cannot be served: ${why}.`, { cause }), { code });
  }
  const reader = given ?? new SimulatedReader(readerOptions);
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE,
    verifyClient: ({ req }, answer) => {
      const stranger = anyOrigin ? undefined : strangerOf(req.headers, host);
      if (stranger !== undefined) onRefused?.(stranger);
      answer(stranger === undefined, FORBIDDEN);
    },
  });
  sockets.on('connection', (socket) => attach(socket, through ?? reader, { onTurnedAway, onIgnored }));
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${tls === false ? 'ws' : 'wss'}://${name}:${String(address.port)}`,
    port: address.port,
    reader,
    close: async () => {
      through?.close();
      reader.close();
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function makeServer(tls: NonNullable<ServeOptions['tls']>): Promise<Server> {
  if (tls === false) return createHttpServer(refuse);
  return createHttpsServer(tls === true ? await makeCertificate() : tls, refuse);
}

/** Pages of this address exist only so that a browser can be told to trust its certificate. */
const refuse = (_: unknown, answer: { writeHead(status: number): { end(text: string): void } }): void => {
  answer.writeHead(426).end('Simulated reader: connect with a WebSocket.\n');
};

async function makeCertificate(): Promise<{ key: string; cert: string }> {
  // Loaded when it is wanted: what it stands on adds dozens of globals.
  const { generate } = await import('selfsigned');
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
}

function attach(
  socket: WebSocket,
  reader: ReaderEnd,
  { onTurnedAway, onIgnored }: { onTurnedAway: (() => void) | undefined; onIgnored: (() => void) | undefined },
): void {
  let isBinary = false;
  const port = reader.connect({
    deliver: (bytes) => socket.send(isBinary ? bytes : toHex(bytes)),
    drop: () => socket.close(SERVICE_RESTART),
    cut: () => socket.terminate(),
  });
  // A client that breaks the protocol is closed by the library; the reader goes on.
  socket.on('error', () => socket.terminate());
  if (!port) {
    socket.close(TRY_AGAIN_LATER, 'no more clients');
    onTurnedAway?.();
    return;
  }
  socket.on('message', (data, binary) => {
    isBinary = binary;
    const bytes = read(data, binary);
    if (bytes) port.receive(bytes);
    else onIgnored?.();
  });
  socket.on('close', () => port.close());
}

/** The bytes of a frame; undefined for text that is not hexadecimal, which a reader does not answer. */
function read(data: RawData, isBinary: boolean): Uint8Array | undefined {
  const bytes = data as Buffer;
  if (isBinary) return new Uint8Array(bytes);
  try {
    return parseHex(bytes.toString());
  } catch {
    return undefined;
  }
}
