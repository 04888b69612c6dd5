import { beforeEach, describe, expect, test } from 'vitest';
import { Backoff } from '../../src/client/backoff.js';
import { nextState, transitions, type ConnectionStep, type ReaderState } from '../../src/client/connection-state.js';
import { ReaderClient, type ReaderClientOptions } from '../../src/client/reader-client.js';
import type { ReaderError } from '../../src/client/reader-error.js';
import { decodeMessage } from '../../src/mms/decode.js';
import type { MmsRequest } from '../../src/mms/message.js';
import { TransportError } from '../../src/transports/transport.js';
import { FakeTransport } from '../tools/fake-transport.js';
import { ManualClock } from '../tools/manual-clock.js';

const CANCEL = 'AA0081040113100884021008';
const RESET = 'AA00810401121F0184021F01';

let transport: FakeTransport;
let clock: ManualClock;
let states: string[];
let errors: ReaderError[];

beforeEach(() => {
  transport = new FakeTransport();
  clock = new ManualClock();
  states = [];
  errors = [];
});

function make(options: Partial<ReaderClientOptions> = {}): ReaderClient {
  const client = new ReaderClient({ transport, environment: clock, ...options });
  client.subscribe('state', ({ state }) => states.push(state));
  client.subscribe('error', ({ error }) => errors.push(error));
  return client;
}

