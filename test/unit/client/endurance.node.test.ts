/** A thousand reconnects over real sockets leave memory, listeners and timers where they were. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { systemEnvironment, type Environment } from '../../../src/connection/environment.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { WebSocketTransport } from '../../../src/transports/web-socket.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Waits as short as possible between tries, and counts what is left running. */
class ImpatientEnvironment implements Environment {
  readonly timers = new Set<unknown>();
  readonly listeners = new Set<() => void>();
  readonly now = systemEnvironment.now;
  readonly isVisible = systemEnvironment.isVisible;
  readonly isOnline = systemEnvironment.isOnline;
  readonly uniqueId = systemEnvironment.uniqueId;
  readonly random = (): number => 0;

  setTimeout(callback: () => void, milliseconds: number): unknown {
    const timer = systemEnvironment.setTimeout(() => {
      this.timers.delete(timer);
      callback();
    }, milliseconds);
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.timers.delete(timer);
    systemEnvironment.clearTimeout(timer);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

test('a thousand reconnects leave nothing behind', { timeout: 60_000 }, async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const environment = new ImpatientEnvironment();
  const client = new ReaderClient({
    transport: new WebSocketTransport(`ws://127.0.0.1:${String(port)}`, {
      WebSocket,
    }),
    environment,
    journalSize: 10,
  });
  let states = 0;
  client.subscribe('state', () => states++);
  const back = (): Promise<void> =>
    new Promise((resolve) => {
      const unsubscribe = client.subscribe('state', ({ state }) => {
        if (state !== 'ready') return;
        unsubscribe();
        resolve();
      });
    });
  const memory = async (): Promise<number> => {
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    return process.memoryUsage().heapUsed;
  };
  const reconnect = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count++) {
      const again = back();
      for (const socket of server.clients) socket.terminate();
      await again;
    }
  };

  await client.connect();
  // Code is compiled and buffers are made in the first rounds.
  await reconnect(500);
  const before = { timers: environment.timers.size, listeners: environment.listeners.size, states };
  const growths: number[] = [];
  for (let round = 0; round < 2; round++) {
    const memoryBefore = await memory();
    await reconnect(1_000);
    growths.push((await memory()) - memoryBefore);
  }
  expect(states - before.states).toBe(4_000);
  expect(environment.timers.size).toBe(before.timers);
  expect(environment.listeners.size).toBe(before.listeners);
  expect(server.clients.size).toBeLessThanOrEqual(2);
  // A kept socket, with its buffers and events, would make it three times as much, each time; compiled code comes and goes.
  expect(Math.min(...growths)).toBeLessThan(1_000_000);
  client.disconnect();
  expect(environment.timers.size + environment.listeners.size).toBe(0);
});
