/**
 * The requests of a client: one after the other, with the notification that completes a command where it is waited for, and with a
 * file behind the answer where the reader takes one.
 */
import { requestOf } from '../connection/bad-input.js';
import { isOpen, type ReaderState } from '../connection/connection-state.js';
import type { Environment } from '../connection/environment.js';
import { ReaderError } from '../connection/reader-error.js';
import { RequestQueue, type PendingRequest, type QueueOptions } from '../connection/request-queue.js';
import { assertTimeLimit } from '../connection/time-limit.js';
import type { OperationOptions } from '../device/reader-access.js';
import type { MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { CANCEL_TRANSACTION, RESUME_TRANSACTION } from '../mms/tables/numbers.js';
import type { CompletedResponse, RequestOptions } from './client-options.js';
import { CompletionWaiters } from './operations/completion-waiters.js';

/** A client as far as its requests need to know it. */
export interface RequestingClient {
  readonly state: ReaderState;
  /** Seconds to wait for a response unless a request says otherwise. */
  readonly requestTimeout: number;
}

export interface RequestParts {
  readonly environment: Environment;
  readonly send: (pending: PendingRequest) => void | Promise<void>;
  readonly sendFile: (file: MmsMessage) => void | Promise<void>;
  /** A request was not answered in time. */
  readonly unanswered: () => void;
}

/** As those of the queue, but with seconds. */
export interface EnqueueOptions extends Partial<Omit<QueueOptions, 'first'>> {
  readonly timeout?: number;
}

/** Sends requests and settles them; what the public methods promise is said there. */
export class Requests {
  readonly queue: RequestQueue;
  readonly completions: CompletionWaiters;
  private readonly client: RequestingClient;
  private readonly sendFile: RequestParts['sendFile'];

  constructor(client: RequestingClient, parts: RequestParts) {
    this.client = client;
    this.sendFile = parts.sendFile;
    this.completions = new CompletionWaiters(parts.environment);
    this.queue = new RequestQueue(parts);
  }

  /** @throws {ReaderError} as the method of the client. */
  async request(request: MmsRequest | string | Uint8Array, options: RequestOptions): Promise<CompletedResponse> {
    const { signal, timeout = this.client.requestTimeout, until } = options;
    const verbatim = typeof request === 'string' || ArrayBuffer.isView(request);
    const message = verbatim ? requestOf(request) : request;
    assertTimeLimit('timeout', timeout);
    if (!isOpen(this.client.state)) throw new ReaderError('not-connected');

    const completion = until === 'completed' ? this.completions.listen(message, signal) : undefined;
    try {
      const response = await this.enqueue(message, { verbatim, timeout, signal });
      if (!completion || !response.status.running) return response;
      return withCompletion(response, await completion.notification());
    } finally {
      completion?.stop();
    }
  }

  /** @throws {ReaderError} as {@link request}. */
  enqueue(message: MmsRequest, options: EnqueueOptions): Promise<MmsResponse> {
    if (!isOpen(this.client.state)) return Promise.reject(new ReaderError('not-connected'));
    const { timeout = this.client.requestTimeout } = options;
    return this.queue.add(message, {
      ...options,
      // Cards and people wait for these.
      first: message.id === CANCEL_TRANSACTION || message.id === RESUME_TRANSACTION,
      timeout: timeout * 1000,
    });
  }

  /** Sends a request, and behind its answer, where the reader agrees, the file that `then` makes. */
  async thenSend(
    request: MmsRequest,
    then: (response: MmsResponse) => MmsMessage,
    { signal }: OperationOptions = {},
  ): Promise<MmsResponse> {
    let sending: Promise<void> | undefined;
    const response = await this.enqueue(request, {
      signal,
      answered: (answer) => {
        if (!answer.status.ok) return;
        // What it throws must not reach the transport that delivered the answer.
        sending = (async () => this.sendFile(then(answer)))();
        sending.catch(() => undefined);
      },
    });
    await sending;
    return response;
  }

  rejectAll(error: () => ReaderError): void {
    this.queue.rejectAll(error);
    this.completions.rejectAll(error);
  }
}

/** The response with its completion; its getters stay where they are. */
function withCompletion(response: MmsResponse, completion: MmsNotification): CompletedResponse {
  return Object.defineProperty(response, 'completion', { value: completion, enumerable: true });
}
