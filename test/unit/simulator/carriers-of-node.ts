/** The way to a simulated reader over real WebSockets, as the package itself serves it in Node. */
import { WebSocket } from 'ws';
import { serveSimulatedReader } from '../../../src/simulator/node.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { WebSocketTransport, type WebSocketFrames } from '../../../src/transports/web-socket.js';
import type { CarryReader } from './carriers.js';

const served =
  (frames: WebSocketFrames, defaults: SimulatedReaderOptions): CarryReader =>
  async (options) => {
    const { reader, url, close } = await serveSimulatedReader({ ...defaults, ...options });
    return {
      reader,
      transport: () => new WebSocketTransport(url, { frames, WebSocket }),
      close,
    };
  };

/** @param defaults Options of every reader. */
export const servedReaders = (defaults: SimulatedReaderOptions): Readonly<Record<string, CarryReader>> => ({
  'ws, text frames': served('hex', defaults),
  'ws, binary frames': served('binary', defaults),
});
