/** Key serial numbers that were used, in a storage that tabs share: none is forgotten because two tabs write at the same time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEPT, storedKeys } from '../../../src/transactions/stored-keys.js';
import { SharedStorage } from '../../support/shared-storage.js';
import { storageOf } from '../../support/storage-of.js';

const LIST = 'magtek-elements/used-card-data';

test('two tabs that see late what the other has written lose no key serial number', () => {
  const steps = fc.array(fc.record({ tab: fc.integer({ min: 0, max: 1 }), hears: fc.nat(2) }), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (taken) => {
      const shared = new SharedStorage({ [LIST]: 'old/1 old/2' });
      const tabs = [0, 1].map((each) => storedKeys(shared.tab(each)));
      for (const [at, { tab, hears }] of taken.entries()) {
        shared.hear(tab, hears);
        tabs[tab]!.add(`key/${String(at)}`, at);
        expect(tabs[tab]!.has(`key/${String(at)}`)).toBe(true);
      }
      shared.hearAll();
      const names = ['old/1', 'old/2', ...taken.map((_, at) => `key/${String(at)}`)];
      for (const keys of [...tabs, storedKeys(shared.tab(0))])
        expect(names.filter((name) => !keys.has(name))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the last ones are kept, and the list of a version before goes first', () => {
  const items = new Map([
    [LIST, 'old/1'],
    ['basket', '1'],
  ]);
  for (let at = 0; at < KEPT; at++) items.set(`${LIST}/key/${String(at)}`, String(at));
  const keys = storedKeys(storageOf(items));
  keys.add('key/new', KEPT);
  expect([keys.has('old/1'), keys.has('key/0'), keys.has(`key/${String(KEPT - 1)}`), keys.has('key/new')]).toEqual([
    ...[false, false, true, true],
  ]);
  for (let at = 1; at < 250; at++) keys.add(`key/new${String(at)}`, KEPT + at);
  expect(items.size).toBeLessThanOrEqual(KEPT + 2);
  expect(items.size).toBeGreaterThan(KEPT - 200);
  expect(items.get('basket')).toBe('1');
});

test('a storage whose names cannot be listed has them in one list', () => {
  const items = new Map<string, string>();
  const { getItem, setItem, removeItem } = storageOf(items);
  const keys = storedKeys({ getItem, setItem, removeItem });
  keys.add('a', 1);
  keys.add('b', 2);
  expect([...items]).toEqual([[LIST, 'a b']]);
  expect([keys.has('a'), keys.has('c')]).toEqual([true, false]);
});
