/**
 * The sales whose money must be given back: recorded before a host is told, until a host has said that it gave it back or somebody has
 * settled it, over page loads. Of all pages that share the storage one tells the host at a time. It does not know how a host is told.
 */
import type { Environment, TimerHandle, Unsubscribe } from '../connection/environment.js';
import { detailed } from '../connection/error-details.js';
import { reversalName } from '../connection/held-names.js';
import { ReaderError } from '../connection/reader-error.js';
import type { Reverse } from './contract.js';
import { Reversal, type ReversalEnd, type ReversalTask } from './reversal.js';
import type { UnresolvedTransaction, UnresolvedTransactions } from './unresolved.js';

export interface ReversalsDependencies {
  readonly environment: Environment;
  readonly unresolved: UnresolvedTransactions;
  /** This page is about to tell a host. */
  readonly begins: (transactionId: string) => void;
  /** No hook does it. */
  readonly nobody: (transactionId: string) => void;
  /** The last try is over. */
  readonly failed: (error: ReaderError) => void;
  /** The host has given it back, or the hook says that it is done elsewhere; it is not recorded any more. */
  readonly over: (item: UnresolvedTransaction, isGivenBack: boolean) => void;
}

/**
 * Milliseconds for which others still wait when it is over: what one page has removed from the storage may be seen by another a little
 * later than a name that is free.
 */
const LINGER = 1_000;

/** Milliseconds for which a person waits where another page is telling the host. */
const WAIT_FOR_OTHERS = 5_000;

/** One that this page gives back, or will when no other page does. */
class Taken {
  task: ReversalTask | undefined;
  /** Hooks that are asked where the one of the task does not do it. */
  readonly others: Reverse[] = [];
  /** How many of them could be asked in the last try. */
  known = 0;
  reversal: Reversal | undefined;
  isMine = false;
  letGo: Unsubscribe = () => undefined;
  /** Who waits for an answer before the first try. */
  readonly waiting = new Set<(isGivenBack: boolean) => void>();
}

export class Reversals {
  private readonly dependencies: ReversalsDependencies;
  private readonly taken = new Map<string, Taken>();

  constructor(dependencies: ReversalsDependencies) {
    this.dependencies = dependencies;
  }

  /** Whether this page gives it back, or will. */
  has(transactionId: string): boolean {
    return this.taken.has(transactionId);
  }

  /** Records that money must be given back, before anybody is told. The page that does so tells the host first. */
  owe(item: UnresolvedTransaction): void {
    this.take(item.transactionId);
    this.dependencies.unresolved.put({ ...item, reversalNeeded: true });
  }

  /**
   * Has the host give it back; whether its next answer says that it did, or it was given back by another page. It goes on after a no, and
   * where it goes on already it tries again at once, in the way of this task.
   * @param fallback Asked where the hook of the task does not do it.
   */
  async giveBack(task: ReversalTask, fallback?: Reverse): Promise<boolean> {
    const { transactionId } = task.request;
    if (!this.isOwed(transactionId)) {
      this.stop(transactionId);
      return true;
    }
    const taken = this.take(transactionId);
    if (fallback) taken.others.push(fallback);
    taken.task = task;
    if (taken.reversal) return taken.reversal.tryNow();
    const answered = new Promise<boolean>((resolve) => taken.waiting.add(resolve));
    this.begin(transactionId, taken);
    return this.unlessOthers(taken, answered);
  }

  /** Another hook to ask for one that is taken, where the one that it has does not do it. */
  alsoAsk(transactionId: string, reverse: Reverse): void {
    this.taken.get(transactionId)?.others.push(reverse);
  }

  /** Somebody has settled it: no host is told any more. */
  stop(transactionId: string): void {
    const taken = this.forget(transactionId);
    taken?.reversal?.abandon();
    for (const tell of taken?.waiting ?? []) tell(false);
    taken?.letGo();
  }

  /** The page is left: another may give back what this one has begun. Gives back what that is. */
  leave(): readonly ReversalTask[] {
    const left: ReversalTask[] = [];
    for (const [transactionId, taken] of [...this.taken]) {
      this.forget(transactionId);
      taken.reversal?.stop();
      taken.letGo();
      if (taken.task) left.push({ request: taken.task.request, reverse: hooksOf(taken.task, taken) });
    }
    return left;
  }

