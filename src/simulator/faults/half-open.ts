/** A connection of which one end is gone without the other knowing: a cable, a crashed access point. */
import type { Fault } from './fault.js';

export const halfOpen: Fault = {
  title: 'Half-open',
  help: 'The connection stays open and nothing passes in either direction.',
  fateOf: () => 'unheard',
  send: () => [],
};
