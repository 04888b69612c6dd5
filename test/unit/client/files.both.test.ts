/** Files over every carrier, and firmware, against the simulated reader. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { carriers, type CarriedReader } from '../simulator/carriers.js';
import { codeOf } from '../../support/code-of.js';
import { HurriedEnvironment } from '../../support/hurried-environment.js';
import { firmwareFile } from '../../support/firmware-file.js';

/** Seconds of hurried time: long for a computer that is busy. */
const LATE = 60;

const FILE = '02000000';
const some = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff);

describe.each(Object.entries(carriers))('over %s:', (_, carry) => {
  let carried: CarriedReader;
  let client: ReaderClient;

  beforeEach(async () => {
    carried = await carry({ pace: 1 });
    client = new ReaderClient({
      transport: carried.transport(),
      environment: new HurriedEnvironment(),
      requestTimeout: LATE,
    });
    await client.connect();
  });
  afterEach(async () => {
    client.disconnect();
    await carried.close();
  });

  test('a file is sent, compared, and fetched again', async () => {
    const steps: string[] = [];
    const contents = some(20_000);
    const kept = await client.sendFile(FILE, contents, {
      name: 'idle image',
      onProgress: ({ step, total }) => steps.push(`${step} ${String(total)}`),
    });
    expect(steps).toEqual(['announcing 20000', 'sending 20000', 'checking 20000']);
    expect(kept).toMatchObject({ fileId: FILE, length: 20_000, name: 'idle image' });
    expect(await client.readFile(FILE)).toEqual({ fileId: FILE, contents, name: 'idle image' });
  });

  test('requests that wait go out behind the file, not before it', async () => {
    const order: string[] = [];
    client.subscribe('message', ({ direction, message }) => {
      if (direction === 'to-reader') order.push(`${message.kind} ${message.id.toString(16)}`);
    });
    const sent = client.sendFile(FILE, some(3_000));
    await new Promise((resolve) => setTimeout(resolve));
    await Promise.all([sent, client.getDeviceInfo()]);
    const at = order.indexOf('request d812');
    expect(order[at + 1]).toBe('file d812');
  });
});

describe('in memory', () => {
  let carried: CarriedReader;
  let client: ReaderClient;
  const sent: string[] = [];

  beforeEach(async () => {
    carried = await (carriers['in memory'] as NonNullable<(typeof carriers)[string]>)({ pace: 1 });
    client = new ReaderClient({
      transport: carried.transport(),
      environment: new HurriedEnvironment(),
      requestTimeout: LATE,
    });
    sent.length = 0;
    client.subscribe('message', ({ direction }) => {
      if (direction === 'to-reader') sent.push(direction);
    });
    await client.connect();
  });
  afterEach(async () => {
    client.disconnect();
    await carried.close();
  });

  const errorOf = async (promise: Promise<unknown>): Promise<ReaderError> =>
    (await promise.catch((cause: unknown) => cause)) as ReaderError;

  test.each([
    ['an id that is not one', '0200000', some(3), {}, 'file-id'],
    ['nothing', FILE, some(0), {}, 'file-empty'],
    ['too much', FILE, new Uint8Array(1_000_001), {}, 'file-too-large'],
    ['a long name', FILE, some(3), { name: 'x'.repeat(33) }, 'file-name'],
    ['a name that is not ASCII', FILE, some(3), { name: 'é' }, 'file-name'],
    ['no name', FILE, some(3), { name: '' }, 'file-name'],
  ] as const)('%s is refused before anything goes out', async (_, fileId, contents, options, because) => {
    const error = await errorOf(client.sendFile(fileId, contents, options));
    expect(error).toMatchObject({ code: 'bad-file', because: { code: because } });
    expect(sent).toEqual([]);
  });

  test('a file that is not firmware is refused before anything goes out', async () => {
    const error = await errorOf(client.updateFirmware(some(1_000)));
    expect(error).toMatchObject({ code: 'bad-file', because: { code: 'firmware-unknown' } });
    expect(sent).toEqual([]);
  });

  test('nothing is sent during a sale', async () => {
    const sale = client.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => Promise.resolve(true) });
    expect(await codeOf(client.sendFile(FILE, some(3)))).toBe('transaction-in-progress');
    expect(await codeOf(client.updateFirmware(firmwareFile('0200')))).toBe('transaction-in-progress');
    await sale.cancel();
  });

  test('a file that is meant for another reader is not sent', async () => {
    const { serialNumber } = await client.getDeviceInfo();
    const error = await errorOf(client.sendFile(FILE, some(3), { serialNumber: 'C0FFEE1' }));
    expect(error).toMatchObject({
      code: 'other-reader',
      because: { code: 'firmware-other-reader', values: { was: 'C0FFEE1', is: serialNumber } },
    });
    expect(await codeOf(client.readFile(FILE))).toBe('rejected');
    expect(await client.sendFile(FILE, some(3), { serialNumber })).toMatchObject({ length: 3 });
  });

  test('a file that the reader does not have is rejected', async () => {
    expect(await codeOf(client.readFile('05000000'))).toBe('rejected');
  });

  test('what was given up before it was sent does not go out', async () => {
    expect(await codeOf(client.sendFile(FILE, some(3), { signal: AbortSignal.abort() }))).toBe('aborted');
    expect(sent).toEqual([]);
  });

  test('firmware is loaded, put into use, and its version compared after the restart', async () => {
    const steps: string[] = [];
    const update = await client.updateFirmware(firmwareFile('0200'), { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['checking', 'loading', 'committing', 'restarting', 'verifying']);
    expect(update).toMatchObject({ kind: 'main', isNew: true, versionBefore: 'SIM-MAIN-1.0-SIMULATED' });
    expect(update.versionAfter).toMatch(/^SIM-[0-9A-F]{8}$/);
    // The same again is told by the reader, and nothing restarts.
    const again = await client.updateFirmware(firmwareFile('0200'));
    expect(again).toEqual({
      kind: 'main',
      isNew: false,
      versionBefore: update.versionAfter,
      versionAfter: update.versionAfter,
    });
    expect(carried.reader.face.state).toBe('idle');
  });
});
