/**
 * One connection over an injected transport, kept in the states of its table and reopened when it is lost.
 * It reopens the transport and nothing else: it does not know messages or requests, and sends nothing by itself.
 */
import type { CloseReason, Transport, TransportSink } from '../transports/transport.js';
import { Backoff } from './backoff.js';
import { isOpen, nextState, type ConnectionStep, type ReaderSnapshot, type ReaderState } from './connection-state.js';
import { explain, foresee, isWithoutNetwork, judgePermission } from './diagnosis.js';
import type { Unsubscribe } from './environment.js';
import type { Environment, TimerHandle } from './environment.js';
import { ReaderError, type ReaderErrorCode, type ReaderErrorOptions } from './reader-error.js';

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
  /**
   * Nobody has asked for this connection just now: where the browser would have to ask the person for permission, it fails
   * with `permission-needed` instead. Tries to reconnect are always unattended. Default false.
   */
  readonly unattended?: boolean;
  /** Takes the reader over from another tab of this browser, unless a sale is running there. Default false. */
  readonly takeOver?: boolean;
}

/** One try to open the transport, shared by all that asked meanwhile. */
interface Attempt {
  readonly controller: AbortController;
  persist: boolean;
  unattended: boolean;
  readonly takeOver: boolean;
  done: Promise<void>;
  waiting: number;
  /** It was closed by the other side as soon as it was open. */
  lost?: ReaderError;
}

/** Milliseconds that a connection must last for the next loss to be treated as the first. */
const STABLE = 30_000;

