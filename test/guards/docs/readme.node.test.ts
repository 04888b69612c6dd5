/** The tables of the README say what there is: elements, events with their fields, commands, dependencies. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { readPage } from './fences.js';
import { namesOf, tags } from './manifest.js';

interface PublishedTypes {
  readonly events: readonly {
    readonly event: string;
    readonly fields: readonly { readonly name: string; readonly optional: boolean }[];
  }[];
}

const { readPublishedTypes } = (await import(path.join(root, 'scripts/lib/docs/published-types.mjs'))) as {
  readPublishedTypes(): PublishedTypes;
};
const { events } = readPublishedTypes();
const { scripts, dependencies, peerDependencies, version } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly version: string;
};
const readme = readPage('README.md');

/** The rows of the table whose first column has a title: its cells, without markup of code. */
function rowsOf(title: string): string[][] {
  const table = new RegExp(`^\\| ${title} .*\\n\\|[ |-]+\\n((?:\\|.*\\n)+)`, 'm').exec(readme)?.[1] ?? '';
  return table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codesIn = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

test('every element is in its table, and no other', () => {
  const named = rowsOf('element').flatMap(([first]) => codesIn(first));
  expect(named.sort()).toEqual(tags.map(({ tagName }) => `<${tagName}>`).sort());
});

describe('events', () => {
  test('the build writes their fields and adds a row for a new one; words and order stay', async () => {
    const { readmeWithEvents } = (await import(path.join(root, 'scripts/lib/docs/element-pages.mjs'))) as {
      readmeWithEvents(readme: string, events: readonly object[]): Promise<string>;
    };
    const table = (...rows: string[]): string =>
      ['| event | `detail` |', '| - | - |', ...rows, '', 'After.', ''].join('\n');
    const before = table('| `magtek-b` | `{gone, two}`: said of it |', '| `magtek-old` | `{}` |');
    const field = (name: string, optional = false): object => ({ name, optional });
    const written = await readmeWithEvents(before, [
      { event: 'magtek-a', fields: [field('only')] },
      { event: 'magtek-b', fields: [field('one', true), field('two')] },
    ]);
    expect(written.replace(/ {2,}/g, ' ').split('\n').slice(2)).toEqual([
      '| `magtek-b` | `{two, one?}`: said of it |',
      '| `magtek-a` | `{only}` |',
      '',
      'After.',
      '',
    ]);
  });

  test('each is in its table, and no other', () => {
    const named = rowsOf('event').flatMap(([first]) => codesIn(first));
    expect(named.sort()).toEqual(events.map(({ event }) => event));
    const declared = tags.flatMap(({ events }) => namesOf(events));
    expect(named).toEqual([...new Set(declared)].sort());
  });

  test.each(events.map(({ event, fields }) => [event, fields] as const))(
    '%s has the fields that it has',
    (event, fields) => {
      const row = rowsOf('event').find(([first]) => codesIn(first)[0] === event);
      const [detail = ''] = codesIn(row?.[1]);
      const named = detail.replace(/[{}\s]/g, '').split(',');
      expect(named.sort()).toEqual(fields.map(({ name, optional }) => `${name}${optional ? '?' : ''}`).sort());
    },
  );
});

test('every script is in the table of commands, and every command there is a script', () => {
  const named = rowsOf('command').flatMap(([first]) => codesIn(first));
  const asCommand = (script: string): string => (/^(start|test)$/.test(script) ? `npm ${script}` : `npm run ${script}`);
  const ofScripts = named
    .filter((command) => command.startsWith('npm '))
    .map((command) => command.replace(/ -- .*$/, ''));
  expect([...new Set(ofScripts)].sort()).toEqual(Object.keys(scripts).map(asCommand).sort());
});

test('every dependency is in its table with a reason, and no other', () => {
  const rows = rowsOf('package');
  expect(rows.flatMap(([first]) => codesIn(first)).sort()).toEqual(
    [...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort(),
  );
  for (const [, why = '', where = ''] of rows) expect(why.length * where.length).toBeGreaterThan(0);
});

test('the file for pages without a bundler is named with a version; in a released state with its hash', () => {
  const snippet = /magtek-elements@([\w.-]+)\/cdn\/magtek-elements\.js"(?:\s+integrity="([^"]+)"\s+crossorigin)?/.exec(
    readme,
  );
  const changelog = readPage('CHANGELOG.md');
  const [last] = /^## \[\d[^\]]*\]/m.exec(changelog) ?? [];
  const waiting = /^## \[Unreleased\]\n(.*?)(?=^## |$(?![^]))/ms.exec(changelog)?.[1]?.trim() ?? '';
  expect(snippet?.[1]).toBe(last === undefined ? version : last.slice('## ['.length, -1));
  if (last === undefined) expect(snippet?.[2], 'there is no release whose hash this could be').toBe(undefined);
  else if (waiting !== '') expect(snippet?.[2]).toMatch(/^sha384-[\w+/]{64}$/);
  else {
    const hashes = JSON.parse(readFileSync(path.join(root, 'cdn/integrity.json'), 'utf8')) as Record<string, string>;
    expect(snippet?.[2]).toBe(hashes['magtek-elements.js']);
  }
});
