/** A reader that is busy with somebody else's transaction. */
import type { Fault } from './fault.js';

/** Device state: transaction already in progress [PJ]. */
const TRANSACTION_IN_PROGRESS = '020308';

export const busy: Fault = {
  title: 'Busy',
  help: 'Every command is refused: a transaction is in progress.',
  fateOf: () => ({ refused: TRANSACTION_IN_PROGRESS }),
};
