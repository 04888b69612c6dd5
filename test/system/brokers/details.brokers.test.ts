/**
 * Details of readers at every broker: published, heard by those that come later, removed; and what happens where a user may not
 * publish or see them: nothing else.
 */
import { connectAsync } from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ReaderDetails } from '../../../src/transports/broker-options.js';
import { MqttFleet, type MqttFleetOptions } from '../../../src/transports/mqtt-fleet.js';
import { brokers, type AnyBroker, type BrokerKind, type BrokerUser } from '../../support/brokers/index.mjs';
import { CollectingSink } from '../../support/collecting-sink.js';
import { pageAt, pathOf, publish, Socket, startBroker } from './stage.js';

const MAY_ALL: BrokerUser = { password: 'bridge-secret', publish: ['MagTek/#'], subscribe: ['MagTek/#'] };
/** As docs have advised it before there were details. */
const WITHOUT_DETAILS: BrokerUser = {
  password: 'older-secret',
  publish: ['MagTek/+/+/+/MMSMessage', 'MagTek/+/+/+/Status', 'MagTek/+/+/+/Presence'],
  subscribe: ['MagTek/+/+/+/SendCommand', 'MagTek/+/+/+/Status', 'MagTek/+/+/+/Presence', 'MagTek/+/Presence'],
};
const OFFICE: BrokerUser = { password: 'office-secret', publish: [], subscribe: ['MagTek/+/+/+/Status'] };
const TILL: BrokerUser = {
  password: 'till-secret',
  publish: ['MagTek/+/+/+/SendCommand'],
  subscribe: ['MagTek/+/+/+/MMSMessage', 'MagTek/+/+/+/Status'],
};
const users = { bridge: MAY_ALL, older: WITHOUT_DETAILS, office: OFFICE, till: TILL };
const bridge = { username: 'bridge', password: MAY_ALL.password };

const PATTERN = 'MagTek/Shop1/+/+';

/** A fleet that listens to details. */
async function listen(broker: AnyBroker, options: Partial<MqttFleetOptions>) {
  const found = new Map<string, ReaderDetails | undefined>();
  const ignored = new Map<string, string>();
  const heard = { refused: 0, statuses: new Map<string, unknown>() };
  const sink = new CollectingSink();
  const details: NonNullable<MqttFleetOptions['details']> = {
    told: (path, told) => found.set(path, told),
    ignored: (path, fault) => ignored.set(path, fault),
    refused: () => heard.refused++,
  };
  const fleet = new MqttFleet(
    broker.url,
    { readers: PATTERN, WebSocket: Socket, details, ...options },
    (path, presence) => heard.statuses.set(path, presence),
  );
  onTestFinished(() => {
    fleet.close();
  });
  await fleet.open(sink);
  return { fleet, found, ignored, heard, sink };
}

describe.each(Object.keys(brokers) as BrokerKind[])('at %s', (kind) => {
  const { missing } = brokers[kind];
  if (missing !== undefined) {
    test.skip(missing);
    return;
  }

  test('details are heard by patterns and paths, follow a sale, and are removed with the reader', async () => {
    const broker = await startBroker(kind);
    const path = pathOf(1);
    const published = await publish(broker, path, { details: 1 });
    const live = await listen(broker, {});
    const facts = { serial: 'B571AF2', model: 'Simulated', firmware: 'SIM-MAIN-1.0-SIMULATED', battery: 100 };
    const page = pageAt(broker, path);
    await page.connect();
    const sale = page.startTransaction({
      amount: '1.00',
      currency: 'EUR',
      accept: 'tap',
      authorize: () => true,
      showOutcome: true,
    });
    await expect.poll(() => published.reader.face.phase).toBe('waiting-for-card');
    published.reader.tap('visa');
    expect((await sale.result).outcome).toBe('approved');
    await expect.poll(() => live.found.get(path)).toMatchObject({ ...facts, lastSale: { outcome: 'approved' } });
    // Who comes later: at a broker that keeps nothing for patterns, where the bridges are asked.
    const later = await listen(broker, { asksPresence: true });
    await expect.poll(() => later.found.get(path)).toMatchObject({ ...facts, lastSale: { outcome: 'approved' } });
    const named = await listen(broker, { readers: path });
    await expect.poll(() => named.found.get(path)).toMatchObject(facts);

    const stranger = await connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
    onTestFinished(() => stranger.endAsync(true));
    const foreign = pathOf(2);
    await stranger.publishAsync(`${foreign}/Details`, 'ready to sell', { qos: 1, retain: true });
    await expect.poll(() => live.ignored.get(foreign)).toBe('foreign');
    expect(live.sink.closes).toEqual([]);

    page.disconnect();
    await published.bridge.stop();
    await expect.poll(() => named.heard.statuses.get(path)).toBe('absent');
    await named.fleet.remove(path);
    await expect.poll(() => named.found.get(path)).toBeUndefined();
    const last = await listen(broker, { readers: path });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(last.found.has(path)).toBe(false);
  });

  test('a bridge that may not publish them says so once, and its reader sells all the same', async () => {
    const broker = await startBroker(kind, { users });
    const path = pathOf(1);
    const dropped: string[] = [];
    const published = await publish(broker, path, {
      details: 1,
      login: { username: 'older', password: WITHOUT_DETAILS.password },
      listener: { dropped: (_, why) => dropped.push(why) },
    });
    // These say no, or end the connection; the others drop it without a word.
    if (kind === 'rabbitmq' || kind === 'aedes') {
      await expect
        .poll(() => dropped, { timeout: 60_000 })
        .toEqual([expect.stringContaining(`does not let us publish the details on ${path}/Details`)]);
    }
    await expect.poll(() => published.bridge.isThrough).toBe(true);
    const page = pageAt(broker, path, { username: 'till', password: TILL.password });
    await page.connect({ persist: true });
    const sale = page.startTransaction({
      amount: '1.00',
      currency: 'EUR',
      accept: 'tap',
      authorize: () => true,
      showOutcome: true,
    });
    await expect.poll(() => published.reader.face.phase).toBe('waiting-for-card');
    published.reader.tap('visa');
    expect((await sale.result).outcome).toBe('approved');
    expect(published.starts).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(dropped.filter((why) => why.includes('details')).length).toBeLessThanOrEqual(1);
    expect(published.bridge.isThrough).toBe(true);
  });

  test('a user who may not see them has the fleet without them, over a connection that stays', async () => {
    const broker = await startBroker(kind, { users });
    const path = pathOf(1);
    await publish(broker, path, { details: 1, login: bridge });
    const office = await listen(broker, {
      readers: path,
      credentials: { username: 'office', password: OFFICE.password },
    });
    await expect.poll(() => office.heard.statuses.has(path)).toBe(true);
    // mosquitto grants it and tells nothing.
    if (kind !== 'mosquitto') await expect.poll(() => office.heard.refused, { timeout: 60_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(office.found.size).toBe(0);
    expect(office.sink.closes).toEqual([]);
  });
});
