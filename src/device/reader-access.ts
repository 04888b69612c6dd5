/** Shared by all operations: a request that must be accepted, and a message that is waited for. */
import type { MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { completes, completionTimeout } from '../mms/completions.js';
import { isOpen, type ReaderState } from '../connection/connection-state.js';
import type { Environment, Unsubscribe } from '../connection/environment.js';
import { detailed } from '../connection/error-details.js';
import { ReaderError, rejected, type ReaderErrorOptions } from '../connection/reader-error.js';

/** What an operation hears of a client. */
export interface AccessEvents {
  readonly message: { readonly message: MmsMessage };
  readonly state: { readonly state: ReaderState; readonly error?: ReaderError };
}

/** What an operation needs of a client. */
export interface ReaderAccess {
  readonly environment: Environment;
  /** The client: the same object for all operations at one reader. */
  readonly owner: object;
  /** What the reader is, as far as it is known, else `unknown`. */
  readonly model: string;
  /**
   * To be called when the options are known to be good, before the reader is made to do what a sale would be disturbed by.
   * @throws {ReaderError} `transaction-in-progress` while one runs.
   */
  readonly assertIdle: () => void;
  readonly request: (request: MmsRequest, options?: OperationOptions) => Promise<MmsResponse>;
  /** Sends a request, and at once behind its answer, where the reader agrees, a message that is not answered: a file. */
  readonly requestThenSend: (
    request: MmsRequest,
    then: (response: MmsResponse) => MmsMessage,
    options?: OperationOptions,
  ) => Promise<MmsResponse>;
  readonly subscribe: <Name extends keyof AccessEvents>(
    name: Name,
    listener: (detail: AccessEvents[Name]) => void,
  ) => Unsubscribe;
}

/** What every operation takes. */
export interface OperationOptions {
  /** Rejects with `aborted`; what the reader was told already it may still do, until its own time limit. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request and resolves with its response when the reader accepts it.
 * @throws {ReaderError} `rejected` with the status when it does not, and what the client's `request` throws.
 */
export async function accepted(
  { request }: ReaderAccess,
  message: MmsRequest,
  { signal }: OperationOptions = {},
): Promise<MmsResponse> {
  const response = await request(message, { signal });
  const { status } = response;
  if (!status.ok) throw rejected(status);
  return response;
}

export interface AwaitOptions extends OperationOptions {
  readonly seconds: number;
  /** What is said when the time is over; default that the reader did not say how it ended. */
  readonly missing?: Pick<ReaderErrorOptions, 'detail' | 'because'>;
}

/** A message that is waited for. */
export interface Awaited<T> {
  /** Rejects with `timeout`, `aborted` or `connection-lost`. */
  readonly arrived: Promise<T>;
  /** Ends the waiting; to be called in any case. */
  readonly stop: () => void;
}

/**
 * Waits for the next message that `pick` makes something of. To be called before the request is sent that leads to it:
 * the message may come before the response.
 */
export function awaitMessage<T>(
  { environment, subscribe }: ReaderAccess,
  pick: (message: MmsMessage) => T | undefined,
  { seconds, missing = detailed('end-not-told'), signal }: AwaitOptions,
): Awaited<T> {
  const stops: (() => void)[] = [];
  const arrived = new Promise<T>((resolve, reject) => {
    const timer = environment.setTimeout(() => reject(new ReaderError('timeout', missing)), seconds * 1000);
    const onAbort = (): void => reject(new ReaderError('aborted', { cause: signal?.reason }));
    signal?.addEventListener('abort', onAbort, { once: true });
    stops.push(
      () => {
        environment.clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      },
      subscribe('message', ({ message }) => {
        const picked = pick(message);
        if (picked !== undefined) resolve(picked);
      }),
      subscribe('state', ({ state }) => {
        if (!isOpen(state)) reject(new ReaderError('connection-lost'));
      }),
    );
  });
  // Where the request itself fails nobody waits any more.
  arrived.catch(() => undefined);
  return {
    arrived,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** The seconds to wait are those of the command unless they are given. */
export interface CompletionOptions extends Partial<AwaitOptions> {
  /** Whether such a notification tells of this request, where others that it may follow end with the same one. Default: all do. */
  readonly isMeant?: (notification: MmsNotification) => boolean;
}

/**
 * Sends a request that the reader must accept, and resolves with the notification that completes it.
 * @throws {ReaderError} as {@link accepted}; `timeout`, `aborted`, `connection-lost`.
 */
export async function completed(
  access: ReaderAccess,
  request: MmsRequest,
  options: CompletionOptions = {},
): Promise<MmsNotification> {
  const { isMeant } = options;
  const pick = (message: MmsMessage): MmsNotification | undefined =>
    completes(message, request) && isMeant?.(message) !== false ? message : undefined;
  const { arrived, stop } = awaitMessage(access, pick, { seconds: completionTimeout(request) ?? 0, ...options });
  try {
    await accepted(access, request, options);
    return await arrived;
  } finally {
    stop();
  }
}
