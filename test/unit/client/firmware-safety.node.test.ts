/** Firmware updates that must not begin, must not go on, or end at another reader: over the simulated reader. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FirmwareStep, UpdateFirmwareOptions } from '../../../src/client/operations/firmware.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { notification } from '../../../src/simulator/outgoing.js';
import type { OpenOptions, TransportSink } from '../../../src/transports/transport.js';
import type { Transaction } from '../../../src/transactions/transaction.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { errorOfPromise } from '../../support/error-of.js';
import { firmwareFile } from '../../support/firmware-file.js';
import { quickClock } from '../../support/quick-clock.js';

const SERIAL = 'B571AF2';
const OTHER = 'C0FFEE1';
const BEFORE = 'SIM-MAIN-1.0-SIMULATED';

/** Lets a test speak in the place of the reader, and ask it for another property than the client does. */
class TamperedTransport extends CuttableTransport {
  /** Hexadecimal of a request, and what the reader gets in its place. */
  swap: readonly [string, string] | undefined;
  private to: TransportSink | undefined;

  override async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.to = to;
    await super.open(to, options);
  }

  override send(bytes: Uint8Array): void {
    super.send(this.swap ? parseHex(toHex(bytes).replace(...this.swap)) : bytes);
  }

  say(bytes: Uint8Array): void {
    this.to?.message(bytes);
  }
}

let reader: SimulatedReader;
let other: SimulatedReader;
let transport: TamperedTransport;
let client: ReaderClient;
/** Commands that went out. */
let sent: number[];

beforeEach(async () => {
  reader = new SimulatedReader({ serialNumber: SERIAL, clock: quickClock, restartTime: 400 });
  other = new SimulatedReader({ serialNumber: OTHER, clock: quickClock });
  transport = new TamperedTransport(reader);
  client = new ReaderClient({ transport });
  sent = [];
  client.subscribe('message', ({ direction, message }) => {
    if (direction === 'to-reader') sent.push(message.id);
  });
  await client.connect();
});
afterEach(() => {
  client.disconnect();
  reader.close();
  other.close();
});

const file = firmwareFile('0200');

const changes = (): number[] => sent.filter((id) => id === 0xd801 || id === 0xd901);

/** Does something when a step begins. */
const at = (step: FirmwareStep, what: () => void): UpdateFirmwareOptions => ({
  onProgress: (begun) => {
    if (begun === step) what();
  },
});

describe('a check', () => {
  test('says what the file is for and which reader is there, and changes nothing', async () => {
    expect(await client.checkFirmware(file)).toEqual({
      kind: 'main',
      serialNumber: SERIAL,
      version: BEFORE,
      batteryLevel: 100,
    });
    expect(await client.checkFirmware(firmwareFile('2100'))).toMatchObject({ kind: 'wi-fi', version: 'SIM-WLAN-1.0' });
    expect(new Set(sent)).toEqual(new Set([0xd101]));
  });

  test.each([
    ['without its header', new Uint8Array(100), 'firmware-unknown'],
    ['of a kind that no source names', firmwareFile('0300'), 'firmware-unknown'],
    ['that is empty', new Uint8Array(0), 'file-empty'],
  ])('refuses a file %s before anything goes out', async (_, contents, code) => {
    expect(await errorOfPromise(client.checkFirmware(contents))).toMatchObject({ code: 'bad-file', because: { code } });
    expect(sent).toEqual([]);
  });

  test('is refused during a sale', async () => {
    const sale = client.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => true });
    expect((await errorOfPromise(client.checkFirmware(file))).code).toBe('transaction-in-progress');
    await sale.cancel();
  });

  test('can be given up', async () => {
    const error = await errorOfPromise(client.checkFirmware(file, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(ReaderError);
    expect(error.code).toBe('aborted');
  });
});

test('the version of Bluetooth is compared as well', async () => {
  const { versionBefore, versionAfter } = await client.updateFirmware(firmwareFile('3100'));
  expect(versionBefore).toBeUndefined();
  expect(versionAfter).toMatch(/^SIM-/);
});

