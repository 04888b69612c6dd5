/**
 * The carriers that need a server in the process of the test: real WebSockets, and a broker. What stands at the other end,
 * they do not know.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { parseHex, toHex } from '../../src/mms/hex.js';
import { WebSocketTransport, type WebSocketFrames } from '../../src/transports/web-socket.js';
import { carrierBroker } from './carrier-broker.js';
import {
  SERVICE_RESTART,
  DoorQueue,
  TRY_AGAIN_LATER,
  unreachable,
  type Carried,
  type Carrier,
  type ReaderEnd,
} from './carrier.js';
import { throughBroker } from './mqtt-carrier.js';

const overWebSocket =
  (frames: WebSocketFrames) =>
  async (reader: ReaderEnd): Promise<Carried> => {
    const queue = new DoorQueue();
    const server = createServer();
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, connection: Duplex, head) => {
      const isMet = queue.pass(() => {
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
        queue.set(door);
      },
      close: async () => {
        for (const socket of sockets.clients) socket.terminate();
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      },
    };
  };

function attach(socket: WebSocket, reader: ReaderEnd, frames: WebSocketFrames): void {
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

async function overMqtt(reader: ReaderEnd): Promise<Carried> {
  const queue = new DoorQueue();
  const way = await throughBroker(reader, () => queue.wait(unreachable));
  return {
    ...way,
    setDoor: (door) => {
      queue.set(door);
    },
  };
}

export const carriersOfNode: Readonly<Record<string, Carrier>> = {
  'ws, text frames': { hasCloseCodes: true, canStick: true, carry: overWebSocket('hex') },
  'ws, binary frames': { hasCloseCodes: true, canStick: true, carry: overWebSocket('binary') },
  MQTT: { hasCloseCodes: false, canStick: true, missing: carrierBroker.missing, carry: overMqtt },
};
