/**
 * The layers of `src` are as designed: every import and every global of every module is looked at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findViolations } from './layer-rules.js';

const src = path.resolve(import.meta.dirname, '../../../src');

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    path: file.split(path.sep).join('/'),
    text: readFileSync(path.join(src, file), 'utf8'),
  }));

test('src has modules to look at', () => {
  expect(sources.map((source) => source.path)).toEqual(expect.arrayContaining(['client.ts', 'mms/tlv.ts']));
});

test('no module breaks a rule of its layer', () => {
  expect(findViolations(sources)).toEqual([]);
});
