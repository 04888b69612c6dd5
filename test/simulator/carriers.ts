/** The ways to a simulated reader: in memory, over a socket that is none, a real WebSocket, and USB at report level. */
import { WebSocket } from 'ws';
import { SimulatedReader, type SimulatedReaderOptions } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import { serveSimulatedReader } from '../../src/simulator/node.js';
import { HidTransport } from '../../src/transports/hid.js';
import type { Transport } from '../../src/transports/transport.js';
import {
  WebSocketTransport,
  type WebSocketConstructor,
  type WebSocketFrames,
} from '../../src/transports/web-socket.js';
import { hidWithReader } from '../tools/fake-hid.js';
import { MockReader } from '../tools/mock-reader.js';

/** A reader and the way to it. */
export interface Carried {
  readonly reader: SimulatedReader;
  /** Another way to the same reader each time. */
  transport(): Transport;
  close(): Promise<void>;
}

const PACE = 1;

const overWebSocket =
  (frames: WebSocketFrames) =>
  async (options: SimulatedReaderOptions): Promise<Carried> => {
    const served = await serveSimulatedReader({ pace: PACE, restartTime: 20, ...options });
    return {
      reader: served.reader,
      transport: () =>
        new WebSocketTransport(served.url, { frames, WebSocket: WebSocket as unknown as WebSocketConstructor }),
      close: () => served.close(),
    };
  };

export const carriers: Readonly<Record<string, (options: SimulatedReaderOptions) => Promise<Carried>>> = {
  'in memory': (options) => {
    const reader = new SimulatedReader({ pace: PACE, restartTime: 20, ...options });
    return Promise.resolve({
      reader,
      transport: () => new SimulatedTransport(reader),
      close: () => {
        reader.close();
        return Promise.resolve();
      },
    });
  },
  'mock-socket': (options) => {
    const mock = new MockReader({ restartTime: 20, ...options });
    return Promise.resolve({
      reader: mock.reader,
      transport: () => mock.transport(),
      close: () => {
        mock.stop();
        return Promise.resolve();
      },
    });
  },
  'USB reports': (options) => {
    const reader = new SimulatedReader({ pace: PACE, restartTime: 20, ...options });
    return Promise.resolve({
      reader,
      // Each from a computer of its own.
      transport: () => new HidTransport({ hid: hidWithReader(reader).hid }),
      close: () => {
        reader.close();
        return Promise.resolve();
      },
    });
  },
  'ws, text frames': overWebSocket('hex'),
  'ws, binary frames': overWebSocket('binary'),
};
