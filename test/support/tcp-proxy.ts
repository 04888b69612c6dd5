/** A proxy in front of a TCP server on this computer that can refuse, stall and cut connections. It does not know what passes through. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  /** The server's address through the proxy. */
  readonly url: string;
  /** Breaks what is open and lets nobody in until {@link open}. */
  shut(): void;
  open(): void;
  /** Connections stay and nothing travels any more, until {@link flow}. */
  stall(): void;
  flow(): void;
  close(): Promise<void>;
}

/** @param url address of the server, with its port */
export async function tcpProxyTo(url: string): Promise<TcpProxy> {
  const { protocol, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isShut = false;
  let isStalled = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    keep(socket);
    if (isShut) {
      socket.destroy();
      return;
    }
    const behind = connect(Number(port), '127.0.0.1');
    keep(behind);
    socket.on('close', () => behind.destroy());
    behind.on('close', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
    if (isStalled) pauseAll();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pauseAll = (): void => {
    for (const socket of sockets) socket.pause();
  };
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${protocol}//127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    shut: () => {
      isShut = true;
      breakAll();
    },
    open: () => {
      isShut = false;
    },
    stall: () => {
      isStalled = true;
      pauseAll();
    },
    flow: () => {
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
