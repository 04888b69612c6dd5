/** Errors of one listener that must not reach the others: the page hears of them as of any error that nobody catches. */

/** Lets the page hear of an error, and goes on. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
