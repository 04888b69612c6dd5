/**
 * MMS over a WebSocket: one message a frame, both ways, as hexadecimal text or as bytes [PJ].
 * It knows nothing of what is in the messages, of requests and answers, or of when to connect again.
 */
import { parseHex, toHex } from '../mms/hex.js';
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

/** Close code of RFC 6455 for a normal end. */
const NORMAL_CLOSURE = 1000;

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
    const url = URL.canParse(this.url) ? new URL(this.url) : undefined;
    return url && { url: url.href, isLoopback: isLoopback(url.hostname) };
  }

  /** Resolves when the socket that was closed last has finished closing, or cannot be waited for any longer. */
  get closed(): Promise<void> {
    return this.lastClosed;
  }

  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The transport is open already or being opened.');
    const url = checkUrl(this.url, this.allowInsecure);
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
        this.cancelOpening = undefined;
        this.close();
        reject(signal?.reason as Error);
      };
      const settled = (): void => {
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
      socket.onmessage = ({ data }) => {
        receive(data, to);
      };
      socket.onerror = ignore;
      socket.onclose = ({ code, reason }) => {
        const wasOpen = this.isOpen;
        settled();
        this.release();
        const text = String(reason);
        if (wasOpen) to.close({ kind: 'lost', code, ...(text === '' ? {} : { text }) });
        else
          reject(
            new TransportError('unreachable', `The connection could not be opened (close code ${String(code)}).`, {
              because: { code: 'closed-while-connecting', values: { code: String(code) } },
            }),
          );
      };
    });
  }

  private makeSocket(url: string): WebSocketLike {
    const Constructor = this.constructorGiven ?? (globalThis.WebSocket as WebSocketConstructor | undefined);
    if (!Constructor) throw new TransportError('unreachable', 'This platform has no WebSocket: pass a constructor.');
    try {
      return new Constructor(url);
    } catch (cause) {
      const mixed = (cause as { name?: unknown } | null)?.name === 'SecurityError';
      throw new TransportError(
        mixed ? 'mixed-content' : 'bad-address',
        mixed ? 'This page may not open unencrypted connections.' : `“${url}” is no WebSocket address.`,
        {
          cause,
          because: mixed
            ? { code: 'unencrypted-forbidden' }
            : { code: 'no-web-socket-address', values: { address: url } },
        },
      );
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

/** What went wrong is hidden from pages, and a close follows in any case. Without a listener `ws` would throw it. */
const ignore = (): void => undefined;

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
  if (data instanceof ArrayBuffer) {
    to.message(new Uint8Array(data));
    return;
  }
  const text = String(data);
  let bytes: Uint8Array;
  try {
    bytes = parseHex(text);
  } catch {
    to.noise(text);
    return;
  }
  to.message(bytes);
}

/** The address, if it may be used. */
function checkUrl(text: string, allowInsecure: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'ws:' && url.protocol !== 'wss:')) {
    throw new TransportError('bad-address', `“${text}” is no WebSocket address: it must begin with wss:// or ws://.`, {
      because: { code: 'no-web-socket-address', values: { address: text } },
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TransportError('bad-address', 'The address must not contain a user name or password.', {
      because: { code: 'address-with-user' },
    });
  }
  if (url.hash !== '')
    throw new TransportError('bad-address', 'The address must not contain a fragment (#).', {
      because: { code: 'address-with-fragment' },
    });
  if (url.protocol === 'ws:' && !allowInsecure && !isLoopback(url.hostname)) {
    throw new TransportError('insecure-address', `${url.host} is not this computer.`, {
      because: { code: 'not-this-computer', values: { host: url.host } },
    });
  }
  return url.href;
}

/** Whether a host name, as URL writes it, always means this computer (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
