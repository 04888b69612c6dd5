/** `magtek-elements fleet properties` at a real broker with simulated readers. */
import { PassThrough, type Writable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Bridge } from '../../../src/bridge/bridge.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { fleet } from '../../../src/cli/fleet.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { MqttTransport } from '../../../src/transports/mqtt.js';
import { startMosquitto, whyNoBroker, type Broker } from '../../../tools/mosquitto.mjs';

const PATHS = ['MagTek/Shop/DynaFlex/B000001', 'MagTek/Shop/DynaFlex/B000002'] as const;
const FALLBACK = '1.2.1.1.1.1';

/** @param typed what a person answers at a terminal; undefined where there is none */
async function run(args: readonly string[], typed?: string) {
  const text = { out: '', error: '' };
  const collect = (name: 'out' | 'error'): Writable =>
    new PassThrough({ encoding: 'utf8' }).on('data', (chunk: string) => (text[name] += chunk));
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  if (typed !== undefined) stdin.write(`${typed}\n`);
  const signal = new AbortController().signal;
  const code = await fleet(['properties', ...args], {
    stdin,
    stdout: collect('out'),
    stderr: collect('error'),
    signal,
  });
  return { code, ...text };
}

describe.skipIf(whyNoBroker())('readers at a broker', () => {
  async function start(): Promise<{ broker: Broker; readers: SimulatedReader[] }> {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    const readers = PATHS.map(() => new SimulatedReader({ pace: 1 }));
    const bridges = PATHS.map(
      (path, index) =>
        new Bridge({
          reader: new SimulatedTransport(readers[index]!),
          broker: { url: broker.tcpUrl },
          path,
          keepAlive: 0,
          details: 1,
        }),
    );
    onTestFinished(async () => {
      await Promise.all(bridges.map((bridge) => bridge.stop()));
      for (const reader of readers) reader.close();
    });
    await Promise.all(bridges.map((bridge) => bridge.start()));
    await expect.poll(() => bridges.every(({ isThrough }) => isThrough)).toBe(true);
    return { broker, readers };
  }

  test('are found by a pattern, compared, set after one question, and compared again', async () => {
    const { broker } = await start();
    const at = ['--broker', broker.tcpUrl];
    const read = await run(['MagTek/Shop/+/+', '--read', FALLBACK, ...at]);
    expect([read.code, read.out]).toEqual([0, '2 of 2 readers were read; 0 properties differ.\n']);
    const refused = await run([PATHS[0], '--set', `${FALLBACK}=off`, ...at], 'no');
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringMatching(/^Set .*=off at 1 readers:\n {2}MagTek\/Shop\/DynaFlex\/B000001\n[^]*Nothing was set\.\n$/),
    ]);
    const set = await run([PATHS[0], '--set', `${FALLBACK}=off`, ...at], '1');
    expect(set.code).toBe(0);
    expect(set.out).toContain(`${PATHS[0]} ${FALLBACK}: done, was on\ndone 1\n`);
    const compared = await run([...PATHS, '--read', FALLBACK, ...at]);
    expect(compared.out).toContain(`  ${PATHS[0]}: off\n  ${PATHS[1]}: on\n`);
    const all = await run([...PATHS, '--set', `${FALLBACK}=off`, '--yes', '--format', 'csv', ...at]);
    expect([all.code, all.out.split('\r\n').slice(1, 3)]).toEqual([
      0,
      [`${PATHS[0]},${FALLBACK},same,off,,`, `${PATHS[1]},${FALLBACK},done,on,,`],
    ]);
  });

  test('are left alone while they sell, by what their bridge says, and those that are gone are named', async () => {
    const { broker, readers } = await start();
    const till = new ReaderClient({ transport: new MqttTransport(broker.url, { device: PATHS[0] }) });
    onTestFinished(() => {
      till.disconnect();
    });
    await till.connect();
    const sale = till.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'tap', timeout: 30 });
    await expect.poll(() => readers[0]!.face.phase).toBe('waiting-for-card');
    const gone = 'MagTek/Shop/DynaFlex/B000009';
    const { code, out } = await run([
      ...[...PATHS, gone, '--set', `${FALLBACK}=off`, '--yes', '--format', 'json', '--broker', broker.tcpUrl],
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { path: PATHS[0], outcome: 'in-sale' },
      { path: PATHS[1], outcome: 'done' },
      { path: gone, outcome: 'not-reached', code: 'unreachable' },
    ]);
    readers[0]!.tap('visa');
    expect((await sale.result).outcome).toBe('deferred');
  });
});

test.each([
  [['--read', FALLBACK], 'Name at least one path'],
  [['a/b', '--broker', 'mqtt://127.0.0.1'], 'Use either --read'],
  [['a/b', '--read', FALLBACK, '--set', `${FALLBACK}=on`], 'Use either --read'],
  [['a/b', '--read', 'volume'], '“volume” is not the identifier of a property'],
  [['a/b', '--set', FALLBACK], 'has no value'],
  [['a/b', '--set', `${FALLBACK}=perhaps`], 'must be one of'],
  [['a/b', '--set', '1.2.2.1.2.8=secret'], 'may be a secret'],
  [['a/b', '--set', '01.02.2.1.2.8=secret'], 'may be a secret'],
  [['a/b', '--set', '1.2.3.2.1.1='], 'must be a whole number from 0 to 100'],
  [['a/b', '--set', '1.2.3.2.1.1= '], 'must be a whole number from 0 to 100'],
  [['a/b', '--set', `${FALLBACK}=on`, '--set', `0${FALLBACK}=off`], `--set ${FALLBACK} is there twice`],
  [['a/b', '--read', FALLBACK, '--format', 'xml'], '--format must be'],
  [['a/b', '--read', FALLBACK], '--broker is missing'],
  [['a/b', '--set', `${FALLBACK}=on`, '--broker', 'mqtt://127.0.0.1'], 'Nobody can be asked here'],
])('%j is explained', async (args, words) => {
  const { code, error } = await run(args);
  expect(code).toBe(2);
  expect(error).toContain(words);
});
