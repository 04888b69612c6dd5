/** The statuses of many readers at a real broker. */
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Presence } from '../../../src/transports/broker-options.js';
import { MqttFleet, type MqttFleetOptions } from '../../../src/transports/mqtt-fleet.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { startMosquitto, whyNoBroker, type Broker } from '../../../tools/mosquitto.mjs';

const path = (shop: string, serial: string): string => `MagTek/${shop}/DynaFlexIIPED/${serial}`;

test('an address that is none is refused', async () => {
  const fleet = new MqttFleet('http://broker.example', {}, () => undefined);
  await expect(fleet.open(new CollectingSink())).rejects.toMatchObject({ code: 'bad-address' });
});

test('takes no messages', () => {
  expect(() => {
    new MqttFleet('ws://127.0.0.1:9', {}, () => undefined).send();
  }).toThrow(expect.objectContaining({ code: 'not-open' }));
});

describe.skipIf(whyNoBroker())('a fleet at mosquitto', () => {
  let broker: Broker;
  let peer: MqttClient;
  const fleets: MqttFleet[] = [];

  beforeEach(async () => {
    broker = await startMosquitto();
    peer = await mqtt.connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
    peer.on('error', () => undefined);
  });

  afterEach(async () => {
    for (const fleet of fleets.splice(0)) fleet.close();
    peer.end(true);
    await broker.close();
  });

  const say = (reader: string, status: string): Promise<unknown> =>
    peer.publishAsync(`${reader}/Status`, status, { retain: true, qos: 1 });

  function listen(options: MqttFleetOptions = {}) {
    const heard = new Map<string, Presence | undefined>();
    const fleet = new MqttFleet(broker.url, options, (at, presence) => heard.set(at, presence));
    fleets.push(fleet);
    return { fleet, heard, sink: new CollectingSink() };
  }

  test('is known when it is open, and heard of afterwards', async () => {
    await say(path('Shop1', 'A1'), 'connected');
    await say(path('Shop2', 'B1'), 'Disconnected');
    await say(path('Shop2', 'B2'), 'busy');
    const { fleet, heard, sink } = listen();
    await fleet.open(sink);
    await vi.waitFor(() => {
      expect(Object.fromEntries(heard)).toEqual({
        [path('Shop1', 'A1')]: 'unconfirmed',
        [path('Shop2', 'B1')]: 'absent',
        [path('Shop2', 'B2')]: 'unknown',
      });
    });
    await say(path('Shop2', 'B1'), 'connected');
    await say(path('Shop1', 'A1'), '');
    await vi.waitFor(() => {
      expect(heard.get(path('Shop2', 'B1'))).toBe('present');
      expect(heard.get(path('Shop1', 'A1'))).toBeUndefined();
    });
    expect(sink.messages).toEqual([]);
  });

  test('has readers of the newer tree too, and can be a list of patterns and paths', async () => {
    const newer = 'MagTek/US/WA/Seattle/Cafe/DynaFlexIIPED/A7';
    await say(newer, 'connected');
    await say(path('Shop1', 'A1'), 'connected');
    const all = listen();
    await all.fleet.open(all.sink);
    await vi.waitFor(() => {
      expect([...all.heard.keys()].sort()).toEqual([path('Shop1', 'A1'), newer].sort());
    });
    const some = listen({ readers: `${newer},\n ${path('Shop3', 'C1')}` });
    await some.fleet.open(some.sink);
    await vi.waitFor(() => {
      expect(Object.fromEntries(some.heard)).toEqual({ [newer]: 'unconfirmed', [path('Shop3', 'C1')]: 'unknown' });
    });
  });

  test('asks the bridges of a group whether they are there, where that is wanted', async () => {
    const asked: string[] = [];
    peer.on('message', (topic, payload) => asked.push(`${topic} ${payload.toString()}`));
    await peer.subscribeAsync('MagTek/+/Presence');
    await say(path('Shop1', 'A1'), 'connected');
    await say(path('Shop1', 'A2'), 'connected');
    const silent = listen();
    await silent.fleet.open(silent.sink);
    await vi.waitFor(() => {
      expect(silent.heard.size).toBe(2);
    });
    expect(asked).toEqual([]);
    const asking = listen({ asksPresence: true });
    await asking.fleet.open(asking.sink);
    await vi.waitFor(() => {
      expect(asked).toEqual(['MagTek/Shop1/Presence who']);
    });
  });

  test('removes the status of a reader that is gone for good', async () => {
    await say(path('Shop1', 'A1'), 'disconnected');
    const { fleet, heard, sink } = listen();
    await expect(fleet.remove(path('Shop1', 'A1'))).rejects.toMatchObject({ code: 'not-open' });
    await fleet.open(sink);
    await vi.waitFor(() => {
      expect(heard.get(path('Shop1', 'A1'))).toBe('absent');
    });
    await fleet.remove(path('Shop1', 'A1'));
    await vi.waitFor(() => {
      expect(heard.get(path('Shop1', 'A1'))).toBeUndefined();
    });
    const later = listen();
    await later.fleet.open(later.sink);
    expect(later.heard.size).toBe(0);
  });

  test('can be that of one shop', async () => {
    await say(path('Shop1', 'A1'), 'connected');
    await say(path('Shop2', 'B1'), 'connected');
    const { fleet, heard, sink } = listen({ readers: 'MagTek/Shop2/+/+' });
    await fleet.open(sink);
    await vi.waitFor(() => {
      expect(heard.size).toBe(1);
    });
    await say(path('Shop1', 'A1'), 'disconnected');
    await say(path('Shop2', 'B1'), 'disconnected');
    await vi.waitFor(() => {
      expect([...heard]).toEqual([[path('Shop2', 'B1'), 'absent']]);
    });
  });

  test('refuses a second opening, and hears nothing once closed', async () => {
    const { fleet, heard, sink } = listen();
    await fleet.open(sink);
    await expect(fleet.open(new CollectingSink())).rejects.toMatchObject({ code: 'already-open' });
    fleet.close();
    fleet.close();
    expect(sink.closes).toEqual([{ kind: 'requested' }]);
    // Said and heard by another one: by then the closed one would have heard it too.
    const other = listen();
    await other.fleet.open(other.sink);
    await say(path('Shop1', 'A1'), 'connected');
    await vi.waitFor(() => {
      expect(other.heard.size).toBe(1);
    });
    expect(heard.size).toBe(0);
  });

  test('closed while it is being opened, it does not open', async () => {
    const { fleet, sink } = listen();
    const opening = fleet.open(sink);
    fleet.close();
    await expect(opening).rejects.toMatchObject({ code: 'not-open' });
    await fleet.open(sink);
    expect(sink.closes).toEqual([]);
  });

  test('is told when the broker goes, and opens again when it is back', async () => {
    const { fleet, heard, sink } = listen();
    await fleet.open(sink);
    await broker.stop({ hard: true });
    await vi.waitFor(() => {
      expect(sink.closes).toMatchObject([{ kind: 'lost' }]);
    });
    await expect(fleet.open(sink)).rejects.toMatchObject({ code: 'unreachable' });
    await broker.start();
    await fleet.open(sink);
    const again = await mqtt.connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
    await again.publishAsync(`${path('Shop1', 'A1')}/Status`, 'connected', { retain: true, qos: 1 });
    await vi.waitFor(() => {
      expect(heard.get(path('Shop1', 'A1'))).toBe('present');
    });
    again.end(true);
  });

  test('gives up when it is told to', async () => {
    const { fleet, sink } = listen();
    const controller = new AbortController();
    const opening = fleet.open(sink, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  });
});
