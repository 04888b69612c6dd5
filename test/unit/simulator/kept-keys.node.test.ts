import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toHex } from '../../../src/mms/hex.js';
import type { CardEncryption } from '../../../src/simulator/encryption.js';
import { keptKeys } from '../../../src/simulator/node-kept-keys.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-keys-'));
  file = path.join(folder, 'keys.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const next = (encryption: CardEncryption): string | undefined => {
  const key = encryption();
  return key && toHex(key.ksn);
};
const kept = (): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('a reader goes on where it was, after a restart and after a crash', () => {
  const first = keptKeys(file, { serialNumber: '0000ABC' });
  expect([next(first), next(first)]).toEqual(['FFFF980000ABC0000001', 'FFFF980000ABC0000002']);
  expect(kept()).toMatchObject({ algorithm: 'triple-des', ksn: 'FFFF980000ABC0000002' });
  expect(next(keptKeys(file))).toBe('FFFF980000ABC0000003');
});

test('a file can name the base key, the number and the algorithm', () => {
  writeFileSync(
    file,
    JSON.stringify({ algorithm: 'aes', bdk: 'FEDCBA9876543210F1F1F1F1F1F1F1F1', ksn: '1234567890123456000000FF' }),
  );
  expect(next(keptKeys(file))).toBe('123456789012345600000100');
  expect(kept()).toMatchObject({ algorithm: 'aes', ksn: '123456789012345600000100' });
});

test('a number that cannot be kept is not used', () => {
  const problems: string[] = [];
  const encryption = keptKeys(file, { onProblem: ({ message }) => problems.push(message) });
  rmSync(folder, { recursive: true });
  expect(next(encryption)).toBeUndefined();
  expect(problems[0]).toContain(`A key serial number cannot be kept in ${file}:`);
  folder = mkdtempSync(path.join(tmpdir(), 'kept-keys-'));
});

test.each([
  ['no JSON, 0123456789ABCDEFFEDCBA9876543210', 'the file is not JSON'],
  ['{}', 'a text “ksn” is needed'],
  ['{ "ksn": "FFFF", "bdk": "0123456789ABCDEFFEDCBA9876543210" }', 'ksn must be 10 bytes'],
  ['{ "ksn": "FFFF9876543210E00000", "algorithm": "des" }', 'a text “ksn” is needed'],
])('a file with %s is refused by name, and its keys are not repeated', (text, words) => {
  writeFileSync(file, text);
  let message = '';
  try {
    keptKeys(file);
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toContain(file);
  expect(message).toContain(words);
  expect(message).not.toContain('0123456789ABCDEF');
});
