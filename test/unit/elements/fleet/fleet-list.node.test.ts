/** The list of a fleet: what statuses make of it, what is found in it, and in what order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FleetList, type FleetColumn } from '../../../../src/elements/fleet/fleet-list.js';
import type { Presence } from '../../../../src/transports/broker-options.js';

const { compare } = new Intl.Collator('en', { numeric: true });
const EVERYTHING = { words: '', show: 'all' } as const;
const BY_SERIAL = { by: 'serial', isDescending: false } as const;

const path = (group: string, model: string, serial: string): string => `MagTek/${group}/${model}/${serial}`;

function listOf(statuses: Readonly<Record<string, Presence>>): FleetList {
  const list = new FleetList();
  for (const [at, presence] of Object.entries(statuses)) list.take(at, presence);
  return list;
}

const shop = listOf({
  [path('Shop2', 'DynaFlexIIPED', 'B5')]: 'absent',
  [path('Shop12', 'DynaFlexIIPED', 'B12')]: 'present',
  [path('Shop2', 'DynaProx', 'B40')]: 'present',
  [path('Shop2', 'DynaProx', 'A1')]: 'unknown',
});
const readerOf = (list: FleetList, at: string): unknown =>
  list.select(EVERYTHING, BY_SERIAL, compare).find((reader) => reader.path === at);
const serials = (list: FleetList, words: string, show: 'all' | 'present' | 'absent' = 'all'): string[] =>
  list.select({ words, show }, BY_SERIAL, compare).map(({ serial }) => serial);

describe('a reader', () => {
  test('has the parts of its path', () => {
    expect(readerOf(shop, path('Shop12', 'DynaFlexIIPED', 'B12'))).toEqual({
      path: 'MagTek/Shop12/DynaFlexIIPED/B12',
      group: 'Shop12',
      model: 'DynaFlexIIPED',
      serial: 'B12',
      presence: 'present',
    });
  });

  test.each([
    ['MagTek/North/Shop1/DynaProx/C1', { group: 'North/Shop1', model: 'DynaProx', serial: 'C1' }],
    ['shop/C1', { group: '', model: 'shop', serial: 'C1' }],
    ['C1', { group: '', model: '', serial: 'C1' }],
  ])('may have the path %s', (at, parts) => {
    expect(readerOf(listOf({ [at]: 'present' }), at)).toMatchObject(parts);
  });
});

describe('what is looked for', () => {
  test('is found by words in any order and case', () => {
    expect(serials(shop, 'dynaprox SHOP2')).toEqual(['A1', 'B40']);
    expect(serials(shop, '  b5 ')).toEqual(['B5']);
    expect(serials(shop, 'shop3')).toEqual([]);
  });

  test('can be those that are connected, or the others', () => {
    expect(serials(shop, '', 'present')).toEqual(['B12', 'B40']);
    expect(serials(shop, '', 'absent')).toEqual(['A1', 'B5']);
  });
});

describe('the order', () => {
  const orders: [FleetColumn, boolean, string[]][] = [
    ['serial', false, ['A1', 'B5', 'B12', 'B40']],
    ['serial', true, ['B40', 'B12', 'B5', 'A1']],
    ['model', false, ['B5', 'B12', 'A1', 'B40']],
    ['group', false, ['B5', 'A1', 'B40', 'B12']],
    ['presence', false, ['B40', 'B12', 'A1', 'B5']],
    ['presence', true, ['B5', 'A1', 'B40', 'B12']],
  ];
  test.each(orders)('by %s, descending %s', (by, isDescending, expected) => {
    expect(shop.select(EVERYTHING, { by, isDescending }, compare).map(({ serial }) => serial)).toEqual(expected);
  });
});

test('says whether a status is new', () => {
  const list = new FleetList();
  expect(list.take('a/b', 'present')).toBe(true);
  expect(list.take('a/b', 'present')).toBe(false);
  expect(list.take('a/b', 'absent')).toBe(true);
  expect(list.take('a/b', undefined)).toBe(true);
  expect(list.take('a/b', undefined)).toBe(false);
});

test('knows nothing of any reader once it is in doubt, until it is told again', () => {
  const list = listOf({ 'a/1': 'present', 'a/2': 'absent' });
  list.doubt();
  expect(list.counts).toEqual({ all: 2, present: 0 });
  expect(list.select(EVERYTHING, BY_SERIAL, compare).map(({ presence }) => presence)).toEqual(['unknown', 'unknown']);
  expect(list.take('a/1', 'present')).toBe(true);
  expect(list.counts).toEqual({ all: 2, present: 1 });
});

test('counts what is there, whatever comes in whatever order', () => {
  const status = fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.constantFrom<Presence | undefined>('present', 'absent', 'unknown', undefined),
  );
  fc.assert(
    fc.property(fc.array(status), (statuses) => {
      const list = new FleetList();
      const last = new Map<string, Presence>();
      for (const [at, presence] of statuses) {
        list.take(at, presence);
        if (presence === undefined) last.delete(at);
        else last.set(at, presence);
      }
      expect(list.counts).toEqual({
        all: last.size,
        present: [...last.values()].filter((presence) => presence === 'present').length,
      });
      expect(new Set(list.select(EVERYTHING, BY_SERIAL, compare).map((reader) => reader.path))).toEqual(
        new Set(last.keys()),
      );
      list.clear();
      expect(list.counts).toEqual({ all: 0, present: 0 });
    }),
  );
});
