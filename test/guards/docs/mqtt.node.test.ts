/**
 * The samples of docs/mqtt.md: its settings and its access control file are loaded into mosquitto, and its samples are
 * used.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { BOTH_TREES, patternsIn, statusFilter } from '../../../src/transports/mqtt-topics.js';
import { detailsText, detailsTopic, readDetailsText } from '../../../src/transports/reader-details.js';
import { makeFolder, root } from '../scripts/run-script.js';
import { findMosquitto, freePorts, startMosquitto, whyNoBroker, type Broker } from '../../../tools/mosquitto.mjs';

const page = readFileSync(path.join(root, 'docs/mqtt.md'), 'utf8');

/** The contents of the fence whose first line ends so. */
function fence(ending: string): string {
  const found = [...page.matchAll(/^```(.*)\n([^]*?)^```$/gm)].filter(([, head]) => head?.endsWith(ending));
  expect(found).toHaveLength(1);
  return found[0]![2]!;
}

const READER_12 = 'MagTek/Shop12/DynaFlexIIPED/B571AF2';
const READER_13 = 'MagTek/Shop13/DynaFlexIIPED/B571AF3';
const users = {
  'till-shop12': 'ask-your-server',
  'till-shop13': 'two',
  office: 'three',
  B571AF2: 'four',
  B571AF3: 'five',
};
type User = keyof typeof users;

test('the details of the page are such, and are written as there', () => {
  const sample = fence('json checked-by=test/guards/docs/mqtt.node.test.ts');
  const details = readDetailsText(sample);
  if (typeof details === 'string') throw new Error(details);
  expect(JSON.parse(detailsText(details))).toEqual(JSON.parse(sample));
  expect(Object.keys(details)).toHaveLength(7);
});

test('who may see all readers may see what a fleet asks for without being told', () => {
  const office = fence(' acl').split('user office')[1]?.split('\n') ?? [];
  for (const pattern of patternsIn(BOTH_TREES))
    for (const filter of [statusFilter(pattern), detailsTopic(pattern)])
      expect(office, filter).toContain(`topic read ${filter}`);
  expect(readFileSync(path.join(root, 'src/elements/fleet/fleet.ts'), 'utf8')).toContain(`'${BOTH_TREES}'`);
});

