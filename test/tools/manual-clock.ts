/** An environment whose time passes only when a test says so. */
import type { Environment } from '../../src/client/environment.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export class ManualClock implements Environment {
  private time = 1_000_000;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, milliseconds: number): Timer {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.timers.delete(handle as Timer);
  }

  /** How many timers run: none may be left when nothing waits. */
  get running(): number {
    return this.timers.size;
  }

  /** Lets time pass, calling what is due in order. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.time = due.at;
      due.callback();
    }
    this.time = end;
  }
}
