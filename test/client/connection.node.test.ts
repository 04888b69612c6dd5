import { describe, expect, test } from 'vitest';
import { ReaderClient } from '../../src/client/reader-client.js';
import type { StateDetail } from '../../src/client/client-events.js';
import { ReaderError } from '../../src/client/reader-error.js';
import { TransportError } from '../../src/transports/transport.js';
import { FakeTransport } from '../tools/fake-transport.js';

function make(): { transport: FakeTransport; client: ReaderClient; states: string[]; errors: ReaderError[] } {
  const transport = new FakeTransport();
  const client = new ReaderClient({ transport, reconnect: 'off' });
  const states: string[] = [];
  const errors: ReaderError[] = [];
  client.subscribe('state', ({ state, previous, error }: StateDetail) => {
    states.push(`${previous} ${state}${error ? ` ${error.code}` : ''}`);
  });
  client.subscribe('error', ({ error }) => errors.push(error));
  return { transport, client, states, errors };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ReaderError ? error.code : String(error)),
  );

describe('connect', () => {
  test('goes from idle over connecting to ready, each told once', async () => {
    const { client, states } = make();
    expect(client.state).toBe('idle');
    const connected = client.connect();
    expect(client.state).toBe('connecting');
    await connected;
    expect(client.state).toBe('ready');
    expect(states).toEqual(['idle connecting', 'connecting ready']);
  });

  test('opens one connection however often it is asked', async () => {
    const { client, transport } = make();
    await Promise.all([client.connect(), client.connect()]);
    await client.connect();
    expect(transport.opened).toBe(1);
  });

  test.each([
    ['unreachable', 'unreachable'],
    ['bad-address', 'bad-url'],
    ['insecure-address', 'insecure-url'],
    ['already-open', 'in-use'],
  ] as const)('fails with a remedy: %s', async (cause, code) => {
    const { client, transport, states, errors } = make();
    transport.opening = () => Promise.reject(new TransportError(cause, 'because'));
    const error = (await client.connect().catch((reason: unknown) => reason)) as ReaderError;
    expect(error).toMatchObject({ name: 'ReaderError', code, detail: 'because' });
    expect(error.help).not.toBe('');
    expect(client.error).toBe(error);
    expect(states).toEqual(['idle connecting', `connecting failed ${code}`]);
    expect(errors).toEqual([error]);
  });

  test('reads an error that no transport should throw as unreachable', async () => {
    const { client, transport } = make();
    transport.opening = () => Promise.reject(new Error('what'));
    expect(await codeOf(client.connect())).toBe('unreachable');
  });

  test('can be tried again after it failed, and forgets the error when it stands', async () => {
    const { client, transport } = make();
    transport.opening = () => Promise.reject(new TransportError('unreachable', 'off'));
    await codeOf(client.connect());
    transport.opening = () => Promise.resolve();
    await client.connect();
    expect(client.state).toBe('ready');
    expect(client.error).toBeUndefined();
  });

  test('closing while connecting leaves it closed', async () => {
    const { client, transport, states } = make();
    let finish = (): void => undefined;
    transport.opening = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const connected = codeOf(client.connect());
    client.disconnect();
    finish();
    expect(await connected).toBe('aborted');
    expect(client.state).toBe('closed');
    expect(states).toEqual(['idle connecting', 'connecting closed']);
  });

  test('its signal ends the attempt when nobody else waits for it', async () => {
    const { client, transport } = make();
    transport.opening = () => new Promise(() => undefined);
    const first = new AbortController();
    const second = new AbortController();
    const waiting = [
      codeOf(client.connect({ signal: first.signal })),
      codeOf(client.connect({ signal: second.signal })),
    ];
    first.abort();
    expect(await waiting[0]).toBe('aborted');
    expect(client.state).toBe('connecting');
    second.abort();
    expect(await waiting[1]).toBe('aborted');
    expect(client.state).toBe('closed');
    expect(await codeOf(client.connect({ signal: AbortSignal.abort() }))).toBe('aborted');
    expect(transport.opened).toBe(1);
  });
});

describe('a connection that ends', () => {
  test('by the reader says so', async () => {
    const { client, transport, states, errors } = make();
    await client.connect();
    transport.lose(4003);
    expect(client.state).toBe('closed');
    expect(states.at(-1)).toBe('ready closed connection-lost');
    expect(errors[0]?.detail).toContain('4003');
  });

  test('by us is no error', async () => {
    const { client, states, errors } = make();
    await client.connect();
    client.disconnect();
    client.disconnect();
    expect(states.at(-1)).toBe('ready closed');
    expect(errors).toEqual([]);
    expect(client.error).toBeUndefined();
  });

  test('can be opened again', async () => {
    const { client, transport } = make();
    await client.connect();
    transport.lose();
    await client.connect();
    expect(client.state).toBe('ready');
    expect(transport.opened).toBe(2);
  });

  test('hears nothing more from the old connection', async () => {
    const { client, transport } = make();
    await client.connect();
    const messages: unknown[] = [];
    client.subscribe('message', (detail) => messages.push(detail));
    const deliver = transport.deliver.bind(transport);
    client.disconnect();
    deliver('AA00810483000101820410010200');
    expect(messages).toEqual([]);
  });
});

test('snapshots are frozen and change with the state', async () => {
  const { client } = make();
  const before = client.snapshot;
  await client.connect();
  expect(client.snapshot).not.toBe(before);
  expect(Object.isFrozen(before) && Object.isFrozen(client.snapshot)).toBe(true);
});