describe.skipIf(whyNoBroker())('with the access control file', () => {
  let broker: Broker;
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    broker = await startMosquitto({ users, acl: fence(' acl') });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await broker.close();
  });

  async function connect(username: User): Promise<MqttClient> {
    const client = await mqtt.connectAsync(broker.tcpUrl, {
      username,
      password: users[username],
      reconnectPeriod: 0,
    });
    clients.push(client);
    return client;
  }

  /** Who of all users hears what one publishes; the publisher too, where it may. */
  async function whoHears(publisher: User, topic: string): Promise<User[]> {
    const heard: User[] = [];
    const listeners = Object.keys(users) as User[];
    await Promise.all(
      listeners.map(async (user) => {
        const client = await connect(user);
        client.on('message', (_, payload) => {
          if (payload.toString() === topic) heard.push(user);
        });
        await client.subscribeAsync('MagTek/#', { qos: 1 });
      }),
    );
    const sender = await connect(publisher);
    await sender.publishAsync(topic, topic, { qos: 1 });
    // What was published before has been handed on when this one is: a status, which its reader may publish.
    const witness = await connect('office');
    const last = new Promise((resolve) => {
      witness.once('message', resolve);
    });
    await witness.subscribeAsync(`${READER_13}/Status`, { qos: 1 });
    await (await connect('B571AF3')).publishAsync(`${READER_13}/Status`, 'connected', { qos: 1 });
    await last;
    return heard.sort();
  }

  const allowed: [User, string, User[]][] = [
    ['till-shop12', `${READER_12}/SendCommand`, ['B571AF2']],
    ['till-shop13', `${READER_13}/SendCommand`, ['B571AF3']],
    ['B571AF2', `${READER_12}/MMSMessage`, ['till-shop12']],
    ['B571AF2', `${READER_12}/Status`, ['B571AF2', 'office', 'till-shop12']],
    ['B571AF2', `${READER_12}/Presence`, ['B571AF2']],
    ['B571AF2', `${READER_12}/Details`, ['office']],
  ];
  test.each(allowed)('%s may publish in %s, heard by %j', async (user, topic, listeners) => {
    expect(await whoHears(user, topic)).toEqual(listeners);
  });

  const forbidden: [User, string][] = [
    ['till-shop13', `${READER_12}/SendCommand`],
    ['till-shop12', `${READER_13}/SendCommand`],
    ['till-shop12', `${READER_12}/MMSMessage`],
    ['till-shop12', `${READER_12}/Status`],
    ['B571AF3', `${READER_12}/MMSMessage`],
    ['B571AF3', `${READER_12}/Status`],
    ['till-shop12', `${READER_12}/Details`],
    ['B571AF3', `${READER_12}/Details`],
    ['B571AF2', `${READER_12}/SendCommand`],
    ['office', `${READER_12}/SendCommand`],
  ];
  test.each(forbidden)('nobody hears what %s publishes in %s', async (user, topic) => {
    expect(await whoHears(user, topic)).toEqual([]);
  });

  test('the sample in JavaScript gets an answer', async () => {
    const reader = new SimulatedReader({ pace: 1 });
    const transport = new SimulatedTransport(reader);
    const publisher = await connect('B571AF2');
    publisher.on('message', (_, payload) => {
      transport.send(parseHex(payload.toString()));
    });
    await publisher.subscribeAsync(`${READER_12}/SendCommand`);
    await transport.open({
      message: (bytes) => void publisher.publish(`${READER_12}/MMSMessage`, toHex(bytes), { qos: 1 }),
      noise: () => undefined,
      close: () => undefined,
    });
    onTestFinished(() => {
      reader.close();
    });
    // In the package's own folder, so that its name means it.
    const file = path.join(root, `sample-${String(process.pid)}.mjs`);
    const sample = fence('js checked-by=test/guards/docs/mqtt.node.test.ts');
    writeFileSync(file, sample.replace('wss://broker.example/mqtt', broker.url));
    onTestFinished(() => {
      rmSync(file);
    });
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await once(child, 'close');
    expect(printed).toBe('true\n');
  });
});

test('the sample in HTML has attributes that there are', () => {
  const { modules } = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: { tagName?: string; attributes?: { name: string }[] }[] }[];
  };
  const reader = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'magtek-reader');
  const known = reader?.attributes?.map(({ name }) => name) ?? [];
  const html = fence('html checked-by=test/guards/docs/mqtt.node.test.ts');
  const used = [...html.matchAll(/\s([\w-]+)="/g)].map(([, name]) => name).filter((name) => name !== 'id');
  expect(known).toEqual(expect.arrayContaining(used));
  expect(used).toContain('device');
});

test.skipIf(whyNoBroker())('mosquitto takes the settings, and lets nobody in without a password', async () => {
  const folder = makeFolder();
  const { generate } = await import('selfsigned');
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
  const files = { passwords: '', acl: fence(' acl'), 'broker.pem': cert, 'broker.key': key };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const ports = await freePorts();
  const settings = fence(' mosquitto.conf')
    .replaceAll(/\/etc\/mosquitto\/(certs\/)?/g, `${folder}/`)
    .replace('listener 8883', `listener ${String(ports.tcp)} 127.0.0.1`)
    .replace('listener 8884', `listener ${String(ports.ws)} 127.0.0.1`);
  const file = path.join(folder, 'mosquitto.conf');
  const own = process.getuid?.() === 0 ? 'user root\n' : '';
  writeFileSync(file, `${settings}persistence_location ${folder}/\nlog_dest stderr\n${own}`);
  const child = spawn(findMosquitto()!, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await expect.poll(() => log, { timeout: 20_000 }).toMatch(/running/);
  for (const url of [`mqtts://127.0.0.1:${String(ports.tcp)}`, `wss://127.0.0.1:${String(ports.ws)}`]) {
    const options = { reconnectPeriod: 0, rejectUnauthorized: false };
    await expect(mqtt.connectAsync(url, options)).rejects.toThrow(/not authorized/i);
  }
});
