/** Options that nobody knows are refused with their name, before anything is sent. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';

let reader: SimulatedReader;
let client: ReaderClient;

beforeEach(async () => {
  reader = new SimulatedReader({ pace: 1 });
  client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await client.connect();
});

afterEach(() => {
  client.disconnect();
  reader.close();
});

/** Options as plain JavaScript may have them. */
const wrong = (options: object): never => ({ ...options, timout: 5 }) as never;

const calls: Record<string, () => unknown> = {
  connect: () => client.connect(wrong({})),
  request: () => client.request('AA00810401011F0184021F01', wrong({})),
  startTransaction: () => client.startTransaction(wrong({ amount: '1', currency: 'JPY' })),
  autoStart: () => client.autoStart(wrong({ on: 'tap', start: () => undefined })),
  getDeviceInfo: () => client.getDeviceInfo(wrong({})),
  setDeviceLock: () => client.setDeviceLock(wrong({ locked: true, passcode: '1234' })),
  requestPin: () => client.requestPin(wrong({})),
  requestSignature: () => client.requestSignature(wrong({})),
  readBarcode: () => client.readBarcode(wrong({})),
  readTag: () => client.readTag(wrong({})),
  writeTag: () => client.writeTag(wrong({ records: [], confirm: () => true })),
  readClassicTag: () => client.readClassicTag(wrong({ sectors: [1], key: 'FFFFFFFFFFFF' })),
  writeClassicTag: () => client.writeClassicTag(wrong({ sector: 1, block: 0, key: 'FFFFFFFFFFFF' })),
  sendFile: () => client.sendFile('00000000', new Uint8Array(1), wrong({})),
  readFile: () => client.readFile('00000000', wrong({})),
  checkFirmware: () => client.checkFirmware(new Uint8Array(1), wrong({})),
  updateFirmware: () => client.updateFirmware(new Uint8Array(1), wrong({})),
  showMessage: () => client.showMessage(3, wrong({})),
  showImage: () => client.showImage(1, wrong({})),
  playTones: () => client.playTones([], wrong({})),
};

/** What cannot be asked for while a sale runs, or what another sale is started with. */
const duringSale = Object.entries(calls).filter(([name]) => !['connect', 'request', 'autoStart'].includes(name));

test.each(duringSale)('%s, also during a sale', async (_, call) => {
  const sale = client.startTransaction({ amount: '1', currency: 'JPY' });
  const code = await Promise.resolve()
    .then(call)
    .catch((error: unknown) => (error as Partial<ReaderError>).code);
  expect(code).toBe('bad-option');
  await sale.cancel();
});

test.each(Object.entries(calls))('%s', async (_, call) => {
  const before = client.journal.end;
  const refused = await Promise.resolve()
    .then(call)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(refused).toMatchObject({ code: 'bad-option', because: { code: 'option', values: { name: 'timout' } } });
  expect(client.journal.end).toBe(before);
});

test('a new client', () => {
  expect(() => new ReaderClient(wrong({ transport: new SimulatedTransport(reader) }))).toThrow(/timout/);
});
