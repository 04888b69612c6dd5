/**
 * A host as a listener of Node's own HTTP server, and as a handler of Express and what is like it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LARGEST_BODY } from './body.js';
import { Refusal } from './refusal.js';

/** A request that something before us may have read and parsed. */
type MaybeParsed = IncomingMessage & { readonly body?: unknown };

/** What `createPaymentHost` gives, or any function like it. */
export type WebHandler = (request: Request) => Promise<Response>;

/**
 * Turns a handler of web requests into one of Node's: `createServer(toNodeHandler(host))`, `app.use('/pay', toNodeHandler(host))`.
 * It may stand behind a body parser.
 */
export function toNodeHandler(handler: WebHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(handler, request, response).catch(() => {
      // A response that fails on its way is cut off: nobody may take a part of it for the whole.
      response.destroy();
    });
  };
}

async function answer(handler: WebHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let answered: Response;
  try {
    answered = await handler(await toRequest(request));
  } catch (error) {
    answered = (error instanceof Refusal ? error : new Refusal('bad-body')).toResponse();
  }
  const body = Buffer.from(await answered.arrayBuffer());
  // Something before us may have given up waiting and answered: its time limit, or the connection's end.
  if (response.headersSent) return;
  // Of a body that was not read to its end the rest is not waited for.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(body);
}

async function toRequest(request: MaybeParsed): Promise<Request> {
  const { method = 'GET', url = '/' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // Names that begin with a colon are HTTP/2's own.
    if (value !== undefined && !name.startsWith(':')) headers.set(name, String(value));
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, 'http://host'), {
    ...{ method, headers },
    ...(hasBody ? { body: await readBody(request) } : {}),
  });
}

async function readBody(request: MaybeParsed): Promise<Buffer<ArrayBuffer> | string> {
  const { body } = request;
  if (body !== undefined && request.readableEnded) {
    if (typeof body === 'string' || Buffer.isBuffer(body)) return Buffer.from(body as string);
    const isForm = /urlencoded/i.test(request.headers['content-type'] ?? '');
    return isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // A body that is too long must not take the connection with it: it is answered first.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Refusal('body-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
