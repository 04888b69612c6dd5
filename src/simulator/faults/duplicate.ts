/** Answers that come twice. */
import { isResponse, type Fault } from './fault.js';

export const duplicate: Fault = {
  title: 'Answer twice',
  help: 'Every answer comes twice.',
  send: (message) => (isResponse(message) ? [message, message] : [message]),
};
