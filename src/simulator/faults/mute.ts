/** A reader that takes commands, carries them out, and says nothing. */
import type { Fault } from './fault.js';

export const mute: Fault = {
  title: 'Mute',
  help: 'Commands are carried out, but nothing is answered and nothing is told.',
  send: () => [],
};
