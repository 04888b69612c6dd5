/**
 * What the client needs of the place where it runs, injected so that tests can stand in for a browser.
 * It does not know the DOM.
 */

/** A running timer, as the environment's own `setTimeout` returns it. */
export type TimerHandle = unknown;

export interface Environment {
  /** Milliseconds since 1970 with fractions, never going backwards. */
  now(): number;
  /** Calls `callback` once after `milliseconds`. */
  setTimeout(callback: () => void, milliseconds: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
}

/** The clock and timers of the platform, the same in browsers and in Node. */
export const systemEnvironment: Environment = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
};
