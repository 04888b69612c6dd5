import { describe, expect, test } from 'vitest';
import type { LocalNetworkPermission } from '../../../src/connection/environment.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { readerErrors } from '../../../src/connection/reader-error.js';
import { TransportError, type Destination } from '../../../src/transports/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';
import { codeOf } from '../../support/code-of.js';

const remote: Destination = { url: 'wss://reader.example/', isLoopback: false };
const plain: Destination = { url: 'ws://reader.example/', isLoopback: false };
const local: Destination = { url: 'ws://127.0.0.1:8080/', isLoopback: true };

interface Page {
  readonly destination?: Destination;
  readonly secure?: boolean;
  /** What the browser says of the permission, query by query; the last one stays. */
  readonly permissions?: LocalNetworkPermission[];
}

function make({ destination = remote, secure = false, permissions }: Page = {}) {
  const transport = Object.assign(new FakeTransport(), { destination });
  const clock = new ManualClock();
  const asked: Destination[] = [];
  const environment = Object.assign(clock, {
    isSecurePage: () => secure,
    ...(permissions && {
      localNetworkPermission: (asking: Destination) => {
        asked.push(asking);
        return Promise.resolve((permissions.length > 1 ? permissions.shift() : permissions[0])!);
      },
    }),
  });
  const client = new ReaderClient({ transport, environment });
  const states: string[] = [];
  client.subscribe('state', ({ state, error }) => states.push(error ? `${state} ${error.code}` : state));
  return { transport, clock, client, states, asked };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
const fails = (): Promise<void> => Promise.reject(new TransportError('unreachable', 'failed'));

describe('mixed content', () => {
  test.each([
    [plain, true, 'mixed-content', 0],
    [plain, false, 'resolved', 1],
    [local, true, 'resolved', 1],
    [remote, true, 'resolved', 1],
  ] as const)('%j on a secure page %s: %s', async (destination, secure, code, opened) => {
    const { client, transport } = make({ destination, secure });
    expect(await codeOf(client.connect())).toBe(code);
    expect(transport.opened).toBe(opened);
    client.disconnect();
  });

  test('that only the browser knows of is told as well, and not tried again', async () => {
    const { client, transport, states } = make();
    transport.opening = () => Promise.reject(new TransportError('mixed-content', 'refused'));
    expect(await codeOf(client.connect({ persist: true }))).toBe('mixed-content');
    expect(states).toEqual(['connecting', 'failed mixed-content']);
  });
});

describe('offline', () => {
  test('fails at once, and opens nothing', async () => {
    const { client, transport, clock } = make();
    clock.connect(false);
    expect(await codeOf(client.connect())).toBe('offline');
    expect(client.state).toBe('failed');
    expect(transport.opened).toBe(0);
  });

  test('waits for the network where it is asked to persist', async () => {
    const { client, clock, states } = make();
    clock.connect(false);
    expect(await codeOf(client.connect({ persist: true }))).toBe('offline');
    expect(client.snapshot).toMatchObject({ state: 'reconnecting', error: { code: 'offline' } });
    clock.pass(3_600_000);
    await settle();
    expect(states).toEqual(['connecting', 'reconnecting offline']);
    clock.connect(true);
    await settle();
    expect(client.state).toBe('ready');
    client.disconnect();
    expect(clock.running + clock.watching).toBe(0);
  });

  test('does not matter for this computer, or where there is no network in between', async () => {
    for (const transport of [Object.assign(new FakeTransport(), { destination: local }), new FakeTransport()]) {
      const clock = new ManualClock();
      clock.connect(false);
      const client = new ReaderClient({ transport, environment: clock });
      await client.connect();
      transport.lose();
      clock.pass(30_000);
      await settle();
      expect(client.state).toBe('ready');
      client.disconnect();
    }
  });

  test('is the reason of a failure where the network went meanwhile', async () => {
    const { client, transport, clock } = make();
    transport.opening = () => {
      clock.connect(false);
      return fails();
    };
    expect(await codeOf(client.connect())).toBe('offline');
  });
});

describe('the permission for the local network', () => {
  test('is never asked for by itself: an unattended connection waits for a person', async () => {
    const { client, transport, states, asked } = make({ permissions: ['prompt'] });
    expect(await codeOf(client.connect({ unattended: true, persist: true }))).toBe('permission-needed');
    expect(transport.opened).toBe(0);
    expect(asked).toEqual([remote]);
    expect(states).toEqual(['connecting', 'failed permission-needed']);
    // The click: now the browser may ask.
    await client.connect();
    expect(transport.opened).toBe(1);
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test('may be asked for where a person joins the attempt before it has got so far', async () => {
    const { client } = make({ permissions: ['prompt'] });
    await Promise.all([client.connect({ unattended: true }), client.connect()]);
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test.each(['granted', 'unknown'] as const)('needs nobody where it is %s', async (permission) => {
    const { client } = make({ permissions: [permission] });
    await client.connect({ unattended: true });
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test('that was denied opens nothing and says where to allow it', async () => {
    const { client, transport } = make({ permissions: ['denied'] });
    expect(await codeOf(client.connect())).toBe('permission-denied');
    expect(transport.opened).toBe(0);
    expect(client.error?.help).toContain('site settings');
    expect(client.error?.help).toContain('allow="local-network; loopback-network"');
  });

  test('that the person refuses when asked is the reason, not “unreachable”', async () => {
    const { client, transport } = make({ permissions: ['prompt', 'denied'] });
    transport.opening = fails;
    expect(await codeOf(client.connect({ persist: true }))).toBe('permission-denied');
    expect(client.state).toBe('failed');
  });

  test('that is gone when a lost connection is opened again is not asked for', async () => {
    const { client, transport, clock } = make({ permissions: ['granted', 'prompt'] });
    await client.connect();
    transport.lose();
    clock.pass(30_000);
    await settle();
    expect(client.snapshot).toMatchObject({ state: 'failed', error: { code: 'permission-needed' } });
    expect(transport.opened).toBe(1);
  });

  test('gives a person all the time that the question needs', async () => {
    const { client, transport, clock } = make({ permissions: ['prompt'] });
    let allow = (): void => undefined;
    transport.opening = () =>
      new Promise((resolve) => {
        allow = resolve;
      });
    const connected = client.connect();
    await settle();
    clock.pass(600_000);
    allow();
    await connected;
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test('closing while it is looked up opens nothing', async () => {
    const { client, transport } = make({ permissions: ['granted'] });
    const connected = codeOf(client.connect());
    client.disconnect();
    expect(await connected).toBe('aborted');
    await settle();
    expect(transport.opened).toBe(0);
    expect(client.state).toBe('closed');
  });
});

test('a connection that neither opens nor fails is given up, and tried again where it is asked to persist', async () => {
  const { client, transport, clock } = make();
  transport.opening = () => new Promise(() => undefined);
  const connected = codeOf(client.connect({ persist: true }));
  clock.pass(59_999);
  await settle();
  expect(client.state).toBe('connecting');
  clock.pass(1);
  expect(await connected).toBe('unreachable');
  expect(client.state).toBe('reconnecting');
  client.disconnect();
  expect(clock.running).toBe(0);
});

test('a reader that ends the connection, and a network that breaks, are told apart', async () => {
  const { client, transport } = make();
  await client.connect();
  transport.lose(1012);
  expect(client.error?.detail).toBe('The reader ended it (close code 1012).');
  await client.connect();
  transport.lose(1006);
  expect(client.error?.detail).toBe('It ended without a word (close code 1006).');
  client.disconnect();
});

test('every error says what happened and what to do next', () => {
  for (const { message, help } of Object.values(readerErrors)) {
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});
