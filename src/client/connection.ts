/**
 * One connection over an injected transport, kept in the states of its table.
 * It does not know messages, requests or who listens.
 */
import type { CloseReason, Transport, TransportSink } from '../transports/transport.js';
import { TransportError } from '../transports/transport.js';
import { nextState, type ConnectionStep, type ReaderSnapshot, type ReaderState } from './connection-state.js';
import { ReaderError, type ReaderErrorCode } from './reader-error.js';

export interface ConnectionListener {
  /** The state has changed. */
  changed(snapshot: ReaderSnapshot, previous: ReaderState): void;
  /** What was open is closed: nothing that waits will be answered. */
  closed(error: ReaderError): void;
  message(bytes: Uint8Array): void;
  noise(data: string | Uint8Array): void;
}

export interface ConnectOptions {
  /** Gives up waiting; the attempt itself ends when nobody waits for it any more. */
  readonly signal?: AbortSignal;
}

/** One try to open the transport, shared by all that asked meanwhile. */
interface Attempt {
  readonly controller: AbortController;
  done: Promise<void>;
  waiting: number;
}

const codeOfTransportError: Record<TransportError['code'], ReaderErrorCode> = {
  'bad-address': 'bad-url',
  'insecure-address': 'insecure-url',
  unreachable: 'unreachable',
  'not-open': 'not-connected',
  'already-open': 'in-use',
};

export class Connection {
  private readonly transport: Transport;
  private readonly listener: ConnectionListener;
  private current: ReaderSnapshot = Object.freeze({ state: 'idle' });
  private attempt: Attempt | undefined;

  constructor(transport: Transport, listener: ConnectionListener) {
    this.transport = transport;
    this.listener = listener;
  }

  get snapshot(): ReaderSnapshot {
    return this.current;
  }

  /**
   * Resolves when the connection stands; a second call while one is under way joins it.
   * @throws {ReaderError} `unreachable`, `bad-url`, `insecure-url`, or `aborted` by the signal or by {@link disconnect}.
   */
  async connect({ signal }: ConnectOptions = {}): Promise<void> {
    if (signal?.aborted) throw new ReaderError('aborted', { cause: signal.reason });
    if (this.current.state === 'ready') return;
    const attempt = (this.attempt ??= this.begin());
    attempt.waiting++;
    try {
      await untilAborted(attempt.done, signal);
    } finally {
      attempt.waiting--;
      if (attempt.waiting === 0 && this.attempt === attempt && this.current.state === 'connecting') this.disconnect();
    }
  }

  /** Closes at once, also while connecting; nothing is reopened. */
  disconnect(): void {
    const wasReady = this.current.state === 'ready';
    this.attempt?.controller.abort(new ReaderError('aborted', { detail: 'The connection was closed while it was being opened.' }));
    this.attempt = undefined;
    this.step('close');
    this.transport.close();
    if (wasReady) this.listener.closed(new ReaderError('connection-lost', { detail: 'It was closed by this page.' }));
  }

  /** @throws {ReaderError} `not-connected` or `connection-lost` when the bytes cannot be sent. */
  send(bytes: Uint8Array): void {
    if (this.current.state !== 'ready') throw new ReaderError('not-connected');
    try {
      this.transport.send(bytes);
    } catch (cause) {
      throw new ReaderError('connection-lost', { cause });
    }
  }

  private begin(): Attempt {
    const attempt: Attempt = { controller: new AbortController(), done: Promise.resolve(), waiting: 0 };
    this.attempt = attempt;
    this.step('open');
    attempt.done = this.run(attempt);
    return attempt;
  }

  private async run(attempt: Attempt): Promise<void> {
    const { signal } = attempt.controller;
    try {
      await this.transport.open(this.sinkOf(attempt), { signal });
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      const error = explain(cause);
      this.attempt = undefined;
      this.step('failed', error);
      throw error;
    }
    if (signal.aborted) throw signal.reason;
    this.step('opened');
  }

  /** Where the transport delivers for as long as this attempt is the current one. */
  private sinkOf(attempt: Attempt): TransportSink {
    const isCurrent = (): boolean => this.attempt === attempt;
    return {
      message: (bytes) => {
        if (isCurrent()) this.listener.message(bytes);
      },
      noise: (data) => {
        if (isCurrent()) this.listener.noise(data);
      },
      close: (reason) => {
        if (isCurrent()) this.lost(reason);
      },
    };
  }

  private lost({ code, text }: CloseReason): void {
    const facts = [code === undefined ? '' : `Close code ${String(code)}.`, text === undefined ? '' : `The reader said: ${text}`];
    const error = new ReaderError('connection-lost', { detail: facts.filter((fact) => fact !== '').join(' ') });
    this.attempt = undefined;
    this.step('lost', error);
    this.listener.closed(error);
  }

  private step(step: ConnectionStep, error?: ReaderError): void {
    const previous = this.current.state;
    const state = nextState(previous, step);
    if (state === undefined) return;
    this.current = Object.freeze(error === undefined ? { state } : { state, error });
    this.listener.changed(this.current, previous);
  }
}

function explain(cause: unknown): ReaderError {
  if (cause instanceof TransportError) {
    return new ReaderError(codeOfTransportError[cause.code], { detail: cause.message, cause });
  }
  return new ReaderError('unreachable', { cause });
}

/** The promise, or a rejection as soon as the signal is aborted. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new ReaderError('aborted', { cause: signal.reason }));
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
