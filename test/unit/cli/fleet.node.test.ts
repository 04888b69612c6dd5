/** `magtek-elements fleet remove` at a real broker. */
import { PassThrough, type Writable } from 'node:stream';
import { connectAsync } from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Bridge } from '../../../src/bridge/bridge.js';
import { fleet } from '../../../src/cli/fleet.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { startMosquitto, whyNoBroker, type Broker } from '../../../tools/mosquitto.mjs';

const PATHS = ['MagTek/Shop/DynaFlex/B000001', 'MagTek/Shop/DynaFlex/B000002'];

async function run(args: readonly string[]) {
  const text = { out: '', error: '' };
  const collect = (name: 'out' | 'error'): Writable =>
    new PassThrough({ encoding: 'utf8' }).on('data', (chunk: string) => (text[name] += chunk));
  const io = {
    stdin: new PassThrough(),
    stdout: collect('out'),
    stderr: collect('error'),
    signal: new AbortController().signal,
  };
  return { code: await fleet(args, io), ...text };
}

describe.skipIf(whyNoBroker())('removing readers', () => {
  const start = async (): Promise<Broker> => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    return broker;
  };

  async function kept(broker: Broker): Promise<string[]> {
    const found: string[] = [];
    const client = await connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
    client.on('message', (topic) => found.push(topic));
    await client.subscribeAsync(['MagTek/+/+/+/Details', 'MagTek/+/+/+/Status'], { qos: 1 });
    await client.publishAsync('MagTek/a/b/c/Status', 'end', { qos: 1 });
    await expect.poll(() => found).toContain('MagTek/a/b/c/Status');
    await client.endAsync(true);
    // A bridge says its status a second time, which may arrive beside the one that is kept.
    return [...new Set(found)].filter((topic) => !topic.startsWith('MagTek/a/')).sort();
  }

  test('takes them out of every list', async () => {
    const broker = await start();
    const peer = await connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
    for (const path of [...PATHS, 'MagTek/Shop/DynaFlex/B000003'])
      await peer.publishAsync(`${path}/Status`, 'disconnected', { qos: 1, retain: true });
    await peer.publishAsync(`${PATHS[0]!}/Details`, '{"version":1}', { qos: 1, retain: true });
    await peer.endAsync(true);
    const { code, out } = await run(['remove', ...PATHS, '--broker', broker.tcpUrl]);
    expect([code, out]).toEqual([0, PATHS.map((path) => `Removed ${path}\n`).join('')]);
    expect(await kept(broker)).toEqual(['MagTek/Shop/DynaFlex/B000003/Status']);
  });

  test('refuses one that a bridge publishes', async () => {
    const broker = await start();
    const path = PATHS[0]!;
    const reader = new SimulatedReader({ pace: 1 });
    const bridge = new Bridge({ reader: new SimulatedTransport(reader), broker: { url: broker.tcpUrl }, path });
    onTestFinished(async () => {
      await bridge.stop();
      reader.close();
    });
    await bridge.start();
    await expect.poll(() => bridge.isThrough).toBe(true);
    const { code, error } = await run(['remove', path, '--broker', broker.tcpUrl]);
    expect(code).toBe(1);
    expect(error).toContain(`A bridge publishes ${path}`);
    expect(await kept(broker)).toEqual([`${path}/Status`]);
  });
});

test.each([
  [['add', 'MagTek/a/b/c', '--broker', 'mqtt://127.0.0.1'], 'There is no “add”'],
  [['remove', '--broker', 'mqtt://127.0.0.1'], 'Name at least one path'],
  [['remove', 'MagTek/a/b/c'], '--broker is missing'],
])('%j is explained', async (args, words) => {
  const { code, error } = await run(args);
  expect(code).toBe(2);
  expect(error).toContain(words);
});
