/**
 * The requests that wait for the notification that completes a command. The notifications that complete a command are listed
 * in `mms/completions.ts`.
 */
import type { MmsNotification, MmsRequest } from '../../mms/message.js';
import { completes, completionTimeout } from '../../mms/completions.js';
import type { Environment, TimerHandle } from '../../connection/environment.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';

/** One who waits. */
export interface AwaitedCompletion {
  /** The completion of a command whose response says that it is running. */
  notification(): Promise<MmsNotification>;
  /** To be called in any case, when nobody waits any more. */
  stop(): void;
}

interface Waiter {
  readonly request: MmsRequest;
  readonly resolve: (notification: MmsNotification) => void;
  readonly reject: (error: ReaderError) => void;
}

export class CompletionWaiters {
  private readonly environment: Environment;
  private readonly waiters = new Set<Waiter>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Starts to listen before the request is sent: its completion may come before the response. */
  listen(request: MmsRequest, signal: AbortSignal | undefined): AwaitedCompletion {
    const { promise, waiter } = this.add(request);
    let timer: TimerHandle;
    const onAbort = (): void => waiter.reject(new ReaderError('aborted', { cause: signal?.reason }));
    return {
      notification: () => {
        const seconds = completionTimeout(request);
        if (seconds === undefined) {
          waiter.reject(new ReaderError('timeout', detailed('no-completion-known')));
        } else {
          timer = this.environment.setTimeout(() => {
            waiter.reject(new ReaderError('timeout', detailed('end-not-told')));
          }, seconds * 1000);
        }
        signal?.addEventListener('abort', onAbort, { once: true });
        return promise;
      },
      stop: () => {
        this.waiters.delete(waiter);
        this.environment.clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      },
    };
  }

  /** A notification of the reader. */
  notified(notification: MmsNotification): void {
    for (const waiter of [...this.waiters]) {
      if (completes(notification, waiter.request)) waiter.resolve(notification);
    }
  }

  /** The connection is gone. */
  rejectAll(makeError: () => ReaderError): void {
    for (const waiter of [...this.waiters]) waiter.reject(makeError());
  }

  private add(request: MmsRequest): { readonly promise: Promise<MmsNotification>; readonly waiter: Waiter } {
    let waiter!: Waiter;
    const promise = new Promise<MmsNotification>((resolve, reject) => {
      waiter = { request, resolve, reject };
    });
    // Rejected by a lost connection before anybody waits; the response is rejected then as well.
    promise.catch(() => undefined);
    this.waiters.add(waiter);
    return { promise, waiter };
  }
}
