/** Opening and closing a connection: its states, its errors, and who waits for it. */
import { describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { StateDetail } from '../../../src/client/client-events.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { TransportError, type Transport } from '../../../src/transports/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from '../client/over-carriers.js';
import { codeOf } from '../../support/code-of.js';

interface Watched {
  readonly client: ReaderClient;
  readonly states: string[];
  readonly errors: ReaderError[];
}

function watch(transport: Transport): Watched {
  const client = new ReaderClient({ transport, reconnect: 'off' });
  const states: string[] = [];
  const errors: ReaderError[] = [];
  client.subscribe('state', ({ state, previous, error }: StateDetail) => {
    states.push(`${previous} ${state}${error ? ` ${error.code}` : ''}`);
  });
  client.subscribe('error', ({ error }) => errors.push(error));
  return { client, states, errors };
}

/** Transports of others, which need not be written as ours are. */
describe('a transport that does not do its part', () => {
  const careless = (more: Partial<Transport>): Transport => ({
    open: () => Promise.resolve(),
    send: () => undefined,
    close: () => undefined,
    ...more,
  });

  test('opening that never ends is given up by who waits', async () => {
    const { client, states } = watch(careless({ open: () => new Promise<void>(() => undefined) }));
    const waiting = codeOf(client.connect());
    await Promise.resolve();
    client.disconnect();
    expect(await waiting).toBe('aborted');
    expect(states).toEqual(['idle connecting', 'connecting closed']);
  });

  test('a close that throws leaves nobody waiting', async () => {
    const { client } = watch(
      careless({
        close: () => {
          throw new Error('stuck');
        },
      }),
    );
    await client.connect();
    const waiting = codeOf(client.request('AA0081040155D1018402D101'));
    const sale = client.startTransaction({ amount: '4.60', currency: 'EUR' });
    await Promise.resolve();
    expect(() => {
      client.disconnect();
    }).toThrow('stuck');
    expect(await waiting).toBe('connection-lost');
    expect((await sale.result).error?.code).toBe('connection-lost');
    expect(client.state).toBe('closed');
  });
});

describe('a transport that cannot open', () => {
  const make = (): Watched & { readonly transport: FakeTransport } => {
    const transport = new FakeTransport();
    return { ...watch(transport), transport };
  };

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
});

overEveryCarrier((makeReader, carrier) => {
  const make = async (): Promise<Watched & { readonly reader: ScriptedReader }> => {
    const reader = await makeReader();
    return { ...watch(reader.transport), reader };
  };

  describe('connect', () => {
    test('goes from idle over connecting to ready, each told once', async () => {
      const { client, states } = await make();
      expect(client.state).toBe('idle');
      const connected = client.connect();
      expect(client.state).toBe('connecting');
      await connected;
      expect(client.state).toBe('ready');
      expect(states).toEqual(['idle connecting', 'connecting ready']);
    });

    test('opens one connection however often it is asked', async () => {
      const { client, reader } = await make();
      await Promise.all([client.connect(), client.connect()]);
      await client.connect();
      expect(reader.attempts).toBe(1);
    });

    test('can be tried again after it failed, and forgets the error when it stands', async () => {
      const { client, reader } = await make();
      reader.door = 'shut';
      expect(await codeOf(client.connect())).toBe('unreachable');
      reader.door = 'open';
      await client.connect();
      expect(client.state).toBe('ready');
      expect(client.error).toBeUndefined();
    });

    test.runIf(carrier.canStick)('closing while connecting leaves it closed', async () => {
      const { client, reader, states } = await make();
      reader.door = 'stuck';
      const connected = codeOf(client.connect());
      await reader.settled();
      client.disconnect();
      reader.door = 'open';
      await reader.settled();
      expect(await connected).toBe('aborted');
      expect(client.state).toBe('closed');
      expect(states).toEqual(['idle connecting', 'connecting closed']);
    });

    test.runIf(carrier.canStick)('its signal ends the attempt when nobody else waits for it', async () => {
      const { client, reader } = await make();
      reader.door = 'stuck';
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
      expect(reader.attempts).toBe(1);
    });
  });

  describe('a connection that ends', () => {
    test('by the reader says so', async () => {
      const { client, reader, states, errors } = await make();
      await client.connect();
      await reader.lose(4003);
      expect(client.state).toBe('closed');
      expect(states.at(-1)).toBe('ready closed connection-lost');
      expect(errors[0]?.detail).toMatch(carrier.hasCloseCodes ? /4003/ : /unplugged|not connected|is gone|was lost/);
    });

    test('by us is not an error', async () => {
      const { client, states, errors } = await make();
      await client.connect();
      client.disconnect();
      client.disconnect();
      expect(states.at(-1)).toBe('ready closed');
      expect(errors).toEqual([]);
      expect(client.error).toBeUndefined();
    });

    test('can be opened again', async () => {
      const { client, reader } = await make();
      await client.connect();
      await reader.lose();
      await client.connect();
      expect(client.state).toBe('ready');
      expect(reader.attempts).toBe(2);
    });

    test('hears nothing more from the old connection', async () => {
      const { client, reader } = await make();
      await client.connect();
      await reader.settled();
      const messages: unknown[] = [];
      client.subscribe('message', (detail) => messages.push(detail));
      // On its way when the connection is closed.
      const delivered = reader.deliver('AA00810483000101820410010200');
      const heard = messages.length;
      client.disconnect();
      await delivered;
      expect(messages).toHaveLength(heard);
    });
  });

  test('snapshots are frozen and change with the state', async () => {
    const { client } = await make();
    const before = client.snapshot;
    await client.connect();
    expect(client.snapshot).not.toBe(before);
    expect(Object.isFrozen(before) && Object.isFrozen(client.snapshot)).toBe(true);
  });
});
