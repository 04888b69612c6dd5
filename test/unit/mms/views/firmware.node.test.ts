import { expect, test } from 'vitest';
import { parseHex } from '../../../../src/mms/hex.js';
import { readFirmwareKind } from '../../../../src/mms/views/firmware.js';

const file = (type: string): Uint8Array => parseHex(`4D47544B46573130E5068102${type}8200FFFFFF`);

test.each([
  ['0100', 'boot-loader', 0],
  ['0200', 'main', 1],
  ['2100', 'wi-fi', 2],
  ['3100', 'bluetooth', 3],
] as const)('a file says in E5/81 = %s that it is for %s', (type, kind, imageType) => {
  expect(readFirmwareKind(file(type))).toEqual({ kind, imageType });
});

test('a description may have a long length', () => {
  expect(readFirmwareKind(parseHex('0000000000000000E5820004810202009999'))?.kind).toBe('main');
});

test.each([
  ['of a kind that no source names', file('9900')],
  ['whose description does not say its kind', parseHex('4D47544B46573130E503820100')],
  ['with a description of too many bytes', parseHex('4D47544B46573130E582200181020200')],
  ['without a description', parseHex('4D47544B46573130AA068102010082')],
  ['that ends in its description', file('0200').subarray(0, 11)],
  ['with a broken length', parseHex('4D47544B46573130E5FF8102')],
  ['that is a picture', parseHex('424D36000C000000000036000000E500')],
  ['with a description that ends too early inside', parseHex('4D47544B46573130E503810901')],
  ['with a description of many bytes', parseHex('4D47544B46573130E58302000181020200')],
  ['that ends before its length', parseHex('4D47544B46573130E5')],
  ['that is empty', new Uint8Array(0)],
])('a file %s is not firmware that is known', (_, bytes) => {
  expect(readFirmwareKind(bytes)).toBeUndefined();
});
