/**
 * A broker that does what a test says, for what no real one can be made to do. It speaks just enough of MQTT 3.1.1 over TCP to
 * let one client in and to confirm what it asks for.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Packet types, in the high four bits (MQTT 3.1.1, table 2.1). */
const CONNECT = 1;
const SUBSCRIBE = 8;
/** Where CONNECT has the version, behind the name of the protocol (MQTT 3.1.1, section 3.1.2.2). */
const PROTOCOL_LEVEL = 8;
const UNACCEPTABLE_VERSION = 1;

export interface ScriptedBroker {
  readonly url: string;
  /** Publishes with QoS 1. */
  publish(topic: string, text: string, how: { readonly id: number; readonly dup: boolean }): void;
  close(): Promise<void>;
}

export interface Script {
  /** Return code of CONNACK; undefined to say nothing. Default 0. */
  readonly connack?: number | undefined;
  /** Return code of SUBACK for each filter. Default 1. */
  readonly suback?: number;
}

const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** The length of what follows, seven bits a byte, the lowest first (MQTT 3.1.1, section 2.2.3). */
function lengthOf({ length }: Buffer): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0 || bytes.length === 0; rest >>= 7)
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  return bytes;
}

export async function startScriptedBroker(script: Script = {}): Promise<ScriptedBroker> {
  const { connack, suback } = { connack: 0, suback: 1, ...script };
  const sockets = new Set<Socket>();
  const answer = (socket: Socket, packet: Buffer): void => {
    const type = packet[0]! >> 4;
    const isNewer = type === CONNECT && (packet[PROTOCOL_LEVEL] ?? 0) > 4;
    if (isNewer) socket.end(Buffer.from([0x20, 2, 0, UNACCEPTABLE_VERSION]));
    else if (type === CONNECT && connack !== undefined) socket.write(Buffer.from([0x20, 2, 0, connack]));
    if (type === SUBSCRIBE) socket.write(Buffer.from([0x90, 3, packet[2]!, packet[3]!, suback]));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      // Everything that a client of these tests says is shorter than 128 bytes: one byte of length.
      while (rest.length >= 2 && rest.length >= 2 + rest[1]!) {
        const length = 2 + rest[1]!;
        answer(socket, rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    publish: (topic, text, { id, dup }) => {
      const body = Buffer.concat([bytesOf(topic), Buffer.from([id >> 8, id & 0xff]), Buffer.from(text)]);
      const header = Buffer.from([dup ? 0x3a : 0x32, ...lengthOf(body)]);
      for (const socket of sockets) socket.write(Buffer.concat([header, body]));
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
