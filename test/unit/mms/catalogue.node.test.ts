import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/mms/catalogue.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { seedTable } from '../../support/seed-table.js';

describe('catalogue', () => {
  test('has the commands of the seed guide, byte for byte and in its order', () => {
    expect(catalogue.map(({ title, hex }) => [title, hex])).toEqual(seedTable);
  });

  test('has stable kebab-case names, each once', () => {
    const names = catalogue.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('says of each what happens', () => {
    for (const { description } of catalogue) expect(description).toMatch(/^[A-Z][^]{30,}\.$/);
  });

  test.each(catalogue)('$name is a request to the reader', ({ hex }) => {
    expect(decodeMessage(hex)).toMatchObject({ kind: 'request', direction: 'to-reader' });
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(catalogue)).toBe(true);
    expect(catalogue.every((entry) => Object.isFrozen(entry))).toBe(true);
  });
});
