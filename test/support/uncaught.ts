/** Errors that nobody catches, as the platform reports them: in Node the process, in a page the window. */
import { isPage } from './carriers.js';

/** Takes such errors away from whoever listens, until the call of what it gives back, which tells how many there were. */
export function takeUncaught(): () => number {
  let count = 0;
  if (isPage) {
    const { onerror } = window;
    const { error } = console;
    window.onerror = (): true => {
      count++;
      return true;
    };
    // The test runner's own listener came first and prints each.
    console.error = () => undefined;
    return () => {
      window.onerror = onerror;
      console.error = error;
      return count;
    };
  }
  const before = process.listeners('uncaughtException');
  const onUncaught = (): void => {
    count++;
  };
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', onUncaught);
  return () => {
    process.off('uncaughtException', onUncaught);
    for (const listener of before) process.on('uncaughtException', listener);
    return count;
  };
}
