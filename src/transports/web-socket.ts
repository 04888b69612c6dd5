/**
 * MMS over a WebSocket: one message a frame, both ways, as hexadecimal text or as bytes [PJ].
 * It knows nothing of what is in the messages, of requests and answers, or of when to connect again.
 */
import { toHex } from '../mms/hex.js';
import { receiveText } from './hex-text.js';
import { checkAddress, constructionError, destinationOf, type AddressName } from './network-address.js';
import { TransportError, type Destination, type OpenOptions, type Transport, type TransportSink } from './transport.js';

/** How messages are sent; both kinds are always received. */
export type WebSocketFrames = 'hex' | 'binary';

/** A listener, compared as a method is: what calls it may promise more of its events than is used here. */
type SocketListener<Event> = { listen(event: Event): void }['listen'] | null;

/** What is used of a socket: browsers, `ws` and test doubles have it. */
export interface WebSocketLike {
  binaryType: string;
  onopen: SocketListener<never>;
  onmessage: SocketListener<{ readonly data: unknown }>;
  onerror: SocketListener<never>;
  onclose: SocketListener<{ readonly code: number; readonly reason: unknown }>;
  send(data: string | Uint8Array): void;
  close(): void;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** The platform's own class, where it has one. */
export const platformWebSocket = (): typeof WebSocket | undefined =>
  typeof WebSocket === 'function' ? WebSocket : undefined;

export interface WebSocketTransportOptions {
  /** Default `hex`: upper-case hexadecimal text, as the vendor's own demo sends it [PJ]. */
  readonly frames?: WebSocketFrames;
  /** Accepts unencrypted `ws:` addresses of other hosts than this computer. Default false. */
  readonly allowInsecure?: boolean;
  /** The constructor to use instead of the platform's, for Node and for tests. */
  readonly WebSocket?: WebSocketConstructor;
}

/**
 * How long a new connection waits for the old socket to finish closing, in milliseconds: a reader may accept one client
 * only, but a network that is gone never finishes.
 */
const CLOSING_PATIENCE = 2_000;

/**
 * How long a close may follow an error, in milliseconds: browsers fire both at once, but Chromium no close for a socket that the
 * page's policy forbids, and WebKit none for `ws:` from a page over https.
 */
const CLOSE_PATIENCE = 250;

const SCHEMES = ['wss:', 'ws:'];
const NAME: AddressName = { name: 'WebSocket address', none: 'no-web-socket-address' };

/** Close code of RFC 6455 for a normal end. */
const NORMAL_CLOSURE = 1000;

/** Close code where the TLS handshake failed (RFC 6455 section 7.4.1). Firefox tells it to pages, Chromium does not. */
const TLS_FAILED = 1015;

/** The address of a reader, if it may be used. @throws {TransportError} `bad-address` or `insecure-address` */
export const checkWebSocket = (url: string, allowInsecure: boolean): string =>
  checkAddress(url, { schemes: SCHEMES, name: NAME, allowInsecure });

export class WebSocketTransport implements Transport {
  /** The address as given. */
  readonly url: string;
  private readonly frames: WebSocketFrames;
  private readonly allowInsecure: boolean;
  private readonly constructorGiven: WebSocketConstructor | undefined;
  private socket: WebSocketLike | undefined;
  private sink: TransportSink | undefined;
  private isOpen = false;
  /** Ends the opening that is under way. */
  private cancelOpening: ((reason: Error) => void) | undefined;
  /** Resolves when the socket before this one is closed for good. */
  private lastClosed: Promise<void> = Promise.resolve();

  /** @param url Address of the reader, `wss:` or `ws:`; checked when it is opened. */
  constructor(url: string, { frames = 'hex', allowInsecure = false, WebSocket }: WebSocketTransportOptions = {}) {
    this.url = url;
    this.frames = frames;
    this.allowInsecure = allowInsecure;
    this.constructorGiven = WebSocket;
  }

  get destination(): Destination | undefined {
    return destinationOf(this.url);
  }

