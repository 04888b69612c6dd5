/** Properties of many simulated readers: read, compared, set once each, and a report of what happened to every one. */
import { afterEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import {
  compareFleet,
  readFleetProperties,
  readingsCsv,
  setFleetProperties,
  setReportCsv,
  type FleetPropertiesOptions,
  type OpenReader,
} from '../../../src/device/fleet-properties.js';
import { commands } from '../../../src/mms/commands/index.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';

const NAME = '1.2.2.1.1.8';
const FALLBACK = '1.2.1.1.1.1';
const NOTICE = '1.2.7.1.1.1';
const SET_PROPERTY = 0xd111;

const readers = new Map<string, SimulatedReader>();
const clients = new Set<ReaderClient>();
/** Commands that went out, by reader. */
const sent = new Map<string, { id: number; hex: string }[]>();
let mostOpen = 0;

afterEach(() => {
  for (const client of clients) client.disconnect();
  for (const reader of readers.values()) reader.close();
  readers.clear();
  clients.clear();
  sent.clear();
  mostOpen = 0;
});

function fleetOf(...paths: string[]): string[] {
  for (const path of paths) readers.set(path, new SimulatedReader({ pace: 1 }));
  return paths;
}

const open: OpenReader = async (path) => {
  const reader = readers.get(path);
  if (!reader) throw new ReaderError('unreachable');
  if (reader.face.state === 'transaction') return 'in-sale';
  const client = new ReaderClient({ transport: new SimulatedTransport(reader), reconnect: 'off', requestTimeout: 1 });
  clients.add(client);
  mostOpen = Math.max(mostOpen, clients.size);
  const log = sent.get(path) ?? [];
  sent.set(path, log);
  client.subscribe('message', ({ message }) => {
    if (message.kind === 'request') log.push({ id: message.id, hex: toHex(message.bytes) });
  });
  await client.connect();
  return {
    request: (request) => client.request(request),
    isSelling: () => reader.face.state === 'transaction',
    close: () => {
      client.disconnect();
      clients.delete(client);
    },
  };
};
const options: FleetPropertiesOptions = { open };

/** Sets a property of one reader, as somebody else does. */
async function setElsewhere(path: string, oid: string, value: string): Promise<void> {
  const client = new ReaderClient({ transport: new SimulatedTransport(readers.get(path)!) });
  await client.connect();
  expect((await client.request(commands.setProperty({ oid, value }))).status.ok).toBe(true);
  client.disconnect();
}

const sets = (path: string): number => (sent.get(path) ?? []).filter(({ id }) => id === SET_PROPERTY).length;

describe('reading', () => {
  test('gives what each has, what differs among them, and who was not reached', async () => {
    const paths = fleetOf('a', 'b', 'c');
    await setElsewhere('b', FALLBACK, '00');
    const readings = await readFleetProperties([...paths, 'gone'], [FALLBACK, NOTICE, NAME, '1.1.1.1.1.E'], options);
    expect(readings.map(({ path, outcome, code }) => [path, outcome, code])).toEqual([
      ['a', 'read', undefined],
      ['b', 'read', undefined],
      ['c', 'read', undefined],
      ['gone', 'not-reached', 'unreachable'],
    ]);
    // Network names are not shown.
    expect(readings[0]!.properties[NAME]).toEqual({ hidden: true });
    expect(compareFleet(readings)).toEqual([
      {
        oid: FALLBACK,
        name: expect.any(String) as string,
        isSetting: true,
        values: new Map([
          ['a', { hex: '01', kind: 'choice', value: 'on' }],
          ['b', { hex: '00', kind: 'choice', value: 'off' }],
          ['c', { hex: '01', kind: 'choice', value: 'on' }],
        ]),
      },
    ]);
    expect(readingsCsv(readings, [FALLBACK, NAME]).split('\r\n')).toEqual([
      `path,outcome,error,${FALLBACK},${NAME}`,
      'a,read,,on,(hidden)',
      'b,read,,off,(hidden)',
      'c,read,,on,(hidden)',
      'gone,not-reached,unreachable,,',
      '',
    ]);
    expect(clients.size).toBe(0);
  });

  test('refuses what is no property before any reader is opened', async () => {
    const paths = fleetOf('a');
    await expect(readFleetProperties(paths, [FALLBACK, '1.1.1.1.1.99'], options)).rejects.toMatchObject({
      code: 'bad-value',
    });
    const wrong = [
      { oid: FALLBACK, value: parseHex('00') },
      { oid: NOTICE, value: new Uint8Array() },
    ];
    await expect(setFleetProperties([{ path: 'a' }], wrong, options)).rejects.toMatchObject({ code: 'bad-value' });
    expect(sent.has('a')).toBe(false);
  });

  test('leaves a reader in a sale alone', async () => {
    const paths = fleetOf('a', 'b');
    const till = new ReaderClient({ transport: new SimulatedTransport(readers.get('a')!) });
    await till.connect();
    const sale = till.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'tap', timeout: 30 });
    await expect.poll(() => readers.get('a')!.face.phase).toBe('waiting-for-card');
    const readings = await readFleetProperties(paths, [FALLBACK], options);
    expect(readings.map(({ outcome }) => outcome)).toEqual(['in-sale', 'read']);
    expect(sent.has('a')).toBe(false);
    const results = await setFleetProperties(
      paths.map((path) => ({ path })),
      [{ oid: FALLBACK, value: parseHex('00') }],
      options,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['in-sale', 'done']);
    till.disconnect();
    await sale.result;
  });

  test('has only a few open at once, and tells how far it is', async () => {
    const paths = fleetOf(...Array.from({ length: 12 }, (_, index) => `r${String(index)}`));
    const progress: number[] = [];
    await readFleetProperties(paths, [FALLBACK], {
      ...options,
      atOnce: 3,
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(mostOpen).toBeLessThanOrEqual(3);
    expect(progress).toHaveLength(12);
    expect(progress.at(-1)).toBe(1);
  });
});

describe('setting', () => {
  const settings = [
    { oid: FALLBACK, value: parseHex('00') },
    { oid: NOTICE, value: parseHex('05') },
  ];
  const targets = (paths: readonly string[]) => paths.map((path) => ({ path }));

  test('reports each setting at each reader: done, the same, refused with the status', async () => {
    const paths = fleetOf('a', 'b');
    await setElsewhere('b', FALLBACK, '00');
    const results = await setFleetProperties(
      targets(paths),
      [...settings, { oid: '2.1.2.2.2.2', value: parseHex('41') }],
      options,
    );
    expect(results.map(({ path, oid, outcome }) => [path, oid, outcome])).toEqual([
      ['a', FALLBACK, 'done'],
      ['a', NOTICE, 'done'],
      ['a', '2.1.2.2.2.2', 'refused'],
      ['b', FALLBACK, 'same'],
      ['b', NOTICE, 'done'],
      ['b', '2.1.2.2.2.2', 'refused'],
    ]);
    expect(results[0]).toMatchObject({ before: { value: 'on' } });
    expect(results[2]?.status).toMatch(/^[a-z-]+$/);
    expect(sets('a')).toBe(3);
    expect(sets('b')).toBe(2);
    const [again] = await readFleetProperties(['a'], [FALLBACK, NOTICE], options);
    expect(again?.properties).toMatchObject({ [FALLBACK]: { hex: '00' }, [NOTICE]: { hex: '05' } });
    expect(setReportCsv(results).split('\r\n')[1]).toBe(`a,${FALLBACK},done,on,,`);
  });

  test('leaves alone what somebody has changed meanwhile', async () => {
    const paths = fleetOf('a', 'b');
    const readings = await readFleetProperties(paths, [FALLBACK, NOTICE], options);
    await setElsewhere('b', NOTICE, '09');
    const results = await setFleetProperties(
      readings.map(({ path, properties }) => ({ path, expected: properties })),
      settings,
      options,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'changed-meanwhile']);
    const [, b] = await readFleetProperties(paths, [NOTICE], options);
    expect(b?.properties[NOTICE]).toMatchObject({ hex: '09' });
  });

  test('leaves alone another reader that is at the place of the one that was read', async () => {
    const paths = fleetOf('a', 'b');
    const readings = await readFleetProperties(paths, [FALLBACK, NOTICE], options);
    expect(readings.map(({ serialNumber }) => serialNumber)).toEqual(['B571AF2', 'B571AF2']);
    readers.get('b')!.close();
    readers.set('b', new SimulatedReader({ pace: 1, serialNumber: 'B600001' }));
    const results = await setFleetProperties(readings, settings, options);
    expect(results.map(({ path, outcome, code }) => [path, outcome, code])).toEqual([
      ['a', 'done', undefined],
      ['a', 'done', undefined],
      ['b', 'not-reached', 'other-reader'],
      ['b', 'not-reached', 'other-reader'],
    ]);
    expect([sets('a'), sets('b')]).toEqual([2, 0]);
  });

  test('sends no value to a reader that has come since it was read', async () => {
    fleetOf('a');
    readers.set('other', new SimulatedReader({ pace: 1, serialNumber: 'B600001' }));
    const exchanged: OpenReader = async (path, signal) => {
      const [session, other] = [await open(path, signal), await open('other', signal)];
      if (session === 'in-sale' || other === 'in-sale') return 'in-sale';
      let now = session;
      return {
        ...session,
        request: async (request) => {
          const answer = await now.request(request);
          // When the second setting has been read.
          if (sets('a') === 1 && request.id !== SET_PROPERTY) now = other;
          return answer;
        },
        close: () => {
          session.close();
          other.close();
        },
      };
    };
    const results = await setFleetProperties([{ path: 'a' }], settings, { open: exchanged });
    expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['done', undefined],
      ['not-reached', 'other-reader'],
    ]);
    expect([sets('a'), sets('other')]).toEqual([1, 0]);
  });

  test('sends nothing more after a value that was not answered, and never that one again', async () => {
    const paths = fleetOf('a', 'b');
    const cut: OpenReader = async (path, signal) => {
      const session = await open(path, signal);
      if (session === 'in-sale' || path !== 'a') return session;
      return {
        ...session,
        request: async (request) => {
          const answer = session.request(request);
          if (request.id !== SET_PROPERTY) return answer;
          await answer;
          throw new ReaderError('connection-lost');
        },
      };
    };
    const results = await setFleetProperties(targets(paths), settings, { open: cut });
    expect(results.map(({ path, outcome, code }) => [path, outcome, code])).toEqual([
      ['a', 'unknown', 'connection-lost'],
      ['a', 'not-reached', 'connection-lost'],
      ['b', 'done', undefined],
      ['b', 'done', undefined],
    ]);
    expect(sets('a')).toBe(1);
  });

  test('cancelled in the middle says what was done and what was not', async () => {
    const paths = fleetOf('a', 'b', 'c');
    const controller = new AbortController();
    const results = await setFleetProperties(targets(paths), settings, {
      open,
      atOnce: 1,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 1) controller.abort();
      },
    });
    expect(results.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['a', 'done'],
      ['a', 'done'],
      ['b', 'cancelled'],
      ['b', 'cancelled'],
      ['c', 'cancelled'],
      ['c', 'cancelled'],
    ]);
    expect(sent.has('b')).toBe(false);
    expect(clients.size).toBe(0);
  });

  test('stops at a reader whose sale begins meanwhile', async () => {
    fleetOf('a');
    const busy: OpenReader = async (path, signal) => {
      const session = await open(path, signal);
      if (session === 'in-sale') return session;
      return { ...session, isSelling: () => sets('a') > 0 };
    };
    const results = await setFleetProperties([{ path: 'a' }], settings, { open: busy });
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'in-sale']);
    expect(sets('a')).toBe(1);
  });
});

describe('what is there twice', () => {
  test.each([
    ['a reader', [{ path: 'a' }, { path: 'a' }], [{ oid: FALLBACK, value: parseHex('00') }]],
    [
      'a property, however it is written',
      [{ path: 'a' }],
      [
        { oid: FALLBACK, value: parseHex('00') },
        { oid: `0${FALLBACK}`, value: parseHex('01') },
      ],
    ],
  ])('%s is refused before any reader is opened', async (_, targets, settings) => {
    fleetOf('a');
    await expect(setFleetProperties(targets, settings, { open })).rejects.toMatchObject({ code: 'bad-value' });
    expect(sent.size).toBe(0);
  });

  test('identifiers are the same in small letters and with leading zeros', async () => {
    const [reading] = await readFleetProperties(fleetOf('a'), ['1.2.2.1.1.a', `0${FALLBACK}`], { open });
    expect(Object.keys(reading!.properties)).toEqual(['1.2.2.1.1.A', FALLBACK]);
  });
});
