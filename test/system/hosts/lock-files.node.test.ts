/** The lock files of the pages in `demo/` know this package as it is: its version, and what it needs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../guards/scripts/run-script.js';

interface Package {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const hosts = readdirSync(path.join(root, 'demo'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(path.join(root, 'demo', entry.name)).includes('package.json'))
  .map(({ name }) => name);

test('there is a page for each framework', () => {
  expect(hosts).toEqual(['angular', 'react', 'svelte', 'vue']);
});

test.each(hosts)(
  'that of %s is up to date: otherwise take “node_modules/magtek-elements” out of it and run “npm install” there',
  (name) => {
    const { version, dependencies } = read('package.json') as Package;
    const { packages } = read(`demo/${name}/package-lock.json`) as { packages: Record<string, Package> };
    expect(packages['node_modules/magtek-elements']).toMatchObject({ version, dependencies });
  },
);
