/** A page that is left and used again, and one whose certificate was accepted meanwhile. */
import { describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { PresenceListener } from '../../../src/connection/environment.js';
import { TransportError } from '../../../src/transports/transport.js';
import { codeOf } from '../../support/code-of.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';

const destination = { url: 'wss://reader.example/', isLoopback: false };

function make() {
  const transport = Object.assign(new FakeTransport(), { destination });
  const listeners = new Set<PresenceListener>();
  const environment = Object.assign(new ManualClock(), {
    onPresence: (listener: PresenceListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    probeHost: () => Promise.resolve('untrusted' as const),
  });
  const client = new ReaderClient({ transport, environment });
  const seen: string[] = [];
  client.subscribe('state', ({ state, error }) => seen.push(error ? `${state} ${error.code}` : state));
  client.subscribe('error', ({ error }) => seen.push(`error ${error.code}`));
  const tell = (what: keyof PresenceListener): void => {
    for (const listener of [...listeners]) listener[what]();
  };
  return { transport, clock: environment, client, seen, listeners, tell };
}

describe('a page that is left', () => {
  test('closes the connection at once and opens it without delay or error when it is used again', async () => {
    const { transport, clock, client, seen, tell, listeners } = make();
    await client.connect();
    tell('left');
    expect(transport.closed).toBe(1);
    expect(client.state).toBe('reconnecting');
    await clock.letPass(600_000);
    expect(transport.opened).toBe(1);
    tell('returned');
    await clock.letPass(0);
    expect(client.state).toBe('ready');
    expect(seen).toEqual(['connecting', 'ready', 'reconnecting', 'ready']);
    client.disconnect();
    expect(listeners.size + clock.running + clock.watching).toBe(0);
  });

  test('finds a reader that is not free yet without an error, and tells of it when it stays so', async () => {
    const { transport, clock, client, seen, tell } = make();
    await client.connect();
    tell('left');
    await clock.letPass(60_000);
    // One that is taken for open and closed again, and one that does not open.
    tell('returned');
    await clock.letPass(0);
    transport.lose(1013);
    transport.opening = () => Promise.reject(new TransportError('unreachable', ''));
    await clock.letPass(600);
    expect(client.state).toBe('reconnecting');
    expect(seen.filter((what) => what.includes(' '))).toEqual([]);
    await clock.letPass(10_000);
    expect(client.error?.code).toBe('unreachable');
    client.disconnect();
  });

  test('rejects what waits for an answer', async () => {
    const { client, tell } = make();
    await client.connect();
    const answer = codeOf(client.request('AA0081040100F10084020F01'));
    tell('left');
    expect(await answer).toBe('connection-lost');
    client.disconnect();
  });

  test('while connecting, goes on when it is used again', async () => {
    const { transport, clock, client, tell } = make();
    transport.opening = () => new Promise(() => undefined);
    const connected = codeOf(client.connect());
    await clock.letPass(0);
    tell('left');
    expect(await connected).toBe('aborted');
    transport.opening = () => Promise.resolve();
    tell('returned');
    await clock.letPass(0);
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test('stays closed where nothing is to be opened again', async () => {
    const { clock, client, tell } = make();
    await client.connect();
    client.reconnect = 'off';
    tell('left');
    expect(client.state).toBe('closed');
    tell('returned');
    await clock.letPass(60_000);
    expect(client.state).toBe('closed');
  });

  test('and was closed before opens nothing when it is used again', async () => {
    const { transport, clock, client, tell } = make();
    await client.connect();
    client.disconnect();
    tell('left');
    tell('returned');
    await clock.letPass(60_000);
    expect(transport.opened).toBe(1);
  });
});

test('a certificate that may have been accepted in another tab is tried when the person comes back', async () => {
  const { transport, clock, client } = make();
  transport.opening = () => Promise.reject(new TransportError('unreachable', 'failed'));
  expect(await codeOf(client.connect())).toBe('certificate-suspected');
  transport.opening = () => Promise.resolve();
  await clock.letPass(60_000);
  expect(client.state).toBe('failed');
  clock.show(false);
  clock.show(true);
  await clock.letPass(0);
  expect(client.state).toBe('ready');
  client.disconnect();
});
