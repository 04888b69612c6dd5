/** The condition of a reader, from its notifications and refusals [PJ, DP 1001, MG p167]. */
import { expect, test } from 'vitest';
import { toMessage } from '../../../../src/mms/encode.js';
import { parseHex } from '../../../../src/mms/hex.js';
import { isRestartAnnounced, readHealth, withHealth, type HealthDetail } from '../../../../src/mms/views/health.js';

const reported = (detail: string, id = 0x1001) =>
  readHealth(toMessage({ kind: 'notification', id, detail: parseHex(detail), payload: [] }), 5);
const refused = (detail: string) =>
  readHealth(toMessage({ kind: 'response', id: 0x1001, status: { summary: 0x80, detail }, payload: [] }), 5);

test.each([
  ['0002000A', { kind: 'battery', level: 10, at: 5 }],
  ['00020100', { kind: 'battery', at: 5 }],
  ['00020200', { kind: 'battery', level: 100, at: 5 }],
  ['0400002D', { kind: 'temperature', level: 45, at: 5 }],
  ['00010000', { kind: 'restart-soon', at: 5 }],
  ['00000000', { kind: 'restarted', at: 5 }],
  ['01020000', undefined],
])('%s says %j', (detail, expected) => {
  expect(reported(detail)).toEqual(expected);
});

test('a refusal says that the reader was tampered with or is locked', () => {
  expect(refused('000016')).toEqual({ kind: 'tamper', at: 5 });
  expect(refused('02011C')).toEqual({ kind: 'lock', at: 5 });
  expect(refused('020304')).toBeUndefined();
  expect(readHealth(toMessage({ kind: 'request', id: 0x1001, payload: [] }), 5)).toBeUndefined();
});

test('what was reported replaces what was known of its kind, and what it ends', () => {
  const low: HealthDetail = { kind: 'battery', level: 5, at: 1 };
  const soon: HealthDetail = { kind: 'restart-soon', at: 2 };
  const both = withHealth([low], soon);
  expect(both).toEqual([low, soon]);
  expect(withHealth(both, { kind: 'battery', level: 100, at: 3 })).toEqual([soon]);
  expect(withHealth(both, { kind: 'battery', level: 4, at: 3 })).toEqual([soon, { kind: 'battery', level: 4, at: 3 }]);
  expect(withHealth(both, { kind: 'restarted', at: 4 })).toEqual([{ kind: 'restarted', at: 4 }]);
  expect(isRestartAnnounced(both)).toBe(true);
  expect(isRestartAnnounced([low])).toBe(false);
  expect(isRestartAnnounced(undefined)).toBe(false);
});
