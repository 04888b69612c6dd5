/** A reader, or a network, that takes its time. */
import type { Fault } from './fault.js';

export const slow: Fault = {
  title: 'Slow',
  help: 'Every message comes three seconds late.',
  delay: 3_000,
};
