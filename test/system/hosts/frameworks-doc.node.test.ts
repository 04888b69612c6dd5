/**
 * The samples of `docs/frameworks.md` and `docs/mistakes.md` are pieces of the apps in `demo/` and of the pages that `npm run
 * test:hosts` drives, which are checked, built and used.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { placeOf, samplesOf } from '../../guards/docs/fences.js';
import { root } from '../../guards/scripts/run-script.js';

const samples = samplesOf('docs/frameworks.md');
const mistakes = samplesOf('docs/mistakes.md');

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

test('every ecosystem has five usual mistakes', () => {
  const [, ...chapters] = readFileSync(path.join(root, 'docs/mistakes.md'), 'utf8').split(/^## /m);
  const counts = chapters.map((chapter) => [chapter.split('\n')[0], chapter.match(/^\d\. \*\*/gm)?.length]);
  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(
      ['React', 'Next', 'Vue', 'Nuxt', 'Svelte', 'Angular', 'Alpine', 'Turbo', 'htmx', 'Plain HTML'].map((name) => [
        name,
        5,
      ]),
    ),
  );
});

test.each([...samples, ...mistakes].map((sample) => [placeOf(sample), sample] as const))(
  '%s stands in its app',
  (_, { words, text }) => {
    const source = readFileSync(path.join(root, (words[0] ?? '').slice('from='.length)), 'utf8');
    expect(flat(text).length).toBeGreaterThan(20);
    expect(flat(source)).toContain(flat(text));
  },
);
