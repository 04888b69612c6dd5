/**
 * Thousands of random interleavings of what people, pages, readers and networks do: whatever happens, one request is in
 * flight, every promise settles, no answer goes to another request, nothing is sent twice, and an outcome has its evidence.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMessage } from '../../../src/mms/encode.js';
import type { MessageFault } from '../../support/faulty-transport.js';
import { WatchedSession, type Host } from '../../support/watched-session.js';

type Session = WatchedSession;

/** One thing that happens. */
class Happening implements fc.AsyncCommand<object, Session> {
  private readonly name: string;
  private readonly act: (session: Session) => void | Promise<void>;

  constructor(name: string, act: (session: Session) => void | Promise<void>) {
    this.name = name;
    this.act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_: object, session: Session): Promise<void> {
    await this.act(session);
    session.check();
  }

  toString(): string {
    return this.name;
  }
}

const always = (name: string, act: (session: Session) => void | Promise<void>): fc.Arbitrary<Happening> =>
  fc.constant(new Happening(name, act));

const hosts: readonly Host[] = ['nobody', 'approves', 'declines', 'rejects', 'is silent'];
const messageFaults: readonly MessageFault[] = ['lose', 'duplicate', 'corrupt', 'hold'];

function sellTo(act: (session: Session) => void): fc.Arbitrary<Happening> {
  return fc.record({ host: fc.constantFrom(...hosts), timeout: fc.constantFrom(1, 20) }).map(
    ({ host, timeout }) =>
      new Happening(`sell(${host}, ${String(timeout)} s)`, async (session) => {
        session.sell(host, timeout);
        await session.clock.letPass(1);
        act(session);
      }),
  );
}

const sell = sellTo(() => {});
/** A sale with a card at once: most of what can happen happens after that. */
const sellAndInsert = sellTo((session) => session.reader.insert());

const pass = fc
  .constantFrom(0, 1, 100, 300, 600, 3_000, 6_000, 40_000)
  .map((time) => new Happening(`pass(${String(time)} ms)`, ({ clock }) => clock.letPass(time)));

const meddle = fc
  .record({ way: fc.constantFrom('in', 'out'), place: fc.nat(4), fault: fc.constantFrom(...messageFaults) })
  .map(
    ({ way, place, fault }) =>
      new Happening(`${fault} ${way} ${String(place)}`, ({ transport }) => transport.plan(way, place, fault)),
  );

/** An answer that nobody here asked for. */
const foreign = fc
  .record({ reference: fc.nat(12), id: fc.constantFrom(0x1001, 0x1008, 0x1803, 0xd101), ok: fc.boolean() })
  .map(({ reference, id, ok }) => {
    // References of this client count up from 1; another client's are far from them.
    const status = { summary: ok ? 0 : 0x80, detail: ok ? '000000' : '020308' };
    const { bytes } = toMessage({ kind: 'response', reference: reference + 200, id, status, payload: [] });
    return new Happening(`foreign answer`, ({ transport }) => transport.inject(bytes));
  });

const happenings = [
  always('connect', (session) => session.connect(false)),
  always('connect and persist', (session) => session.connect(true)),
  always('ask', (session) => session.ask()),
  always('ask', (session) => session.ask()),
  always('abort', (session) => session.abort()),
  sell,
  sellAndInsert,
  sellAndInsert,
  always('cancel', (session) => session.cancel()),
  always('insert', ({ reader }) => reader.insert()),
  always('insert', ({ reader }) => reader.insert()),
  always('tap', ({ reader }) => reader.tap()),
  always('swipe', ({ reader }) => reader.swipe()),
  always('remove', ({ reader }) => reader.remove()),
  always('insert and remove', ({ reader }) => {
    reader.insert();
    reader.remove();
  }),
  always('restart', ({ reader }) => reader.restart()),
  always('disconnect', ({ client }) => client.disconnect()),
  always('cut', ({ transport }) => transport.cut()),
  always('stall', ({ transport }) => void (transport.isStalled = true)),
  always('refuse', ({ transport }) => void (transport.refuses = true)),
  always('accept', ({ transport }) => void (transport.refuses = false)),
  always('hide', ({ clock }) => clock.show(false)),
  always('show', ({ clock }) => clock.show(true)),
  always('offline', ({ clock }) => clock.connect(false)),
  always('online', ({ clock }) => clock.connect(true)),
  meddle,
  meddle,
  foreign,
  pass,
  pass,
  pass,
];

test('a session keeps its promises whatever happens', { timeout: 300_000 }, async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.commands(happenings, { maxCommands: 60, size: 'max' }),
      fc.constantFrom(0, 0, 10),
      async (steps, keepAlive) => {
        const session = new WatchedSession(keepAlive);
        session.connect(true);
        await session.clock.letPass(0);
        await fc.asyncModelRun(() => ({ model: {}, real: session }), steps);
        await session.finish();
        for (const outcome of session.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 1_000) },
  );
  // The runs have been where they claim to have been.
  for (const outcome of ['approved', 'declined', 'deferred', 'cancelled', 'timed-out', 'failed', 'unknown'])
    expect(outcomes.get(outcome), outcome).toBeGreaterThan(0);
});