/** Lets promises settle that are already decided. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

const refuse = (): Promise<void> => Promise.reject(new TransportError('unreachable', 'off'));
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as ReaderError).code,
  );

test('the table of states leads from every state only where it says', () => {
  const steps = new Set(Object.values(transitions).flatMap((row) => Object.keys(row))) as Set<ConnectionStep>;
  for (const state of Object.keys(transitions) as ReaderState[]) {
    for (const step of steps) {
      const row = transitions[state] as Partial<Record<ConnectionStep, ReaderState>>;
      expect(nextState(state, step)).toBe(row[step]);
    }
    // Nothing is a dead end: somebody can always open or close.
    expect(Object.keys(transitions[state])).toEqual(expect.arrayContaining([expect.stringMatching(/^(open|close)$/)]));
  }
  expect(steps.size).toBe(9);
});

describe('backoff', () => {
  test('doubles its bound up to half a minute and uses the full range below', () => {
    const bounds = new Backoff(() => 1);
    expect(Array.from({ length: 9 }, () => bounds.next())).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
    bounds.reset();
    expect(bounds.next()).toBe(500);
    expect(new Backoff(() => 0).next()).toBe(0);
  });

  test('stays bounded after very many tries', () => {
    const backoff = new Backoff(() => 1);
    for (let i = 0; i < 5_000; i++) expect(backoff.next()).toBeLessThanOrEqual(30_000);
  });
});

describe('a lost connection', () => {
  test('is opened again, later and later, until it stands', async () => {
    const client = make();
    await client.connect();
    transport.opening = refuse;
    transport.lose();
    expect(client.state).toBe('reconnecting');
    expect(client.snapshot.retryAt).toBe(clock.now() + 250);
    for (const delay of [250, 500, 1000]) {
      clock.pass(delay - 1);
      await settle();
      const before = transport.opened;
      clock.pass(1);
      await settle();
      expect(transport.opened).toBe(before + 1);
    }
    transport.opening = () => Promise.resolve();
    clock.pass(2_000);
    await settle();
    expect(client.state).toBe('ready');
    expect(client.error).toBeUndefined();
    expect(states).toEqual(['connecting', 'ready', 'reconnecting', 'ready']);
    expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
    expect(transport.sent).toEqual([]);
    expect(clock.running).toBe(0);
  });

  test('starts over with short waits after a connection that lasted, not after one that did not', async () => {
    const client = make();
    await client.connect();
    for (const [lasted, delay] of [
      [1_000, 250],
      [1_000, 500],
      [30_000, 250],
    ] as const) {
      clock.pass(lasted);
      transport.lose();
      expect(client.snapshot.retryAt).toBe(clock.now() + delay);
      clock.pass(delay);
      await settle();
      expect(client.state).toBe('ready');
    }
  });

  test('is left alone while hidden or offline, and opened at once when that ends', async () => {
    for (const [leave, back] of [
      [() => clock.show(false), () => clock.show(true)],
      [() => clock.connect(false), () => clock.connect(true)],
    ] as const) {
      transport = Object.assign(new FakeTransport(), {
        destination: { url: 'wss://reader.example/', isLoopback: false },
      });
      const client = make();
      await client.connect();
      leave();
      transport.lose();
      expect(client.snapshot).not.toHaveProperty('retryAt');
      clock.pass(3_600_000);
      await settle();
      expect(transport.opened).toBe(1);
      back();
      await settle();
      expect(client.state).toBe('ready');
      client.disconnect();
      expect(clock.watching).toBe(0);
    }
  });

  test('does not try from a timer that fires while hidden', async () => {
    const client = make();
    await client.connect();
    transport.lose();
    clock.show(false);
    clock.pass(60_000);
    await settle();
    expect(transport.opened).toBe(1);
    clock.show(true);
    await settle();
    expect(client.state).toBe('ready');
  });

  test('is opened at once when somebody asks for it', async () => {
    const client = make();
    await client.connect();
    transport.lose();
    await client.connect();
    expect(client.state).toBe('ready');
    expect(transport.opened).toBe(2);
    clock.pass(60_000);
    await settle();
    expect(transport.opened).toBe(2);
  });

  test('goes on being opened when the one who asked meets a refusal', async () => {
    const client = make();
    await client.connect();
    transport.lose();
    transport.opening = refuse;
    expect(await codeOf(client.connect())).toBe('unreachable');
    expect(client.state).toBe('reconnecting');
    transport.opening = () => Promise.resolve();
    clock.pass(60_000);
    await settle();
    expect(client.state).toBe('ready');
  });

  test('is given up for errors that waiting cannot heal', async () => {
    const client = make();
    await client.connect();
    transport.opening = () => Promise.reject(new TransportError('insecure-address', 'no'));
    transport.lose();
    clock.pass(60_000);
    await settle();
    expect(client.state).toBe('failed');
    expect(client.error?.code).toBe('insecure-url');
    expect(clock.running + clock.watching).toBe(0);
  });

  test('ends when this page closes it', async () => {
    const client = make();
    await client.connect();
    transport.lose();
    client.disconnect();
    clock.pass(60_000);
    await settle();
    expect(client.state).toBe('closed');
    expect(transport.opened).toBe(1);
    expect(clock.running + clock.watching).toBe(0);
  });

  test('stays lost where reconnection is off', async () => {
    const client = make({ reconnect: 'off' });
    await client.connect();
    transport.lose();
    expect(client.state).toBe('closed');
    expect(client.error?.code).toBe('connection-lost');
    client.reconnect = 'auto';
    await client.connect();
    transport.lose();
    expect(client.state).toBe('reconnecting');
    expect(client.reconnect).toBe('auto');
    client.disconnect();
  });

  test('as soon as it was opened is a failure to open it', async () => {
    const client = make();
    const open = transport.open.bind(transport);
    transport.open = async (...args) => {
      await open(...args);
      transport.lose(1011);
    };
    expect(await codeOf(client.connect())).toBe('connection-lost');
    expect(client.state).toBe('failed');
  });

  test('a thousand times leaves nothing behind', async () => {
    const client = make();
    await client.connect();
    for (let i = 0; i < 1_000; i++) {
      transport.lose();
      clock.pass(30_000);
      await settle();
    }
    expect(client.state).toBe('ready');
    expect(transport.opened).toBe(1_001);
    client.disconnect();
    expect(clock.running + clock.watching).toBe(0);
  });
});

test('a first connection that is asked to persist is tried until it stands', async () => {
  const client = make();
  transport.opening = refuse;
  expect(await codeOf(client.connect({ persist: true }))).toBe('unreachable');
  expect(client.state).toBe('reconnecting');
  transport.opening = () => Promise.resolve();
  clock.pass(60_000);
  await settle();
  expect(client.state).toBe('ready');
});

describe('a restart of the reader', () => {
  test('that was asked for is no error', async () => {
    const client = make();
    await client.connect();
    const reset = client.request(RESET);
    transport.answer(decodeMessage(transport.sent[0] as Uint8Array) as MmsRequest);
    await reset;
    transport.lose();
    expect(errors).toEqual([]);
    expect(client.state).toBe('reconnecting');
    expect(client.error).toBeUndefined();
    client.disconnect();
  });

  test.each(['00010000', '00030000'])('that the reader announced is no error: %s', async (detail) => {
    const client = make();
    await client.connect();
    transport.deliver(`AA00810483001001 8204${detail}`);
    transport.lose();
    expect(errors).toEqual([]);
    clock.pass(60_000);
    await settle();
    // The next loss is one again.
    transport.lose();
    expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
    client.disconnect();
  });

  test('that was refused changes nothing', async () => {
    const client = make();
    await client.connect();
    const reset = client.request(RESET);
    transport.answer(decodeMessage(transport.sent[0] as Uint8Array) as MmsRequest, { summary: 0x80, detail: '020308' });
    await reset;
    transport.lose();
    expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
    client.disconnect();
  });
});

describe('liveness', () => {
  /** A request that is not answered in time. */
  async function unanswered(client: ReaderClient): Promise<void> {
    const asked = codeOf(client.request(CANCEL));
    clock.pass(5_000);
    expect(await asked).toBe('timeout');
  }

  test('an unanswered request raises doubt, and an answer to a harmless question settles it', async () => {
    const client = make();
    await client.connect();
    await unanswered(client);
    expect(client.state).toBe('stale');
    const probe = decodeMessage(transport.sent[1] as Uint8Array) as MmsRequest;
    expect(probe.id).toBe(0xd101);
    transport.answer(probe);
    expect(client.state).toBe('ready');
    clock.pass(60_000);
    await settle();
    expect(client.state).toBe('ready');
    expect(transport.sent).toHaveLength(2);
    client.disconnect();
  });

  test('silence drops the connection and opens it again', async () => {
    const client = make();
    await client.connect();
    await unanswered(client);
    clock.pass(5_000);
    await settle();
    expect(client.state).toBe('reconnecting');
    expect(errors.at(-1)).toMatchObject({ code: 'connection-lost' });
    expect(transport.closed).toBe(1);
    clock.pass(60_000);
    await settle();
    expect(client.state).toBe('ready');
    expect(transport.sent).toHaveLength(2);
    client.disconnect();
    expect(clock.running + clock.watching).toBe(0);
  });

  test('anything that the reader sends settles it', async () => {
    const client = make();
    await client.connect();
    await unanswered(client);
    transport.deliver('AA0081048300100182040002000D');
    expect(client.state).toBe('ready');
    clock.pass(5_000);
    await settle();
    expect(client.state).toBe('ready');
    client.disconnect();
  });

  test('nothing is concluded while hidden: the question is asked when the page is seen again', async () => {
    const client = make();
    await client.connect();
    clock.show(false);
    await unanswered(client);
    expect(client.state).toBe('ready');
    expect(transport.sent).toHaveLength(1);
    clock.show(true);
    expect(client.state).toBe('stale');
    expect(transport.sent).toHaveLength(2);
    clock.show(false);
    clock.pass(5_000);
    await settle();
    expect(client.state).toBe('stale');
    client.disconnect();
  });

  test('can be turned off', async () => {
    const client = make({ livenessCheck: false });
    await client.connect();
    await unanswered(client);
    expect(client.state).toBe('ready');
    expect(transport.sent).toHaveLength(1);
    client.disconnect();
  });

  test('asks a silent reader by itself only where it is told to', async () => {
    const quiet = make();
    await quiet.connect();
    clock.pass(3_600_000);
    expect(transport.sent).toHaveLength(0);
    quiet.disconnect();

    transport = new FakeTransport();
    const client = make({ keepAlive: 30 });
    await client.connect();
    transport.onSend = (request) => {
      queueMicrotask(() => {
        transport.answer(request);
      });
    };
    for (let i = 1; i <= 3; i++) {
      clock.pass(30_000);
      await settle();
      expect(transport.sent).toHaveLength(i);
    }
    expect(client.state).toBe('ready');
    transport.onSend = () => undefined;
    clock.pass(30_000);
    clock.pass(5_000);
    await settle();
    clock.pass(5_000);
    await settle();
    expect(client.state).toBe('reconnecting');
    client.disconnect();
    expect(clock.running).toBe(0);
  });
});
