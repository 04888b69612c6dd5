/** `docs/theming.md` says what there is: every token with its default, the themes of the demo, and pictures that load quickly. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tags } from '../../../guards/docs/manifest.js';
import { root } from '../../../guards/scripts/run-script.js';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const guide = read('docs/theming.md');

/** What a page with pictures may weigh, for each, in bytes. */
const MOST_BYTES = 60_000;

test('its tables have every token, with the default and the meaning that the manifest has', () => {
  const rows = guide.matchAll(/^\| `(--[\w-]+)` *\| `([^|]+)` *\| (.*?) *\|$/gm);
  const told = [...rows].map(([, name, value, meaning]) => `${String(name)} = ${String(value)}: ${String(meaning)}`);
  const known = tags.flatMap(({ cssProperties = [] }) =>
    cssProperties.map(({ name, default: value, description }) => `${name} = ${String(value)}: ${String(description)}`),
  );
  expect(known.length).toBeGreaterThan(100);
  expect(told.sort()).toEqual([...new Set(known)].sort());
});

test('every theme is a file that the guide names, the page of themes loads and offers, and the tests look at', () => {
  const files = readdirSync(path.join(root, 'demo/themes')).sort();
  const page = read('demo/themes.html');
  const inPage = (pattern: RegExp): string[] =>
    [...page.matchAll(pattern)].map(([, name = '']) => `${name}.css`).sort();
  expect(inPage(/href="\/themes\/(\w+)\.css"/g)).toEqual(files);
  expect(inPage(/value="theme-(\w+)"/g)).toEqual(files);
  const named = [...guide.matchAll(/^\[(\w+\.css)\]\(\.\.\/demo\/themes\/\1\)/gm)].map(([, name = '']) => name);
  expect(named.sort()).toEqual(files);
  const tested = [...read('test/unit/elements/theming/themes.ts').matchAll(/'theme-(\w+)'/g)];
  expect(tested.map(([, name = '']) => `${name}.css`).sort()).toEqual(files);
  for (const file of files) expect(read(`demo/themes/${file}`)).toContain(`.theme-${file.replace('.css', '')} {`);
});

test('its pictures are there, and small; none is there that it does not show', () => {
  const shown = [...guide.matchAll(/!\[([^\]]+)\]\(pictures\/([\w-]+\.webp)\)/g)];
  expect(shown.map(([, , file]) => file).sort()).toEqual(readdirSync(path.join(root, 'docs/pictures')).sort());
  for (const [, alternative = '', file = ''] of shown) {
    expect(alternative.length, file).toBeGreaterThan(20);
    expect(statSync(path.join(root, 'docs/pictures', file)).size, file).toBeLessThan(MOST_BYTES);
  }
});
