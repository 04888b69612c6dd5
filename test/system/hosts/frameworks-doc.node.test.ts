/** The samples of `docs/frameworks.md` are pieces of the apps in `demo/`, which are checked, built and used. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { placeOf, samplesOf } from '../../guards/docs/fences.js';
import { root } from '../../guards/scripts/run-script.js';

const samples = samplesOf('docs/frameworks.md');

/** Lines without what stands before all of them: a piece is indented in its app. */
const flat = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();

test('every app has a sample', () => {
  const apps = samples.map(({ words }) => /^from=demo\/(\w+)\//.exec(words[0] ?? '')?.[1]);
  expect(new Set(apps)).toEqual(new Set(['angular', 'html', 'react', 'svelte', 'vue']));
});

test.each(samples.map((sample) => [placeOf(sample), sample] as const))('%s stands in its app', (_, { words, text }) => {
  const source = readFileSync(path.join(root, (words[0] ?? '').slice('from='.length)), 'utf8');
  expect(flat(text).length).toBeGreaterThan(20);
  expect(flat(source)).toContain(flat(text));
});
