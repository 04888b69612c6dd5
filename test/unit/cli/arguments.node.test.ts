/** What arguments name: files that can be used, or an error that says what is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCertificates } from '../../../src/cli/arguments.js';

const folder = mkdtempSync(path.join(tmpdir(), 'arguments-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const place = path.join(folder, 'ca.pem');
  writeFileSync(place, text);
  return place;
};

test.each(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])('a file with a %s is read', async (word) => {
  const text = `-----BEGIN ${word}-----\nMIIB\n-----END ${word}-----\n`;
  expect(await readCertificates(file(text))).toBe(text);
});

test.each(['', 'MIIB', '-----BEGIN PRIVATE KEY-----', '-----BEGIN CERTIFICATE REQUEST-----'])(
  'a file that says %j has no certificate',
  async (text) => {
    await expect(readCertificates(file(text))).rejects.toThrow('ca.pem is not in PEM');
  },
);
