/** A connection that breaks as soon as it is used. */
import type { Fault } from './fault.js';

export const drop: Fault = {
  title: 'Drop the connection',
  help: 'The next command cuts the connection instead of being answered. Whether it was carried out cannot be known.',
  fateOf: () => 'cut',
};
