/** `magtek-elements simulate --fleet`: many readers at a real broker. */
import { PassThrough, type Writable } from 'node:stream';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { simulate } from '../../../src/cli/simulate.js';
import { playCardholder } from '../../../src/cli/simulate-cardholder.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { SeededRandom } from '../../../src/simulator/random.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { RawPage } from '../bridge/raw-page.js';
import { seed } from '../simulator/bench.js';
import { startMosquitto, whyNoBroker, type Broker } from '../../../tools/mosquitto.mjs';

let stop: AbortController;
const running: Promise<number>[] = [];

beforeEach(() => {
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await Promise.all(running.splice(0));
});

function run(args: readonly string[]) {
  const out = { text: '' };
  const error = { text: '' };
  const collect = (into: { text: string }): Writable =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => (into.text += text));
  const io = { stdin: new PassThrough(), stdout: collect(out), stderr: collect(error), signal: stop.signal };
  const code = simulate(args, io);
  running.push(code);
  return { out, error, code };
}

/** Every status at the broker by its topic, as it is now. */
async function statuses(broker: Broker): Promise<Record<string, string>> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
  const found: Record<string, string> = {};
  client.on('message', (topic, payload) => (found[topic] = payload.toString()));
  onTestFinished(() => client.endAsync(true));
  await client.subscribeAsync('MagTek/+/+/+/Status', { qos: 1 });
  return found;
}

describe.skipIf(whyNoBroker())('a fleet', () => {
  test('is at the broker with a serial number each, sells, and leaves', async () => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    const command = run(['--fleet', '5', '--broker', broker.tcpUrl, '--path', 'MagTek/Test/Sim', '--auto']);
    await expect.poll(() => command.out.text).toContain('Ctrl+C');
    const serials = ['F000000', 'F000001', 'F000002', 'F000003', 'F000004'];
    const paths = serials.map((serial) => `MagTek/Test/Sim/${serial}`);
    const found = await statuses(broker);
    const all = (status: string) => Object.fromEntries(paths.map((path) => [`${path}/Status`, status]));
    await expect.poll(() => found).toEqual(all('connected'));
    const pages = await Promise.all(paths.map((path) => RawPage.join(broker.url, path)));
    onTestFinished(async () => {
      await Promise.all(pages.map((page) => page.leave()));
    });
    await Promise.all(pages.map((page) => page.command(seed('Start EMV'))));
    const isSold = (page: RawPage): boolean =>
      page.heard.some((hex) => {
        const message = decodeMessage(hex);
        return message.kind === 'notification' && message.id === 0x0105;
      });
    await expect.poll(() => pages.every(isSold)).toBe(true);
    // Each is a reader of its own.
    const sold = pages.map((page) => page.heard.join());
    expect(new Set(sold).size).toBe(5);
    stop.abort();
    expect(await command.code).toBe(0);
    expect(command.out.text).toMatch(/Stopped\.\n$/);
    await expect.poll(() => found).toEqual(all('disconnected'));
  });

  test.each([
    [[], 2],
    [['--details', '0'], 0],
  ])('with %j has details of so many of its readers at the broker: %i', async (more, count) => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    const command = run(['--fleet', '2', '--broker', broker.tcpUrl, '--path', 'MagTek/Test/Sim', ...more]);
    await expect.poll(() => command.out.text).toContain('Ctrl+C');
    const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    const found = new Map<string, unknown>();
    client.on('message', (topic, payload) => found.set(topic, JSON.parse(payload.toString())));
    await client.subscribeAsync('MagTek/+/+/+/Details', { qos: 1 });
    if (count > 0) await expect.poll(() => found.size).toBe(count);
    stop.abort();
    expect(await command.code).toBe(0);
    // The last ones are published before they leave.
    expect(found.size).toBe(count);
    for (const details of found.values())
      expect(details).toMatchObject({ version: 1, model: 'Sim', firmware: 'SIM-MAIN-1.0-SIMULATED', battery: 100 });
  });

  test('that cannot begin says why and leaves nothing', async () => {
    const { code, error } = run(['--fleet', '3', '--broker', 'mqtt://127.0.0.1:9']);
    expect(await code).toBe(1);
    expect(error.text).toMatch(
      /The broker cannot be used: connect ECONNREFUSED [\d.:]+\. Nothing listens there: check/,
    );
  });

  test.each([
    [['--fleet', '3'], '--broker is missing'],
    [['--fleet', '0', '--broker', 'mqtt://127.0.0.1'], '--fleet must be a whole number from 1'],
    [['--fleet', '3', '--port', '1'], '--port does not belong to --fleet'],
    [['--auto'], '--auto belongs to --fleet'],
    [['--details', '5'], '--details belongs to --fleet'],
    [['--fleet', '3', '--broker', 'mqtt://127.0.0.1', '--details', 'often'], '--details must be a whole number'],
    [['--broker', 'mqtt://127.0.0.1'], '--broker belongs to --fleet'],
  ])('%j is a mistake that is explained', async (args, words) => {
    const { code, error } = run(args);
    expect(await code).toBe(2);
    expect(error.text).toContain(words);
  });
});

describe('the cardholder', () => {
  test('presents cards when they are asked for, takes them out again, and stops when told', async () => {
    const reader = new SimulatedReader({ pace: 1 });
    onTestFinished(() => {
      reader.close();
    });
    const random = new SeededRandom(7);
    const leave = playCardholder(reader, { random: () => random.next(), slowest: 2 });
    const heard: string[] = [];
    const port = reader.connect({
      deliver: (bytes) => heard.push(decodeMessage(bytes).kind),
      drop: () => undefined,
    });
    for (let sale = 1; sale <= 8; sale++) {
      port?.receive(decodeMessage(seed('Start EMV')).bytes);
      await expect.poll(() => reader.face.state).toBe('transaction');
      await expect.poll(() => reader.face.state === 'idle' && reader.face.seated === undefined).toBe(true);
    }
    leave();
    port?.receive(decodeMessage(seed('Start EMV')).bytes);
    await expect.poll(() => reader.face.phase).toBe('waiting-for-card');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(reader.face.phase).toBe('waiting-for-card');
  });
});
