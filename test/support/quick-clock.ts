/** Timers of a simulated reader whose time passes forty times as fast: what takes it seconds, a test need not wait for. */
import { systemClock, type SimulatorClock } from '../../src/simulator/clock.js';

const PACE = 40;

export const quickClock: SimulatorClock = {
  ...systemClock,
  setTimeout: (callback, milliseconds) => systemClock.setTimeout(callback, milliseconds / PACE),
};
