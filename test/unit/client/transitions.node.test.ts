/** Every step of the table of states, made by what really causes it. */
import { expect, test } from 'vitest';
import { transitions, type ReaderState } from '../../../src/connection/connection-state.js';
import type { ReaderClientOptions } from '../../../src/client/client-options.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import { TransportError } from '../../../src/transports/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { ManualClock } from '../../support/manual-clock.js';

const CANCEL = 'AA0081040113100884021008';

interface Setup {
  readonly client: ReaderClient;
  readonly transport: FakeTransport;
  readonly clock: ManualClock;
  /** Starts a connection without waiting for it. */
  readonly connect: (persist?: boolean) => void;
  readonly settle: () => Promise<void>;
}

function stage(options: Partial<ReaderClientOptions>): Setup {
  const transport = new FakeTransport();
  const clock = new ManualClock();
  const client = new ReaderClient({ transport, environment: clock, ...options });
  return {
    client,
    transport,
    clock,
    connect: (persist = false) => void client.connect({ persist }).catch(() => {}),
    settle: () => clock.letPass(0),
  };
}

const refuse = (): Promise<void> => Promise.reject(new TransportError('unreachable', 'off'));
const forbid = (): Promise<void> => Promise.reject(new TransportError('bad-address', 'wrong'));
const never = (): Promise<void> => new Promise(() => {});

const ready = async ({ connect, settle }: Setup): Promise<void> => {
  connect();
  await settle();
};
const unanswered = ({ client, clock }: Setup): void => {
  client.request(CANCEL).catch(() => {});
  clock.pass(5_000);
};

/** How each state is reached. */
const reach: Record<ReaderState, (stage: Setup) => void | Promise<void>> = {
  idle: () => {},
  connecting: ({ transport, connect }) => {
    transport.opening = never;
    connect();
  },
  ready,
  stale: async (on) => {
    await ready(on);
    unanswered(on);
  },
  reconnecting: async (on) => {
    await ready(on);
    on.transport.lose();
  },
  failed: async ({ transport, connect, settle }) => {
    transport.opening = forbid;
    connect();
    await settle();
  },
  closed: ({ client }) => {
    client.connect().catch(() => {});
    client.disconnect();
  },
};

const reopen =
  (opening: () => Promise<void>) =>
  async ({ transport, clock }: Setup): Promise<void> => {
    transport.opening = opening;
    await clock.letPass(1_000);
  };
const open = ({ transport, connect }: Setup): void => {
  transport.opening = never;
  connect();
};
const lose = ({ transport }: Setup): void => {
  transport.lose();
};
const close = ({ client }: Setup): void => {
  client.disconnect();
};

/** What makes each step, from the state before it; `off` where reconnection is off. */
const causes: {
  readonly [S in ReaderState]: Readonly<Record<keyof (typeof transitions)[S], (on: Setup) => void | Promise<void>>>;
} = {
  idle: { open },
  connecting: {
    opened: () => {},
    failed: () => {},
    retry: () => {},
    close,
  },
  ready: { doubt: unanswered, lost: lose, ended: lose, close },
  stale: {
    verified: ({ transport }) => {
      transport.answer(decodeMessage(transport.sent.at(-1)!) as MmsRequest);
    },
    lost: lose,
    ended: lose,
    close,
  },
  reconnecting: { opened: reopen(() => Promise.resolve()), failed: reopen(forbid), retry: reopen(refuse), close },
  failed: { open, close },
  closed: { open },
};

/** A connection that is being opened ends as its transport says: it has to be known before. */
const connecting: Readonly<Record<string, () => Promise<void>>> = {
  opened: () => Promise.resolve(),
  failed: forbid,
  retry: refuse,
};

const rows = (Object.keys(transitions) as ReaderState[]).flatMap((state) =>
  Object.entries(transitions[state]).map(([step, next]: [string, ReaderState]) => [state, step, next] as const),
);

test.each(rows)('%s, %s: %s', async (state, step, next) => {
  const on = stage({ reconnect: step === 'ended' ? 'off' : 'auto' });
  const told: string[] = [];
  const opening = state === 'connecting' ? connecting[step] : undefined;
  if (opening) {
    on.transport.opening = opening;
    on.connect(step === 'retry');
  } else await reach[state](on);
  expect(on.client.state).toBe(state);
  on.client.subscribe('state', (detail) => told.push(`${detail.previous} ${detail.state}`));
  const cause = (causes[state] as Record<string, (on: Setup) => void | Promise<void>>)[step]!;
  await cause(on);
  if (opening) await on.settle();
  expect(on.client.state).toBe(next);
  // A try that fails again is told to views, not as a change of state.
  expect(told).toEqual(state === next ? [] : [`${state} ${next}`]);
  on.client.disconnect();
  await on.settle();
  expect(on.clock.running + on.clock.watching).toBe(0);
});
