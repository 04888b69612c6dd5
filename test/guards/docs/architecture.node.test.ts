/** The picture of the architecture shows the layers and arrows that the rules of the layers allow, all of them and no others. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layers } from '../architecture/layer-rules.js';
import { root } from '../scripts/run-script.js';
import { readPage } from './fences.js';

const svg = readFileSync(path.join(root, 'docs/architecture.svg'), 'utf8');

/** The folder of a path; undefined for modules beside the folders. */
const folderOf = (beginning: string): string | undefined => /^([\w-]+)\//.exec(beginning)?.[1];

const folders = [...new Set(layers.flatMap(({ at }) => folderOf(at) ?? []))].sort();

/** What the rules allow between folders: `whole` where every module may import every one, else `part`. */
function allowed(): Map<string, 'whole' | 'part'> {
  const arrows = new Map<string, 'whole' | 'part'>();
  for (const { at, imports, loads = [] } of layers) {
    const from = folderOf(at);
    if (from === undefined) continue;
    for (const beginning of [...imports, ...loads]) {
      const targets: readonly string[] = beginning === '' ? folders : [folderOf(beginning) ?? from];
      for (const to of targets) {
        if (to === from) continue;
        const isWhole = at === `${from}/` && (beginning === '' || beginning === `${to}/`) && !loads.includes(beginning);
        const name = `${from} ${to}`;
        arrows.set(name, isWhole ? 'whole' : (arrows.get(name) ?? 'part'));
      }
    }
  }
  return arrows;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxes = new Map(
  [...svg.matchAll(/data-layer="(\w+)"><rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map(
    ([, name = '', ...numbers]): [string, Box] => {
      const [left = 0, top = 0, width = 0, height = 0] = numbers.map(Number);
      return [name, { left, top, right: left + width, bottom: top + height }];
    },
  ),
);

const arrows = [
  ...svg.matchAll(/<path( class="part")? data-from="(\w+)" data-to="(\w+)" d="M(\d+) (\d+) L(\d+) (\d+)"/g),
].map(([, part, from = '', to = '', ...numbers]) => ({
  kind: part === undefined ? ('whole' as const) : ('part' as const),
  from,
  to,
  ends: numbers.map(Number),
}));

test('its boxes are the folders', () => {
  expect([...boxes.keys()].sort()).toEqual(folders);
});

test('its arrows are what the rules allow; the one of the command line stands for all', () => {
  const drawn = new Map(arrows.map(({ from, to, kind }) => [`${from} ${to}`, kind]));
  const rules = allowed();
  for (const to of folders) if (to !== 'cli') expect(rules.get(`cli ${to}`)).toBe('whole');
  const others = (map: ReadonlyMap<string, string>): [string, string][] =>
    [...map].filter(([name]) => !name.startsWith('cli ')).sort(([a], [b]) => (a < b ? -1 : 1));
  expect(others(drawn)).toEqual(others(rules));
  expect([...drawn.keys()].filter((name) => name.startsWith('cli '))).toEqual(['cli elements']);
  expect(svg).toContain('and every other layer');
});

test('each arrow goes from the edge of its box to that of the other, and through no third', () => {
  for (const { from, to, ends } of arrows) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends;
    expect(boxes.get(from)?.bottom, `${from} ${to}`).toBe(y1);
    expect(boxes.get(to)?.top, `${from} ${to}`).toBe(y2);
    for (const [name, { left, right, top, bottom }] of boxes) {
      const isWithin = (x: number): boolean => x > left && x < right;
      if (name === from) expect(isWithin(x1), name).toBe(true);
      else if (name === to) expect(isWithin(x2), name).toBe(true);
      else {
        const crosses = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].some((part) => {
          const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
          return isWithin(x) && y > top && y < bottom;
        });
        expect(crosses, `${from} → ${to} through ${name}`).toBe(false);
      }
    }
  }
});

test('its table has each layer', () => {
  const rows = [...readPage('docs/architecture.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(folders);
});
