/** An environment whose time passes, and whose page and network change, only when a test says so. */
import type { Environment } from '../../src/connection/environment.js';
import { nextTask } from './next-task.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export class ManualClock implements Environment {
  /** What `random` gives next; the last one stays. */
  randoms = [0.5];
  /** How many keep the screen on. */
  awake = 0;
  private ids = 0;
  private visible = true;
  private online = true;
  private readonly listeners = new Set<() => void>();
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

  random(): number {
    return (this.randoms.length > 1 ? this.randoms.shift() : this.randoms[0]) ?? 0;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isOnline(): boolean {
    return this.online;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  uniqueId(): string {
    return `id-${String(++this.ids)}`;
  }

  keepAwake(): () => void {
    this.awake++;
    return () => {
      this.awake--;
    };
  }

  /** How many listen to changes of page and network. */
  get watching(): number {
    return this.listeners.size;
  }

  show(visible: boolean): void {
    this.visible = visible;
    for (const listener of [...this.listeners]) listener();
  }

  connect(online: boolean): void {
    this.online = online;
    for (const listener of [...this.listeners]) listener();
  }

  /** How many timers run: none may be left when nothing waits. */
  get running(): number {
    return this.timers.size;
  }

  /** Lets time pass as {@link pass} does, and lets promises settle before each timer that is due. */
  async letPass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await nextTask();
    for (;;) {
      const due = Math.min(...[...this.timers].map(({ at }) => at));
      if (due > end) break;
      this.pass(Math.max(0, due - this.time));
      await nextTask();
    }
    this.pass(end - this.time);
    await nextTask();
  }

  /** Time passes in which nothing runs: timers that were due fire late, when time goes on. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Lets time pass, calling what is due in order. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.callback();
    }
    this.time = end;
  }
}
