/** The condition of a reader: events, what still holds, and that the client shows it. */
import { describe, expect, test } from 'vitest';
import { isRestartAnnounced } from '../../../src/mms/views/health.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex } from '../../../src/mms/hex.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';

async function make() {
  const transport = new FakeTransport();
  const clock = new ManualClock();
  const client = new ReaderClient({ transport, environment: clock });
  const seen: object[] = [];
  client.subscribe('health', ({ kind, level }) => seen.push(level === undefined ? { kind } : { kind, level }));
  await client.connect();
  const report = (detail: string): void => {
    transport.deliver(toMessage({ kind: 'notification', id: 0x1001, detail: parseHex(detail), payload: [] }).bytes);
  };
  const kinds = (): string[] => client.health.map(({ kind }) => kind);
  return { client, clock, transport, seen, report, kinds };
}

describe('what a reader reports of itself', () => {
  test.each([
    ['00020014', { kind: 'battery', level: 20 }],
    ['00020100', { kind: 'battery' }],
    ['00020200', { kind: 'battery', level: 100 }],
    ['04000002', { kind: 'temperature', level: 2 }],
    ['0400013C', { kind: 'temperature', level: 60 }],
    ['00010000', { kind: 'restart-soon' }],
    ['00030000', { kind: 'restart-soon' }],
    ['00000000', { kind: 'restarted' }],
  ])('%s: %j', async (detail, expected) => {
    const { client, report, seen } = await make();
    report(detail);
    expect(seen).toEqual([expected]);
    client.disconnect();
  });

  test.each([
    ['000016', 'tamper'],
    ['02011C', 'lock'],
  ])('a refusal with %s: %s', async (detail, kind) => {
    const { client, transport, seen } = await make();
    transport.onSend = (request) => {
      transport.answer(request, { summary: 0x80, detail });
    };
    await client.request('AA0081040101100884021008');
    expect(seen).toEqual([{ kind }]);
    client.disconnect();
  });

  test('is kept until it is over', async () => {
    const { client, report, kinds } = await make();
    report('00020014');
    report('00010000');
    expect(kinds()).toEqual(['battery', 'restart-soon']);
    report('0002000A');
    expect(client.health.at(-1)).toMatchObject({ kind: 'battery', level: 10 });
    report('00020200');
    expect(kinds()).toEqual(['restart-soon']);
    expect(isRestartAnnounced(client.snapshot.health)).toBe(true);
    report('00000000');
    expect(kinds()).toEqual(['restarted']);
    expect(isRestartAnnounced(client.snapshot.health)).toBe(false);
    client.disconnect();
  });

  test('ends with the connection where the reader was about to restart', async () => {
    const { client, transport, clock, report, kinds } = await make();
    report('00010000');
    transport.lose();
    clock.pass(30_000);
    await clock.letPass(0);
    expect(client.state).toBe('ready');
    expect(kinds()).toEqual([]);
    client.disconnect();
  });

  test('nothing is not in the snapshot', async () => {
    const { client } = await make();
    expect(client.snapshot).toEqual({ state: 'ready' });
    client.disconnect();
  });
});

describe('keep-alive', () => {
  test('finds an idle dead connection within its seconds and the time for an answer', async () => {
    const { client, clock } = await make();
    client.keepAlive = 30;
    await clock.letPass(30_000);
    await clock.letPass(5_000);
    expect(client.state).toBe('stale');
    await clock.letPass(5_000);
    expect(client.state).toBe('reconnecting');
    client.disconnect();
  });

  test.each(['hidden', 'offline'] as const)('a reader is asked after the page was %s', async (how) => {
    const { client, clock, transport } = await make();
    if (how === 'hidden') clock.show(false);
    else clock.connect(false);
    await clock.letPass(600_000);
    expect(transport.sent).toHaveLength(0);
    if (how === 'hidden') clock.show(true);
    else clock.connect(true);
    await clock.letPass(0);
    expect(transport.sent).toHaveLength(1);
    await clock.letPass(5_000);
    expect(client.state).toBe('stale');
    client.disconnect();
  });
});
