/**
 * Money that a host took for a card that then refused: the host is told to give it back, until it says that it has. A host carries
 * that out once, however often it hears it; nothing is sent to the reader.
 */
import type { Environment, TimerHandle } from '../connection/environment.js';
import { detailed } from '../connection/error-details.js';
import { present } from '../connection/present.js';
import { ReaderError } from '../connection/reader-error.js';
import type { ReversalRequest, Reverse, SaleFacts, TransactionResult } from './contract.js';

/** Seconds before each further try. */
const PAUSES = [2, 10, 30, 60, 300];

/** Milliseconds that a host may take for one try. */
const ATTEMPT = 60_000;

/** What a sale has to be given back; undefined where it has not. */
export const reversalOf = (result: TransactionResult): ReversalRequest | undefined =>
  result.because?.code === 'card-refused' ? requestOf(result) : undefined;

/** What a host is told of a sale whose money it must give back. */
export function requestOf(sale: SaleFacts & Pick<ReversalRequest, 'arqc' | 'batch'>): ReversalRequest {
  const { schema, transactionId, type, dateTime, amount, currency, amounts, arqc, batch, card, emv } = sale;
  const facts = { schema, transactionId, type, dateTime, amount, currency, amounts };
  return Object.freeze({ ...facts, ...present({ arqc, card, emv, batch }) });
}

/** The request as it may leave for the host: without a batch that has card data in clear. */
export function withoutClearBatch({ batch, ...request }: ReversalRequest): ReversalRequest {
  return Object.freeze(batch && batch.clearTags.length === 0 ? { ...request, batch } : request);
}

/**
 * How it ended: the host gave the money back; it never said so in all tries; the hook says that it is done elsewhere, or that it does
 * not do it; or it is not to be tried any more.
 */
export type ReversalEnd = 'given-back' | 'failed' | 'elsewhere' | 'nobody' | 'stopped';

export interface ReversalTask {
  readonly request: ReversalRequest;
  readonly reverse: Reverse;
}

/** One sale that is given back, try after try. */
export class Reversal {
  /** Why the last try failed, where it says why. */
  cause: unknown;
  private readonly task: ReversalTask;
  private readonly environment: Environment;
  private readonly isOwed: () => boolean;
  private readonly waiting = new Set<(isGivenBack: boolean) => void>();
  private isStopped = false;
  private asking = new AbortController();
  private timer: TimerHandle;
  private endPause: () => void = () => undefined;

  /** @param isOwed Whether it still must be given back: looked at before each try. */
  constructor(task: ReversalTask, environment: Environment, isOwed: () => boolean = () => true) {
    this.task = task;
    this.environment = environment;
    this.isOwed = isOwed;
  }

  /** Tries until the host has given it back, or nobody does. The hook is called before this returns. Called once. */
  async run(): Promise<ReversalEnd> {
    let end: ReversalEnd | undefined;
    for (const pause of [0, ...PAUSES]) {
      if (pause > 0) await this.pause(pause * 1000);
      if (this.isOver) break;
      end = await this.attempt();
      this.tell(end === 'given-back');
      if (end) return end;
    }
    this.tell(!this.isOwed());
    return this.isOver ? 'stopped' : 'failed';
  }

  /** Tries again at once where it waits, and says how the try ended that is the next to end. */
  tryNow(): Promise<boolean> {
    const answered = new Promise<boolean>((resolve) => this.waiting.add(resolve));
    this.endPause();
    return answered;
  }

  /** Tries no more. What a host was told already may still be carried out, and its yes counts unless that does not matter any more. */
  stop(): void {
    this.isStopped = true;
    this.endPause();
  }

  /** Tries no more, and nobody waits for the host: somebody has settled it. */
  abandon(): void {
    this.stop();
    this.asking.abort(new ReaderError('aborted'));
    this.tell(false);
  }

  private get isOver(): boolean {
    return this.isStopped || !this.isOwed();
  }

  private tell(isGivenBack: boolean): void {
    for (const tell of this.waiting) tell(isGivenBack);
    this.waiting.clear();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.endPause = () => {
        this.environment.clearTimeout(this.timer);
        resolve();
      };
      this.timer = this.environment.setTimeout(resolve, milliseconds);
      if (this.isStopped) this.endPause();
    });
  }

  /** Tries once; undefined where it is to be tried again. */
  private async attempt(): Promise<ReversalEnd | undefined> {
    const { environment, task } = this;
    this.asking = new AbortController();
    const { asking } = this;
    const { signal } = asking;
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as ReaderError);
      });
    });
    stopped.catch(() => undefined);
    const timer = environment.setTimeout(() => {
      asking.abort(new ReaderError('aborted', detailed('host-silent')));
    }, ATTEMPT);
    this.cause = undefined;
    try {
      const asked = task.reverse({ ...task.request, signal });
      if (asked === undefined) return 'nobody';
      if (asked === null) return 'elsewhere';
      const answer: unknown = await Promise.race([Promise.resolve(asked), stopped]);
      const isGivenBack = answer === true || (answer as { readonly approved?: unknown } | null)?.approved === true;
      return isGivenBack ? 'given-back' : undefined;
    } catch (cause) {
      this.cause = cause;
      return undefined;
    } finally {
      environment.clearTimeout(timer);
    }
  }
}
