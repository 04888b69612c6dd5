import { once } from 'node:events';
import { runInNewContext } from 'node:vm';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { TransportError } from '../../../src/transports/transport.js';
import { WebSocketTransport, type WebSocketTransportOptions } from '../../../src/transports/web-socket.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { codeOf } from '../../support/code-of.js';

const CANCEL = 'AA0081040113100884021008';

let server: WebSocketServer;
let url: string;
/** The server's side of each connection, in order. */
let peers: WebSocket[];
const transports: WebSocketTransport[] = [];

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  peers = [];
  server.on('connection', (peer) => peers.push(peer));
  await once(server, 'listening');
  url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  for (const peer of peers) peer.terminate();
  server.close();
  await once(server, 'close');
});

function make(options: WebSocketTransportOptions = {}, address = url): WebSocketTransport {
  const transport = new WebSocketTransport(address, {
    WebSocket,
    ...options,
  });
  transports.push(transport);
  return transport;
}

/** The server's newest connection. */
const peer = (): WebSocket => peers[peers.length - 1] as WebSocket;

/** The next frame that the server gets. */
async function nextFrame(): Promise<{ data: string; isBinary: boolean }> {
  const [data, isBinary] = (await once(peer(), 'message')) as [Buffer, boolean];
  return { data: isBinary ? toHex(data) : data.toString(), isBinary };
}

describe('sending', () => {
  test('is hexadecimal text by default', async () => {
    const transport = make();
    await transport.open(new CollectingSink());
    transport.send(parseHex(CANCEL));
    expect(await nextFrame()).toEqual({ data: CANCEL, isBinary: false });
  });

  test('is bytes where asked', async () => {
    const transport = make({ frames: 'binary' });
    await transport.open(new CollectingSink());
    transport.send(parseHex(CANCEL));
    expect(await nextFrame()).toEqual({ data: CANCEL, isBinary: true });
  });

  test('is refused while it is not open', async () => {
    const transport = make();
    expect(() => {
      transport.send(parseHex(CANCEL));
    }).toThrow(TransportError);
    const opening = transport.open(new CollectingSink());
    expect(() => {
      transport.send(parseHex(CANCEL));
    }).toThrow(TransportError);
    await opening;
    transport.close();
    expect(() => {
      transport.send(parseHex(CANCEL));
    }).toThrow(TransportError);
  });
});

describe('receiving', () => {
  test('takes text and bytes alike, one message a frame, in order', async () => {
    const sink = new CollectingSink();
    await make().open(sink);
    peer().send(CANCEL);
    peer().send(parseHex(CANCEL));
    peer().send(` ${CANCEL.toLowerCase()}\n`);
    await sink.until(({ messages }) => messages.length === 3);
    expect(sink.messages).toEqual([CANCEL, CANCEL, CANCEL]);
  });

  test('takes bytes in a view, as doubles of a socket may hand them over', async () => {
    class ViewSocket extends WebSocket {
      override emit(event: string, ...rest: unknown[]): boolean {
        const [data, isBinary] = rest;
        if (event !== 'message' || isBinary !== true) return super.emit(event, ...rest);
        return super.emit(event, Uint8Array.of(0, ...new Uint8Array(data as ArrayBuffer)).subarray(1), true);
      }
    }
    const sink = new CollectingSink();
    await make({ WebSocket: ViewSocket }).open(sink);
    peer().send(parseHex(CANCEL));
    await sink.until(({ messages, noises }) => messages.length + noises.length === 1);
    expect(sink.messages).toEqual([CANCEL]);
  });

  test('takes bytes of another realm, as a page of jsdom gets them', async () => {
    class ForeignSocket extends WebSocket {
      override emit(event: string, ...rest: unknown[]): boolean {
        const [data, isBinary] = rest;
        if (event !== 'message' || isBinary !== true) return super.emit(event, ...rest);
        const foreign = runInNewContext(`new ArrayBuffer(${String((data as ArrayBuffer).byteLength)})`) as ArrayBuffer;
        new Uint8Array(foreign).set(new Uint8Array(data as ArrayBuffer));
        expect(foreign instanceof ArrayBuffer).toBe(false);
        return super.emit(event, foreign, true);
      }
    }
    const sink = new CollectingSink();
    await make({ WebSocket: ForeignSocket }).open(sink);
    peer().send(parseHex(CANCEL));
    await sink.until(({ messages, noises }) => messages.length + noises.length === 1);
    expect(sink.messages).toEqual([CANCEL]);
  });

  test('passes on what is not hexadecimal text as noise', async () => {
    const sink = new CollectingSink();
    await make().open(sink);
    peer().send('connected');
    peer().send('AA0');
    peer().send(CANCEL);
    await sink.until(({ messages }) => messages.length === 1);
    expect(sink.noises).toEqual(['connected', 'AA0']);
  });

  test('puts no frames together and takes none apart', async () => {
    const sink = new CollectingSink();
    await make().open(sink);
    peer().send(CANCEL.slice(0, 10));
    peer().send(CANCEL.slice(10));
    await sink.until(({ messages }) => messages.length === 2);
    expect(sink.messages).toEqual([CANCEL.slice(0, 10), CANCEL.slice(10)]);
  });
});

