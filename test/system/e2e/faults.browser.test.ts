/**
 * Every fault at every step of a sale, in Chromium over a real WebSocket: how the sale ends, in which state the connection is
 * afterwards, that everything settles, that one Start goes out and that nothing is left over.
 */
import { expect } from '@open-wc/testing';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { WebSocketTransport } from '../../../src/transports/web-socket.js';
import { HurriedEnvironment } from '../../support/hurried-environment.js';
import { faults, saleSteps, startFault, type Fault, type RemoteFault, type SaleStep } from '../../support/servers.js';

/** The only table of what must come out: outcome, and the state afterwards where it is not `ready`. */
const expected: Readonly<Record<Fault, Readonly<Record<SaleStep, string>>>> = {
  none: all('deferred', 'cancelled'),
  cut: all('unknown', 'unknown'),
  refuse: all('unknown, reconnecting', 'unknown, reconnecting'),
  'half-close': all('unknown', 'unknown'),
  stall: { ...all('unknown', 'unknown'), completed: 'deferred', batch: 'deferred' },
  delay: { ...all('deferred', 'unknown'), start: 'unknown', accepted: 'unknown' },
  reorder: all('deferred', 'cancelled'),
  duplicate: all('deferred', 'cancelled'),
  corrupt: {
    ...all('deferred', 'timed-out'),
    start: 'failed',
    accepted: 'unknown',
    arqc: 'unknown',
    cancelled: 'unknown',
  },
  split: {
    ...all('deferred', 'timed-out'),
    start: 'failed',
    accepted: 'unknown',
    arqc: 'unknown',
    cancelled: 'unknown',
  },
  fragment: all('deferred', 'cancelled'),
  foreign: all('deferred', 'cancelled'),
};

function all(sale: string, cancel: string): Record<SaleStep, string> {
  const ends = { start: sale, accepted: sale, card: sale, arqc: sale, completed: sale, batch: sale };
  return { ...ends, cancel, cancelled: cancel };
}

const settled = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as ReaderError).code,
  );
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Ending {
  readonly text: string;
  readonly reason: string;
  readonly struck: boolean;
  readonly starts: number;
  readonly openAfterwards: number;
  readonly left: number;
  /** What the outcome does not explain; empty when all is well. */
  readonly wrong: string;
}

/** One sale with one fault. */
async function run(fault: Fault, step: SaleStep): Promise<Ending> {
  const cancels = step === 'cancel' || step === 'cancelled';
  const server = await startFault(fault, step, { card: !cancels });
  const environment = new HurriedEnvironment();
  const client = new ReaderClient({
    transport: new WebSocketTransport(server.url),
    environment,
    // Seconds of the hurried clock.
    requestTimeout: 20,
  });
  try {
    await connect(client);
    const sale = client.startTransaction({ amount: '4.60', currency: 'EUR', timeout: 45 });
    const phases: string[] = [];
    for await (const { phase } of sale) {
      phases.push(phase);
      if (cancels && phase === 'waiting-for-card') void settled(sale.cancel());
    }
    const { outcome, reason } = await sale.result;
    // Whatever the fault was, a request settles, and the connection comes to rest.
    await settled(client.request(commands.getProperty({ oid: '1.2.7.1.2.1' })));
    const state = await stateAtRest(client, server, fault);
    const wrong = phases.at(-1) === 'done' && phases.length === new Set(phases).size ? '' : phases.join(' ');
    client.disconnect();
    const { struck, starts } = await server.report();
    return {
      text: state === 'ready' ? outcome : `${outcome}, ${state}`,
      reason,
      struck,
      starts,
      openAfterwards: await openAtRest(server),
      left: environment.left,
      wrong,
    };
  } finally {
    client.disconnect();
    await server.close();
  }
}

/** Connects; a busy computer may take longer for it than hurried time allows. */
async function connect(client: ReaderClient): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.connect();
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** The state once nothing changes any more: connected, or trying again in vain for the second time. */
async function stateAtRest(client: ReaderClient, server: RemoteFault, fault: Fault): Promise<string> {
  if (fault === 'refuse') while ((await server.report()).attempts < 3) await pause(20);
  else while (client.state !== 'ready') await pause(20);
  return client.state;
}

/** Connections that are still open; a closing handshake takes a moment. */
async function openAtRest(server: RemoteFault): Promise<number> {
  for (let tries = 0; tries < 100 && (await server.report()).open > 0; tries++) await pause(20);
  return (await server.report()).open;
}

type Table = Readonly<Record<Fault, Readonly<Record<SaleStep, string>>>>;

/** The table as Markdown, padded as the formatter of this project does it. */
function markdown(table: Table): string {
  const rows = [
    ['fault', ...saleSteps],
    ...faults.map((fault) => [fault, ...saleSteps.map((step) => table[fault][step])]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join('\n');
}

describe('faults at the steps of a sale', function () {
  // Reads real time in places: the longest sale takes about eight seconds, and many run at once.
  this.timeout(90_000);

  it('end it with an outcome that the evidence allows, and leave nothing behind', async () => {
    const cells = faults.flatMap((fault) => saleSteps.map((step) => ({ fault, step })));
    const endings = await Promise.all(
      cells.map(async ({ fault, step }) => ({ fault, step, ...(await run(fault, step)) })),
    );
    const observed = Object.fromEntries(
      faults.map((fault) => [
        fault,
        Object.fromEntries(endings.filter((ending) => ending.fault === fault).map(({ step, text }) => [step, text])),
      ]),
    ) as Table;
    console.log(markdown(observed));
    // What the table does not tell, where it is not the expected one.
    for (const { fault, step, text, reason } of endings)
      if (text !== expected[fault][step]) console.log(`${fault} at ${step}: ${text}, ${reason}`);
    expect(observed).to.deep.equal(expected);
    for (const { fault, step, struck, starts, openAfterwards, left, wrong } of endings) {
      const where = `${fault} at ${step}`;
      expect(struck, `${where}: struck`).to.equal(true);
      expect(starts, `${where}: starts`).to.equal(1);
      expect(openAfterwards, `${where}: sockets`).to.equal(0);
      expect(left, `${where}: timers and listeners`).to.equal(0);
      expect(wrong, `${where}: phases`).to.equal('');
    }
  });

  it('are described by the same table in the documentation', async () => {
    const guide = await (await fetch('/docs/when-things-go-wrong.md')).text();
    expect(guide).to.contain(markdown(expected));
  });
});