  /** Resolves when the socket that was closed last has finished closing, or cannot be waited for any longer. */
  get closed(): Promise<void> {
    return this.lastClosed;
  }

  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The transport is open already or being opened.');
    const url = checkWebSocket(this.url, this.allowInsecure);
    this.sink = to;
    try {
      await this.lastClosed;
      signal?.throwIfAborted();
      await this.openSocket(url, to, signal);
    } catch (error) {
      // A `close()` during the wait has made room already, perhaps for another `open`.
      if (this.sink === to) this.sink = undefined;
      throw error;
    }
  }

  send(bytes: Uint8Array): void {
    if (!this.socket || !this.isOpen) throw new TransportError('not-open', 'The transport is not open.');
    this.socket.send(this.frames === 'hex' ? toHex(bytes) : bytes);
  }

  close(): void {
    const { socket, sink, isOpen, cancelOpening } = this;
    this.release();
    if (socket) this.lastClosed = finishClosing(socket);
    if (isOpen) sink?.close({ kind: 'requested', code: NORMAL_CLOSURE });
    cancelOpening?.(new TransportError('not-open', 'The transport was closed while it was being opened.'));
  }

  private openSocket(url: string, to: TransportSink, signal: AbortSignal | undefined): Promise<void> {
    // Closed while the old socket was still closing.
    if (this.sink !== to) return Promise.reject(new TransportError('not-open', 'The transport was closed meanwhile.'));
    return new Promise((resolve, reject) => {
      const socket = this.makeSocket(url);
      this.socket = socket;
      socket.binaryType = 'arraybuffer';

      const onAbort = (): void => {
        clearTimeout(timer);
        this.cancelOpening = undefined;
        this.close();
        reject(signal?.reason as Error);
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const settled = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.cancelOpening = undefined;
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.cancelOpening = (reason) => {
        settled();
        reject(reason);
      };

      socket.onopen = () => {
        settled();
        this.isOpen = true;
        resolve();
      };
      socket.onmessage = ({ data }) => receive(data, to);
      socket.onerror = () => {
        // What went wrong is hidden from pages. Without a listener `ws` would throw it.
        if (this.socket !== socket || this.isOpen) return;
        timer ??= setTimeout(() => {
          settled();
          this.release();
          reject(new TransportError('unreachable', 'The browser did not open the connection.', NOT_OPENED));
        }, CLOSE_PATIENCE);
      };
      socket.onclose = ({ code, reason }) => {
        const wasOpen = this.isOpen;
        settled();
        this.release();
        const text = String(reason);
        if (wasOpen) to.close({ kind: 'lost', code, ...(text === '' ? {} : { text }) });
        else reject(closedWhileConnecting(code));
      };
    });
  }

  private makeSocket(url: string): WebSocketLike {
    const Constructor = this.constructorGiven ?? (globalThis.WebSocket as WebSocketConstructor | undefined);
    if (!Constructor) throw new TransportError('unreachable', 'This platform has no WebSocket: pass a constructor.');
    try {
      return new Constructor(url);
    } catch (cause) {
      throw constructionError(url, NAME, cause);
    }
  }

  /** Lets go of the socket: nothing that it still does is heard. */
  private release(): void {
    if (this.socket) {
      this.socket.onopen = null;
      this.socket.onmessage = null;
      this.socket.onclose = null;
    }
    this.socket = undefined;
    this.sink = undefined;
    this.isOpen = false;
    this.cancelOpening = undefined;
  }
}

const NOT_OPENED = { because: { code: 'browser-refused' } } as const;

const closedWhileConnecting = (code: number): TransportError =>
  code === TLS_FAILED
    ? new TransportError('certificate-suspected', '')
    : new TransportError('unreachable', `The connection could not be opened (close code ${String(code)}).`, {
        because: { code: 'closed-while-connecting', values: { code: String(code) } },
      });

/** Closes a socket that nobody listens to any more; resolves when it is closed, or after a moment. */
function finishClosing(socket: WebSocketLike): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, CLOSING_PATIENCE);
    socket.onclose = () => {
      clearTimeout(timer);
      socket.onclose = null;
      resolve();
    };
    socket.close();
  });
}

function receive(data: unknown, to: TransportSink): void {
  // By what it is, not by its class: a page of jsdom, or a frame, has one of its own.
  if (ArrayBuffer.isView(data) || Object.prototype.toString.call(data) === '[object ArrayBuffer]')
    to.message(new Uint8Array(data as ArrayBuffer));
  else receiveText(String(data), to);
}
