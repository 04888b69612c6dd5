/** The way to a reader from Node: a WebSocket whose failures say what the system said, and what to do. */
import { WebSocket } from 'ws';
import { TransportError, type OpenOptions, type TransportSink } from '../transports/transport.js';
import { WebSocketTransport, type WebSocketConstructor, type WebSocketFrames } from '../transports/web-socket.js';
import { readerFailure } from './connection-help.js';

export interface ReaderTransportOptions {
  readonly frames: WebSocketFrames;
  readonly allowInsecure: boolean;
  /** Certificates of the authorities to trust instead of the well-known ones, in PEM. */
  readonly ca: string | undefined;
}

export class ReaderTransport extends WebSocketTransport {
  /** Errors of the socket that is being opened: a page would be told the close code 1006 and nothing else. */
  private readonly heard: Error[];

  constructor(url: string, { frames, allowInsecure, ca }: ReaderTransportOptions) {
    const heard: Error[] = [];
    class Socket extends WebSocket {
      constructor(address: string) {
        super(address, { perMessageDeflate: false, ...(ca === undefined ? {} : { ca }) });
        this.on('error', (error) => heard.push(error));
      }
    }
    super(url, { frames, allowInsecure, WebSocket: Socket as unknown as WebSocketConstructor });
    this.heard = heard;
  }

  override async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.heard.length = 0;
    try {
      await super.open(to, options);
    } catch (error) {
      const [failure] = this.heard;
      if (!failure || !(error instanceof TransportError) || error.code !== 'unreachable') throw error;
      throw new TransportError('unreachable', readerFailure(failure));
    }
  }
}
