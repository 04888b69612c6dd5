/**
 * Names that one page holds among all pages of its origin, for as long as it lives: others learn at once when it is gone, also
 * by a crash. By Web Locks, which browsers have in secure contexts only.
 * It does not know what the names stand for.
 */
import type { Environment } from '../connection/environment.js';

/** Empty where the platform has no locks. */
export function sharedNames(): Pick<Environment, 'hold' | 'whenFree'> {
  // Servers that render a page, such as Node 20, have no navigator.
  const { locks } = (typeof navigator === 'undefined' ? {} : navigator) as Partial<Navigator>;
  if (!locks) return {};
  return {
    hold: (name, taken) => {
      let isWanted = true;
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const got = (): void => {
        if (isWanted) taken?.();
      };
      locks
        .request(name, () => {
          got();
          return held;
        })
        // Where it is refused, others go by the time at which the holder must have ended.
        .catch(got);
      return () => {
        isWanted = false;
        release();
      };
    },
    whenFree: async (name) => {
      await locks.request(name, { mode: 'shared' }, () => undefined);
    },
  };
}