test('a reader with an empty battery is not updated', async () => {
  reader.startFault('low-battery');
  for (const refused of [client.checkFirmware(file), client.updateFirmware(file)])
    expect(await errorOfPromise(refused)).toMatchObject({
      code: 'not-completed',
      because: { code: 'battery-low', values: { percent: '5' } },
    });
  expect(changes()).toEqual([]);
});

test('a sale that begins while the reader is looked at stops the update', async () => {
  const update = errorOfPromise(client.updateFirmware(file));
  // Nothing of the update has been answered yet.
  const sale = client.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => true });
  expect((await update).code).toBe('transaction-in-progress');
  expect(changes()).toEqual([]);
  await sale.cancel();
});

test('an update that is given up when the image is loaded says so, and the next one is carried out', async () => {
  const controller = new AbortController();
  const stop = client.subscribe('message', ({ message }) => {
    if (message.kind === 'notification' && message.id === 0x0905) controller.abort();
  });
  const error = await errorOfPromise(client.updateFirmware(file, { signal: controller.signal }));
  expect(error).toBeInstanceOf(ReaderError);
  expect(error).toMatchObject({ code: 'aborted', because: { code: 'firmware-given-up' } });
  expect(changes()).toEqual([0xd801]);
  stop();
  expect(await client.updateFirmware(file)).toMatchObject({ isNew: true, versionBefore: BEFORE });
});

test('from the commit on it cannot be given up', async () => {
  const controller = new AbortController();
  const options = at('committing', () => {
    controller.abort();
  });
  expect(await client.updateFirmware(file, { ...options, signal: controller.signal })).toMatchObject({ isNew: true });
});

test('closing the connection after the commit is no giving up: nobody knows what the reader has', async () => {
  const error = await errorOfPromise(
    client.updateFirmware(
      file,
      at('committing', () => {
        setTimeout(() => {
          client.disconnect();
        });
      }),
    ),
  );
  expect(error).toMatchObject({ code: 'connection-lost', because: { code: 'firmware-cut-committing' } });
});

describe('beside an update that is running', () => {
  const RUNNING = { code: 'bad-file', because: { code: 'update-running' } };

  test('no second one begins, and the first is carried out once', async () => {
    const first = client.updateFirmware(file);
    expect(await errorOfPromise(client.updateFirmware(firmwareFile('2100')))).toMatchObject(RUNNING);
    expect(await first).toMatchObject({ kind: 'main', isNew: true });
    expect(changes()).toEqual([0xd801, 0xd901]);
    expect(await client.updateFirmware(firmwareFile('2100'))).toMatchObject({ kind: 'wi-fi', isNew: true });
  });

  test('no file is sent', async () => {
    const first = client.updateFirmware(file);
    expect(await errorOfPromise(client.sendFile('02000000', file))).toMatchObject(RUNNING);
    await first;
    expect(sent).not.toContain(0xd812);
    expect(await client.sendFile('02000000', file)).toMatchObject({ length: file.length });
  });

  test('of another reader, one begins', async () => {
    const beside = new ReaderClient({ transport: new CuttableTransport(other) });
    await beside.connect();
    const both = await Promise.all([client.updateFirmware(file), beside.updateFirmware(file)]);
    expect(both.map(({ isNew }) => isNew)).toEqual([true, true]);
    beside.disconnect();
  });
});

test('a sale that begins while the reader is asked who it is stops a file', async () => {
  let sale: Transaction | undefined;
  client.subscribe('message', ({ direction, message }) => {
    if (direction === 'to-reader' && message.id === 0xd101)
      sale ??= client.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => true });
  });
  const error = await errorOfPromise(client.sendFile('02000000', Uint8Array.of(1), { serialNumber: SERIAL }));
  expect(error.code).toBe('transaction-in-progress');
  expect(sent).not.toContain(0xd812);
  await sale?.cancel();
});

