/**
 * Ends an HTTP server without waiting for people who have not asked anything: a browser keeps connections open ahead of its next
 * request, and a request may never arrive whole.
 */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Call it before the server listens.
 * @returns Stops it: requests that have arrived whole get their answers, all other connections are ended at once.
 */
export function stoppable(server: Server): () => Promise<void> {
  const open = new Set<Socket>();
  const asked = new Map<Socket, IncomingMessage>();
  let isStopping = false;
  server.on('connection', (socket: Socket) => {
    if (isStopping) socket.destroy();
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    asked.set(socket, request);
    response.once('close', () => {
      asked.delete(socket);
      if (isStopping) socket.end();
    });
  });
  return async () => {
    isStopping = true;
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) if (asked.get(socket)?.complete !== true) socket.destroy();
    await closed;
  };
}
