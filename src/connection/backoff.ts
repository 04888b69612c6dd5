/**
 * Waiting time between attempts to reconnect: exponential, with full jitter, bounded. Ten lines of policy: the libraries for
 * it wrap promises and are larger.
 */

/** Milliseconds before the first try at most. */
const FIRST = 500;
/** Milliseconds between two tries at most. */
const LONGEST = 30_000;

export class Backoff {
  private readonly random: () => number;
  private tries = 0;

  /** @param random A number from 0 up to but not including 1, as `Math.random` gives it. */
  constructor(random: () => number) {
    this.random = random;
  }

  /**
   * Milliseconds to wait before the next try: anything from 0 up to a bound that doubles from try to try. The full range
   * is used, so that many pages that lost the same network do not all come back at once.
   */
  next(): number {
    const bound = Math.min(LONGEST, FIRST * 2 ** this.tries);
    this.tries++;
    return this.random() * bound;
  }

  /** Starts over, after a connection that lasted. */
  reset(): void {
    this.tries = 0;
  }
}
