/**
 * Lets commands of any number of pages through to one reader: one in flight, the others wait in order, a cancel first.
 * It does not know brokers or connections, and it never lets a command through twice or late.
 */
import type { Environment } from '../connection/environment.js';
import { ReaderError } from '../connection/reader-error.js';
import { RequestQueue } from '../connection/request-queue.js';
import { decodeMessage } from '../mms/decode.js';
import type { MmsMessage, MmsRequest, MmsResponse } from '../mms/message.js';
import { CANCEL_TRANSACTION } from '../mms/tables/numbers.js';

export interface CommandGateDependencies {
  readonly environment: Environment;
  /** Milliseconds that the reader may take to answer; after that the next command goes out. */
  readonly answerTimeout: number;
  /** Sends to the reader, or throws. */
  readonly send: (bytes: Uint8Array) => void;
  /** The reader did not answer in time. */
  readonly unanswered: () => void;
  /** A command was not let through, or not answered. */
  readonly dropped: (why: string) => void;
}

/** Commands that may wait. More than that come only from a page that has gone wild. */
const MOST_WAITING = 16;

/**
 * Milliseconds that a command may wait. Pages wait five seconds for an answer unless told otherwise: a start that went out
 * after that would be of a sale that its page has given up.
 */
const LONGEST_WAIT = 4_000;

/** Whose question a response answers: one of a page, one of our own, or one that nobody asked here. */
export type Asker = 'page' | 'bridge' | 'nobody';

export class CommandGate {
  private readonly dependencies: CommandGateDependencies;
  private readonly queue: RequestQueue;
  /** Commands of pages that wait, each with what takes it out again. */
  private readonly waiting = new Map<string, AbortController>();
  /** The command of a page that waits for its answer. */
  private inFlight: string | undefined;
  /** Questions of our own whose answer has not come. */
  private readonly own = new Set<string>();

  constructor(dependencies: CommandGateDependencies) {
    this.dependencies = dependencies;
    const { environment, send, unanswered } = dependencies;
    this.queue = new RequestQueue({
      environment,
      send: ({ request, verbatim }) => {
        if (!verbatim) this.own.add(keyOf(request));
        send(request.bytes);
      },
      unanswered,
    });
  }

  /** Takes what a page has sent. */
  take(bytes: Uint8Array): void {
    const message = commandOf(bytes);
    if (message?.kind === 'request') this.admit(message);
    else if (message?.kind === 'file') this.passOn(bytes);
    else this.dependencies.dropped('it is not a command');
  }

  /** Whether a command of a page waits, for its turn or for its answer. */
  get isBusy(): boolean {
    return this.inFlight !== undefined || this.waiting.size > 0;
  }

  /**
   * Asks the reader something for ourselves; rejects when it does not answer.
   * @param first Whether that comes before what waits.
   */
  ask(request: MmsRequest, first: boolean): Promise<MmsResponse> {
    const { answerTimeout: timeout } = this.dependencies;
    return this.queue.add(request, { first, timeout });
  }

  /** Takes an answer of the reader; {@link proceed} follows once it has been passed on. */
  settle(response: MmsResponse): Asker {
    const key = keyOf(response);
    const settled = this.queue.settle(response);
    if (settled === 'foreign') return 'nobody';
    // Given up here, but a page may be more patient.
    if (settled === 'late') return this.own.delete(key) ? 'bridge' : 'page';
    settled.resolve(response);
    if (settled.verbatim) return 'page';
    this.own.delete(key);
    return 'bridge';
  }

  /** Sends what waits next. */
  proceed(): void {
    this.queue.proceed();
  }

  /** Forgets the commands that wait: whoever sent them cannot hear the answers any more. */
  dropWaiting(why: string): void {
    for (const controller of [...this.waiting.values()]) controller.abort(why);
  }

  /** Forgets all: the reader is gone. */
  clear(): void {
    this.queue.rejectAll(() => new ReaderError('connection-lost'));
    this.own.clear();
  }

  private admit(request: MmsRequest): void {
    const key = keyOf(request);
    const { dropped, answerTimeout, environment } = this.dependencies;
    if (key === this.inFlight || this.waiting.has(key)) {
      // A duplicate; or of another page, which will take the answer of the first for its own. Either way nothing may happen twice.
      dropped('one with the same reference is not answered yet');
      return;
    }
    if (this.waiting.size >= MOST_WAITING) return dropped('too many wait already');
    const controller = new AbortController();
    const timer = environment.setTimeout(() => controller.abort('it has waited for too long'), LONGEST_WAIT);
    const leave = (): void => {
      environment.clearTimeout(timer);
      this.waiting.delete(key);
    };
    this.waiting.set(key, controller);
    const { signal } = controller;
    const sent = (): void => {
      leave();
      this.inFlight = key;
    };
    void this.queue
      .add(request, { verbatim: true, first: request.id === CANCEL_TRANSACTION, timeout: answerTimeout, signal, sent })
      .catch((error: unknown) => {
        dropped(
          signal.aborted ? String(signal.reason) : (reasons[(error as ReaderError).code] ?? 'it could not be sent'),
        );
      })
      .finally(() => {
        leave();
        if (this.inFlight === key) this.inFlight = undefined;
      });
  }

  private passOn(bytes: Uint8Array): void {
    try {
      this.dependencies.send(bytes);
    } catch {
      this.dependencies.dropped('the reader is away');
    }
  }
}

const reasons: Readonly<Partial<Record<ReaderError['code'], string>>> = {
  timeout: 'the reader has not answered in time',
  'connection-lost': 'the connection to the reader was lost',
  'not-connected': 'the reader is away',
};

/** What an answer is known by. */
const keyOf = ({ reference, id }: MmsRequest | MmsResponse): string => `${String(reference)}/${String(id)}`;

/** The message, if one may be sent to a reader. */
function commandOf(bytes: Uint8Array): MmsMessage | undefined {
  try {
    const message = decodeMessage(bytes);
    return message.direction === 'to-reader' ? message : undefined;
  } catch {
    return undefined;
  }
}
