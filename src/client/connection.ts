/**
 * One connection over an injected transport, kept in the states of its table and reopened when it is lost.
 * It reopens the transport and nothing else: it does not know messages or requests, and sends nothing by itself.
 */
import type { CloseReason, Transport, TransportSink } from '../transports/transport.js';
import { TransportError } from '../transports/transport.js';
import { Backoff } from './backoff.js';
import { isOpen, nextState, type ConnectionStep, type ReaderSnapshot, type ReaderState } from './connection-state.js';
import type { Unsubscribe } from './emitter.js';
import type { Environment, TimerHandle } from './environment.js';
import { ReaderError, type ReaderErrorCode } from './reader-error.js';

/** Whether a lost connection is opened again. */
export type Reconnect = 'auto' | 'off';

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
  /** Goes on trying when the first try fails with an error that may heal, if reconnection is `auto`. Default false. */
  readonly persist?: boolean;
}

/** One try to open the transport, shared by all that asked meanwhile. */
interface Attempt {
  readonly controller: AbortController;
  persist: boolean;
  done: Promise<void>;
  waiting: number;
  /** It was closed by the other side as soon as it was open. */
  lost?: ReaderError;
}

/** Milliseconds that a connection must last for the next loss to be treated as the first. */
const STABLE = 30_000;

const codeOfTransportError: Record<TransportError['code'], ReaderErrorCode> = {
  'bad-address': 'bad-url',
  'insecure-address': 'insecure-url',
  unreachable: 'unreachable',
  'not-open': 'not-connected',
  'already-open': 'in-use',
};

/** Errors that trying again can heal. */
const healing: ReadonlySet<ReaderErrorCode> = new Set(['unreachable', 'connection-lost', 'offline']);

export class Connection {
  /** What to do when the connection is lost; a change counts from the next loss. */
  reconnect: Reconnect;
  private readonly transport: Transport;
  private readonly environment: Environment;
  private readonly listener: ConnectionListener;
  private readonly backoff: Backoff;
  private current: ReaderSnapshot = Object.freeze({ state: 'idle' });
  private attempt: Attempt | undefined;
  private openedAt = 0;
  private expectedLoss: string | undefined;
  private timer: TimerHandle;
  private stopWatching: Unsubscribe | undefined;

  constructor(transport: Transport, environment: Environment, reconnect: Reconnect, listener: ConnectionListener) {
    this.transport = transport;
    this.environment = environment;
    this.reconnect = reconnect;
    this.listener = listener;
    this.backoff = new Backoff(() => environment.random());
  }

  get snapshot(): ReaderSnapshot {
    return this.current;
  }

  /**
   * Resolves when the connection stands; a second call while one is under way joins it, and while reconnecting tries at once.
   * @throws {ReaderError} `unreachable`, `bad-url`, `insecure-url`, or `aborted` by the signal or by {@link disconnect}.
   */
  async connect({ signal, persist = false }: ConnectOptions = {}): Promise<void> {
    if (signal?.aborted) throw new ReaderError('aborted', { cause: signal.reason });
    if (isOpen(this.current.state)) return;
    const attempt = this.attempt ?? this.begin();
    attempt.persist ||= persist;
    attempt.waiting++;
    try {
      await untilAborted(attempt.done, signal);
    } finally {
      attempt.waiting--;
      if (attempt.waiting === 0 && this.attempt === attempt && this.current.state === 'connecting') this.disconnect();
    }
  }

  /** Closes at once, also while connecting or reconnecting; nothing is reopened. */
  disconnect(): void {
    const wasOpen = isOpen(this.current.state);
    this.stopWaiting();
    this.attempt?.controller.abort(new ReaderError('aborted', { detail: 'The connection was closed by this page.' }));
    this.attempt = undefined;
    this.expectedLoss = undefined;
    this.step('close');
    this.transport.close();
    if (wasOpen) this.listener.closed(new ReaderError('connection-lost', { detail: 'It was closed by this page.' }));
  }

