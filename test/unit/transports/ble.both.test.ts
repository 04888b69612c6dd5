/** Particulars of Bluetooth; what a client does over it is in the tests of the client, over every carrier. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { BleTransport, type BleTransportOptions } from '../../../src/transports/ble.js';
import { codeOf } from '../../support/code-of.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { FakeBle, FakeBleDevice } from '../../support/fake-ble.js';

const CANCEL = 'AA0081040113100884021008';
const LONG = `AA00810401010000${'5A'.repeat(1_000)}`;

let bluetooth: FakeBle;
let device: FakeBleDevice;
let sink: CollectingSink;
const transports: BleTransport[] = [];

beforeEach(() => {
  bluetooth = new FakeBle();
  device = new FakeBleDevice();
  sink = new CollectingSink();
});

afterEach(() => {
  for (const transport of transports.splice(0)) transport.close();
  expect(device.listening).toBe(0);
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

function make(options: BleTransportOptions = {}): BleTransport {
  const transport = new BleTransport({ bluetooth, ...options });
  transports.push(transport);
  return transport;
}

async function opened(): Promise<BleTransport> {
  bluetooth.bring(device, { isPermitted: true });
  const transport = make();
  await transport.open(sink);
  return transport;
}

describe('permission', () => {
  test('a reader that is permitted already is connected to without asking', async () => {
    await opened();
    expect(device.gatt.connected).toBe(true);
    expect(bluetooth.choosers).toBe(0);
  });

  test('a click lets the person choose, and is announced; without one the person is told', async () => {
    bluetooth.bring(device);
    expect(await codeOf(make().open(sink))).toBe('not-chosen');
    bluetooth.isUserActive = true;
    expect(await codeOf(make().open(sink, { unattended: true }))).toBe('not-chosen');
    const told: boolean[] = [];
    await make().open(sink, { waiting: (isWaiting) => told.push(isWaiting) });
    expect(told).toEqual([true, false]);
  });

  test('a reader that was chosen is connected to again without asking, also where the browser has no list', async () => {
    bluetooth.bring(device);
    bluetooth.isUserActive = true;
    Object.defineProperty(bluetooth, 'getDevices', { value: undefined });
    const transport = make();
    await transport.open(sink);
    transport.close();
    bluetooth.isUserActive = false;
    await transport.open(sink);
    expect(bluetooth.choosers).toBe(1);
    expect(device.connections).toBe(2);
  });

  test('a chooser that is closed is permission that is still needed', async () => {
    bluetooth.isUserActive = true;
    bluetooth.choose = () => undefined;
    expect(await codeOf(make().open(sink))).toBe('not-chosen');
  });

  test('another reader than the one that is named is not taken', async () => {
    bluetooth.bring(device);
    bluetooth.isUserActive = true;
    expect(await codeOf(make({ device: 'DynaFlex II Go 2' }).open(sink))).toBe('unreachable');
    expect(device.gatt.connected).toBe(false);
  });

  test.runIf(!('navigator' in globalThis && 'bluetooth' in navigator))(
    'a browser without Web Bluetooth is told apart',
    async () => {
      expect(await codeOf(new BleTransport().open(sink))).toBe('unsupported');
    },
  );
});

test('a reader that cannot be reached is unreachable, and nothing is left', async () => {
  bluetooth.bring(device, { isPermitted: true });
  device.connecting = () => Promise.reject(Object.assign(new Error('no'), { name: 'NetworkError' }));
  expect(await codeOf(make().open(sink))).toBe('unreachable');
  expect(device.listening).toBe(0);
});

test('a reader that this page has is in use', async () => {
  await opened();
  expect(await codeOf(make().open(new CollectingSink()))).toBe('already-open');
});

describe('messages', () => {
  test('go out in packets, one message after the other, and that is told', async () => {
    const transport = await opened();
    const first = transport.send(parseHex(LONG));
    await Promise.all([first, transport.send(parseHex(CANCEL))]);
    expect(device.packets.map((packet) => toHex(packet.subarray(0, 2)))).toEqual([
      '0000',
      '0001',
      '0002',
      '0003',
      '0004',
      '0100',
    ]);
    expect(toHex(device.packets.at(-1)!.subarray(7))).toBe(CANCEL);
  });

  test('come in whole', async () => {
    await opened();
    device.deliver(parseHex(LONG));
    device.deliver(parseHex(CANCEL));
    expect(sink.messages).toEqual([LONG, CANCEL]);
    expect(sink.noises).toEqual([]);
  });

  test('that the reader does not take end the connection', async () => {
    const transport = await opened();
    device.writing = () => Promise.reject(new Error('gone'));
    await transport.send(parseHex(CANCEL));
    expect(sink.closes).toMatchObject([{ kind: 'lost', because: { code: 'ble-stalled' } }]);
    expect(device.gatt.connected).toBe(false);
  });
});

test('out of reach is a lost connection, told once; in reach the same reader is connected to again', async () => {
  const transport = await opened();
  device.lose();
  expect(sink.closes).toEqual([
    { kind: 'lost', text: 'The Bluetooth connection was lost.', because: { code: 'ble-lost' } },
  ]);
  await transport.open(sink, { unattended: true });
  expect(device.connections).toBe(2);
  expect(bluetooth.choosers).toBe(0);
});

test('closing while it connects leaves nothing connected', async () => {
  bluetooth.bring(device, { isPermitted: true });
  const transport = make();
  const opening = codeOf(transport.open(sink));
  transport.close();
  expect(await opening).toBe('not-open');
  await turn();
  await turn();
  expect(device.gatt.connected).toBe(false);
});
