/**
 * Every way on which messages travel between a client and a reader, as a table: one row each. In memory, over a socket that
 * is none, over real WebSockets, over USB reports, through an MQTT broker. What stands at the other end, a row does not know.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server as MockServer, WebSocket as MockSocket } from 'mock-socket/dist/mock-socket.es.mjs';
import { WebSocket, WebSocketServer } from 'ws';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { ReaderLink, ReaderPort } from '../../src/simulator/links.js';
import { HidTransport } from '../../src/transports/hid.js';
import { TransportError, type Transport } from '../../src/transports/transport.js';
import {
  WebSocketTransport,
  type WebSocketConstructor,
  type WebSocketFrames,
} from '../../src/transports/web-socket.js';
import { FakeHid, FakeHidDevice } from './fake-hid.js';
import { FakeTransport } from './fake-transport.js';
import { whyNoBroker } from './mosquitto.mjs';
import { throughBroker } from './mqtt-carrier.js';

/** The client's end of a connection, which a reader can also misuse. */
export interface CarrierLink extends ReaderLink {
  /** Ends the connection, with a close code where the carrier has such. */
  drop(code?: number): void;
  /** The connection breaks without a word. */
  cut(): void;
  /** Sends something that no message can be made of. */
  noise(): void;
}

/** What stands at the other end: a simulated reader, or one that a test plays. */
export interface FarEnd {
  /** Connects a client; undefined where it is turned away. */
  connect(link: CarrierLink): ReaderPort | undefined;
}

/** How somebody who wants to connect is met: taken, refused, or neither. */
export type Door = 'open' | 'shut' | 'stuck';

/** A reader's end that has been put behind a carrier. */
export interface Carried {
  /** Another way to the reader each time, as from another computer. */
  transport(): Transport;
  /** From now on. What is stuck goes on when the door is opened. */
  setDoor(door: Door): void;
  close(): Promise<void>;
}

export interface Carrier {
  /** Whether a connection that ends has a close code that tells why. */
  readonly hasCloseCodes: boolean;
  /** Whether an opening can get stuck; where there is no handshake it cannot. */
  readonly canStick: boolean;
  /** Why it cannot be had here; absent where it can. */
  readonly missing?: string | undefined;
  carry(reader: FarEnd): Promise<Carried>;
}

const ABNORMAL_CLOSURE = 1006;
const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;

/** Something that waits until a door is opened. */
class Threshold {
  door: Door = 'open';
  private readonly stuck = new Set<() => void>();

  set(door: Door): void {
    this.door = door;
    if (door !== 'open') return;
    for (const goOn of [...this.stuck]) goOn();
    this.stuck.clear();
  }

  /** Calls when the door is open; false where it is shut. */
  pass(goOn: () => void): boolean {
    if (this.door === 'stuck') this.stuck.add(goOn);
    if (this.door === 'open') goOn();
    return this.door !== 'shut';
  }

  /** Resolves when the door is open, rejects where it is shut. */
  async wait(refusal: () => Error): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      if (!this.pass(resolve)) reject(refusal());
    });
  }
}

const unreachable = (): TransportError => new TransportError('unreachable', 'Nobody opens.');

function inMemory(reader: FarEnd): Promise<Carried> {
  const threshold = new Threshold();
  const transport = (): Transport => {
    const way = new FakeTransport();
    way.opening = async (signal) => {
      await threshold.wait(unreachable);
      signal?.throwIfAborted();
      const port = reader.connect({
        deliver: (bytes) => {
          way.deliver(bytes);
        },
        drop: (code?: number) => {
          way.lose(code);
        },
        cut: () => {
          way.lose();
        },
        noise: () => {
          way.noise('connected');
        },
      });
      if (!port) throw unreachable();
      way.onSend = ({ bytes }) => {
        port.receive(bytes);
      };
      way.onClose = () => {
        port.close();
      };
    };
    return way;
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      threshold.set(door);
    },
    close: () => Promise.resolve(),
  });
}

let mockServers = 0;