  /** @throws {ReaderError} `not-connected` or `connection-lost` when the bytes cannot be sent. */
  send(bytes: Uint8Array): void {
    if (!isOpen(this.current.state)) throw new ReaderError('not-connected');
    try {
      this.transport.send(bytes);
    } catch (cause) {
      throw new ReaderError('connection-lost', { cause });
    }
  }

  /** The next loss is no error: the reader was told, or has said, that it restarts. */
  expectLoss(why: string): void {
    if (isOpen(this.current.state)) this.expectedLoss = why;
  }

  /** A request was not answered. */
  doubt(): void {
    this.step('doubt');
  }

  /** The reader has answered. */
  verify(): void {
    if (this.current.state === 'stale') this.step('verified');
  }

  /** Drops a connection that nobody answers on any more, as if the other side had closed it. */
  drop(): void {
    const { attempt } = this;
    if (!attempt || !isOpen(this.current.state)) return;
    this.attempt = undefined;
    this.transport.close();
    this.lost(attempt, { kind: 'lost', text: 'The reader does not answer any more.' });
  }

  private begin(): Attempt {
    this.stopWaiting();
    const attempt: Attempt = { controller: new AbortController(), persist: false, done: Promise.resolve(), waiting: 0 };
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
      this.failed(error, attempt.persist);
      throw error;
    }
    if (signal.aborted) throw signal.reason;
    if (attempt.lost) throw attempt.lost;
    this.openedAt = this.environment.now();
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
        if (isCurrent()) this.lost(attempt, reason);
      },
    };
  }

  private failed(error: ReaderError, persist: boolean): void {
    const again =
      this.reconnect === 'auto' && healing.has(error.code) && (persist || this.current.state === 'reconnecting');
    if (again) this.wait('retry', error);
    else this.step('failed', error);
  }

  private lost(attempt: Attempt, { code, text }: CloseReason): void {
    const facts = [code === undefined ? '' : `Close code ${String(code)}.`, text ?? ''].filter((fact) => fact !== '');
    const expected = this.expectedLoss;
    const error = new ReaderError('connection-lost', { detail: expected ?? facts.join(' ') });
    this.attempt = undefined;
    this.expectedLoss = undefined;
    if (!isOpen(this.current.state)) {
      attempt.lost = error;
      this.failed(error, attempt.persist);
      return;
    }
    if (this.environment.now() - this.openedAt >= STABLE) this.backoff.reset();
    const shown = expected === undefined ? error : undefined;
    if (this.reconnect === 'auto') this.wait('lost', shown);
    else this.step('ended', shown);
    this.listener.closed(error);
  }

  /** Waits for the next try: for its time, or while hidden or offline for that to end. */
  private wait(step: 'lost' | 'retry', error: ReaderError | undefined): void {
    this.stopWaiting();
    const waits = !this.environment.isVisible() || !this.environment.isOnline();
    const delay = this.backoff.next();
    this.stopWatching = this.environment.onChange(() => {
      if (this.environment.isVisible() && this.environment.isOnline()) this.tryAgain();
    });
    if (!waits) {
      this.timer = this.environment.setTimeout(() => {
        if (this.environment.isVisible() && this.environment.isOnline()) this.tryAgain();
      }, delay);
    }
    this.step(step, error, waits ? undefined : this.environment.now() + delay);
  }

  private tryAgain(): void {
    if (this.attempt || this.current.state !== 'reconnecting') return;
    // Its failure shows in the state; nobody waits for this promise.
    this.begin().done.catch(() => undefined);
  }

  private stopWaiting(): void {
    this.environment.clearTimeout(this.timer);
    this.timer = undefined;
    this.stopWatching?.();
    this.stopWatching = undefined;
  }

  private step(step: ConnectionStep, error?: ReaderError, retryAt?: number): void {
    const previous = this.current.state;
    const state = nextState(previous, step);
    if (state === undefined) return;
    this.current = Object.freeze({
      state,
      ...(error === undefined ? {} : { error }),
      ...(retryAt === undefined ? {} : { retryAt }),
    });
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
