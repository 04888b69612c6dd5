/** A client with a reader on USB: packets, permission and plugs, with time in the test's hands. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { HidTransport } from '../../../src/transports/hid.js';
import { codeOf } from '../../support/code-of.js';
import { FakeHid, FakeHidDevice } from '../../support/fake-hid.js';
import { ManualClock } from '../../support/manual-clock.js';

const GET_SERIAL = commands.getProperty({ oid: '2.2.1.1.1.1' });

let hid: FakeHid;
let device: FakeHidDevice;
let clock: ManualClock;
let client: ReaderClient;
let errors: ReaderError[];

beforeEach(() => {
  hid = new FakeHid();
  device = new FakeHidDevice({ reader: new SimulatedReader({ pace: 0 }) });
  clock = new ManualClock();
  client = new ReaderClient({ transport: new HidTransport({ hid }), environment: clock, livenessCheck: false });
  errors = [];
  client.subscribe('error', ({ error }) => errors.push(error));
});

afterEach(() => {
  client.disconnect();
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await turn();
};

describe('a page that is there before the reader', () => {
  const autoConnect = (): Promise<string> => codeOf(client.connect({ persist: true, unattended: true }));

  test('says what to do, and connects when the reader is plugged in', async () => {
    expect(await autoConnect()).toBe('not-chosen');
    expect(client.state).toBe('failed');
    hid.plugIn(device, { isPermitted: true });
    await until(() => client.state === 'ready');
    expect((await client.request(GET_SERIAL)).status.ok).toBe(true);
  });

  test('goes on waiting when the first reader that comes cannot be opened', async () => {
    await autoConnect();
    const denied = new FakeHidDevice();
    denied.opening = () => Promise.reject(Object.assign(new Error('Failed to open.'), { name: 'InvalidStateError' }));
    hid.plugIn(denied, { isPermitted: true });
    await until(() => client.error?.code === 'in-use');
    hid.pullOut(denied);
    hid.plugIn(device, { isPermitted: true });
    await until(() => client.state === 'ready');
  });

  test('listens no more once it is closed', async () => {
    await autoConnect();
    client.disconnect();
    expect(hid.listening).toBe(0);
    hid.plugIn(device, { isPermitted: true });
    await turn();
    expect(device.openings).toBe(0);
  });

  test('never shows a chooser by itself, also while somebody clicks', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    expect(await autoConnect()).toBe('not-chosen');
    expect(hid.choosers).toBe(0);
  });
});

test('a person may think as long as they like before the chooser', async () => {
  hid.plugIn(device);
  hid.isUserActive = true;
  let choose: () => void = () => undefined;
  hid.thinking = () => new Promise((resolve) => (choose = resolve));
  const connected = codeOf(client.connect());
  await until(() => hid.choosers === 1);
  await clock.letPass(600_000);
  choose();
  expect(await connected).toBe('resolved');
});

test('a reader that is unplugged is waited for without an end, and the state goes on saying why', async () => {
  hid.plugIn(device, { isPermitted: true });
  await client.connect();
  hid.pullOut(device);
  expect(client.error).toMatchObject({ code: 'connection-lost', because: { code: 'usb-unplugged' } });
  expect(client.error?.help).toContain('Plug the reader in again');
  await clock.letPass(5_000);
  await turn();
  await clock.letPass(3_600_000);
  expect(client.error).toMatchObject({ because: { code: 'usb-unplugged' } });
  hid.replug(device);
  await until(() => client.state === 'ready');
});

test('a reader that the system does not give away has a remedy that speaks of the system, not of networks', async () => {
  device.opening = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
  hid.plugIn(device, { isPermitted: true });
  const error = (await client.connect().catch((cause: unknown) => cause)) as ReaderError;
  expect(error.code).toBe('unreachable');
  expect(error.help).toContain('udev');
  expect(error.help).not.toMatch(/network|wss/);
});

describe('a long command', () => {
  /** As long as an image: more than 2,400 reports. */
  const IMAGE = commands.showBitmap({ bitmap: new Uint8Array(150_000) });

  test('has its time limit from when its last report is out', async () => {
    hid.plugIn(device, { isPermitted: true });
    await client.connect();
    let go: () => void = () => undefined;
    const stop = new Promise<void>((resolve) => (go = resolve));
    device.sending = () => (device.reports.length < 1_000 ? Promise.resolve() : stop);
    const answer = codeOf(client.request(IMAGE, { timeout: 5 }));
    await until(() => device.reports.length === 1_000);
    await clock.letPass(60_000);
    go();
    device.sending = () => Promise.resolve();
    expect(await answer).toBe('resolved');
  });

  test('that is not answered times out all the same', async () => {
    device = new FakeHidDevice();
    device.sending = () => Promise.resolve();
    hid.plugIn(device, { isPermitted: true });
    await client.connect();
    const answer = codeOf(client.request(IMAGE, { timeout: 5 }));
    await until(() => device.reports.at(-1)?.[0] === 3);
    await turn();
    await clock.letPass(5_000);
    expect(await answer).toBe('timeout');
  });
});

test('lost reports are one error a message, in the words of the carrier', async () => {
  hid.plugIn(device, { isPermitted: true });
  await client.connect();
  device.setLate(true);
  device.deliver(new Uint8Array(60_000).fill(0x5a));
  device.deliver(new Uint8Array(60_000).fill(0x5a));
  device.setLate(false);
  device.report([2, 0, 99, 1]);
  device.report([3, 20, 1]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: 'bad-message', because: { code: 'parts-lost' } });
  expect(errors[0]?.detail).not.toContain('hexadecimal');
  expect((await client.request(GET_SERIAL)).status.ok).toBe(true);
});
