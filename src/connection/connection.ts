/**
 * One connection over an injected transport, kept in the states of its table and reopened when it is lost.
 * It reopens the transport and nothing else: it does not know messages or requests, and sends nothing by itself.
 */
import type { CloseReason, Transport, TransportBecause, TransportSink } from '../transports/transport.js';
import { Backoff } from './backoff.js';
import { isOpen, nextState, type ConnectionStep, type ReaderSnapshot, type ReaderState } from './connection-state.js';
import { asReaderError, isWithoutNetwork } from './diagnosis.js';
import type { Environment, TimerHandle, Unsubscribe } from './environment.js';
import { lossOf } from './loss.js';
import { OpenedBefore } from './opened-before.js';
import { openTransport } from './opening.js';
import { detailed } from './error-details.js';
import { present } from './present.js';
import { ReaderError, type ReaderErrorCode } from './reader-error.js';
import { untilAborted } from './until-aborted.js';

/** Whether a lost connection is opened again. */
export type Reconnect = 'auto' | 'off';

export interface ConnectionListener {
  /** The state has changed. */
  changed(snapshot: ReaderSnapshot, previous: ReaderState): void;
  /** What was open is closed: nothing that waits will be answered. */
  closed(error: ReaderError): void;
  message(bytes: Uint8Array): void;
  noise(data: string | Uint8Array, because?: TransportBecause): void;
  /** The page is being left: what is sent now is the last that the reader gets. */
  leaving?(): void;
  /** The page is used again after it was left. */
  returned?(): void;
  /**
   * Asks a reader that is reached through somebody else whether it is there, before the connection counts as ready; resolves in
   * any case, with whether it has answered. Absent where nobody asks.
   */
  confirm?(): Promise<boolean>;
}

export interface ConnectOptions {
  /** Gives up waiting; the attempt itself ends when nobody waits for it any more. */
  readonly signal?: AbortSignal;
  /** Goes on trying when the first try fails with an error that may heal, if reconnection is `auto`. Default false. */
  readonly persist?: boolean;
  /**
   * Nobody has asked for this connection just now: where the browser may have to ask the person for permission, it fails with
   * `permission-needed` instead. A connection that was open is always opened again. Default false.
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

/**
 * Milliseconds after a page is used again in which a loss is no error: another page of this browser, which was left just now, may
 * not have let go of the reader yet.
 */
const HANDOVER = 2_000;

/** Errors that trying again can heal. */
const healing: ReadonlySet<ReaderErrorCode> = new Set(['unreachable', 'connection-lost', 'offline', 'broker-path']);

export class Connection {
  /** What to do when the connection is lost; a change counts from the next loss. */
  reconnect: Reconnect;
  /** Hosts that may be connected to; undefined where all may. A change counts from the next try. */
  allowHosts: readonly string[] | undefined;
  private readonly transport: Transport;
  private readonly environment: Environment;
  private readonly listener: ConnectionListener;
  private readonly backoff: Backoff;
  private current: ReaderSnapshot = Object.freeze({ state: 'idle' });
  private attempt: Attempt | undefined;
  /** The transport is open, and the reader is being asked whether it is there. */
  private isConfirming = false;
  private openedAt = 0;
  private hasBeenOpen = false;
  /** The page was left while there was a connection: it is opened again when the page is used again. */
  private isLeft = false;
  /** Until when nobody is told of a loss that heals: the page was used again just now. */
  private quietUntil = -Infinity;
  private readonly openedBefore: OpenedBefore;
  private stopAttending: Unsubscribe | undefined;
  private isLossExpected = false;
  private timer: TimerHandle;
  private stopWatching: Unsubscribe | undefined;

  constructor(transport: Transport, environment: Environment, reconnect: Reconnect, listener: ConnectionListener) {
    this.transport = transport;
    this.environment = environment;
    this.reconnect = reconnect;
    this.listener = listener;
    this.backoff = new Backoff(() => environment.random());
    this.openedBefore = new OpenedBefore(environment.lastingStorage);
  }

  get snapshot(): ReaderSnapshot {
    return this.current;
  }

