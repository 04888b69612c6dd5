/** The serial number of a reader in an answer. */
import { expect, test } from 'vitest';
import { toMessage } from '../../../../src/mms/encode.js';
import { parseHex } from '../../../../src/mms/hex.js';
import type { MmsResponse } from '../../../../src/mms/message.js';
import { encodeOid } from '../../../../src/mms/oid.js';
import { SERIAL_NUMBER } from '../../../../src/mms/tables/oids.js';
import { readSerialNumber, serialNumberText } from '../../../../src/mms/views/serial-number.js';

const answer = (...payload: ReturnType<typeof encodeOid>): MmsResponse =>
  toMessage({ kind: 'response', id: 0xd101, status: { summary: 0, detail: '000000' }, payload });

test('is seven digits of four bytes', () => {
  expect(readSerialNumber(answer(...encodeOid(SERIAL_NUMBER, parseHex('B571AF20'))))).toBe('B571AF2');
});

test('is not there where another property, or nothing, is answered', () => {
  expect(readSerialNumber(answer(...encodeOid('1.2.3.2.1.1', Uint8Array.of(50))))).toBeUndefined();
  expect(readSerialNumber(answer())).toBeUndefined();
});

test.each([
  ['B571AF20', 'B571AF2'],
  ['B571AF', 'B571AF'],
])('of the bytes %s is shown as %s', (hex, text) => {
  expect(serialNumberText(parseHex(hex))).toBe(text);
});
