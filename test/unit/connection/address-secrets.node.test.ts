/** User, password, query and fragment of an address: they reach no error, no log, no exported journal and no support bundle. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { makeSupportBundle } from '../../../src/client/service/support-bundle.js';
import { withoutSecrets } from '../../../src/elements/setup/saved-readers.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { ExclusiveTransport } from '../../../src/page/exclusive-transport.js';
import { MqttTransport } from '../../../src/transports/mqtt.js';
import { shownAddress } from '../../../src/transports/network-address.js';
import type { Transport } from '../../../src/transports/transport.js';
import {
  WebSocketTransport,
  type WebSocketConstructor,
  type WebSocketLike,
} from '../../../src/transports/web-socket.js';

/** The same cases in every run; another SEED looks at others. */
const seed = Number(process.env['SEED'] ?? 1);

const secret = fc.stringMatching(/^[a-z]{5}[0-9]{5}$/);

/** Addresses with secrets, as they are written and mistyped: `one` and `two` are secret. */
const shapes: readonly ((one: string, two: string) => string)[] = [
  (one, two) => `wss://${one}:${two}@reader.example/ws`,
  (one, two) => `wss://${one}:${two}@x@reader.example:8443/ws`,
  (one, two) => `https://${one}:${two}@reader.example/ws?token=${two}`,
  (one, two) => `https:/${one}:${two}@reader.example`,
  (one, two) => `https:\\\\${one}:${two}@reader.example`,
  (one, two) => `${one}:${two}@reader.example/ws`,
  (one, two) => `//${one}:${two}@reader.example`,
  (one, two) => `wss://${one}:${two}/x@reader.example`,
  (one, two) => `wss://${one}:${two}?x@reader.example`,
  (one, two) => `wss://${one}:${two}#x@reader.example`,
  (one, two) => `${one}:${two}?x@reader.example`,
  (one, two) => `wss://${one}:${two}@reader.example:99999/`,
  (one, two) => `reader.example/ws?token=${one}&mail=${two}@shop.example`,
  (one, two) => `reader.example/ws#${one}${two}`,
  (one, two) => `wss://reader.example/ws?token=${one}#${two}`,
  (one, two) => `ws://reader.example/ws?token=${one}&mail=${two}@shop.example`,
  (one, two) => `wss://127.0.0.1:9/ws?token=${one}&key=${two}`,
];

const named = (name: string, address: string): Error => Object.assign(new Error(`${address} is refused`), { name });

/** A socket whose construction throws what a browser throws: its words quote the address. */
const throwing = (name: string): new (url: string) => never =>
  class {
    constructor(url: string) {
      throw named(name, url);
    }
  } as unknown as new (url: string) => never;

/** A socket that ends before it is open. */
const ending = (end: (socket: WebSocketLike) => void): WebSocketConstructor =>
  class {
    onerror: ((event: never) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    constructor() {
      setTimeout(() => {
        end(this as unknown as WebSocketLike);
      });
    }
    close(): void {
      setTimeout(() => this.onclose?.({ code: 1000, reason: '' }));
    }
  } as unknown as WebSocketConstructor;

const sockets: Readonly<Record<string, WebSocketConstructor>> = {
  'an address that is refused': throwing('SyntaxError'),
  'an unencrypted one from a secure page': throwing('SecurityError'),
  'one that the policy of the page forbids': throwing('NS_ERROR_CONTENT_BLOCKED'),
  'an error without a close': ending(({ onerror }) => onerror?.({} as never)),
  'a close': ending(({ onclose }) => onclose?.({ code: 1006, reason: '' })),
  'a failed handshake': ending(({ onclose }) => onclose?.({ code: 1015, reason: '' })),
};

/** Everything that a failed connection leaves for people: errors and what is behind them, log, exported journal, support bundle. */
async function tracesOf(transport: Transport, allowHosts?: readonly string[]): Promise<string> {
  const client = new ReaderClient({ transport, reconnect: 'off', ...(allowHosts ? { allowHosts } : {}) });
  const error: unknown = await client.connect().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  const { snapshot, journal } = client;
  const bundle = await makeSupportBundle({ client, versions: {}, environment: {}, made: '1970-01-01T00:00:00.000Z' });
  client.disconnect();
  const whole = { depth: Infinity, showHidden: true } as const;
  return [
    inspect([error, snapshot.error], whole),
    ...journal.entries.map(({ text, note, error }) => inspect([text, note, error], whole)),
    exportJournal(journal.entries),
    JSON.stringify(bundle),
  ].join('\n');
}

const check = async (traces: (address: string) => Promise<string> | string, numRuns = 40): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...shapes), secret, secret, async (shape, one, two) => {
      const text = await traces(shape(one, two));
      expect(text).not.toContain(one);
      expect(text).not.toContain(two);
    }),
    { numRuns, seed },
  );
};

let server: Server;
let place: string;

beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  place = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

test('of an address that is shown or kept', async () => {
  await check((address) => `${shownAddress(address)} ${withoutSecrets(address)}`, 400);
});

test.each(Object.entries(sockets))('of a reader, at %s', async (_, socket) => {
  await check((address) => tracesOf(new WebSocketTransport(address, { WebSocket: socket, allowInsecure: true })), 20);
});

test('of a reader whose address may not be used', async () => {
  await check((address) => tracesOf(new WebSocketTransport(address, { WebSocket: throwing('SyntaxError') })));
  await check((address) => tracesOf(new WebSocketTransport(address), ['other.example']));
});

test('of a broker whose address may not be used', async () => {
  const options = { device: 'shop/1', WebSocket: throwing('SyntaxError') };
  await check((address) => tracesOf(new MqttTransport(address, options)), 20);
  await check((address) => tracesOf(new MqttTransport(address, { ...options, allowInsecure: true })), 20);
});

test('of a broker at whose address something else answers', async () => {
  const traces = await tracesOf(
    new MqttTransport(`ws://${place}/mqtt?token=abcde12345`, { device: 'shop/1', WebSocket }),
  );
  expect(traces).toContain('broker-path');
  expect(traces).toContain(`ws://${place}/mqtt?…`);
  expect(traces).not.toContain('abcde12345');
});

test('of a reader that another element of the page has open', async () => {
  await check(async (address) => {
    const make = (): ExclusiveTransport => {
      const inner = { open: () => new Promise<void>(() => undefined), send: () => undefined, close: () => undefined };
      return new ExclusiveTransport({ ...inner, closed: Promise.resolve() }, address, () => false);
    };
    const first = make();
    first.open({ message: () => undefined, noise: () => undefined, close: () => undefined }).catch(() => undefined);
    const traces = await tracesOf(make());
    first.close();
    expect(traces).toContain('in-use');
    return traces;
  }, 20);
});
