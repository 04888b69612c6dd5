/** A list of readers of which a user may see a part: what is forbidden is named, and the rest is heard, at every broker. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { Connection } from '../../../src/connection/connection.js';
import { systemEnvironment } from '../../../src/connection/environment.js';
import { MqttFleet } from '../../../src/transports/mqtt-fleet.js';
import { brokers, type BrokerKind, type BrokerUser } from '../../support/brokers/index.mjs';
import { pathOf, publish, Socket, startBroker } from './stage.js';

const ALL: BrokerUser = { password: 'bridge-secret', publish: ['MagTek/#'], subscribe: ['MagTek/#'] };
const OFFICE: BrokerUser = { password: 'office-secret', publish: [], subscribe: ['MagTek/Shop1/+/+/Status'] };

describe.each(Object.keys(brokers) as BrokerKind[])('at %s', (kind) => {
  const { missing } = brokers[kind];
  if (missing !== undefined) {
    test.skip(missing);
    return;
  }

  test.each([
    ['the first', 'MagTek/Shop2/+/+, MagTek/Shop1/+/+'],
    ['the last', 'MagTek/Shop1/+/+, MagTek/Shop2/+/+'],
  ])('a list of which %s is forbidden shows the others', async (_, readers) => {
    const broker = await startBroker(kind, { users: { bridge: ALL, office: OFFICE } });
    const login = { username: 'bridge', password: ALL.password };
    const [mine, other] = [pathOf(1), pathOf(2, 'Shop2')];
    await publish(broker, mine, { login });
    await publish(broker, other, { login });
    const heard = new Map<string, unknown>();
    const refused: string[] = [];
    const credentials = { username: 'office', password: OFFICE.password };
    const options = { readers, credentials, WebSocket: Socket, refused: (pattern: string) => refused.push(pattern) };
    const fleet = new MqttFleet(broker.url, options, (path, presence) => heard.set(path, presence));
    const ignore = (): void => undefined;
    const states: string[] = [];
    const connection = new Connection(fleet, systemEnvironment, 'auto', {
      changed: ({ state, error }) => states.push(error ? `${state} ${error.code}` : state),
      closed: ignore,
      message: ignore,
      noise: ignore,
    });
    onTestFinished(() => {
      connection.disconnect();
    });
    connection.connect({ persist: true }).catch(ignore);
    await expect.poll(() => connection.snapshot.state, { timeout: 60_000 }).toBe('ready');
    // mosquitto grants everything and tells nothing of the other.
    if (kind !== 'mosquitto') await expect.poll(() => refused, { timeout: 60_000 }).toEqual(['MagTek/Shop2/+/+']);
    // At RabbitMQ only what is published now is heard.
    await publish(broker, pathOf(3), { login });
    await expect.poll(() => [...heard.keys()], { timeout: 60_000 }).toContain(pathOf(3));
    await expect.poll(() => connection.snapshot.state).toBe('ready');
    expect(heard.has(other)).toBe(false);
    expect(states.filter((state) => state.includes('not-authorized'))).toEqual([]);
  });
});