function overMockSocket(reader: FarEnd): Promise<Carried> {
  const url = `ws://localhost/carrier-${String(++mockServers)}`;
  let door: Door = 'open';
  const server = new MockServer(url, { mock: false, verifyClient: () => door === 'open' });
  server.on('connection', (socket) => {
    const port = reader.connect({
      deliver: (bytes) => {
        socket.send(toHex(bytes));
      },
      drop: (code = SERVICE_RESTART) => {
        socket.close({ code, reason: '', wasClean: true });
      },
      cut: () => {
        socket.close({ code: ABNORMAL_CLOSURE, reason: '', wasClean: false });
      },
      noise: () => {
        socket.send('connected');
      },
    });
    if (!port) {
      socket.close({ code: TRY_AGAIN_LATER, reason: '', wasClean: true });
      return;
    }
    socket.on('message', (data) => {
      port.receive(parseHex(data as string));
    });
    socket.on('close', () => {
      port.close();
    });
  });
  return Promise.resolve({
    transport: () => new WebSocketTransport(url, { WebSocket: MockSocket as unknown as WebSocketConstructor }),
    setDoor: (next) => {
      door = next;
    },
    close: () => {
      server.stop();
      return Promise.resolve();
    },
  });
}

const overWebSocket =
  (frames: WebSocketFrames) =>
  async (reader: FarEnd): Promise<Carried> => {
    const threshold = new Threshold();
    const server = createServer();
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, connection: Duplex, head) => {
      const isMet = threshold.pass(() => {
        sockets.handleUpgrade(request, connection, head, (socket) => {
          attach(socket, reader, frames);
        });
      });
      if (!isMet) connection.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return {
      transport: () => new WebSocketTransport(url, { frames, WebSocket }),
      setDoor: (door) => {
        threshold.set(door);
      },
      close: async () => {
        for (const socket of sockets.clients) socket.terminate();
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      },
    };
  };

function attach(socket: WebSocket, reader: FarEnd, frames: WebSocketFrames): void {
  const port = reader.connect({
    deliver: (bytes) => {
      socket.send(frames === 'binary' ? bytes : toHex(bytes));
    },
    drop: (code = SERVICE_RESTART) => {
      socket.close(code);
    },
    cut: () => {
      socket.terminate();
    },
    noise: () => {
      socket.send('connected');
    },
  });
  if (!port) {
    socket.close(TRY_AGAIN_LATER);
    return;
  }
  socket.on('message', (data, isBinary) => {
    if (isBinary !== (frames === 'binary')) throw new Error('a frame of another kind than was asked for');
    port.receive(isBinary ? new Uint8Array(data as Buffer) : parseHex((data as Buffer).toString()));
  });
  socket.on('close', () => {
    port.close();
  });
}

/** A reader that leaves the bus comes back at once. */
function overUsbReports(reader: FarEnd): Promise<Carried> {
  const threshold = new Threshold();
  const transport = (): Transport => {
    const hid = new FakeHid();
    const device = new FakeHidDevice({
      reader: {
        connect: (link) =>
          reader.connect({
            ...link,
            cut: link.drop,
            noise: () => {
              device.report([0xee]);
            },
          }),
      },
    });
    device.opening = () =>
      threshold.wait(() => Object.assign(new Error('Failed to open.'), { name: 'NotAllowedError' }));
    device.onDrop = () => {
      hid.pullOut(device);
      hid.plugIn(device, { isPermitted: true });
    };
    hid.plugIn(device, { isPermitted: true });
    return new HidTransport({ hid });
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      threshold.set(door);
    },
    close: () => Promise.resolve(),
  });
}

async function overMqtt(reader: FarEnd): Promise<Carried> {
  const threshold = new Threshold();
  const way = await throughBroker(reader, () => threshold.wait(unreachable));
  return {
    ...way,
    setDoor: (door) => {
      threshold.set(door);
    },
  };
}

/** The rows. A suite that runs over the carriers takes all of them. */
export const carriers: Readonly<Record<string, Carrier>> = {
  'in memory': { hasCloseCodes: true, canStick: true, carry: inMemory },
  'mock-socket': { hasCloseCodes: true, canStick: false, carry: overMockSocket },
  'ws, text frames': { hasCloseCodes: true, canStick: true, carry: overWebSocket('hex') },
  'ws, binary frames': { hasCloseCodes: true, canStick: true, carry: overWebSocket('binary') },
  MQTT: { hasCloseCodes: false, canStick: true, missing: whyNoBroker(), carry: overMqtt },
  'USB reports': { hasCloseCodes: false, canStick: true, carry: overUsbReports },
};
