/** `docs/carriers.md` has a row for each carrier that the tests of the client run over. */
import { expect, test } from 'vitest';
import { carriers } from '../../support/carriers.js';
import { readPage } from './fences.js';

test('the table has a row for each carrier', () => {
  const rows = [...readPage('docs/carriers.md').matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name]) => name);
  expect(
    rows
      .slice(1)
      .filter((name) => !name?.startsWith('--'))
      .sort(),
  ).toEqual(Object.keys(carriers).sort());
});
