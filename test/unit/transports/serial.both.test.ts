/** Particulars of a serial port; what a client does over it is in the tests of the client, over every carrier. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { SerialTransport, type SerialTransportOptions } from '../../../src/transports/serial.js';
import { codeOf } from '../../support/code-of.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { FakeSerial, FakeSerialPort } from '../../support/fake-serial.js';

const CANCEL = 'AA0081040113100884021008';

let serial: FakeSerial;
let port: FakeSerialPort;
let sink: CollectingSink;
const transports: SerialTransport[] = [];

beforeEach(() => {
  serial = new FakeSerial();
  port = new FakeSerialPort();
  sink = new CollectingSink();
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await turn();
};

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  await until(() => serial.listening === 0);
});

function make(options: SerialTransportOptions = {}): SerialTransport {
  const transport = new SerialTransport({ serial, ...options });
  transports.push(transport);
  return transport;
}

async function opened(): Promise<SerialTransport> {
  serial.plugIn(port, { isPermitted: true });
  const transport = make();
  await transport.open(sink);
  return transport;
}

describe('permission', () => {
  test('a port that is permitted already is opened without asking, at 115,200 baud', async () => {
    await opened();
    expect(serial.choosers).toBe(0);
    expect(port.openings).toMatchObject([{ baudRate: 115_200 }]);
  });

  test('a click lets the person choose, and is announced; without one the person is told', async () => {
    serial.plugIn(port);
    expect(await codeOf(make().open(sink))).toBe('not-chosen');
    serial.isUserActive = true;
    expect(await codeOf(make().open(sink, { unattended: true }))).toBe('not-chosen');
    expect(serial.choosers).toBe(0);
    const told: boolean[] = [];
    await make().open(sink, { waiting: (isWaiting) => told.push(isWaiting) });
    expect(told).toEqual([true, false]);
    expect(serial.choosers).toBe(1);
  });

  test('a chooser that is closed is permission that is still needed', async () => {
    serial.isUserActive = true;
    serial.choose = () => undefined;
    expect(await codeOf(make().open(sink))).toBe('not-chosen');
  });

  test.runIf(!('navigator' in globalThis && 'serial' in navigator))(
    'a browser without Web Serial is told apart',
    async () => {
      expect(await codeOf(new SerialTransport().open(sink))).toBe('unsupported');
    },
  );
});

describe('which port', () => {
  test('is the one of the adapter that is named', async () => {
    const other = new FakeSerialPort({ usbProductId: 0x2023 });
    serial.plugIn(port, { isPermitted: true });
    serial.plugIn(other, { isPermitted: true });
    await make({ device: '2023' }).open(sink);
    expect([port.isOpen, other.isOpen]).toEqual([false, true]);
  });

  test('is in use where another part of the page has it', async () => {
    await opened();
    expect(await codeOf(make().open(new CollectingSink()))).toBe('already-open');
  });

  test('that the system does not give away is unreachable', async () => {
    serial.plugIn(port, { isPermitted: true });
    port.opening = () => Promise.reject(Object.assign(new Error('no'), { name: 'NetworkError' }));
    expect(await codeOf(make().open(sink))).toBe('unreachable');
  });
});

describe('messages', () => {
  test('go out whole, one after the other, and that is told', async () => {
    const transport = await opened();
    const first = transport.send(parseHex(CANCEL));
    await Promise.all([first, transport.send(parseHex('C0'))]);
    expect(toHex(Uint8Array.from(port.bytes))).toBe(`C0000000000C${CANCEL}C0C00000000001DBDCC0`);
  });

  test('come in whole', async () => {
    await opened();
    const long = `AA00${'C0DB'.repeat(3_000)}`;
    port.deliver(parseHex(CANCEL));
    port.deliver(parseHex(long));
    await sink.until(({ messages }) => messages.length === 2);
    expect(sink.messages).toEqual([CANCEL, long]);
  });

  test('survive a line error, which costs the one that was arriving', async () => {
    await opened();
    port.raw([0xc0, 1, 0, 0, 0, 9, 0xaa]);
    await turn();
    port.overrun();
    await turn();
    port.deliver(parseHex(CANCEL));
    port.deliver(parseHex(CANCEL));
    await sink.until(({ messages }) => messages.length === 2);
    expect(sink.noises).toEqual(['serial bytes of another length than they say']);
    expect(sink.closes).toEqual([]);
  });

  test('of a stream that stays when it has ended are not asked for again and again', async () => {
    await opened();
    port.breakDown();
    await sink.until(({ closes }) => closes.length === 1);
    expect(sink.closes).toMatchObject([{ kind: 'lost', because: { code: 'serial-unplugged' } }]);
    await until(() => !port.isOpen);
  });

  test('that the port does not take end the connection', async () => {
    const transport = await opened();
    port.writing = () => Promise.reject(new Error('gone'));
    await transport.send(parseHex(CANCEL));
    expect(sink.closes).toMatchObject([{ kind: 'lost', because: { code: 'serial-stalled' } }]);
    await until(() => !port.isOpen);
  });
});

describe('closing', () => {
  test('is told once, closes the port, and lets it be opened again', async () => {
    const transport = await opened();
    transport.close();
    transport.close();
    expect(sink.closes).toEqual([{ kind: 'requested' }]);
    await transport.open(sink);
    expect(port.openings).toHaveLength(2);
  });

  test('while it opens leaves nothing open', async () => {
    serial.plugIn(port, { isPermitted: true });
    const transport = make();
    const opening = codeOf(transport.open(sink));
    transport.close();
    expect(await opening).toBe('not-open');
    await turn();
    await turn();
    expect(port.isOpen).toBe(false);
  });
});

describe('the plug', () => {
  test('pulled out is a lost connection, told once; put in again it is reopened without asking', async () => {
    const transport = await opened();
    serial.pullOut(port);
    expect(sink.closes).toEqual([
      { kind: 'lost', text: 'The serial port is gone.', because: { code: 'serial-unplugged' } },
    ]);
    serial.isUserActive = true;
    const again = transport.open(sink);
    await turn();
    const returned = serial.replug(port);
    await again;
    expect(returned.isOpen).toBe(true);
    expect(serial.choosers).toBe(0);
  });

  test('of another adapter is not taken instead', async () => {
    const transport = await opened();
    const neighbour = new FakeSerialPort();
    serial.plugIn(neighbour, { isPermitted: true });
    serial.pullOut(port);
    const again = transport.open(sink);
    const other = new FakeSerialPort({ usbProductId: 0x2023 });
    serial.plugIn(other, { isPermitted: true });
    await turn();
    expect([neighbour.isOpen, other.isOpen]).toEqual([false, false]);
    serial.replug(port);
    await again;
  });

  test('is told to whoever watches', () => {
    let arrivals = 0;
    const stop = make().onArrival(() => arrivals++);
    serial.plugIn(port, { isPermitted: true });
    expect(arrivals).toBe(1);
    stop();
  });
});
