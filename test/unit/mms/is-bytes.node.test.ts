/** What is taken for bytes: those of every realm, and nothing else. */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { isBytes } from '../../../src/mms/is-bytes.js';

test.each<[string, unknown, boolean]>([
  ['bytes', Uint8Array.of(1), true],
  ['a buffer of Node', Buffer.of(1), true],
  ['bytes of another realm', runInNewContext('Uint8Array.of(1)'), true],
  ['text', 'AA00', false],
  ['a list', [1], false],
  ['memory', new ArrayBuffer(1), false],
  ['a view without elements', new DataView(new ArrayBuffer(1)), false],
  ['elements of two bytes', Uint16Array.of(1), false],
  ['nothing', undefined, false],
  ['null', null, false],
])('%s', (_, value, expected) => {
  expect(isBytes(value)).toBe(expected);
});
