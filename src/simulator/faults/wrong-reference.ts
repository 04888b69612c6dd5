/** Answers under a number that nobody used. */
import { isResponse, withNextReference, type Fault } from './fault.js';

export const wrongReference: Fault = {
  title: 'Wrong reference',
  help: 'Answers carry the reference number of another command.',
  send: (message) => [isResponse(message) ? withNextReference(message) : message],
};
