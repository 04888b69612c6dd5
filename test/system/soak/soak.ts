/**
 * Many simulated readers at a real broker, many pages that sell at them at random, and a broker that is restarted meanwhile.
 * It counts what must never happen, and measures. It does not know how long is long enough.
 */
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bridge } from '../../../src/bridge/bridge.js';
import { fleetSerial } from '../../../src/cli/simulate-fleet.js';
import { playCardholder } from '../../../src/cli/simulate-cardholder.js';
import { isOpen } from '../../../src/connection/connection-state.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import { readPropertyAnswers } from '../../../src/mms/views/property.js';
import { SeededRandom } from '../../../src/simulator/random.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { MqttTransport } from '../../../src/transports/mqtt.js';
import { soakBrokers, type SoakBrokerName } from './soak-brokers.js';

export interface SoakOptions {
  readonly broker: SoakBrokerName;
  readonly readers: number;
  /** Each has a connection of its own, over which it sells at its share of the readers. */
  readonly pages: number;
  readonly seconds: number;
  /** How often the broker, or a node of it, is restarted. */
  readonly restarts: number;
  readonly seed: number;
}

export interface SoakReport {
  /** What must not happen, in words; empty when all is well. */
  readonly violations: readonly string[];
  readonly requests: { readonly answered: number; readonly failed: Readonly<Record<string, number>> };
  readonly sales: Readonly<Record<string, number>>;
  /** Starts that reached a reader. */
  readonly starts: number;
  /** Commands and messages that went through the broker, each counted once, by second. */
  readonly messagesPerSecond: number;
  /** Milliseconds from a request to its answer. */
  readonly request: { readonly p50: number; readonly p99: number; readonly longest: number };
  /** Milliseconds from the return of the broker until every reader was there again, for each restart. */
  readonly back: readonly number[];
  /** Kibibytes of heap, after collection: one published reader, one client of a page, and what was left over at the end. */
  readonly heap: { readonly reader: number; readonly client: number; readonly left: number };
  /** Kibibytes of the broker's process for each connection and its share of the subscriptions; undefined where unknown. */
  readonly broker: number | undefined;
}

/** Milliseconds: the longest rest of a page between two things that it does at a reader. */
const LONGEST_REST = 1_000;
/** Milliseconds that a cardholder takes, at most. */
const SLOWEST_CARDHOLDER = 800;
/** Seconds that a sale may wait for a card. */
const SALE_TIMEOUT = 10;
const SERIAL_NUMBER = '2.2.1.1.1.1';
/** Milliseconds after which something that should be over is said to hang: a cluster that elects leaders is slow to let in. */
const HANGING = 240_000;