  /**
   * Resolves when the connection stands; a second call while one is under way joins it, and while reconnecting tries at once.
   * @throws {ReaderError} `unreachable`, `certificate-suspected`, `offline`, `bad-url`, `host-not-allowed`, `insecure-url`,
   * `mixed-content`, `blocked-by-policy`, `in-use`, `permission-needed`, `permission-denied`, or `aborted` by the signal or by
   * {@link disconnect}.
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
    const wasOpen = isOpen(this.current.state) || this.isConfirming;
    this.stopWaiting();
    this.attempt?.controller.abort(new ReaderError('aborted', detailed('closed-by-page')));
    this.attempt = undefined;
    this.isConfirming = false;
    this.isLossExpected = false;
    this.step('close');
    try {
      this.transport.close();
    } finally {
      // What waits is rejected whatever the transport does.
      if (wasOpen) this.listener.closed(new ReaderError('connection-lost', detailed('closed-by-page')));
    }
  }

  /**
   * @returns Resolves when all of it is sent; nothing where that takes no time.
   * @throws {ReaderError} `not-connected` or `connection-lost` when the bytes cannot be sent.
   */
  send(bytes: Uint8Array): void | Promise<void> {
    if (!isOpen(this.current.state) && !this.isConfirming) throw new ReaderError('not-connected');
    try {
      return this.transport.send(bytes);
    } catch (cause) {
      throw new ReaderError('connection-lost', { cause });
    }
  }

  /** The next loss is not an error: the reader was told, or has said, that it restarts. */
  expectLoss(): void {
    this.isLossExpected = isOpen(this.current.state);
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
      await openTransport(this.transport, {
        environment: this.environment,
        sink: this.sinkOf(attempt),
        controller: attempt.controller,
        takeOver: attempt.takeOver,
        allowHosts: this.allowHosts,
        isUnattended: () => attempt.unattended,
        isReopening: this.hasBeenOpen,
        openedBefore: this.openedBefore,
        asking: () => {
          if (this.attempt === attempt) this.show({ ...this.current, asking: true });
        },
      });
      if (!attempt.lost) await this.confirm(attempt);
    } catch (cause) {
      if (attempt.lost) throw attempt.lost;
      // Closed by this page meanwhile.
      if (this.attempt !== attempt) throw signal.reason;
      const error = cause instanceof ReaderError ? cause : new ReaderError('unreachable', { cause });
      this.attempt = undefined;
      // It may be open although the reader does not answer.
      this.transport.close();
      this.failed(error, attempt.persist);
      throw error;
    }
    if (signal.aborted) throw signal.reason;
    if (attempt.lost) throw attempt.lost;
    this.openedAt = this.environment.now();
    this.hasBeenOpen = true;
    this.step('opened');
  }

  /** Whether a reader that somebody else leads to is there, only its answer tells. */
  private async confirm(attempt: Attempt): Promise<void> {
    const { relayedReader: device } = this.transport;
    if (device === undefined || !this.listener.confirm || this.attempt !== attempt) return;
    this.isConfirming = true;
    let isThere: boolean;
    try {
      isThere = await this.listener.confirm();
    } finally {
      if (this.attempt === attempt) this.isConfirming = false;
    }
    if (isThere || this.attempt !== attempt) return;
    throw new ReaderError('unreachable', detailed('reader-silent', { device }));
  }

  /** Where the transport delivers for as long as this attempt is the current one. */
  private sinkOf(attempt: Attempt): TransportSink {
    const isCurrent = (): boolean => this.attempt === attempt;
    return {
      message: (bytes) => {
        if (isCurrent()) this.listener.message(bytes);
      },
      noise: (data, because) => {
        if (isCurrent()) this.listener.noise(data, because);
      },
      close: (reason) => {
        if (isCurrent()) this.lost(attempt, reason);
      },
    };
  }

  private failed(error: ReaderError, persist: boolean): void {
    const isWanted = this.reconnect === 'auto' && (persist || this.current.state === 'reconnecting');
    if (isWanted && healing.has(error.code)) return this.wait('retry', this.isQuiet ? undefined : error);
    this.step('failed', error);
    this.watchRemedy(error, isWanted);
  }

  /** Tries again when the person has done what the error asks for. */
  private watchRemedy({ code }: ReaderError, isWanted: boolean): void {
    const { environment, transport } = this;
    const { destination } = transport;
    if (this.current.state !== 'failed') return;
    // A device that is plugged in, and may be opened without asking.
    if (isWanted) this.stopWatching = transport.onArrival?.(() => this.remedied());
    if (!destination) return;
    if (code === 'permission-needed' || code === 'permission-denied') {
      this.stopWatching = environment.onPermissionChange?.(destination, () => {
        void environment.localNetworkPermission?.(destination).then((permission) => {
          if (permission === 'granted') this.remedied();
        });
      });
    }
    if (code === 'certificate-suspected') {
      let wasHidden = false;
      this.stopWatching = environment.onChange(() => {
        if (!environment.isVisible()) wasHidden = true;
        else if (wasHidden) this.remedied();
      });
    }
  }