/** Milliseconds after which a connection that is neither opened nor refused is given up. */
const OPENING_PATIENCE = 60_000;

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
   * @throws {ReaderError} `unreachable`, `offline`, `bad-url`, `insecure-url`, `mixed-content`, `in-use`, `permission-needed`,
   * `permission-denied`, or `aborted` by the signal or by {@link disconnect}.
   */
  async connect(options: ConnectOptions = {}): Promise<void> {
    const { signal, persist = false, unattended = false, takeOver = false } = options;
    if (signal?.aborted) throw new ReaderError('aborted', { cause: signal.reason });
    if (isOpen(this.current.state)) return;
    const attempt = this.attempt ?? this.begin(unattended, takeOver);
    attempt.persist ||= persist;
    attempt.unattended &&= unattended;
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
    this.attempt?.controller.abort(
      new ReaderError('aborted', {
        detail: 'The connection was closed by this page.',
        because: { code: 'closed-by-page' },
      }),
    );
    this.attempt = undefined;
    this.expectedLoss = undefined;
    this.step('close');
    this.transport.close();
    if (wasOpen)
      this.listener.closed(
        new ReaderError('connection-lost', {
          detail: 'It was closed by this page.',
          because: { code: 'closed-by-page' },
        }),
      );
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

  private begin(unattended: boolean, takeOver: boolean): Attempt {
    this.stopWaiting();
    const controller = new AbortController();
    const attempt: Attempt = { controller, persist: false, unattended, takeOver, done: Promise.resolve(), waiting: 0 };
    this.attempt = attempt;
    this.step('open');
    attempt.done = this.run(attempt);
    return attempt;
  }

  private async run(attempt: Attempt): Promise<void> {
    const { signal } = attempt.controller;
    try {
      await this.open(attempt);
    } catch (cause) {
      if (this.attempt !== attempt) throw signal.reason;
      const error = await explain(cause, this.transport.destination, this.environment);
      // Closed by this page meanwhile.
      if (this.attempt !== attempt) throw signal.reason;
      this.attempt = undefined;
      this.failed(error, attempt.persist);
      throw error;
    }
    if (signal.aborted) throw signal.reason;
    if (attempt.lost) throw attempt.lost;
    this.openedAt = this.environment.now();
    this.step('opened');
  }

  /** Opens the transport, unless it is known to be in vain or would make the browser ask a person who is not there. */
  private async open(attempt: Attempt): Promise<void> {
    const { environment, transport } = this;
    const { controller, takeOver } = attempt;
    const { destination } = transport;
    const foreseen = foresee(destination, environment);
    if (foreseen) throw foreseen;
    const asking = destination && environment.localNetworkPermission?.(destination);
    const permission = asking && (await asking);
    controller.signal.throwIfAborted();
    const refused = permission && judgePermission(permission, attempt.unattended);
    if (refused) throw refused;
    // A person who is being asked may take any time.
    const patience = permission === 'prompt' ? Infinity : OPENING_PATIENCE;
    const timer =
      patience === Infinity
        ? undefined
        : environment.setTimeout(() => {
            controller.abort(
              new ReaderError('unreachable', {
                detail: 'It was neither opened nor refused in time.',
                because: { code: 'not-opened-in-time' },
              }),
            );
          }, patience);
    try {
      await transport.open(this.sinkOf(attempt), { signal: controller.signal, takeOver });
    } finally {
      environment.clearTimeout(timer);
    }
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

  private lost(attempt: Attempt, reason: CloseReason): void {
    const expected = this.expectedLoss;
    const error = new ReaderError(
      'connection-lost',
      expected === undefined ? lossOf(reason) : { detail: expected, because: { code: 'restarts' } },
    );
    this.attempt = undefined;
    this.expectedLoss = undefined;
    if (!isOpen(this.current.state)) {
      attempt.lost = error;
      this.failed(error, attempt.persist);
      return;
    }
    if (this.environment.now() - this.openedAt >= STABLE) this.backoff.reset();
    const shown = expected === undefined ? error : undefined;
    // Opened again by itself, it would take the reader back, and the other tab would do the same.
    if (reason.kind === 'taken-over')
      this.step(
        'ended',
        new ReaderError('in-use', { detail: error.detail, because: error.because, canTakeOver: true }),
      );
    else if (this.reconnect === 'auto') this.wait('lost', shown);
    else this.step('ended', shown);
    this.listener.closed(error);
  }

  /** Waits for the next try: for its time, or while hidden or offline for that to end. */
  private wait(step: 'lost' | 'retry', error: ReaderError | undefined): void {
    this.stopWaiting();
    const waits = !this.canTry();
    const delay = this.backoff.next();
    this.stopWatching = this.environment.onChange(() => {
      this.tryAgain();
    });
    if (!waits) {
      this.timer = this.environment.setTimeout(() => {
        this.tryAgain();
      }, delay);
    }
    this.step(step, error, waits ? undefined : this.environment.now() + delay);
  }

  private tryAgain(): void {
    if (this.attempt || this.current.state !== 'reconnecting' || !this.canTry()) return;
    // Its failure shows in the state; nobody waits for this promise.
    this.begin(true, false).done.catch(() => undefined);
  }

  /** Whether a try makes sense: somebody may be looking, and there is a network where one is needed. */
  private canTry(): boolean {
    return this.environment.isVisible() && !isWithoutNetwork(this.transport.destination, this.environment);
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

/** Close code of a WebSocket that ended without a close frame: the network, not the reader (RFC 6455 section 7.4.1). */
const ABNORMAL_CLOSURE = 1006;

/** Who ended a connection and how, as far as it is known. */
function lossOf({ kind, code: number, text = '' }: CloseReason): ReaderErrorOptions {
  if (kind === 'taken-over')
    return { detail: 'Another tab or window of this browser has taken it over.', because: { code: 'taken-over' } };
  if (number === undefined) return { detail: text };
  const code = String(number);
  const isSilent = number === ABNORMAL_CLOSURE;
  const who = isSilent ? 'It ended without a word' : 'The reader ended it';
  return {
    detail: `${who} (close code ${code}).${text === '' ? '' : ` ${text}`}`,
    because: { code: isSilent ? 'ended-without-a-word' : 'ended-by-reader', values: { code, text } },
  };
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
