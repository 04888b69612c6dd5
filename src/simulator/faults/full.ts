/** A reader that has all the clients it takes. */
import type { Fault } from './fault.js';

export const full: Fault = {
  title: 'Full',
  help: 'New clients are turned away: too many are connected.',
  refusesClients: true,
};
