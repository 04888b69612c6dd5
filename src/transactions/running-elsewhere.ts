/**
 * Finds out whether a sale of the shared list is still running, here or in another tab: such a sale is not unresolved. The tab that runs
 * one holds its owner's name; where tabs cannot know of each other, the time at which it must have ended decides.
 */
import type { Environment, TimerHandle } from '../connection/environment.js';
import { saleName } from '../connection/held-names.js';
import { isRunning } from './transaction-ids.js';
import type { UnresolvedTransaction } from './unresolved.js';

export class RunningElsewhere {
  private readonly environment: Environment;
  private readonly changed: () => void;
  /** Owners that are waited for. */
  private readonly watched = new Set<string>();
  private readonly gone = new Set<string>();
  private timer: TimerHandle;

  /** @param changed Called when a sale that was running is not any more. */
  constructor(environment: Environment, changed: () => void) {
    this.environment = environment;
    this.changed = changed;
  }

  /** Whether it runs; where it does elsewhere, {@link changed} is called when that is over. */
  has({ transactionId, owner, runningUntil }: UnresolvedTransaction): boolean {
    if (isRunning(transactionId)) return true;
    if (runningUntil === undefined) return false;
    if (owner === undefined || !this.environment.whenFree) return this.isBefore(runningUntil);
    if (!this.gone.has(owner)) this.watch(owner);
    return !this.gone.has(owner);
  }

  private watch(owner: string): void {
    if (this.watched.has(owner)) return;
    this.watched.add(owner);
    this.environment.whenFree?.(saleName(owner)).then(
      () => {
        this.watched.delete(owner);
        this.gone.add(owner);
        this.changed();
      },
      () => undefined,
    );
  }

  private isBefore(end: number): boolean {
    const left = end - this.environment.now();
    if (left <= 0) return false;
    this.timer ??= this.environment.setTimeout(() => {
      this.timer = undefined;
      this.changed();
    }, left);
    return true;
  }
}
