/**
 * Checks whether the reader still answers: a cheap read decides before a connection that seems dead is dropped. Browsers
 * cannot send pings [D].
 */
import type { Environment, TimerHandle } from './environment.js';
import { isTimeLimit } from './time-limit.js';
import type { Unsubscribe } from './environment.js';

export interface LivenessDependencies {
  readonly environment: Environment;
  /** Asks the reader something harmless; false when no answer came in time. Settles in any case. */
  readonly probe: () => Promise<boolean>;
  readonly doubt: () => void;
  readonly drop: () => void;
  /** Seconds between two questions to a silent reader; 0 asks only when there is doubt. */
  readonly keepAlive: number;
}

export class Liveness {
  private readonly dependencies: LivenessDependencies;
  private timer: TimerHandle;
  private stopWatching: Unsubscribe | undefined;
  private isProbing = false;
  private isDoubtful = false;
  /** The page was hidden or without a network since the reader was heard last. */
  private wasAway = false;
  private seconds: number;

  constructor(dependencies: LivenessDependencies) {
    this.dependencies = dependencies;
    this.seconds = dependencies.keepAlive;
  }

  /** Seconds between two questions to a silent reader. */
  get keepAlive(): number {
    return this.seconds;
  }

  set keepAlive(seconds: number) {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    if (this.stopWatching) this.scheduleQuestion();
  }

  /** The connection stands. */
  start(): void {
    this.stop();
    this.stopWatching = this.dependencies.environment.onChange(() => this.pageChanged());
    this.scheduleQuestion();
  }

  /** The connection is gone. */
  stop(): void {
    this.stopWatching?.();
    this.stopWatching = undefined;
    this.dependencies.environment.clearTimeout(this.timer);
    this.timer = undefined;
    this.isDoubtful = false;
    this.wasAway = false;
  }

  /** The reader has sent something. */
  heard(): void {
    this.isDoubtful = false;
    if (this.stopWatching) this.scheduleQuestion();
  }

  /** A request was not answered in time. */
  unanswered(): void {
    if (!this.stopWatching || this.isProbing) return;
    this.isDoubtful = true;
    this.check();
  }

  /** Asks now, or, while the page is hidden and its timers mean nothing, when it becomes visible. */
  private check(): void {
    const { environment, doubt, drop, probe } = this.dependencies;
    if (this.isProbing || !environment.isVisible()) return;
    this.isProbing = true;
    doubt();
    void probe().then((answered) => {
      this.isProbing = false;
      // Heard from meanwhile, or gone already: nothing to decide.
      if (answered || !this.isDoubtful || !this.stopWatching) return;
      // Hidden meanwhile: the time-out proves nothing.
      if (environment.isVisible()) drop();
    });
  }

  /** After the page was hidden or offline nobody knows whether the connection is still there: the reader is asked. */
  private pageChanged(): void {
    const { environment, probe } = this.dependencies;
    if (!environment.isVisible() || !environment.isOnline()) {
      this.wasAway = true;
      return;
    }
    const wasAway = this.wasAway;
    this.wasAway = false;
    if (this.isDoubtful) this.check();
    // Not answered, it raises doubt like every other request.
    else if (wasAway) void probe();
  }

  private scheduleQuestion(): void {
    const { environment, probe } = this.dependencies;
    environment.clearTimeout(this.timer);
    if (!isTimeLimit(this.seconds)) return;
    this.timer = environment.setTimeout(() => {
      // Not answered, it raises doubt like every other request.
      if (environment.isVisible()) void probe();
      this.scheduleQuestion();
    }, this.seconds * 1000);
  }
}
