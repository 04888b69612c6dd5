/** The activity of the simulated reader and the text on its screen; some activities end by themselves. */
import type { SimulatorClock } from './clock.js';
import type { SimulatedState } from './face.js';

const WELCOME = 'WELCOME';

export class Activity {
  private readonly clock: SimulatorClock;
  private readonly changed: () => void;
  private current: SimulatedState = 'idle';
  private shown: string = WELCOME;
  private timer: unknown;

  constructor(clock: SimulatorClock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
  }

  get state(): SimulatedState {
    return this.current;
  }

  /** What the screen says. */
  get text(): string {
    return this.shown;
  }

  /** Begins something else; what was going on does not end by itself any more. */
  enter(state: SimulatedState, text: string): void {
    this.stop();
    this.current = state;
    this.show(text);
  }

  toIdle(): void {
    this.enter('idle', WELCOME);
  }

  show(text: string): void {
    this.shown = text;
    this.changed();
  }

  /** Ends what is going on after a while, unless something else has begun. */
  endAfter(milliseconds: number, ended: () => void): void {
    this.timer = this.clock.setTimeout(() => {
      this.toIdle();
      ended();
    }, milliseconds);
  }

  /** Nothing ends by itself any more. */
  stop(): void {
    this.clock.clearTimeout(this.timer);
  }
}
