/** Messages that end too early. */
import type { Fault } from './fault.js';

export const truncated: Fault = {
  title: 'Truncated',
  help: 'Of each message only the first half arrives.',
  send: (message) => [message.slice(0, Math.ceil(message.length / 2))],
};
