/** Headers of source files: each says what its file is, not “What …” or “How …”, which reads like a riddle in a list of files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './scripts/run-script.js';

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.join('src', file));

/** The first words of a file's header; empty where it has none. */
const headerOf = (text: string): string => /^(?:#!.*\n)?\/\*\*\s*(?:\*\s*)?([^*]*)/.exec(text)?.[1] ?? '';

const isRiddle = (header: string): boolean => /^(?:What|Which|How|Who|Whether)\b/.test(header);

test('every file begins with a header', () => {
  expect(files.length).toBeGreaterThan(400);
  expect(files.filter((file) => headerOf(readFileSync(path.join(root, file), 'utf8')) === '')).toEqual([]);
});

test('few headers begin with a question word', () => {
  const found = files.filter((file) => isRiddle(headerOf(readFileSync(path.join(root, file), 'utf8'))));
  expect(found.length, found.join()).toBeLessThan(10);
});

test('a question word would be noticed', () => {
  expect(isRiddle(headerOf('/** What a search needs. */\nimport'))).toBe(true);
  expect(isRiddle(headerOf('/**\n * How it ends.\n */'))).toBe(true);
  expect(isRiddle(headerOf('/** However it ends. */'))).toBe(false);
  expect(headerOf("import 'lit';")).toBe('');
});