export async function soak({
  broker: kind,
  readers,
  pages,
  seconds,
  restarts,
  seed,
}: SoakOptions): Promise<SoakReport> {
  const violations: string[] = [];
  const broker = await soakBrokers[kind]();
  const random = new SeededRandom(seed);
  const rss = (): Promise<number | undefined> => residentOf(broker.pids());
  const heaps = [collectedHeap()];
  const emptyBroker = await rss();

  const starts = new Map<string, number>();
  const asked = new Map<string, number>();
  let passed = 0;
  const members = Array.from({ length: readers }, (_, index) => {
    const serialNumber = fleetSerial(index);
    const reader = new SimulatedReader({ seed: seed + index, serialNumber, pace: 20 });
    const own = new SeededRandom(seed + index);
    const leave = playCardholder(reader, { random: () => own.next(), slowest: SLOWEST_CARDHOLDER });
    const path = `MagTek/Soak/Simulated/${serialNumber}`;
    const bridge = new Bridge({
      reader: new SimulatedTransport(reader),
      broker: { url: broker.tcpUrl },
      path,
      keepAlive: 0,
      listener: {
        passed: (direction, bytes) => {
          passed++;
          const amount = direction === 'to-reader' ? amountOf(bytes) : undefined;
          if (amount === undefined) return;
          starts.set(amount, (starts.get(amount) ?? 0) + 1);
          if (asked.get(amount) !== index)
            violations.push(`a start of ${String(asked.get(amount))} reached ${String(index)}`);
        },
      },
    });
    return { reader, bridge, leave, path, serialNumber };
  });
  await Promise.all(members.map(({ bridge }) => bridge.start()));
  heaps.push(collectedHeap());

  const clients = members.map(({ path }, index) => {
    const credentials = { username: `page-${String(index % pages)}`, password: 'none' };
    return new ReaderClient({
      transport: new MqttTransport(broker.url, { device: path, credentials }),
      journalSize: 1,
    });
  });
  // All at once is more than a cluster answers at once: who fails tries again.
  await Promise.allSettled(clients.map((client) => client.connect({ persist: true })));
  if (!(await within(HANGING, () => clients.every(({ state }) => isOpen(state)))))
    violations.push('a page has not reached its reader');
  heaps.push(collectedHeap());
  const fullBroker = await rss();

  const sales: Record<string, number> = {};
  const failed: Record<string, number> = {};
  const times: number[] = [];
  let nextAmount = 0;
  let isOver = false;
  const begun = performance.now();

  const ask = async (client: ReaderClient, index: number): Promise<void> => {
    const at = performance.now();
    try {
      const response = await client.request(commands.getProperty({ oid: SERIAL_NUMBER }));
      times.push(performance.now() - at);
      const serial = readPropertyAnswers(response).find(({ oid }) => oid === SERIAL_NUMBER)?.text;
      if (serial !== members[index]?.serialNumber)
        violations.push(`${String(index)} was told the number of ${String(serial)}`);
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      count(failed, error.code);
    }
  };
  const sell = async (client: ReaderClient, index: number): Promise<void> => {
    const cents = String(++nextAmount).padStart(3, '0');
    const amount = `${cents.slice(0, -2)}.${cents.slice(-2)}`;
    const key = cents.padStart(12, '0');
    asked.set(key, index);
    const decision = random.next() < 0.8;
    let sale;
    try {
      sale = client.startTransaction({
        amount,
        currency: 'EUR',
        accept: 'insert tap',
        timeout: SALE_TIMEOUT,
        authorize: () => Promise.resolve(decision),
      });
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      count(failed, error.code);
      return;
    }
    const { outcome, arqc } = await sale.result;
    count(sales, outcome);
    if (arqc && !arqc.serialNumber.startsWith(members[index]?.serialNumber ?? '?'))
      violations.push(`a sale of ${String(index)} got card data of ${arqc.serialNumber}`);
    if ((outcome === 'approved' || outcome === 'declined') && starts.get(key) !== 1)
      violations.push(`a sale was ${outcome} after ${String(starts.get(key) ?? 0)} starts`);
  };
  const work = async (client: ReaderClient, index: number): Promise<void> => {
    while (!isOver) {
      await sleep(random.next() * LONGEST_REST);
      if (!isOpen(client.state)) continue;
      await (random.next() < 0.7 ? ask(client, index) : sell(client, index));
    }
  };
  const working = Promise.all(clients.map(work));

  const back: number[] = [];
  for (let restart = 1; restart <= restarts; restart++) {
    await sleep((seconds * 1000) / (restarts + 1));
    await broker.disturb(restart);
    const at = performance.now();
    const isBack = await within(HANGING, () => members.every(({ bridge }) => bridge.isThrough));
    if (!isBack) violations.push('a reader did not come back after the broker did');
    back.push(performance.now() - at);
  }
  await sleep(Math.max(0, seconds * 1000 - (performance.now() - begun)));
  const duration = (performance.now() - begun) / 1000;
  const total = passed;
  isOver = true;
  let isSettled = false;
  void working.then(() => (isSettled = true));
  if (!(await within(HANGING, () => isSettled))) violations.push('something that was asked has not settled');
  await working;

  for (const [amount, times] of starts) if (times > 1) violations.push(`${amount} was started ${String(times)} times`);
  for (const client of clients) client.disconnect();
  await Promise.all(members.map(({ bridge }) => bridge.stop()));
  for (const { reader, leave } of members) {
    leave();
    reader.close();
  }
  const isEmpty = await within(HANGING, () => broker.open() <= 0);
  if (!isEmpty) violations.push(`${String(broker.open())} connections were left at the broker`);
  await broker.close();
  heaps.push(collectedHeap());

  const [none = 0, withReaders = 0, withClients = 0, end = 0] = heaps;
  times.sort((a, b) => a - b);
  return {
    violations,
    requests: { answered: times.length, failed },
    sales,
    starts: starts.size,
    messagesPerSecond: total / duration,
    request: { p50: quantile(times, 0.5), p99: quantile(times, 0.99), longest: times.at(-1) ?? NaN },
    back,
    heap: {
      reader: (withReaders - none) / readers / 1024,
      client: (withClients - withReaders) / readers / 1024,
      left: (end - withClients) / 1024,
    },
    broker:
      emptyBroker === undefined || fullBroker === undefined
        ? undefined
        : (fullBroker - emptyBroker) / (readers + pages),
  };
}

/** The amount of a start, as its twelve digits; undefined for other commands. */
function amountOf(bytes: Uint8Array): string | undefined {
  const hex = toHex(bytes);
  return hex.startsWith('1001', 12) ? /9F0206(\d{12})/.exec(hex)?.[1] : undefined;
}

const count = (into: Record<string, number>, name: string): void => {
  into[name] = (into[name] ?? 0) + 1;
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function within(milliseconds: number, isTrue: () => boolean): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (isTrue()) return true;
    await sleep(20);
  }
  return isTrue();
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** Bytes of heap after a collection. */
function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Kibibytes that processes have in memory together, where the system tells. */
async function residentOf(pids: readonly (number | undefined)[]): Promise<number | undefined> {
  try {
    const statuses = await Promise.all(pids.map((pid) => readFile(`/proc/${String(pid)}/status`, 'utf8')));
    return statuses.reduce((sum, status) => sum + Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]), 0);
  } catch {
    return undefined;
  }
}
