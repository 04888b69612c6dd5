/**
 * The timers of one reader, so that all of them can be stopped.
 */
import type { SimulatorClock } from './clock.js';

export class Timers {
  private readonly clock: SimulatorClock;
  private readonly running = new Set<unknown>();

  constructor(clock: SimulatorClock) {
    this.clock = clock;
  }

  later(milliseconds: number, step: () => void): void {
    const timer = this.clock.setTimeout(() => {
      this.running.delete(timer);
      step();
    }, milliseconds);
    this.running.add(timer);
  }

  clear(): void {
    for (const timer of this.running) this.clock.clearTimeout(timer);
    this.running.clear();
  }
}
