/**
 * Two tills at one reader, one of them behind a bridge whose link to the broker stalls for 15 seconds: the other till's customer taps
 * for 3.00 while the start of 750.00 is on its way, and never pays 750.00.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { startRequest } from '../../../src/transactions/start-options.js';
import { brokers } from '../../support/brokers/index.mjs';
import { tcpProxyTo } from '../../support/tcp-proxy.js';
import { pageAt, pathOf, publish, startBroker } from './stage.js';

const STALL = 15_000;

/** Starts the sale of a till that shares nothing with this process but the reader: no list of sales, and no keys used. */
function sellElsewhere(reader: SimulatedReader): void {
  const port = reader.connect({ deliver: () => undefined, drop: () => undefined });
  port?.receive(startRequest({ amount: '3.00', currency: 'EUR', accept: 'tap' }).bytes);
  onTestFinished(() => port?.close());
}

test.skipIf(brokers.mosquitto.missing !== undefined)(
  'a tap for 3.00 is not authorized as the 750.00 of a till whose start was stuck behind the bridge',
  async () => {
    const broker = await startBroker('mosquitto');
    const proxy = await tcpProxyTo(broker.tcpUrl);
    onTestFinished(() => proxy.close());
    const path = pathOf(1);
    const published = await publish({ ...broker, tcpUrl: proxy.url }, path);
    const { reader } = published;
    // Its start is still unanswered when the card data of the other sale arrive.
    const till = pageAt(broker, path, undefined, { requestTimeout: 25 });
    await till.connect();
    const asked: string[] = [];
    let heard = 0;
    till.subscribe('card-data', ({ kind }) => {
      if (kind === 'arqc') heard++;
    });
    const sell = (): ReturnType<typeof till.startTransaction> =>
      till.startTransaction({
        amount: '750.00',
        currency: 'EUR',
        accept: 'tap',
        authorize: ({ amount }) => {
          asked.push(amount);
          return true;
        },
      });

    sellElsewhere(reader);
    expect(reader.face.phase).toBe('waiting-for-card');
    proxy.stall();
    const stuck = sell();
    const begun = performance.now();
    reader.tap('visa');
    await expect.poll(() => reader.face.state).toBe('idle');
    await pause(STALL - (performance.now() - begun));
    expect(stuck.phase).toBe('starting');
    proxy.flow();
    await expect.poll(() => heard).toBe(1);
    expect((await stuck.result).outcome).toBe('unknown');
    expect(asked).toEqual([]);
    // Too old to be given to the reader.
    expect(published.starts).toBe(0);
    expect(reader.face.state).toBe('idle');
    expect(till.unresolvedTransactions.map(({ amount }) => amount)).toEqual(['750.00']);
    till.resolveTransaction(stuck.transactionId, {
      via: 'hand',
      approved: false,
      by: 'Ana',
      how: 'The reader was idle',
    });

    const sale = sell();
    await expect.poll(() => reader.face.phase).toBe('waiting-for-card');
    expect(asked).toEqual([]);
    reader.tap('mastercard');
    expect((await sale.result).outcome).toBe('approved');
    expect(asked).toEqual(['750.00']);
    expect(published.starts).toBe(1);
  },
);
