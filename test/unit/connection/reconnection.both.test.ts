/** A lost connection: opened again when that makes sense, with what is known of why, and nothing sent again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Backoff } from '../../../src/connection/backoff.js';
import {
  nextState,
  transitions,
  type ConnectionStep,
  type ReaderState,
} from '../../../src/connection/connection-state.js';
import type { ReaderClientOptions } from '../../../src/client/client-options.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { TransportError } from '../../../src/transports/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { ScriptedReader } from '../../support/scripted-reader.js';
import { overEveryCarrier } from '../client/over-carriers.js';
import { codeOf } from '../../support/code-of.js';

const CANCEL = 'AA0081040113100884021008';
const RESET = 'AA00810401121F0184021F01';

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

describe('a connection that cannot stand', () => {
  let transport: FakeTransport;
  let clock: ManualClock;
  let client: ReaderClient;

  beforeEach(() => {
    transport = new FakeTransport();
    clock = new ManualClock();
    client = new ReaderClient({ transport, environment: clock });
  });

  test('is given up for errors that waiting cannot heal', async () => {
    await client.connect();
    transport.opening = () => Promise.reject(new TransportError('insecure-address', 'no'));
    transport.lose();
    await clock.letPass(60_000);
    expect(client.state).toBe('failed');
    expect(client.error?.code).toBe('insecure-url');
    expect(clock.running + clock.watching).toBe(0);
  });

  test('because it ends in the task in which it was opened was never open', async () => {
    const open = transport.open.bind(transport);
    transport.open = async (...args) => {
      await open(...args);
      transport.lose(1011);
    };
    expect(await codeOf(client.connect())).toBe('connection-lost');
    expect(client.state).toBe('failed');
  });
});

overEveryCarrier((makeReader) => {
  let reader: ScriptedReader;
  let clock: ManualClock;
  let clients: ReaderClient[];
  let states: string[];
  let errors: ReaderError[];

  beforeEach(async () => {
    reader = await makeReader();
    clock = new ManualClock();
    clients = [];
    states = [];
    errors = [];
  });

  afterEach(() => {
    for (const client of clients) client.disconnect();
    expect(clock.running + clock.watching).toBe(0);
  });

  function make(options: Partial<ReaderClientOptions> = {}): ReaderClient {
    const client = new ReaderClient({ transport: reader.transport, environment: clock, ...options });
    clients.push(client);
    client.subscribe('state', ({ state }) => states.push(state));
    client.subscribe('error', ({ error }) => errors.push(error));
    return client;
  }

  async function connected(options: Partial<ReaderClientOptions> = {}): Promise<ReaderClient> {
    const client = make(options);
    await client.connect();
    await reader.settled();
    return client;
  }

  const pass = async (milliseconds: number): Promise<void> => {
    await reader.settled();
    clock.pass(milliseconds);
    await reader.settled();
  };

  describe('a lost connection', () => {
    test('is opened again, later and later, until it stands', async () => {
      const client = await connected();
      reader.door = 'shut';
      await reader.lose();
      expect(client.state).toBe('reconnecting');
      expect(client.snapshot.retryAt).toBe(clock.now() + 250);
      for (const delay of [250, 500, 1000]) {
        await pass(delay - 1);
        const before = reader.attempts;
        await pass(1);
        expect(reader.attempts).toBe(before + 1);
      }
      reader.door = 'open';
      await pass(2_000);
      expect(client.state).toBe('ready');
      expect(client.error).toBeUndefined();
      expect(states).toEqual(['connecting', 'ready', 'reconnecting', 'ready']);
      expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
      expect(await reader.askedIds()).toHaveLength(0);
      expect(clock.running).toBe(0);
    });

    test('starts over with short waits after a connection that lasted, not after one that did not', async () => {
      const client = await connected();
      for (const [lasted, delay] of [
        [1_000, 250],
        [1_000, 500],
        [30_000, 250],
      ] as const) {
        await pass(lasted);
        await reader.lose();
        expect(client.snapshot.retryAt).toBe(clock.now() + delay);
        await pass(delay);
        expect(client.state).toBe('ready');
      }
    });

    test('is left alone while hidden or offline, and opened at once when that ends', async () => {
      for (const [leave, back] of [
        [() => clock.show(false), () => clock.show(true)],
        [() => clock.connect(false), () => clock.connect(true)],
      ] as const) {
        reader = await makeReader();
        reader.destination = { url: 'wss://reader.example/', isLoopback: false };
        const client = await connected();
        leave();
        await reader.lose();
        expect(client.snapshot).not.toHaveProperty('retryAt');
        await pass(3_600_000);
        expect(reader.attempts).toBe(1);
        back();
        await reader.settled();
        expect(client.state).toBe('ready');
        client.disconnect();
        expect(clock.watching).toBe(0);
      }
    });

    test('does not try from a timer that fires while hidden', async () => {
      const client = await connected();
      await reader.lose();
      clock.show(false);
      await pass(60_000);
      expect(reader.attempts).toBe(1);
      clock.show(true);
      await reader.settled();
      expect(client.state).toBe('ready');
    });

    test('is opened at once when somebody asks for it', async () => {
      const client = await connected();
      await reader.lose();
      await client.connect();
      expect(client.state).toBe('ready');
      expect(reader.attempts).toBe(2);
      await pass(60_000);
      expect(reader.attempts).toBe(2);
    });

    test('goes on being opened when the one who asked meets a refusal', async () => {
      const client = await connected();
      await reader.lose();
      reader.door = 'shut';
      expect(await codeOf(client.connect())).toBe('unreachable');
      expect(client.state).toBe('reconnecting');
      reader.door = 'open';
      await pass(60_000);
      expect(client.state).toBe('ready');
    });

    test('ends when this page closes it', async () => {
      const client = await connected();
      await reader.lose();
      client.disconnect();
      await pass(60_000);
      expect(client.state).toBe('closed');
      expect(reader.attempts).toBe(1);
      expect(clock.running + clock.watching).toBe(0);
    });

    test('stays lost where reconnection is off', async () => {
      const client = await connected({ reconnect: 'off' });
      await reader.lose();
      expect(client.state).toBe('closed');
      expect(client.error?.code).toBe('connection-lost');
      client.reconnect = 'auto';
      await client.connect();
      await reader.lose();
      expect(client.state).toBe('reconnecting');
      expect(client.reconnect).toBe('auto');
      client.disconnect();
    });

    test('a hundred times leaves nothing behind', async () => {
      const client = await connected();
      for (let i = 0; i < 100; i++) {
        await reader.lose();
        await pass(30_000);
      }
      expect(client.state).toBe('ready');
      expect(reader.attempts).toBe(101);
      client.disconnect();
      expect(clock.running + clock.watching).toBe(0);
    });
  });

  test('a first connection that is asked to persist is tried until it stands', async () => {
    const client = make();
    reader.door = 'shut';
    expect(await codeOf(client.connect({ persist: true }))).toBe('unreachable');
    expect(client.state).toBe('reconnecting');
    reader.door = 'open';
    await pass(60_000);
    expect(client.state).toBe('ready');
  });

  describe('a restart of the reader', () => {
    test('that was asked for is not an error', async () => {
      const client = await connected();
      const reset = client.request(RESET);
      await reader.answerLast();
      await reset;
      await reader.lose();
      expect(errors).toEqual([]);
      expect(client.state).toBe('reconnecting');
      expect(client.error).toBeUndefined();
      client.disconnect();
    });

    test.each(['00010000', '00030000'])('that the reader announced is not an error: %s', async (detail) => {
      const client = await connected();
      await reader.deliver(`AA00810483001001 8204${detail}`);
      await reader.lose();
      expect(errors).toEqual([]);
      await pass(60_000);
      // The next loss is one again.
      await reader.lose();
      expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
      client.disconnect();
    });

    test('that was refused changes nothing', async () => {
      const client = await connected();
      const reset = client.request(RESET);
      await reader.answerLast({ summary: 0x80, detail: '020308' });
      await reset;
      await reader.lose();
      expect(errors.map(({ code }) => code)).toEqual(['connection-lost']);
      client.disconnect();
    });
  });

  describe('liveness', () => {
    /** A request that is not answered in time. */
    async function unanswered(client: ReaderClient): Promise<void> {
      const asked = codeOf(client.request(CANCEL));
      await pass(5_000);
      expect(await asked).toBe('timeout');
    }

    test('an unanswered request raises doubt, and an answer to a harmless question settles it', async () => {
      const client = await connected();
      await unanswered(client);
      expect(client.state).toBe('stale');
      expect(reader.requests[1]?.id).toBe(0xd101);
      await reader.answerLast();
      expect(client.state).toBe('ready');
      await pass(60_000);
      expect(client.state).toBe('ready');
      expect(await reader.askedIds()).toHaveLength(2);
      client.disconnect();
    });

    test('silence drops the connection and opens it again', async () => {
      const client = await connected();
      await unanswered(client);
      await pass(5_000);
      expect(client.state).toBe('reconnecting');
      expect(errors.at(-1)).toMatchObject({ code: 'connection-lost' });
      await pass(60_000);
      expect(client.state).toBe('ready');
      expect(await reader.askedIds()).toHaveLength(2);
      client.disconnect();
      expect(clock.running + clock.watching).toBe(0);
    });

    test('anything that the reader sends settles it', async () => {
      const client = await connected();
      await unanswered(client);
      await reader.deliver('AA0081048300100182040002000D');
      expect(client.state).toBe('ready');
      await pass(5_000);
      expect(client.state).toBe('ready');
      client.disconnect();
    });

    test('nothing is concluded while hidden: the question is asked when the page is seen again', async () => {
      const client = await connected();
      clock.show(false);
      await unanswered(client);
      expect(client.state).toBe('ready');
      expect(await reader.askedIds()).toHaveLength(1);
      clock.show(true);
      expect(client.state).toBe('stale');
      expect(await reader.askedIds()).toHaveLength(2);
      clock.show(false);
      await pass(5_000);
      expect(client.state).toBe('stale');
      client.disconnect();
    });

    test('can be turned off', async () => {
      const client = make({ livenessCheck: false });
      await client.connect();
      await unanswered(client);
      expect(client.state).toBe('ready');
      expect(await reader.askedIds()).toHaveLength(1);
      client.disconnect();
    });

    test('asks a silent reader by itself only where it is told to', async () => {
      const quiet = make();
      await quiet.connect();
      await pass(3_600_000);
      expect(await reader.askedIds()).toHaveLength(0);
      quiet.disconnect();

      reader = await makeReader();
      const client = await connected({ keepAlive: 30 });
      reader.onRequest = (request) => {
        queueMicrotask(() => {
          void reader.answer(request);
        });
      };
      for (let i = 1; i <= 3; i++) {
        await pass(30_000);
        expect(await reader.askedIds()).toHaveLength(i);
      }
      expect(client.state).toBe('ready');
      reader.onRequest = () => undefined;
      await pass(30_000);
      await pass(5_000);
      await pass(5_000);
      expect(client.state).toBe('reconnecting');
      client.disconnect();
      expect(clock.running).toBe(0);
    });
  });
});
