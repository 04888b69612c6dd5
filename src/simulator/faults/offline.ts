/** A reader that is out of service, after tampering for example, and can still be talked to. */
import type { Fault } from './fault.js';

/** Device offline, cannot process messages [PJ]. */
const OFFLINE = '010109';

export const offline: Fault = {
  title: 'Offline',
  help: 'The reader is out of service and refuses every command.',
  state: 'offline',
  begin: (target) => {
    target.stop();
  },
  fateOf: () => ({ refused: OFFLINE }),
};
