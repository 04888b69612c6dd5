/** What a reader is: model, lock, keys, battery and volume, from the carrier and from the reader itself; and its lock. */
import { afterEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { DeviceLockOptions } from '../../../src/device/device-lock.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { toHex } from '../../../src/mms/hex.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { readKeyStatus } from '../../../src/mms/views/key-status.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { HidTransport } from '../../../src/transports/hid.js';
import { MqttTransport } from '../../../src/transports/mqtt.js';
import type { Transaction } from '../../../src/transactions/transaction.js';
import { WebSocketTransport } from '../../../src/transports/web-socket.js';
import { productOf } from '../../../src/transports/hid-device.js';
import { codeOf } from '../../support/code-of.js';
import { errorOfPromise } from '../../support/error-of.js';

const clients: ReaderClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

async function connected(options: SimulatedReaderOptions = {}) {
  const reader = new SimulatedReader(options);
  const client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  clients.push(client);
  await client.connect();
  return { reader, client };
}

describe('device information', () => {
  test('says what the reader is and in what condition', async () => {
    const { client, reader } = await connected({ serialNumber: 'B603226' });
    reader.startFault('low-battery');
    expect(await client.getDeviceInfo()).toMatchObject({
      ...{ model: 'Simulated reader', serialNumber: 'B603226', firmware: 'SIM-MAIN-1.0-SIMULATED' },
      ...{ volume: 100, locked: false, keys: 'test', wireless: ['Wi-Fi'] },
    });
    expect((await client.getDeviceInfo()).batteryLevel).toBe(5);
  });

  test('leaves out what the reader refuses to tell', async () => {
    const { client, reader } = await connected();
    client.subscribe('message', ({ message }) => {
      // The battery is asked for last: the next question is about the keys.
      if (message.kind === 'response' && message.id === 0xd101 && toHex(message.bytes).includes('C40164'))
        reader.refuseNext('010113');
    });
    const info = await client.getDeviceInfo();
    expect(info).not.toHaveProperty('keys');
    expect(info.batteryLevel).toBe(100);
  });

  test.each([
    ['P', '50524F44', 'production'],
    ['T', '54455354', 'test'],
    ['another letter', '58', undefined],
  ])('reads keys that begin with %s', (_, hex, status) => {
    const inner = `82${toHex(Uint8Array.of(hex.length / 2))}${hex}`;
    const payload = `EF11A2${toHex(Uint8Array.of(inner.length / 2))}${inner}`;
    const message = `AA0081048201EF1182040000000084${toHex(Uint8Array.of(payload.length / 2))}${payload}`;
    expect(readKeyStatus(decodeMessage(message))).toBe(status);
  });
});

describe('the model', () => {
  const broker = (device: string): string | undefined =>
    new MqttTransport('wss://broker.example', { device }).readerModel;

  test('is the level of a broker’s path before the serial number', () => {
    expect(broker('MagTek/Shop12/DynaFlexIIPED/B571AF2')).toBe('DynaFlexIIPED');
    expect(broker('MagTek/US/NY/NewYork/Till1/DynaFlex/B571AF2')).toBe('DynaFlex');
    expect(broker('tills/B571AF2')).toBeUndefined();
  });

  test('is the product on USB, by its name or its published id, once a reader is open', () => {
    const device = { productId: 0x2024, productName: '' } as Parameters<typeof productOf>[0];
    expect(productOf({ ...device, productName: 'DynaFlex II Go ' })).toBe('DynaFlex II Go');
    expect(productOf(device)).toBe('DynaFlex II Go');
    expect(productOf({ ...device, productId: 0x2099 })).toBeUndefined();
    expect(new HidTransport().readerModel).toBeUndefined();
  });

  test('is unknown where the carrier does not say', () => {
    expect(new ReaderClient({ transport: new WebSocketTransport('wss://reader.example') }).model).toBe('unknown');
  });
});

describe('the lock', () => {
  const passcode = '1234';

  test('is closed and opened again; in between the reader refuses sales and settings, and still says who it is', async () => {
    const { client } = await connected();
    expect(await client.setDeviceLock({ locked: true, passcode })).toBe(true);
    expect(await client.getDeviceInfo()).toMatchObject({ locked: true, serialNumber: 'B571AF2' });
    const sale = await client.startTransaction({ amount: '1.00', currency: 'EUR' }).result;
    expect(sale).toMatchObject({ outcome: 'failed', error: { status: { code: 'device-locked' } } });
    expect(client.health.map(({ kind }) => kind)).toContain('lock');
    expect(await client.setDeviceLock({ locked: false, passcode })).toBe(false);
    expect((await client.getDeviceInfo()).locked).toBe(false);
  });

  test('is left as it is where a sale begins while the reader is asked who it is', async () => {
    const { client } = await connected();
    const sent: number[] = [];
    let sale: Transaction | undefined;
    client.subscribe('message', ({ direction, message }) => {
      if (direction !== 'to-reader') return;
      sent.push(message.id);
      if (message.id === 0xd101)
        sale ??= client.startTransaction({ amount: '1.00', currency: 'EUR', authorize: () => true });
    });
    const error = await errorOfPromise(client.setDeviceLock({ locked: true, passcode, serialNumber: 'B571AF2' }));
    expect(error.code).toBe('transaction-in-progress');
    expect(sent).not.toContain(0xef06);
    await sale?.cancel();
  });

  test('is not opened by a wrong passcode, and no passcode is in the journal or in an error', async () => {
    const { client } = await connected();
    const wrong = 'shop-secret-77';
    const error = await errorOfPromise(client.setDeviceLock({ locked: true, passcode: wrong }));
    expect(error).toMatchObject({ code: 'rejected' });
    const hex = toHex(new TextEncoder().encode(wrong));
    const all = exportJournal(client.journal.entries) + JSON.stringify(error) + error.message;
    expect(all).not.toContain(hex);
    expect(all).not.toContain(wrong);
    expect((await client.getDeviceInfo()).locked).toBe(false);
  });

  test.each([
    ['too short', '123'],
    ['too long', 'x'.repeat(64)],
    ['not ASCII', 'pässcode'],
  ])('takes no passcode that is %s, and sends nothing', async (_, wrong) => {
    const { client } = await connected();
    const error = await errorOfPromise(client.setDeviceLock({ locked: true, passcode: wrong }));
    expect(error).toMatchObject({ code: 'bad-option', because: { values: { name: 'passcode' } } });
    expect(error.message).not.toContain(wrong);
    expect([...client.journal.entries].filter(({ direction }) => direction === 'to-reader')).toEqual([]);
  });

  test.each([
    ['locked', { locked: 'false', passcode }],
    ['locked', { passcode }],
    ['passcode', { locked: true, passcode: 1234 }],
    ['passcode', { locked: true, passcode: [1, 2, 3, 4] }],
    ['passcode', { locked: true }],
  ])('takes no %s of another type, and sends nothing', async (name, options) => {
    const { client } = await connected();
    const error = await errorOfPromise(client.setDeviceLock(options as unknown as DeviceLockOptions));
    expect(error).toMatchObject({ code: 'bad-option', because: { values: { name } } });
    expect([...client.journal.entries].filter(({ direction }) => direction === 'to-reader')).toEqual([]);
  });

  test.each(['cut', 'given up'])('is not said to be as it was asked for where its state is %s', async (how) => {
    const { client } = await connected();
    const controller = new AbortController();
    client.subscribe('response', () => {
      if (how === 'cut') client.disconnect();
      else controller.abort();
    });
    const error = await errorOfPromise(client.setDeviceLock({ locked: true, passcode, signal: controller.signal }));
    expect(error.code).toBe(how === 'cut' ? 'connection-lost' : 'aborted');
    expect(error.because?.code).toBe('lock-not-verified');
    expect(error.help).toContain('before the command is sent again');
  });

  test('is for the reader that was meant, and not during a sale', async () => {
    const { client, reader } = await connected();
    expect(await codeOf(client.setDeviceLock({ locked: true, passcode, serialNumber: 'B603226' }))).toBe(
      'other-reader',
    );
    const sale = client.startTransaction({ amount: '1.00', currency: 'EUR' });
    expect(await codeOf(client.setDeviceLock({ locked: true, passcode }))).toBe('transaction-in-progress');
    reader.cancel();
    client.cancelTransaction().catch(() => undefined);
    await sale.result;
  });
});
