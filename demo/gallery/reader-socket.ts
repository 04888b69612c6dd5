/** A stand-in for the browser’s WebSocket whose other end is a simulated reader. It does not know who opens it, or when. */
import type { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { WebSocketConstructor, WebSocketLike } from '../../src/transports/web-socket.js';

/** Runs something that opens WebSockets: those lead to the reader. */
export async function withSocketsTo(reader: SimulatedReader, run: () => Promise<void>): Promise<void> {
  const { WebSocket } = globalThis;
  Object.assign(globalThis, { WebSocket: socketTo(reader) });
  try {
    await run();
  } finally {
    Object.assign(globalThis, { WebSocket });
  }
}

const socketTo = (reader: SimulatedReader): WebSocketConstructor =>
  class implements WebSocketLike {
    binaryType = 'blob';
    onopen: WebSocketLike['onopen'] = null;
    onmessage: WebSocketLike['onmessage'] = null;
    onerror: WebSocketLike['onerror'] = null;
    onclose: WebSocketLike['onclose'] = null;
    private readonly transport = new SimulatedTransport(reader);

    constructor() {
      void this.transport
        .open({
          message: (bytes) => this.onmessage?.({ data: toHex(bytes) }),
          noise: (data) => this.onmessage?.({ data }),
          close: ({ code = 1006 }) => this.onclose?.({ code, reason: '' }),
        })
        .then(() => this.onopen?.(undefined as never));
    }

    send(data: string | Uint8Array): void {
      this.transport.send(typeof data === 'string' ? parseHex(data) : data);
    }

    close(): void {
      this.transport.close();
    }
  };
