/** A fault: the answers and notifications that another client of the same reader would get. */
import { isResponse, withNextReference, type Fault } from './fault.js';

export const foreign: Fault = {
  title: 'Foreign traffic',
  help: 'Answers to another client’s commands come before the own ones.',
  send: (message) => (isResponse(message) ? [withNextReference(message), message] : [message]),
};
