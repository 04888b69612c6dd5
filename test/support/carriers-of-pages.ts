/**
 * The carriers that Node and pages have: in memory, over a socket that is none, over USB reports,
 * serial bytes and Bluetooth packets. What stands at the other
 * end, they do not know.
 */
import { Server as MockServer, WebSocket as MockSocket } from 'mock-socket/dist/mock-socket.es.mjs';
import { parseHex, toHex } from '../../src/mms/hex.js';
import { BleTransport } from '../../src/transports/ble.js';
import { HidTransport } from '../../src/transports/hid.js';
import { SerialTransport } from '../../src/transports/serial.js';
import type { Transport } from '../../src/transports/transport.js';
import { WebSocketTransport, type WebSocketConstructor } from '../../src/transports/web-socket.js';
import {
  SERVICE_RESTART,
  DoorQueue,
  TRY_AGAIN_LATER,
  unreachable,
  type Carried,
  type Carrier,
  type Door,
  type ReaderEnd,
} from './carrier.js';
import { FakeBle, FakeBleDevice } from './fake-ble.js';
import { dropsAndReturns, FakeHid, FakeHidDevice } from './fake-hid.js';
import { FakeSerial, FakeSerialPort } from './fake-serial.js';
import { FakeTransport } from './fake-transport.js';

const ABNORMAL_CLOSURE = 1006;

function inMemory(reader: ReaderEnd): Promise<Carried> {
  const queue = new DoorQueue();
  const transport = (): Transport => {
    const way = new FakeTransport();
    way.opening = async (signal) => {
      await queue.wait(unreachable);
      signal?.throwIfAborted();
      const port = reader.connect({
        deliver: (bytes) => {
          way.deliver(bytes);
        },
        drop: (code?: number) => {
          way.lose(code);
        },
        cut: () => {
          way.lose();
        },
        noise: () => {
          way.noise('connected');
        },
      });
      if (!port) throw unreachable();
      way.onSend = ({ bytes }) => {
        port.receive(bytes);
      };
      way.onClose = () => {
        port.close();
      };
    };
    return way;
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      queue.set(door);
    },
    close: () => Promise.resolve(),
  });
}

let mockServers = 0;

function overMockSocket(reader: ReaderEnd): Promise<Carried> {
  const url = `ws://localhost/carrier-${String(++mockServers)}`;
  let door: Door = 'open';
  const server = new MockServer(url, { mock: false, verifyClient: () => door === 'open' });
  server.on('connection', (socket) => {
    const port = reader.connect({
      deliver: (bytes) => {
        socket.send(toHex(bytes));
      },
      drop: (code = SERVICE_RESTART) => {
        socket.close({ code, reason: '', wasClean: true });
      },
      cut: () => {
        socket.close({ code: ABNORMAL_CLOSURE, reason: '', wasClean: false });
      },
      noise: () => {
        socket.send('connected');
      },
    });
    if (!port) {
      socket.close({ code: TRY_AGAIN_LATER, reason: '', wasClean: true });
      return;
    }
    socket.on('message', (data) => {
      port.receive(parseHex(data as string));
    });
    socket.on('close', () => {
      port.close();
    });
  });
  return Promise.resolve({
    transport: () => new WebSocketTransport(url, { WebSocket: MockSocket as unknown as WebSocketConstructor }),
    setDoor: (next) => {
      door = next;
    },
    close: () => {
      server.stop();
      return Promise.resolve();
    },
  });
}

/** A reader that leaves the bus comes back at once. */
function overUsbReports(reader: ReaderEnd): Promise<Carried> {
  const queue = new DoorQueue();
  const transport = (): Transport => {
    const hid = new FakeHid();
    let device = new FakeHidDevice({
      reader: {
        connect: (link) =>
          reader.connect({
            ...link,
            cut: link.drop,
            noise: () => {
              device.report([0xee]);
            },
          }),
      },
    });
    device.opening = () => queue.wait(() => Object.assign(new Error('Failed to open.'), { name: 'NotAllowedError' }));
    dropsAndReturns(hid, device, 0, (again) => {
      device = again;
    });
    hid.plugIn(device, { isPermitted: true });
    return new HidTransport({ hid });
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      queue.set(door);
    },
    close: () => Promise.resolve(),
  });
}

/** A reader that ends the connection leaves its port, which comes back at once. */
function overSerialBytes(reader: ReaderEnd): Promise<Carried> {
  const queue = new DoorQueue();
  const transport = (): Transport => {
    const serial = new FakeSerial();
    let port = new FakeSerialPort({
      reader: {
        connect: (link) =>
          reader.connect({
            ...link,
            cut: link.drop,
            noise: () => {
              port.raw([0xee, 0xc0]);
            },
          }),
      },
    });
    port.opening = () => queue.wait(() => Object.assign(new Error('Failed to open.'), { name: 'NetworkError' }));
    const dropsAndReturns = (one: FakeSerialPort): void => {
      one.onDrop = () => {
        serial.pullOut(one);
        setTimeout(() => {
          port = serial.replug(one);
          dropsAndReturns(port);
        });
      };
    };
    dropsAndReturns(port);
    serial.plugIn(port, { isPermitted: true });
    return new SerialTransport({ serial });
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      queue.set(door);
    },
    close: () => Promise.resolve(),
  });
}

function overBluetoothPackets(reader: ReaderEnd): Promise<Carried> {
  const queue = new DoorQueue();
  const transport = (): Transport => {
    const bluetooth = new FakeBle();
    const device = new FakeBleDevice({
      reader: {
        connect: (link) =>
          reader.connect({
            ...link,
            cut: link.drop,
            noise: () => {
              device.notify([9, 9, 9]);
            },
          }),
      },
    });
    device.connecting = () =>
      queue.wait(() => Object.assign(new Error('Connection attempt failed.'), { name: 'NetworkError' }));
    bluetooth.bring(device, { isPermitted: true });
    return new BleTransport({ bluetooth });
  };
  return Promise.resolve({
    transport,
    setDoor: (door) => {
      queue.set(door);
    },
    close: () => Promise.resolve(),
  });
}

export const carriersOfPages: Readonly<Record<string, Carrier>> = {
  'in memory': { hasCloseCodes: true, canStick: true, carry: inMemory },
  'mock-socket': { hasCloseCodes: true, canStick: false, carry: overMockSocket },
  'USB reports': { hasCloseCodes: false, canStick: true, carry: overUsbReports },
  'serial bytes': { hasCloseCodes: false, canStick: true, carry: overSerialBytes },
  'Bluetooth packets': { hasCloseCodes: false, canStick: true, carry: overBluetoothPackets },
};
