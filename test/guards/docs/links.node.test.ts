/**
 * Links in the documentation lead somewhere: to a file that is there, and to a heading that the page has. What leads out of this
 * project is only looked at, not opened.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { listPages, readPage } from './fences.js';

interface Rendered {
  readonly title: string;
  readonly anchors: readonly string[];
  readonly links: readonly string[];
}

const { render } = (await import(path.join(root, 'scripts/lib/docs/markdown.mjs'))) as {
  render(markdown: string): Rendered;
};

const pages = new Map(listPages().map((page) => [page, render(readPage(page))]));

/** What is wrong with a link of a page; undefined where it leads somewhere. */
function wrong(page: string, link: string): string | undefined {
  if (/^https:\/\//.test(link)) return URL.canParse(link) ? undefined : 'is not an address';
  if (/^[a-z]+:/.test(link)) return 'is not an https address';
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(root, target))) return `${target} is not there`;
  if (anchor === undefined) return undefined;
  const known = pages.get(target);
  if (!known) return `${target} is not a page with headings`;
  return known.anchors.includes(anchor) ? undefined : `${target} has no heading #${anchor}`;
}

test.each([...pages])('links of %s', (page, { links }) => {
  expect(
    links.flatMap((link) => (wrong(page, link) === undefined ? [] : `${link}: ${String(wrong(page, link))}`)),
  ).toEqual([]);
});

test('a wrong link would be noticed', () => {
  expect(wrong('README.md', 'docs/nowhere.md')).toContain('not there');
  expect(wrong('README.md', 'docs/errors.md#nowhere')).toContain('no heading');
  expect(wrong('docs/errors.md', '#timeout')).toBe(undefined);
  expect(wrong('docs/errors.md', '../README.md#events')).toBe(undefined);
});

/** Files and folders of this repository that a line names, and names of files in the folder that was named before them. */
function filesIn(line: string): string[] {
  let folder: string | undefined;
  return [...line.matchAll(/`([\w./-]+)`/g)].flatMap(([, name = '']) => {
    if (/^(?:src|test|scripts|tools|docs)\//.test(name)) {
      folder = name.endsWith('/') ? name : path.posix.dirname(name);
      return [name];
    }
    return folder !== undefined && /^\w[\w-]*\.ts$/.test(name) ? [path.posix.join(folder, name)] : [];
  });
}

test.each(['CONTRIBUTING.md', 'docs/architecture.md', 'docs/protocol.md'])('files that %s names are there', (page) => {
  const named = readPage(page).split('\n').flatMap(filesIn);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('a file that is not there would be noticed', () => {
  expect(filesIn('`src/mms/tables/tags.ts` or `nowhere.ts` there, `npm test`')).toEqual([
    'src/mms/tables/tags.ts',
    'src/mms/tables/nowhere.ts',
  ]);
});

test('every page has a title of its own, and can be reached from the README or the contents', () => {
  const titles = [...pages.values()].map(({ title }) => title);
  expect(titles).not.toContain('');
  expect(new Set(titles).size).toBe(titles.length);
});

test('every guide stands in the table of the README', () => {
  const linked = pages.get('README.md')?.links ?? [];
  const guides = [...pages.keys()].filter((page) => /^docs\/[\w-]+\.md$/.test(page));
  expect(guides.filter((page) => !linked.includes(page))).toEqual([]);
});