describe('opening', () => {
  test('fails where nobody listens', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await codeOf(make({}, `ws://127.0.0.1:${String(port)}`).open(new CollectingSink()))).toBe('unreachable');
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
  });

  test('fails where the platform has no WebSocket and none was given', async () => {
    const present = (globalThis as { WebSocket?: unknown }).WebSocket;
    Reflect.deleteProperty(globalThis, 'WebSocket');
    try {
      expect(await codeOf(new WebSocketTransport(url).open(new CollectingSink()))).toBe('unreachable');
    } finally {
      if (present !== undefined) Object.assign(globalThis, { WebSocket: present });
    }
  });

  test.each([
    ['', 'bad-address'],
    ['reader', 'bad-address'],
    ['http://127.0.0.1/', 'bad-address'],
    ['wss://', 'bad-address'],
    ['ws://user:secret@127.0.0.1/', 'bad-address'],
    ['ws://127.0.0.1/#part', 'bad-address'],
    ['ws://reader.example/', 'insecure-address'],
    ['ws://192.168.1.7/', 'insecure-address'],
    ['ws://127.0.0.1.example/', 'insecure-address'],
    ['ws://localhost.example/', 'insecure-address'],
  ])('refuses %j before any socket is made', async (address, code) => {
    let made = 0;
    class Counted {
      constructor() {
        made++;
      }
    }
    expect(await codeOf(make({ WebSocket: Counted as never }, address).open(new CollectingSink()))).toBe(code);
    expect(made).toBe(0);
  });

  test.each([
    ['ws://localhost:1/', {}],
    ['ws://reader.localhost:1/', {}],
    ['ws://[::1]:1/', {}],
    ['ws://127.9.8.7:1/', {}],
    ['wss://reader.example/', {}],
    ['ws://reader.example/', { allowInsecure: true }],
  ])('goes on with %s', async (address, options) => {
    class Refusing {
      constructor() {
        throw Object.assign(new Error('made'), { name: 'SyntaxError' });
      }
    }
    const error: unknown = await make({ ...options, WebSocket: Refusing as never }, address)
      .open(new CollectingSink())
      .catch((reason: unknown) => reason);
    expect((error as Error).cause).toMatchObject({ message: 'made' });
  });

  test('tells a page that may not open unencrypted connections', async () => {
    class Secure {
      constructor() {
        throw Object.assign(new Error('mixed content'), { name: 'SecurityError' });
      }
    }
    expect(await codeOf(make({ WebSocket: Secure as never }).open(new CollectingSink()))).toBe('mixed-content');
  });

  test('twice is refused, and the first goes on', async () => {
    const transport = make();
    const opening = transport.open(new CollectingSink());
    expect(await codeOf(transport.open(new CollectingSink()))).toBe('already-open');
    await opening;
    expect(await codeOf(transport.open(new CollectingSink()))).toBe('already-open');
    transport.send(parseHex(CANCEL));
    expect((await nextFrame()).data).toBe(CANCEL);
    expect(peers).toHaveLength(1);
  });

  test('can be aborted before and while it happens', async () => {
    const transport = make();
    const reason = new Error('enough');
    await expect(transport.open(new CollectingSink(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const opening = transport.open(new CollectingSink(), { signal: controller.signal });
    await Promise.resolve();
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
    await transport.open(new CollectingSink());
    expect(peers.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(1);
  });
});

describe('closing', () => {
  test('by the other side is told once with its code and words', async () => {
    const sink = new CollectingSink();
    const transport = make();
    await transport.open(sink);
    peer().close(4003, 'session over');
    await sink.until(({ closes }) => closes.length > 0);
    transport.close();
    expect(sink.closes).toEqual([{ kind: 'lost', code: 4003, text: 'session over' }]);
  });

  test('by a network that breaks is told as well', async () => {
    const sink = new CollectingSink();
    await make().open(sink);
    peer().terminate();
    await sink.until(({ closes }) => closes.length > 0);
    expect(sink.closes).toEqual([{ kind: 'lost', code: 1006 }]);
  });

  test('by us is told at once and ends the socket', async () => {
    const sink = new CollectingSink();
    const transport = make();
    await transport.open(sink);
    transport.close();
    transport.close();
    expect(sink.closes).toEqual([{ kind: 'requested', code: 1000 }]);
    await once(peer(), 'close');
  });

  test('hears nothing afterwards', async () => {
    const sink = new CollectingSink();
    const transport = make();
    await transport.open(sink);
    peer().send(CANCEL);
    transport.close();
    await once(peer(), 'close');
    expect(sink.messages).toEqual([]);
  });

  test.each([
    ['before the socket is made', 0],
    ['while the socket connects', 3],
  ])('while opening leaves nothing open: %s', async (_, turns) => {
    const transport = make();
    const opening = codeOf(transport.open(new CollectingSink()));
    for (let i = 0; i < turns; i++) await Promise.resolve();
    transport.close();
    expect(await opening).toBe('not-open');
    await transport.open(new CollectingSink());
    expect(peers.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(1);
  });

  test('lets the old socket end before a new one opens: a reader may take one client only', async () => {
    const transport = make();
    await transport.open(new CollectingSink());
    const first = peer();
    const stateOfFirst = new Promise<number>((resolve) => {
      server.once('connection', () => {
        resolve(first.readyState);
      });
    });
    transport.close();
    await transport.open(new CollectingSink());
    expect(await stateOfFirst).toBeGreaterThanOrEqual(WebSocket.CLOSING);
    expect(peers).toHaveLength(2);
  });
});
