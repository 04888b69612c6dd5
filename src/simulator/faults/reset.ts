/** A reader that restarts without being asked to, as it does once a day [IOM]. */
import type { Fault } from './fault.js';

export const reset: Fault = {
  title: 'Restart',
  help: 'The reader restarts now: connections end, a running sale is lost.',
  isMomentary: true,
  begin: (target) => {
    target.restart();
  },
};
