/**
 * The suites of the client, against the simulated reader, over every carrier: the same tests in memory, over mock-socket, over
 * real WebSockets and over USB reports. Time passes ten times as fast; nothing is measured.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReaderClientOptions } from '../../../src/client/client-options.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import type { Transaction } from '../../../src/transactions/transaction.js';
import { toHex } from '../../../src/mms/hex.js';
import { commands } from '../../../src/mms/index.js';
import type { FaultName } from '../../../src/simulator/faults/index.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { HurriedEnvironment } from '../../support/hurried-environment.js';
import { seedTable } from '../../support/seed-table.js';
import { seed } from './bench.js';
import { carriers, type CarriedReader } from './carriers.js';
import { codeOf } from '../../support/code-of.js';

const GET = seed('Get SN');
/** Seconds of hurried time: short for what never comes, long for a computer that is busy. */
const SOON = 1.5;
const LATE = 60;

let count = 0;

describe.each(Object.entries(carriers))('over %s', (_, carry) => {
  let carried: CarriedReader;
  let reader: SimulatedReader;
  let client: ReaderClient;

  async function make(options: SimulatedReaderOptions = {}, clientOptions: Partial<ReaderClientOptions> = {}) {
    carried = await carry(options);
    ({ reader } = carried);
    client = clientOf(clientOptions);
    await client.connect();
  }
  const clientOf = (options: Partial<ReaderClientOptions> = {}): ReaderClient =>
    new ReaderClient({
      transport: carried.transport(),
      environment: new HurriedEnvironment(),
      requestTimeout: LATE,
      reconnect: 'off',
      livenessCheck: false,
      ...options,
    });
  const start = (options: Partial<StartTransactionOptions> = {}): Transaction =>
    client.startTransaction({ amount: '4.60', currency: 'EUR', transactionId: `sale-${String(++count)}`, ...options });
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const broken = async (fault: FaultName): Promise<void> => {
    await make();
    reader.startFault(fault);
  };

  beforeEach(() => make());
  afterEach(async () => {
    client.disconnect();
    await carried.close();
  });

  describe('requests', () => {
    const once = seedTable.filter(([name]) => name !== 'Reset Device');
    test.each(once)('%s is answered', async (name, hex) => {
      const response = await client.request(hex);
      expect(toHex(Uint8Array.of(response.reference, response.id >> 8, response.id & 0xff)), name).toBe(
        hex.slice(10, 16),
      );
    });

    test('many at once are answered in order', async () => {
      const heard: number[] = [];
      client.subscribe('response', ({ response }) => heard.push(response.reference));
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => client.request(commands.cancelTransaction())),
      );
      expect(heard).toEqual(responses.map(({ reference }) => reference));
      expect(new Set(heard).size).toBe(20);
    });

    test('an aborted one is rejected, and the next is answered', async () => {
      const abort = new AbortController();
      const code = codeOf(client.request(GET, { signal: abort.signal }));
      abort.abort();
      expect(await code).toBe('aborted');
      expect((await client.request(GET)).status.ok).toBe(true);
    });

    test('one that is completed later says so', async () => {
      const { completion } = await client.request('AA00810401031805840C1805810801B801F403700001', {
        until: 'completed',
        timeout: LATE,
      });
      expect(completion?.name).toBe('buzzer-finished');
    });

    test('a restart ends the connection, which can be opened again', async () => {
      await client.request(seed('Reset Device'));
      await until(() => client.state === 'failed' || client.state === 'closed');
      await until(() => reader.face.state === 'idle');
      await client.connect();
      expect((await client.request(GET)).status.ok).toBe(true);
    });

    test('a lost connection is opened again by itself where that is wanted', async () => {
      client.disconnect();
      await carried.close();
      await make({}, { reconnect: 'auto' });
      reader.restart();
      await until(() => client.state !== 'ready');
      // A socket may be open for a moment before a reader that is still restarting ends it again.
      await until(() => client.state === 'ready' && reader.face.clients === 1);
      expect((await client.request(GET)).status.ok).toBe(true);
    });
  });

  describe('sales', () => {
    test.each(['insert', 'tap', 'swipe'] as const)('by %s, decided by the host', async (act) => {
      const sale = start({ authorize: ({ arqc }) => Promise.resolve(arqc.maskedPan.endsWith('4444')) });
      await until(() => reader.face.phase === 'waiting-for-card');
      reader[act]('mastercard');
      const { outcome, arqc, batch } = await sale.result;
      expect(outcome).toBe('approved');
      expect([arqc?.kind, batch?.kind]).toEqual(['arqc', 'batch']);
    });

    test('declined, deferred, cancelled and refused', async () => {
      const declined = start({ authorize: () => Promise.resolve(false) });
      await until(() => reader.face.phase === 'waiting-for-card');
      reader.tap();
      expect((await declined.result).outcome).toBe('declined');
      const deferred = start();
      await until(() => reader.face.phase === 'waiting-for-card');
      reader.tap();
      expect((await deferred.result).outcome).toBe('deferred');
      const cancelled = start();
      await until(() => reader.face.phase === 'waiting-for-card');
      await client.cancelTransaction();
      expect((await cancelled.result).outcome).toBe('cancelled');
      reader.startFault('busy');
      expect((await start().result).outcome).toBe('failed');
    });

    test('cut by a lost connection end as unknown, and nothing of the card is in the journal', async () => {
      const sale = start();
      await until(() => reader.face.phase === 'waiting-for-card');
      reader.insert('amex');
      reader.restart();
      expect((await sale.result).outcome).toBe('unknown');
      expect(JSON.stringify(client.journal.entries)).not.toContain(testCards.amex.pan);
    });

    test('of two clients do not mix', async () => {
      const other = clientOf();
      await other.connect();
      const heard: string[] = [];
      other.subscribe('transaction-complete', () => heard.push('complete'));
      const sale = start();
      await until(() => reader.face.phase === 'waiting-for-card');
      expect((await other.request(seed('Start EMV'))).status.code).toBe('transaction-in-progress');
      reader.tap();
      expect((await sale.result).outcome).toBe('deferred');
      expect(heard).toEqual([]);
      other.disconnect();
    });
  });

  describe('a reader that fails', () => {
    const outcomes: Readonly<Partial<Record<FaultName, string>>> = {
      mute: 'timeout',
      slow: 'timeout',
      drop: 'connection-lost',
      truncated: 'timeout',
      'wrong-reference': 'timeout',
      'half-open': 'timeout',
      garbage: 'resolved',
      duplicate: 'resolved',
      foreign: 'resolved',
      busy: 'resolved',
      offline: 'resolved',
      'low-battery': 'resolved',
    };
    test.each(Object.entries(outcomes))(
      '%s: a request ends as %s, and the next works when it is over',
      async (fault, code) => {
        client.disconnect();
        await carried.close();
        await broken(fault as FaultName);
        const isLost = code === 'timeout';
        expect(await codeOf(client.request(GET, { timeout: isLost ? SOON : LATE }))).toBe(code);
        reader.endFault();
        if (client.state !== 'ready') await client.connect();
        expect((await client.request(GET)).status.ok).toBe(true);
      },
    );

    test('a full one turns clients away until there is room', async () => {
      reader.startFault('full');
      const other = clientOf();
      // Over a socket it is turned away after the handshake: what it asks is not answered.
      const asked = other.connect().then(() => other.request(GET, { timeout: SOON }));
      expect(await codeOf(asked)).not.toBe('resolved');
      other.disconnect();
      reader.endFault();
      await other.connect();
      expect((await other.request(GET)).status.ok).toBe(true);
      other.disconnect();
    });
  });
});
