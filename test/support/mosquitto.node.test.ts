/** The broker that tests start is a real one, reached both ways, and what they count of it is true. */
import { execFileSync } from 'node:child_process';
import { connectAsync } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { startMosquitto, whyNoBroker, type Broker, type BrokerOptions } from '../../tools/mosquitto.mjs';

const start = async (options?: BrokerOptions): Promise<Broker> => {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.close());
  return broker;
};

async function retained(url: string, options = {}): Promise<string[]> {
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync('#', { qos: 1 });
  // Answered after what was retained.
  await client.publishAsync('end', '', { qos: 1 });
  await client.endAsync();
  return heard.filter((text) => !text.startsWith('end'));
}

test.skipIf(whyNoBroker())('connections over TCP and WebSocket are counted', async () => {
  const broker = await start();
  const clients = [await connectAsync(broker.url), await connectAsync(broker.tcpUrl)];
  await expect.poll(() => broker.connections()).toEqual({ accepted: 2, open: 2 });
  await Promise.all(clients.map((client) => client.endAsync()));
  await expect.poll(() => broker.connections()).toEqual({ accepted: 2, open: 0 });
});

test.skipIf(whyNoBroker()).each([true, false])('what is retained is kept over a restart: %s', async (persistence) => {
  const broker = await start({ persistence });
  const client = await connectAsync(broker.tcpUrl);
  await client.publishAsync('a', 'kept', { retain: true, qos: 1 });
  await client.endAsync();
  await broker.restart();
  expect(await retained(broker.url)).toEqual(persistence ? ['a kept'] : []);
});

test.skipIf(whyNoBroker())('who has no password is not let in', async () => {
  const broker = await start({ users: { shop: 'secret' }, acl: 'user shop\ntopic readwrite #\n' });
  await expect(retained(broker.url)).rejects.toThrow(/authori/i);
  expect(await retained(broker.url, { username: 'shop', password: 'secret' })).toEqual([]);
});

test.skipIf(whyNoBroker())('a process that ends without closing its broker leaves none behind', async () => {
  const code = `import { startMosquitto } from './tools/mosquitto.mjs';
    const { tcpUrl } = await startMosquitto();
    process.stdout.write(tcpUrl, () => process.exit());`;
  const url = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  await expect(connectAsync(url, { reconnectPeriod: 0 })).rejects.toThrow(/ECONNREFUSED/);
});
