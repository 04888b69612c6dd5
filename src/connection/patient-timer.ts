/**
 * A timer after which something is given up. One that fires late, because the computer slept or the page was busy, gives the
 * messages that have come meanwhile their turn first: they may be what was waited for.
 */
import type { Environment, TimerHandle } from './environment.js';

/** Milliseconds by which a timer may be late before it means anything. */
const LATE = 250;
/** Milliseconds for the messages that wait. */
const TURN = 2_000;
/** Milliseconds that a platform's timers can count: those of more fire at once. */
const LONGEST = 2 ** 31 - 1;

export class PatientTimer {
  private readonly environment: Environment;
  private handle: TimerHandle;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Calls `over` once after `milliseconds`, instead of what it was started for before. */
  start(milliseconds: number, over: () => void): void {
    this.stop();
    const { environment } = this;
    const due = environment.now() + milliseconds;
    this.handle = environment.setTimeout(
      () => {
        this.handle = undefined;
        if (environment.now() - due < LATE) over();
        else this.handle = environment.setTimeout(over, TURN);
      },
      Math.min(milliseconds, LONGEST),
    );
  }

  stop(): void {
    this.environment.clearTimeout(this.handle);
    this.handle = undefined;
  }
}
