/**
 * A simulated reader behind a WebSocket that is none: everything happens in the page, and fast. Text frames only, because
 * mock-socket turns bytes into text.
 */
import { Server, WebSocket } from 'mock-socket/dist/mock-socket.es.mjs';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { SimulatedReaderOptions } from '../../src/simulator/options.js';
import { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { WebSocketTransport } from '../../src/transports/web-socket.js';

let count = 0;
/** Of this page: pages of other tests must not take its readers, and the sales that they left, for their own. */
const page = Math.random().toString(36).slice(2);

export class MockReader {
  readonly url = `ws://localhost/mock-reader-${page}-${String(++count)}`;
  readonly reader: SimulatedReader;
  /** What arrived, as it came. */
  readonly received: string[] = [];
  /** Set to take messages and never answer. */
  isMute = false;
  private readonly server: Server;

  constructor(options: SimulatedReaderOptions = {}) {
    this.reader = new SimulatedReader({ pace: 1, ...options });
    this.server = new Server(this.url, { mock: false });
    this.server.on('connection', (socket) => {
      const port = this.reader.connect({
        deliver: (bytes) => {
          socket.send(toHex(bytes));
        },
        drop: () => {
          socket.close();
        },
      });
      // Restarting, or full: it takes nobody.
      if (!port) {
        socket.close();
        return;
      }
      socket.on('message', (data) => {
        this.received.push(data as string);
        if (!this.isMute) port.receive(parseHex(data as string));
      });
      socket.on('close', () => {
        port.close();
      });
    });
  }

  /** The way to this reader. */
  transport(): WebSocketTransport {
    return new WebSocketTransport(this.url, { WebSocket });
  }

  /** Sends a frame to everybody. */
  send(text: string): void {
    for (const client of this.server.clients()) client.send(text);
  }

  /** Ends everything. To be called in `afterEach`: a server that listens on is heard by the next test. */
  stop(): void {
    this.reader.close();
    this.server.stop();
  }
}
