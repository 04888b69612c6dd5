/** A server that plays a gateway's service: it answers as it is told, and keeps what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

type Behaviour = (request: ServiceRequest, response: ServerResponse) => void;

export interface MockService {
  readonly address: string;
  readonly requests: ServiceRequest[];
  /** What it does with the requests that come. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Answers with JSON. */
export const json =
  (body: unknown, status = 200): Behaviour =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

/** Answers with text that is not JSON. */
export const raw =
  (text: string, status = 200, type = 'text/html'): Behaviour =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  };

/** Never answers. */
export const silence: Behaviour = () => undefined;

/** Ends the connection without an answer. */
export const hangUp: Behaviour = (_, response) => {
  response.destroy();
};

export async function startService(): Promise<MockService> {
  const requests: ServiceRequest[] = [];
  let behaviour: Behaviour = silence;
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const request = {
        method: message.method ?? '',
        path: message.url ?? '',
        headers: message.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      requests.push(request);
      behaviour(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}/service`,
    requests,
    behave: (next) => {
      behaviour = next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
