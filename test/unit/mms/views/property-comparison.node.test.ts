/** Properties of two readers beside each other: what differs, and nothing that must not be shown. */
import { describe, expect, test } from 'vitest';
import { parseHex } from '../../../../src/mms/hex.js';
import { compareProperties } from '../../../../src/mms/views/property-comparison.js';
import { propertyEntry, type PropertyEntries } from '../../../../src/mms/views/property-entry.js';

const entries = (values: Readonly<Record<string, string>>): PropertyEntries =>
  Object.fromEntries(Object.entries(values).map(([oid, hex]) => [oid, propertyEntry(oid, parseHex(hex))]));

describe('compareProperties', () => {
  test('gives only what differs, by name, with what each has, settings first', () => {
    const a = entries({ '2.3.1.2.1.4': '64', '1.2.3.2.1.1': '00', '1.2.1.1.1.1': '01', '1.2.2.1.1.A': '04' });
    const b = entries({ '2.3.1.2.1.4': '0A', '1.2.3.2.1.1': '32', '1.2.1.1.1.1': '01', '1.2.7.1.1.1': 'FF' });
    expect(compareProperties(a, b)).toEqual({
      differences: [
        {
          oid: '1.2.2.1.1.A',
          name: 'Number of concurrent WebSocket connections',
          isSetting: true,
          a: { hex: '04', kind: 'number', value: 4 },
        },
        {
          oid: '1.2.3.2.1.1',
          name: 'Beeper volume in percent',
          isSetting: true,
          a: { hex: '00', kind: 'number', value: 0 },
          b: { hex: '32', kind: 'number', value: 50 },
        },
        {
          oid: '1.2.7.1.1.1',
          name: 'Control of the reset-occurred notification',
          isSetting: true,
          b: { hex: 'FF', kind: 'number', value: 255 },
        },
        {
          oid: '2.3.1.2.1.4',
          name: 'Battery level',
          isSetting: false,
          a: { hex: '64', kind: 'number', value: 100 },
          b: { hex: '0A', kind: 'number', value: 10 },
        },
      ],
      same: 1,
      hidden: [],
    });
  });

  test('finds nothing in a reader and itself, whatever it has', () => {
    const same = entries({ '1.2.3.2.1.1': '32', '1.E.E.E': '0102' });
    expect(compareProperties(same, same)).toEqual({ differences: [], same: 2, hidden: [] });
  });

  test('sorts by nodes, not by characters, and a branch before what is in it', () => {
    const oids = ['1.2.1', '1.A', '1.2', '1.2.1E', '1.2.3', '2.1', '1.2.1.1', '1.10'];
    const sorted = ['1.2', '1.2.1', '1.2.1.1', '1.2.3', '1.2.1E', '1.A', '1.10', '2.1'];
    for (const given of [oids, [...oids].reverse(), sorted]) {
      const all = entries(Object.fromEntries(given.map((oid) => [oid, '01'])));
      expect(compareProperties(all, {}).differences.map(({ oid }) => oid)).toEqual(sorted);
    }
  });

  test('leaves the serial number out, which tells the two apart', () => {
    const of = (hex: string): PropertyEntries => entries({ '2.2.1.1.1.1': hex });
    expect(compareProperties(of('B6032260'), of('B571AF20')).differences).toEqual([]);
  });

  test('never compares or shows what is hidden, and says that it did not', () => {
    const a = entries({ '1.2.2.1.1.1': '73686F70', '1.1.1.1.1.1': '34313131313131313131313131313131' });
    const b = entries({ '1.2.2.1.1.1': '6F74686572', '1.1.1.1.1.1': '3030303030303030' });
    expect(a).toEqual({ '1.2.2.1.1.1': { hidden: true }, '1.1.1.1.1.1': { hidden: true } });
    expect(compareProperties(a, b)).toEqual({ differences: [], same: 0, hidden: ['1.1.1.1.1.1', '1.2.2.1.1.1'] });
    expect(compareProperties(a, {}).differences).toMatchObject([{ a: { hidden: true } }, { a: { hidden: true } }]);
  });

  test('sorts by nodes, which are hexadecimal numbers', () => {
    const a = entries({
      '1.2.2.1.1.11': '00',
      '1.2.2.1.1.A': '04',
      '1.2.2.1.1.3': '00',
      '1.2.10.1': '00',
      '1.2.2': '00',
    });
    expect(compareProperties(a, {}).differences.map(({ oid }) => oid)).toEqual([
      '1.2.2',
      '1.2.2.1.1.3',
      '1.2.2.1.1.A',
      '1.2.2.1.1.11',
      '1.2.10.1',
    ]);
  });
});
