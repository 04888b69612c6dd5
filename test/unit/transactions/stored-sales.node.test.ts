/**
 * Sales without an outcome in a storage that tabs share, by a model of two tabs. Whatever they do in which order, no sale is forgotten, and none that is settled comes back.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnresolvedTransactions } from '../../../src/transactions/unresolved.js';
import { SharedStorage } from '../../support/shared-storage.js';
import { storageOf } from '../../support/storage-of.js';
import { unresolvedSale as item } from '../../support/unresolved-sale.js';

const LIST = 'magtek-elements/unresolved';

const idsOf = ({ list }: UnresolvedTransactions): string[] => list.map(({ transactionId }) => transactionId).sort();

const tab = fc.integer({ min: 0, max: 1 });
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('start' as const), tab }),
    fc.record({ do: fc.constantFrom('advance' as const, 'end' as const, 'leave' as const), tab, which: fc.nat(9) }),
    fc.record({ do: fc.constant('settle' as const), tab, which: fc.nat(9) }),
    fc.record({ do: fc.constant('hear' as const), tab, count: fc.integer({ min: 1, max: 4 }) }),
  ),
  { maxLength: 40 },
);

test('two tabs forget no sale without an outcome, and none that is settled comes back', () => {
  fc.assert(
    fc.property(steps, fc.nat(3), (taken, old) => {
      const before = Array.from({ length: old }, (_, index) => item(`old-${String(index)}`));
      const shared = new SharedStorage(before.length === 0 ? {} : { [LIST]: JSON.stringify(before) });
      const lists = [0, 1].map((each) => new UnresolvedTransactions(shared.tab(each)));
      const running: string[][] = [[], []];
      const left = new Set(before.map(({ transactionId }) => transactionId));
      let started = 0;
      for (const step of taken) {
        const [list, own] = [lists[step.tab]!, running[step.tab]!];
        if (step.do === 'hear') {
          shared.hear(step.tab, step.count);
        } else if (step.do === 'start') {
          const id = `sale-${String(++started)}`;
          own.push(id);
          list.put(item(id));
        } else if (step.do === 'settle') {
          // A person settles what a tab shows, and not what is running.
          const shown = idsOf(list).filter((id) => left.has(id));
          const id = shown[step.which % shown.length];
          if (id === undefined) continue;
          list.remove(id);
          left.delete(id);
        } else {
          const [id] = own.splice(step.which % own.length, 1);
          if (id === undefined) continue;
          if (step.do === 'end') {
            list.remove(id);
          } else {
            list.put(item(id, 'authorizing'));
            if (step.do === 'advance') own.push(id);
            else left.add(id);
          }
        }
        for (const id of own) expect(idsOf(list)).toContain(id);
      }
      shared.hearAll();
      const expected = [...left, ...running.flat()].sort();
      for (const list of lists) expect(idsOf(list)).toEqual(expected);
      // And in a page that is opened now.
      expect(idsOf(new UnresolvedTransactions(shared.tab(0)))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('those of the list that was there before are read, settled one by one, and then the list is gone', () => {
  const items = new Map([[LIST, JSON.stringify([item('a'), item('b')])]]);
  const list = new UnresolvedTransactions(storageOf(items));
  list.put(item('c'));
  expect(idsOf(list)).toEqual(['a', 'b', 'c']);
  list.remove('a');
  expect(idsOf(list)).toEqual(['b', 'c']);
  list.remove('b');
  expect([...items.keys()]).toEqual([`${LIST}/c`]);
  list.remove('c');
  expect(items.size).toBe(0);
});

test('a sale of that list goes on under a key of its own, and is settled for good', () => {
  const items = new Map([[LIST, JSON.stringify([item('a'), item('b')])]]);
  const list = new UnresolvedTransactions(storageOf(items));
  list.put(item('a', 'authorizing'));
  expect(list.list).toMatchObject([{ transactionId: 'a', phase: 'authorizing' }, { transactionId: 'b' }]);
  list.remove('a');
  expect(idsOf(list)).toEqual(['b']);
});

test.each([
  ['not JSON', 'not json'],
  ['of another shape', '{"transactionId":"x"}'],
  ['another sale than the key says', JSON.stringify(item('y'))],
])('a key of ours that holds what was not written here is as good as nothing: %s', (_, text) => {
  const items = new Map([
    [`${LIST}/x`, text],
    [`${LIST}/z`, JSON.stringify(item('z'))],
  ]);
  expect(idsOf(new UnresolvedTransactions(storageOf(items)))).toEqual(['z']);
});

test('a storage whose names cannot be listed holds them in one list', () => {
  const items = new Map<string, string>();
  const { getItem, setItem, removeItem } = storageOf(items);
  const list = new UnresolvedTransactions({ getItem, setItem, removeItem });
  list.put(item('a'));
  list.put(item('b'));
  list.put(item('a', 'authorizing'));
  expect(list.list).toMatchObject([{ transactionId: 'a', phase: 'authorizing' }, { transactionId: 'b' }]);
  expect([...items.keys()]).toEqual([LIST]);
  list.remove('a');
  expect(idsOf(list)).toEqual(['b']);
  list.remove('b');
  expect(items.size).toBe(0);
});
