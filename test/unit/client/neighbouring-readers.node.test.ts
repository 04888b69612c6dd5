/** Two readers of one model at one computer, which only their serial numbers tell apart: a till keeps its own. */
import { afterEach, expect, test, vi } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { IdentifiedTransport } from '../../../src/page/identified-transport.js';
import { serialNumberQuestion } from '../../../src/page/serial-number.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { HidTransport } from '../../../src/transports/hid.js';
import { SerialTransport } from '../../../src/transports/serial.js';
import type { Transport } from '../../../src/transports/transport.js';
import { FakeHid, FakeHidDevice } from '../../support/fake-hid.js';
import { FakeSerial, FakeSerialPort } from '../../support/fake-serial.js';

const OURS = 'B603226';
const THEIRS = 'B571AF2';
const NEW = 'B547D37';

/** A computer; readers are named by their serial numbers. */
interface Computer {
  readonly transport: Transport;
  plugIn(serialNumber: string): void;
  pullOut(serialNumber: string): void;
}

const make = (serialNumber: string): SimulatedReader => new SimulatedReader({ pace: 0, serialNumber });

const computers: Readonly<Record<string, () => Computer>> = {
  USB: () => {
    const hid = new FakeHid();
    const devices = new Map<string, FakeHidDevice>();
    return {
      transport: new HidTransport({ hid }),
      plugIn: (name) => {
        const device = devices.get(name)?.again() ?? new FakeHidDevice({ reader: make(name) });
        devices.set(name, device);
        hid.plugIn(device, { isPermitted: true });
      },
      pullOut: (name) => hid.pullOut(devices.get(name)!),
    };
  },
  'serial ports': () => {
    const serial = new FakeSerial();
    const ports = new Map<string, FakeSerialPort>();
    return {
      transport: new SerialTransport({ serial }),
      plugIn: (name) => {
        const port = ports.get(name)?.again() ?? new FakeSerialPort({ reader: make(name) });
        ports.set(name, port);
        serial.plugIn(port, { isPermitted: true });
      },
      pullOut: (name) => serial.pullOut(ports.get(name)!),
    };
  },
};

let client: ReaderClient;

afterEach(() => {
  client.disconnect();
});

const until = (isTrue: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      expect(isTrue()).toBe(true);
    },
    { timeout: 10_000 },
  );

const serialNumber = async (): Promise<string | undefined> => (await client.getDeviceInfo()).serialNumber;

async function withBoth(computer: Computer): Promise<void> {
  computer.plugIn(OURS);
  computer.plugIn(THEIRS);
  const transport = new IdentifiedTransport(computer.transport, serialNumberQuestion);
  client = new ReaderClient({ transport, livenessCheck: false });
  await client.connect();
  expect(await serialNumber()).toBe(OURS);
  computer.pullOut(OURS);
}

test.each(Object.entries(computers))(
  'on %s the own reader is taken when it comes back after the other was plugged in again',
  async (_, start) => {
    const computer = start();
    await withBoth(computer);
    computer.pullOut(THEIRS);
    computer.plugIn(THEIRS);
    await until(() => client.error?.code === 'other-reader');
    computer.plugIn(OURS);
    await until(() => client.state === 'ready');
    expect(await serialNumber()).toBe(OURS);
  },
);

test.each(Object.entries(computers))(
  'on %s a click takes the reader that was plugged in instead, not the one of the neighbour',
  async (_, start) => {
    const computer = start();
    await withBoth(computer);
    computer.plugIn(NEW);
    await until(() => client.error?.code === 'other-reader');
    await client.connect();
    expect(await serialNumber()).toBe(NEW);
  },
);