test.each([
  ['a load that was given up', 0xd901, '08010903'],
  ['a commit', 0xd801, '08010A03'],
  ['a failed load that was given up', 0xd901, '08010904'],
])('the late end of %s is not that of what runs', async (_, during, detail) => {
  const steps: string[] = [];
  const told: (string | undefined)[] = [];
  client.subscribe('message', ({ message }) => {
    if (message.kind !== 'response' || message.id !== during) return;
    told.push(steps.at(-1));
    const id = detail.endsWith('04') ? 0x0906 : 0x0905;
    queueMicrotask(() => {
      transport.say(notification(id, detail));
      // Nothing has followed from it.
      setTimeout(() => told.push(steps.at(-1)));
    });
  });
  const update = await client.updateFirmware(file, { onProgress: (step) => steps.push(step) });
  const step = during === 0xd901 ? 'committing' : 'loading';
  expect(told).toEqual([step, step]);
  expect(update.versionAfter).not.toBe(BEFORE);
  expect(changes()).toEqual([0xd801, 0xd901]);
});

test.each([
  ['version', '2.1.2.2.2.2', '2.1.2.2.2.9'],
  ['serial number', '2.2.1.1.1.1', '2.2.1.1.1.9'],
])('a reader that does not tell its %s after the restart is not said to be updated', async (_, asked, answered) => {
  const requestFor = (oid: string): string =>
    toHex(commands.getProperty({ oid }).bytes).slice(-oid.split('.').length * 2);
  const options = at('verifying', () => {
    transport.swap = [requestFor(asked), requestFor(answered)];
  });
  const error = await errorOfPromise(client.updateFirmware(file, options));
  expect(error).toMatchObject({ code: 'not-completed', because: { code: 'firmware-not-verified' } });
});

describe('another reader', () => {
  test('that was plugged in since is not updated', async () => {
    const { serialNumber = '' } = await client.checkFirmware(file);
    transport.reader = other;
    transport.cut();
    await client.connect();
    const error = await errorOfPromise(client.updateFirmware(file, { serialNumber }));
    expect(error).toMatchObject({
      code: 'other-reader',
      because: { code: 'firmware-other-reader', values: { was: SERIAL, is: OTHER } },
    });
    expect(changes()).toEqual([]);
  });

  test('that is there after the restart is not taken for the one that was updated', async () => {
    const options = at('restarting', () => {
      transport.reader = other;
    });
    const error = await errorOfPromise(client.updateFirmware(file, options));
    expect(error).toMatchObject({
      code: 'other-reader',
      because: { code: 'firmware-other-reader', values: { was: SERIAL, is: OTHER } },
    });
    expect(error.help).toMatch(/Check which reader is connected/);
  });
});

test.each([
  ['yes', [SERIAL, BEFORE], ['checking', 'loading', 'committing', 'restarting', 'verifying']],
  ['no', [SERIAL, BEFORE], []],
] as const)('the sample of docs/firmware.md, where the person says %s', async (answer, asked, steps) => {
  const page = readFileSync(new URL('../../../docs/firmware.md', import.meta.url), 'utf8');
  const sample = /```js [^\n]*firmware-safety[^\n]*\n(.*?)```/s.exec(page)?.[1] ?? '';
  const questions: string[] = [];
  const said: string[] = [];
  // eslint-disable-next-line no-new-func, @typescript-eslint/no-implied-eval -- the code of the page, as it is there
  const run = new Function('client', 'file', 'confirm', 'console', `return (async () => { ${sample} })()`) as (
    ...what: readonly unknown[]
  ) => Promise<void>;
  const confirm = (question: string): boolean => {
    questions.push(question);
    return answer === 'yes';
  };
  await run(client, file, confirm, { log: (step: string) => said.push(step) });
  expect(questions).toHaveLength(1);
  for (const part of asked) expect(questions[0]).toContain(part);
  expect(said.slice(0, 5)).toEqual(steps);
  expect(said.slice(5)).toEqual(steps.length > 0 ? [expect.stringMatching(/^SIM-/)] : []);
});