  /** Others have changed the list: what they have settled is not tried again. */
  looked(): void {
    for (const transactionId of this.taken.keys()) if (!this.isOwed(transactionId)) this.stop(transactionId);
  }

  private isOwed(transactionId: string): boolean {
    return this.recordOf(transactionId)?.reversalNeeded === true;
  }

  private recordOf(transactionId: string): UnresolvedTransaction | undefined {
    return this.dependencies.unresolved.list.find((item) => item.transactionId === transactionId);
  }

  /** Makes sure that no other page tells the host at the same time. */
  private take(transactionId: string): Taken {
    const before = this.taken.get(transactionId);
    if (before) return before;
    const taken = new Taken();
    this.taken.set(transactionId, taken);
    const { environment } = this.dependencies;
    if (environment.hold)
      taken.letGo = environment.hold(reversalName(transactionId), () => {
        taken.isMine = true;
        this.begin(transactionId, taken);
      });
    // Pages that cannot know of each other may both tell the host, which carries it out once.
    else taken.isMine = true;
    return taken;
  }

  /** Begins once it is known what to tell whom, and nobody else does it. */
  private begin(transactionId: string, taken: Taken): void {
    const { task } = taken;
    if (!task || !taken.isMine || taken.reversal || this.taken.get(transactionId) !== taken) return;
    if (!this.isOwed(transactionId)) {
      for (const tell of taken.waiting) tell(true);
      this.forget(transactionId);
      taken.letGo();
      return;
    }
    const { begins, environment } = this.dependencies;
    const reverse: Reverse = (asked) => {
      taken.known = taken.others.length;
      return hooksOf(taken.task ?? task, taken)(asked);
    };
    const reversal = new Reversal({ request: task.request, reverse }, environment, () => this.isOwed(transactionId));
    taken.reversal = reversal;
    begins(transactionId);
    for (const tell of taken.waiting) void reversal.tryNow().then(tell);
    taken.waiting.clear();
    void reversal.run().then((end) => {
      this.ended(transactionId, taken, end);
    });
  }

  private ended(transactionId: string, taken: Taken, end: ReversalEnd): void {
    const { environment, failed, nobody, over, unresolved } = this.dependencies;
    const isCurrent = this.taken.get(transactionId) === taken;
    if (isCurrent && end === 'nobody' && taken.others.length > taken.known) {
      taken.reversal = undefined;
      this.begin(transactionId, taken);
      return;
    }
    if (isCurrent) this.forget(transactionId);
    if (end === 'given-back' || end === 'elsewhere') {
      const item = this.recordOf(transactionId);
      unresolved.remove(transactionId);
      if (isCurrent && environment.hold) environment.setTimeout(taken.letGo, LINGER);
      if (item?.reversalNeeded) over(item, end === 'given-back');
      return;
    }
    if (!isCurrent) return;
    taken.letGo();
    if (end === 'nobody') nobody(transactionId);
    if (end === 'failed')
      failed(
        new ReaderError('reversal-failed', {
          ...detailed('sale-id', { id: transactionId }),
          cause: taken.reversal?.cause,
        }),
      );
  }

  private forget(transactionId: string): Taken | undefined {
    const taken = this.taken.get(transactionId);
    this.taken.delete(transactionId);
    return taken;
  }

  /** The answer; no longer than a person waits where another page is telling the host. */
  private async unlessOthers(taken: Taken, answered: Promise<boolean>): Promise<boolean> {
    if (taken.isMine) return answered;
    const { environment } = this.dependencies;
    let timer: TimerHandle;
    const busy = new Promise<boolean>((resolve) => {
      timer = environment.setTimeout(() => {
        if (!taken.isMine) resolve(false);
      }, WAIT_FOR_OTHERS);
    });
    try {
      return await Promise.race([answered, busy]);
    } finally {
      environment.clearTimeout(timer);
    }
  }
}

/** The hooks as one: each where those before it do not do it. */
const hooksOf =
  ({ reverse }: ReversalTask, { others }: Taken): Reverse =>
  (asked) => {
    for (const hook of [reverse, ...others]) {
      const answer = hook(asked);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