  private remedied(): void {
    if (this.attempt || this.current.state !== 'failed') return;
    const attempt = this.begin(true, false);
    attempt.persist = true;
    // Its failure shows in the state; nobody waits for this promise.
    attempt.done.catch(() => undefined);
  }

  /** The page is left, for good or for its cache: reader and lock are free for others at once. */
  private left(): void {
    const { state } = this.current;
    const wasOpen = isOpen(state);
    if (this.isLeft) return;
    this.listener.leaving?.();
    this.stopWaiting();
    const { attempt } = this;
    this.attempt = undefined;
    this.isLossExpected = false;
    attempt?.controller.abort(new ReaderError('aborted', detailed('page-left')));
    if (this.transport.abandon) this.transport.abandon();
    else this.transport.close();
    this.isLeft = this.reconnect === 'auto';
    if (!this.isLeft) this.step('close');
    else if (state !== 'reconnecting') this.step(wasOpen ? 'lost' : 'retry');
    if (wasOpen) this.listener.closed(new ReaderError('connection-lost', detailed('page-left')));
  }

  /** The page is used again: nobody has to wait for what it gave up by itself. */
  private returned(): void {
    if (!this.isLeft) return;
    this.isLeft = false;
    this.listener.returned?.();
    this.quietUntil = this.environment.now() + HANDOVER;
    this.backoff.reset();
    this.wait('retry', undefined, 0);
  }

  private get isQuiet(): boolean {
    return this.environment.now() < this.quietUntil;
  }

  private lost(attempt: Attempt, reason: CloseReason): void {
    const expected = this.isLossExpected;
    const error = new ReaderError('connection-lost', expected ? detailed('restarts') : lossOf(reason));
    const final = reason.error && asReaderError(reason.error);
    const wasConfirming = this.isConfirming;
    this.attempt = undefined;
    this.isConfirming = false;
    this.isLossExpected = false;
    if (!isOpen(this.current.state)) {
      attempt.lost = final ?? error;
      this.failed(attempt.lost, attempt.persist);
      if (wasConfirming) this.listener.closed(error);
      return;
    }
    if (this.environment.now() - this.openedAt >= STABLE) this.backoff.reset();
    const shown = !expected && !this.isQuiet ? error : undefined;
    // Opened again by itself, it would take the reader back, and the other tab would do the same.
    if (reason.kind === 'taken-over')
      this.step(
        'ended',
        new ReaderError('in-use', { detail: error.detail, because: error.because, canTakeOver: true }),
      );
    else if (final) this.step('ended', final);
    else if (this.reconnect === 'auto') this.wait('lost', shown);
    else this.step('ended', shown);
    this.listener.closed(error);
  }

  /** Waits for the next try: for its time, or while hidden or offline for that to end. */
  private wait(step: 'lost' | 'retry', error: ReaderError | undefined, delay = this.backoff.next()): void {
    this.stopWaiting();
    const waits = !this.canTry();
    this.stopWatching = this.environment.onChange(() => this.tryAgain());
    if (!waits) {
      this.timer = this.environment.setTimeout(() => this.tryAgain(), delay);
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
    const state = nextState(this.current.state, step);
    if (state === undefined) return;
    this.attendPage(state);
    this.show({
      state,
      ...present({ error, retryAt }),
      ...(state === 'reconnecting' && !this.hasBeenOpen ? { neverOpened: true } : {}),
    });
  }

  private show(snapshot: ReaderSnapshot): void {
    const previous = this.current.state;
    this.current = Object.freeze(snapshot);
    this.listener.changed(this.current, previous);
  }

  /** Listens to the page for as long as there is something to give up or to open again. */
  private attendPage(state: ReaderState): void {
    if (state === 'failed' || state === 'closed' || state === 'idle') {
      this.stopAttending?.();
      this.stopAttending = undefined;
      this.isLeft = false;
      return;
    }
    this.stopAttending ??= this.environment.onPresence?.({
      left: () => this.left(),
      returned: () => this.returned(),
    });
  }
}
