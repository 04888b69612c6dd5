/** The lock files of the pages that have one of their own know this package as it is: its version, and what it needs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../guards/scripts/run-script.js';

interface Package {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const hosts = ['demo', 'test/system/hosts'].flatMap((place) =>
  readdirSync(path.join(root, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(path.join(root, place, entry.name)).includes('.npmrc'))
    .map(({ name }) => `${place}/${name}`),
);

test('there is a page for each framework', () => {
  const demos = ['angular', 'react', 'svelte', 'vue'].map((name) => `demo/${name}`);
  expect(hosts).toEqual([...demos, 'test/system/hosts/next', 'test/system/hosts/nuxt']);
});

test.each(hosts)(
  'that of %s is up to date: otherwise take “node_modules/magtek-elements” out of it and run “npm install” there',
  (name) => {
    const { version, dependencies } = read('package.json') as Package;
    const { packages } = read(`${name}/package-lock.json`) as { packages: Record<string, Package> };
    expect(packages['node_modules/magtek-elements']).toMatchObject({ version, dependencies });
  },
);
