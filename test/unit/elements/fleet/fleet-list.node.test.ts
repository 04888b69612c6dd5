/** The list of a fleet: what statuses make of it, what is found in it, and in what order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FleetAlarm } from '../../../../src/elements/fleet/fleet-alarm.js';
import { fleetCsv } from '../../../../src/elements/fleet/fleet-csv.js';
import { FleetList, lastSeenOf, type FleetColumn } from '../../../../src/elements/fleet/fleet-list.js';
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
      since: expect.any(Number) as number,
      seen: expect.any(Number) as number,
      details: undefined,
    });
  });

  test('keeps its details while its status changes, and has those that came before it', () => {
    const list = new FleetList();
    const at = path('Shop1', 'DynaProx', 'C1');
    expect(list.describe(at, { battery: 5 })).toBe(false);
    expect(list.counts.all).toBe(0);
    list.take(at, 'unconfirmed', 1_000);
    expect(list.at(at)).toMatchObject({ details: { battery: 5 }, seen: undefined });
    list.take(at, 'present', 2_000);
    expect(list.describe(at, { firmware: '1.1', lastSeen: 3_000 })).toBe(true);
    expect(list.at(at)).toMatchObject({ presence: 'present', since: 2_000, details: { firmware: '1.1' } });
    expect(lastSeenOf(list.at(at)!)).toBe(3_000);
    list.take(at, 'present', 4_000);
    expect(lastSeenOf(list.at(at)!)).toBe(4_000);
    expect(list.describe(at, undefined)).toBe(true);
    expect(list.at(at)!.details).toBeUndefined();
  });

  test('is seen when it is heard of, and has been in its state since that changed', () => {
    const list = new FleetList();
    const at = path('Shop1', 'DynaProx', 'C1');
    const state = (): unknown => {
      const { presence, since, seen } = list.at(at)!;
      return [presence, since, seen];
    };
    expect(list.take(at, 'unconfirmed', 1_000)).toBe(true);
    expect(state()).toEqual(['unconfirmed', 1_000, undefined]);
    expect(list.take(at, 'present', 2_000)).toBe(true);
    expect(list.take(at, 'present', 3_000)).toBe(false);
    expect(state()).toEqual(['present', 2_000, 3_000]);
    list.take(at, 'absent', 4_000);
    list.take(at, 'absent', 5_000);
    expect(state()).toEqual(['absent', 4_000, 3_000]);
    list.doubt(6_000);
    expect(state()).toEqual(['unknown', 6_000, 3_000]);
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

test('texts are compared when readers come or go, not when they say something', () => {
  const list = new FleetList();
  for (let number = 0; number < 100; number++) list.take(path('Shop', 'Model', `S${String(number)}`), 'present');
  let comparisons = 0;
  const counting = (left: string, right: string): number => {
    comparisons++;
    return compare(left, right);
  };
  const select = (): unknown => list.select(EVERYTHING, BY_SERIAL, counting);
  select();
  expect(comparisons).toBeGreaterThanOrEqual(99);
  comparisons = 0;
  list.take(path('Shop', 'Model', 'S7'), 'absent');
  select();
  expect(comparisons).toBe(0);
  list.take(path('Shop', 'Model', 'S7'), undefined);
  expect(select()).toHaveLength(99);
  expect(comparisons).toBeGreaterThan(0);
});

describe('an alarm', () => {
  const MINUTE = 60_000;
  const one = path('Shop', 'Model', 'S1');
  const told = (alarm: FleetAlarm, list: FleetList, now: number): unknown => {
    const { count, fresh } = alarm.look(list.values(), now, MINUTE);
    return [count, fresh.map(({ serial }) => serial)];
  };

  test('is raised once for a reader that is gone, until it is back', () => {
    const [alarm, list] = [new FleetAlarm(), new FleetList()];
    list.take(one, 'present', 0);
    list.take(one, 'absent', MINUTE);
    expect(told(alarm, list, 2 * MINUTE - 1)).toEqual([0, []]);
    expect(told(alarm, list, 2 * MINUTE)).toEqual([1, ['S1']]);
    expect(told(alarm, list, 3 * MINUTE)).toEqual([1, []]);
    list.take(one, 'present', 3 * MINUTE);
    expect(told(alarm, list, 3 * MINUTE)).toEqual([0, []]);
    list.take(one, 'absent', 4 * MINUTE);
    expect(told(alarm, list, 5 * MINUTE)).toEqual([1, ['S1']]);
  });

  test('is for readers that were heard of and are silent, not for those of which only the broker knows', () => {
    const [alarm, list] = [new FleetAlarm(), new FleetList()];
    list.take(one, 'unconfirmed', 0);
    expect(told(alarm, list, 9 * MINUTE)).toEqual([0, []]);
    list.take(one, 'present', 9 * MINUTE);
    list.take(one, 'unconfirmed', 12 * MINUTE);
    expect(told(alarm, list, 13 * MINUTE)).toEqual([1, ['S1']]);
    // Nothing is known of anybody while the broker is away.
    list.doubt(13 * MINUTE);
    expect(told(alarm, list, 20 * MINUTE)).toEqual([0, []]);
  });

  test.each([0, -1, NaN])('is never raised after %s minutes', (after) => {
    const list = listOf({ [one]: 'absent' });
    expect(new FleetAlarm().look(list.values(), Number.MAX_SAFE_INTEGER, after)).toEqual({ count: 0, fresh: [] });
  });
});

test('a table for other programs keeps names that hold its signs, and calculates nothing', () => {
  const list = new FleetList();
  list.take('MagTek/a, "b"/Model/=1+1', 'present', Date.UTC(2026, 0, 2, 3, 4, 5));
  list.take('MagTek/Shop/Model/S2', 'absent', Date.UTC(2026, 0, 2, 3, 4, 6));
  const lines = fleetCsv(list.select(EVERYTHING, BY_SERIAL, compare)).split('\r\n');
  expect(lines).toEqual([
    'path,serial,model,group,state,since,last seen',
    `"MagTek/a, ""b""/Model/=1+1",'=1+1,Model,"a, ""b""",present,2026-01-02T03:04:05.000Z,2026-01-02T03:04:05.000Z`,
    'MagTek/Shop/Model/S2,S2,Model,Shop,absent,2026-01-02T03:04:06.000Z,',
    '',
  ]);
});
