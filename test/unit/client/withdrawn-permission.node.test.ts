/** A person takes the permission for a reader away in the browser’s settings, or the page does with `forget()`, while a sale runs. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { BleTransport } from '../../../src/transports/ble.js';
import { HidTransport } from '../../../src/transports/hid.js';
import { SerialTransport } from '../../../src/transports/serial.js';
import type { Transport } from '../../../src/transports/transport.js';
import { codeOf } from '../../support/code-of.js';
import { FakeBle, FakeBleDevice } from '../../support/fake-ble.js';
import { FakeHid, FakeHidDevice } from '../../support/fake-hid.js';
import { FakeSerial, FakeSerialPort } from '../../support/fake-serial.js';

/** A page that may use a reader, and what a person does. */
interface Desk {
  readonly transport: Transport;
  withdraw(): void;
  /** Pulls the cable out, whose event comes a moment after the reader is off the list. Returns how it is put in again. */
  pullOut?(): () => void;
  click(isActive: boolean): void;
  choosers(): number;
}

const desks: Readonly<Record<string, (reader: SimulatedReader) => Desk>> = {
  USB: (reader) => {
    const hid = new FakeHid();
    const device = new FakeHidDevice({ reader });
    hid.plugIn(device, { isPermitted: true });
    return {
      transport: new HidTransport({ hid }),
      withdraw: () => hid.withdraw(device),
      pullOut: () => {
        hid.pullOut(device, 50);
        return () => hid.replug(device);
      },
      click: (isActive) => (hid.isUserActive = isActive),
      choosers: () => hid.choosers,
    };
  },
  'a serial port': (reader) => {
    const serial = new FakeSerial();
    const port = new FakeSerialPort({ reader });
    serial.plugIn(port, { isPermitted: true });
    return {
      transport: new SerialTransport({ serial }),
      withdraw: () => serial.withdraw(port),
      pullOut: () => {
        serial.pullOut(port, 50);
        return () => serial.replug(port);
      },
      click: (isActive) => (serial.isUserActive = isActive),
      choosers: () => serial.choosers,
    };
  },
  Bluetooth: (reader) => {
    const bluetooth = new FakeBle();
    const device = new FakeBleDevice({ reader });
    bluetooth.bring(device, { isPermitted: true });
    return {
      transport: new BleTransport({ bluetooth }),
      withdraw: () => bluetooth.withdraw(device),
      click: (isActive) => (bluetooth.isUserActive = isActive),
      choosers: () => bluetooth.choosers,
    };
  },
};

describe.each(Object.entries(desks))('over %s', (_, make) => {
  let reader: SimulatedReader;
  let desk: Desk;
  let client: ReaderClient;

  beforeEach(async () => {
    reader = new SimulatedReader({ pace: 0 });
    desk = make(reader);
    client = new ReaderClient({ transport: desk.transport, livenessCheck: false });
    await client.connect();
  });

  afterEach(() => {
    client.disconnect();
  });

  test('the sale is unknown, the state says to choose the reader, and a click on “Open” makes the next sale possible', async () => {
    const sale = client.startTransaction({ amount: '4.60', currency: 'EUR', accept: ['tap'] });
    await vi.waitFor(() => {
      expect(sale.phase).toBe('waiting-for-card');
    });
    desk.withdraw();
    // Nothing tells of it on USB before something is sent.
    client.getDeviceInfo().catch(() => undefined);
    expect((await sale.result).outcome).toBe('unknown');
    await vi.waitFor(() => {
      expect(client.error?.code).toBe('not-chosen');
    });
    expect(['closed', 'failed']).toContain(client.state);
    expect(client.error?.help).toContain('with a click');

    desk.click(true);
    // A browser that does not list what a page may use says so only when it is asked.
    expect(await codeOf(client.connect())).toBe('resolved');
    expect(desk.choosers()).toBe(1);
    expect((await client.getDeviceInfo()).serialNumber).toBeTruthy();
  });

  test('a cable that was pulled out is not taken for that, and the reader is back when it is put in again', async () => {
    const putIn = desk.pullOut?.();
    if (!putIn) return;
    client.getDeviceInfo().catch(() => undefined);
    await vi.waitFor(() => {
      expect(client.state).toBe('reconnecting');
    });
    putIn();
    await vi.waitFor(() => {
      expect(client.state).toBe('ready');
    });
    expect(desk.choosers()).toBe(0);
  });
});
