/** The host's log: what it says of an error. */
import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/host/host-log.js';

test('an error says its own words, and several tries to connect those of the first', () => {
  const refused = [new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')];
  expect(wordsOf(new AggregateError(refused))).toBe('connect ECONNREFUSED ::1:5432');
  expect(wordsOf(new AggregateError(refused, 'nobody is there'))).toBe('nobody is there');
  expect(wordsOf(new Error('closed'))).toBe('closed');
  expect(wordsOf('closed')).toBe('closed');
});
