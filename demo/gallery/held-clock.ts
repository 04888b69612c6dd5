/**
 * Timers of a simulated reader that stand still until somebody lets time pass, so that a moment of a sale can be looked at.
 * It does not know readers.
 */
import type { SimulatorClock } from '../../src/simulator/clock.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export class HeldClock implements SimulatorClock {
  private time = 0;
  private isHeld = true;
  private readonly timers = new Map<Timer, ReturnType<typeof setTimeout> | undefined>();

  setTimeout(callback: () => void, milliseconds: number): Timer {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.set(timer, this.isHeld ? undefined : this.run(timer, milliseconds));
    return timer;
  }

  clearTimeout(handle: unknown): void {
    const timer = handle as Timer;
    clearTimeout(this.timers.get(timer));
    this.timers.delete(timer);
  }

  /** Lets time pass and calls what is due, in order. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [due] = [...this.timers.keys()].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.time = due.at;
      this.fire(due);
    }
    this.time = end;
  }

  /** From now on time passes by itself. */
  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    for (const timer of this.timers.keys()) this.timers.set(timer, this.run(timer, timer.at - this.time));
  }

  private run(timer: Timer, milliseconds: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.fire(timer);
    }, milliseconds);
  }

  private fire(timer: Timer): void {
    this.timers.delete(timer);
    timer.callback();
  }
}
