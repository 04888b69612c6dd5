/** The picture of the architecture is drawn from the table of the layers, and its page explains each of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { readPage } from './fences.js';

const load = (file: string): Promise<unknown> => import(path.join(root, 'scripts/lib', file));
const { layers } = (await load('layers.mjs')) as { layers: readonly { name: string }[] };
const { drawArchitecture } = (await load('architecture-picture.mjs')) as { drawArchitecture: () => string };

test('the picture is current: npm run generate', () => {
  expect(readFileSync(path.join(root, 'docs/architecture.svg'), 'utf8')).toBe(drawArchitecture());
});

test('the page has a row for each layer', () => {
  const rows = [...readPage('docs/architecture.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(layers.map(({ name }) => name).sort());
});
