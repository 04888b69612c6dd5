import { describe, expect, test } from 'vitest';
import type { LocalNetworkPermission } from '../../../src/connection/environment.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError, readerErrors } from '../../../src/connection/reader-error.js';
import { TransportError, type Destination } from '../../../src/transports/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';
import { codeOf } from '../../support/code-of.js';
import { storageOf } from '../../support/storage-of.js';

const remote: Destination = { url: 'wss://reader.example/', isLoopback: false };
const plain: Destination = { url: 'ws://reader.example/', isLoopback: false };
const local: Destination = { url: 'ws://127.0.0.1:8080/', isLoopback: true };

interface Page {
  readonly destination?: Destination;
  /** What the browser says of the permission, query by query; the last one stays. */
  readonly permissions?: LocalNetworkPermission[];
  /** What was kept by pages before. */
  readonly kept?: Map<string, string>;
}

function make({ destination = remote, permissions, kept = new Map<string, string>() }: Page = {}) {
  const transport = Object.assign(new FakeTransport(), { destination });
  const clock = new ManualClock();
  const asked: Destination[] = [];
  const changes = new Set<() => void>();
  const environment = Object.assign(clock, {
    lastingStorage: storageOf(kept),
    onPermissionChange: (_: Destination, listener: () => void) => {
      changes.add(listener);
      return () => changes.delete(listener);
    },
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
  /** The person changes the setting. */
  const allow = (permission: LocalNetworkPermission): void => {
    permissions?.splice(0, permissions.length, permission);
    for (const listener of [...changes]) listener();
  };
  return { transport, clock, client, states, asked, kept, allow };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
const fails = (): Promise<void> => Promise.reject(new TransportError('unreachable', 'failed'));

describe('an unencrypted address', () => {
  test('is tried from every page: which ones it may open, the browser decides', async () => {
    const { client, transport } = make({ destination: plain });
    await client.connect();
    expect(transport.opened).toBe(1);
    client.disconnect();
  });

  test('that the browser forbids is mixed content, and not tried again', async () => {
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
  const inNetwork: Destination = { url: 'wss://192.168.1.7/', isLoopback: false };

  test.each([
    ['wss://192.168.1.7/', false],
    ['wss://reader.local/', false],
    ['wss://df-b547d37.shop.lan/', false],
    ['wss://reader.home.arpa/', false],
    ['wss://reader.internal/', false],
    ['wss://reader/', false],
    ['wss://[fd00::7]/', false],
    ['ws://127.0.0.1:8080/', true],
  ])('is not asked for while nobody is there: %s waits for a person', async (url, isLoopback) => {
    const { client, transport, states } = make({ destination: { url, isLoopback }, permissions: ['prompt'] });
    expect(await codeOf(client.connect({ unattended: true, persist: true }))).toBe('permission-needed');
    expect(transport.opened).toBe(0);
    expect(states).toEqual(['connecting', 'failed permission-needed']);
    // The click: now the browser may ask.
    await client.connect();
    expect(transport.opened).toBe(1);
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test.each(['wss://broker.example/', 'wss://8.8.8.8/', 'wss://[2001:db8::1]/'])(
    'is not needed for %s, which looks public',
    async (url) => {
      const { client } = make({ destination: { url, isLoopback: false }, permissions: ['prompt'] });
      await client.connect({ unattended: true });
      expect(client.state).toBe('ready');
      client.disconnect();
    },
  );

  test('may be asked for where a person joins the attempt before it has got so far', async () => {
    const { client } = make({ destination: inNetwork, permissions: ['prompt'] });
    await Promise.all([client.connect({ unattended: true }), client.connect()]);
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test.each(['granted', 'unknown', 'denied', 'not-delegated'] as const)(
    'raises no question where it is %s, and the connection is tried',
    async (permission) => {
      const { client } = make({ destination: inNetwork, permissions: [permission] });
      await client.connect({ unattended: true });
      expect(client.state).toBe('ready');
      client.disconnect();
    },
  );

  test('that was denied explains a failure, and says where to allow it', async () => {
    const { client, transport } = make({ destination: inNetwork, permissions: ['denied'] });
    transport.opening = fails;
    expect(await codeOf(client.connect())).toBe('permission-denied');
    expect(client.error?.help).toContain('site settings');
    expect(client.error?.help).toMatch(/^Where the page is in a frame.*allow="local-network; loopback-network"/);
    client.disconnect();
  });

  test('that a frame does not pass on is named as such', async () => {
    const { client, transport } = make({ destination: inNetwork, permissions: ['not-delegated'] });
    transport.opening = fails;
    expect(await codeOf(client.connect())).toBe('permission-denied');
    expect(client.error?.because).toEqual({ code: 'not-delegated' });
    client.disconnect();
  });

  test('that the person refuses when asked is the reason, not “unreachable”', async () => {
    const { client, transport } = make({ destination: inNetwork, permissions: ['prompt', 'denied'] });
    transport.opening = fails;
    expect(await codeOf(client.connect({ persist: true }))).toBe('permission-denied');
    expect(client.state).toBe('failed');
    client.disconnect();
  });

  test('whose question is closed has words of its own', async () => {
    const { client, transport } = make({ destination: inNetwork, permissions: ['prompt'] });
    transport.opening = fails;
    expect(await codeOf(client.connect())).toBe('unreachable');
    expect(client.error?.because).toEqual({ code: 'question-closed' });
    client.disconnect();
  });

  test('that is gone when a lost connection is opened again does not hold it back', async () => {
    const { client, transport, clock } = make({
      destination: inNetwork,
      permissions: ['granted', 'granted', 'prompt'],
    });
    await client.connect();
    transport.lose();
    clock.pass(30_000);
    await settle();
    expect(client.state).toBe('ready');
    expect(transport.opened).toBe(2);
    client.disconnect();
  });

  test('for which nobody was asked is remembered for the next page load, without what is secret in the address', async () => {
    const destination = { url: 'wss://192.168.1.7:8443/?key=secret', isLoopback: false };
    const first = make({ destination, permissions: ['prompt'] });
    await first.client.connect();
    await settle();
    first.client.disconnect();
    expect([...first.kept]).toEqual([['magtek-elements/opened/wss://192.168.1.7:8443', '1']]);
    const second = make({ destination, permissions: ['prompt'], kept: first.kept });
    await second.client.connect({ unattended: true });
    expect(second.client.state).toBe('ready');
    second.client.disconnect();
    const other = make({ destination: inNetwork, permissions: ['prompt'], kept: first.kept });
    expect(await codeOf(other.client.connect({ unattended: true }))).toBe('permission-needed');
    other.client.disconnect();
  });

  test('that the person gave is not remembered: the browser does that', async () => {
    const { client, kept } = make({ destination: inNetwork, permissions: ['prompt', 'granted'] });
    await client.connect();
    await settle();
    expect(kept.size).toBe(0);
    client.disconnect();
  });

  test('given in the settings opens the connection by itself', async () => {
    const { client, allow, clock } = make({ destination: inNetwork, permissions: ['prompt'] });
    await codeOf(client.connect({ unattended: true }));
    allow('prompt');
    await settle();
    expect(client.state).toBe('failed');
    allow('granted');
    await settle();
    expect(client.state).toBe('ready');
    client.disconnect();
    expect(clock.watching).toBe(0);
  });

  test('says so while the browser may be asking', async () => {
    const { client, transport } = make({ destination: inNetwork, permissions: ['prompt'] });
    transport.opening = () => new Promise(() => undefined);
    void codeOf(client.connect());
    await settle();
    expect(client.snapshot).toEqual({ state: 'connecting', asking: true });
    client.disconnect();
  });

  test('gives a person all the time that the question needs', async () => {
    const { client, transport, clock } = make({ destination: inNetwork, permissions: ['prompt'] });
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
  expect(client.error?.detail).toBe('The connection closed without a reason (close code 1006).');
  client.disconnect();
});

test('every error says what happened and what to do next', () => {
  for (const { message, help } of Object.values(readerErrors)) {
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});

describe('the hosts that a page allows', () => {
  test.each([
    ['reader.example', undefined],
    ['reader.example:443', 'host-not-allowed'],
    ['', 'host-not-allowed'],
    ['other.example', 'host-not-allowed'],
  ])('“%s”: %s', async (allowed, code) => {
    const { client, transport } = make();
    client.allowHosts = allowed.split(' ').filter((host) => host !== '');
    expect(await codeOf(client.connect())).toBe(code ?? 'resolved');
    expect(transport.opened).toBe(code === undefined ? 1 : 0);
    client.disconnect();
  });

  test('may name a port', async () => {
    const { client } = make({ destination: { url: 'wss://reader.example:8443/', isLoopback: false } });
    client.allowHosts = ['reader.example:8443'];
    await client.connect();
    client.allowHosts = ['reader.example:9443'];
    client.disconnect();
    expect(await codeOf(client.connect())).toBe('host-not-allowed');
  });
});

test('every error has the address of its documentation', () => {
  expect(new ReaderError('in-use').url).toMatch(/^https:\/\/.*\/docs\/errors\.html#in-use$/);
});
