/**
 * Finds out whether a sale of the shared list is still running, here or in another tab: such a sale is not unresolved. The tab that runs
 * one holds its owner's name; where tabs cannot know of each other, the time at which it must have ended decides.
 */
import { timeIn, type Environment, type TimerHandle } from '../connection/environment.js';
import { saleName } from '../connection/held-names.js';
import { isRunning } from './transaction-ids.js';
import type { UnresolvedTransaction } from './unresolved.js';

/** Milliseconds that no sale takes: an end further away was written before the clock was set back, and says nothing. */
const TOO_LONG = 3_600_000;

/** What is known of an owner: `unknown` where it cannot be found out. */
type Presence = 'here' | 'gone' | 'unknown';

export class RunningElsewhere {
  private readonly environment: Environment;
  private readonly changed: () => void;
  private readonly owners = new Map<string, Presence>();
  private timer: TimerHandle;
  /** When the timer is due, in milliseconds since 1970. */
  private due = Infinity;

  /** @param changed Called when a sale that was running is not any more. */
  constructor(environment: Environment, changed: () => void) {
    this.environment = environment;
    this.changed = changed;
  }

  /** Whether it runs; where it does elsewhere, {@link changed} is called when that is over. */
  has({ transactionId, owner, startedAt, runningUntil }: UnresolvedTransaction): boolean {
    if (isRunning(transactionId)) return true;
    if (runningUntil === undefined) return false;
    const presence = owner === undefined ? 'unknown' : this.presenceOf(owner);
    return presence === 'unknown' ? this.isBetween(startedAt, runningUntil) : presence === 'here';
  }

  private presenceOf(owner: string): Presence {
    const { environment, owners } = this;
    const known = owners.get(owner);
    if (known || !environment.whenFree) return known ?? 'unknown';
    const found = (presence: Presence): void => {
      owners.set(owner, presence);
      this.changed();
    };
    owners.set(owner, 'here');
    environment.whenFree(saleName(owner)).then(
      () => {
        found('gone');
      },
      () => {
        found('unknown');
      },
    );
    return 'here';
  }

  private isBetween(start: number, end: number): boolean {
    const now = timeIn(this.environment);
    const left = end - now;
    // One that begins later was written before the clock was set back, too. What is not a number says nothing either.
    if (!(start <= now && left > 0 && left <= TOO_LONG)) return false;
    if (end < this.due) this.wake(end, left);
    return true;
  }

  /** In time for the sale that must have ended first; those behind it are looked at again then. */
  private wake(end: number, left: number): void {
    const { environment } = this;
    environment.clearTimeout(this.timer);
    this.due = end;
    this.timer = environment.setTimeout(() => {
      this.due = Infinity;
      this.changed();
    }, left);
  }
}
