/**
 * Requests and their answers: one in flight, the others wait in order.
 * It does not know connections, notifications or what commands mean. It never sends anything twice.
 */
import { withReference } from '../mms/encode.js';
import type { MmsRequest, MmsResponse } from '../mms/message.js';
import type { Environment, TimerHandle } from './environment.js';
import { ReaderError } from './reader-error.js';

export interface QueueOptions {
  /** Whether the request goes out exactly as it is, reference included. Default false. */
  readonly verbatim?: boolean;
  /** Before all others that wait, for a cancel. */
  readonly first: boolean;
  /** Milliseconds to wait for the answer, counted from when the last byte is out. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Called when the request goes out. */
  readonly sent?: (() => void) | undefined;
  /** Called with the response before the next request goes out: for what must follow at once. */
  readonly answered?: ((response: MmsResponse) => void) | undefined;
}

/** A request on its way through the queue. */
export interface PendingRequest extends QueueOptions {
  /** What is sent, with its final reference number once it is sent. */
  request: MmsRequest;
  readonly resolve: (response: MmsResponse) => void;
  readonly reject: (error: ReaderError) => void;
  sentAt: number;
  timer: TimerHandle;
  onAbort: (() => void) | undefined;
}

export interface RequestQueueDependencies {
  readonly environment: Environment;
  /** Sends the bytes, or throws; resolves when all are out where that takes time. */
  readonly send: (pending: PendingRequest) => void | Promise<void>;
  /** A request that was sent got no answer in time. */
  readonly unanswered: (pending: PendingRequest) => void;
}

/** References that the queue gives out: 00 stands in notifications and in many hand-written commands. */
const FIRST_REFERENCE = 1;
const LAST_REFERENCE = 255;

export class RequestQueue {
  private readonly environment: Environment;
  private readonly send: (pending: PendingRequest) => void | Promise<void>;
  private readonly unanswered: (pending: PendingRequest) => void;
  private readonly waiting: PendingRequest[] = [];
  private inFlight: PendingRequest | undefined;
  private lastReference: number;
  /** Requests whose answer may still come although nobody waits for it: command by reference, oldest first. */
  private readonly abandoned = new Map<number, number>();

  constructor({ environment, send, unanswered }: RequestQueueDependencies) {
    this.environment = environment;
    this.send = send;
    this.unanswered = unanswered;
    // Not the same for all: where pages share a reader behind a broker, each hears the answers to all of them.
    this.lastReference = Math.floor(environment.random() * LAST_REFERENCE);
  }

  /**
   * Settles once, with the response whatever its status, or with `timeout`, `aborted`, or what {@link rejectAll} was given.
   */
  add(request: MmsRequest, options: QueueOptions): Promise<MmsResponse> {
    const { first, signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new ReaderError('aborted', { cause: signal.reason }));
      const pending: PendingRequest = {
        ...options,
        request,
        resolve,
        reject,
        sentAt: 0,
        timer: undefined,
        onAbort: undefined,
      };
      if (signal) {
        pending.onAbort = () => {
          this.giveUp(pending, new ReaderError('aborted', { cause: signal.reason }));
          this.proceed();
        };
        signal.addEventListener('abort', pending.onAbort, { once: true });
      }
      const place = first ? this.waiting.findIndex((other) => !other.first) : -1;
      if (place < 0) this.waiting.push(pending);
      else this.waiting.splice(place, 0, pending);
      this.proceed();
    });
  }

  /**
   * The request that a response answers, by reference and command, which is then no longer in flight.
   * `late` when its request was given up before, `foreign` when nothing was sent here that it could answer.
   */
  settle(response: MmsResponse): PendingRequest | 'late' | 'foreign' {
    const { reference, id } = response;
    const pending = this.inFlight;
    if (pending?.request.reference === reference && pending.request.id === id) {
      this.release(pending);
      return pending;
    }
    if (this.abandoned.get(reference) !== id) return 'foreign';
    this.abandoned.delete(reference);
    return 'late';
  }

  /** Sends what waits next; to be called when the answer that {@link settle} matched has been passed on. */
  proceed(): void {
    while (this.inFlight === undefined) {
      const pending = this.waiting.shift();
      if (pending === undefined) return;
      this.start(pending);
    }
  }

  /** Rejects the request in flight and all that wait, and forgets what was given up: the connection is gone. */
  rejectAll(makeError: () => ReaderError): void {
    const lost = this.inFlight ? [this.inFlight, ...this.waiting] : [...this.waiting];
    for (const pending of lost) this.release(pending);
    this.abandoned.clear();
    for (const pending of lost) pending.reject(makeError());
  }

  private start(pending: PendingRequest): void {
    if (!pending.verbatim) pending.request = withReference(pending.request, this.takeReference());
    this.inFlight = pending;
    pending.sentAt = this.environment.now();
    try {
      pending.sent?.();
      const sending = this.send(pending);
      // A long command takes its time to go out over USB or Bluetooth: the reader cannot answer before it has all of it.
      if (sending)
        void sending.then(() => {
          this.awaitAnswer(pending);
        });
      else this.awaitAnswer(pending);
    } catch (cause) {
      this.giveUp(pending, cause instanceof ReaderError ? cause : new ReaderError('connection-lost', { cause }));
    }
  }

  /** Starts the time limit, unless the request is settled already. */
  private awaitAnswer(pending: PendingRequest): void {
    if (this.inFlight !== pending) return;
    pending.sentAt = this.environment.now();
    pending.timer = this.environment.setTimeout(() => {
      this.giveUp(pending, new ReaderError('timeout'));
      this.unanswered(pending);
      this.proceed();
    }, pending.timeout);
  }

  /** Rejects one request. If it was sent, its answer may still come. */
  private giveUp(pending: PendingRequest, error: ReaderError): void {
    const { reference, id } = pending.request;
    if (this.inFlight === pending) {
      this.abandoned.delete(reference);
      this.abandoned.set(reference, id);
    }
    this.release(pending);
    pending.reject(error);
  }

  private release(pending: PendingRequest): void {
    if (this.inFlight === pending) this.inFlight = undefined;
    const place = this.waiting.indexOf(pending);
    if (place >= 0) this.waiting.splice(place, 1);
    this.environment.clearTimeout(pending.timer);
    if (pending.onAbort) pending.signal?.removeEventListener('abort', pending.onAbort);
  }

  /** The next reference whose answer cannot be mistaken; the one abandoned longest ago when all are. */
  private takeReference(): number {
    if (this.abandoned.size >= LAST_REFERENCE) {
      const [oldest] = this.abandoned.keys();
      if (oldest !== undefined) this.abandoned.delete(oldest);
    }
    do {
      this.lastReference = this.lastReference >= LAST_REFERENCE ? FIRST_REFERENCE : this.lastReference + 1;
    } while (this.abandoned.has(this.lastReference));
    return this.lastReference;
  }
}
