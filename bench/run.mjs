/**
 * `npm run bench`: measures this package beside others and what the platform offers, prints ratios, and writes them to
 * `bench/results.md`. It looks at what `npm run build` made.
 *
 *     npm run bench                      all parts
 *     npm run bench -- --only codec      one part; may be given more than once; writes no file
 *     npm run bench -- --rounds 5        fewer rounds than the 21 of a proper run
 *
 * Figures are ratios of one run, because a machine is never the same twice. Nothing here fails for being slow.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../tools/run-tool.mjs';
import { tableText } from './report.mjs';
import { targetsTable } from './targets.mjs';

/**
 * @typedef {object} Part
 * @property {(options: { rounds: number }) => Promise<{ tables: import('./report.mjs').Table[], notes?: string[], figures?: import('./targets.mjs').Figures }>} run
 */

/** The parts, in the order of the report. @type {Record<string, () => Promise<Part>>} */
const parts = {
  codec: () => import('./codec/part.mjs'),
  session: () => import('./session/part.mjs'),
  latency: () => import('./latency/part.mjs'),
  log: () => import('./log/part.mjs'),
  fleet: () => import('./fleet/part.mjs'),
  load: () => import('./load/part.mjs'),
  host: () => import('./host/part.mjs'),
};

const ROUNDS = 21;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, rounds: { type: 'string', default: String(ROUNDS) } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1');
const names = values.only ?? Object.keys(parts);
if (!existsSync(path.join(root, 'dist'))) throw new Error('there is no dist: run “npm run build” first');

/** @type {string[]} */
const texts = [];
/** @type {import('./targets.mjs').Figures} */
const all = {};
const head = [
  '# Measurements',
  '',
  'Written by `npm run bench`. Ratios of one run: medians of interleaved rounds, and in brackets the middle half of them.',
  `Node ${process.versions.node}, ${String(availableParallelism())} processors, ${String(rounds)} rounds.`,
  '',
];
for (const name of names) {
  const load = parts[name];
  if (!load) throw new Error(`no part “${name}”: there are ${Object.keys(parts).join(', ')}`);
  const { tables, notes = [], figures = {} } = await (await load()).run({ rounds });
  Object.assign(all, figures);
  texts.push(`## ${name}`, '', ...notes.flatMap((note) => [note, '']), ...tables.map(tableText));
}
const summary = [
  '## Before and now',
  '',
  'Before is commit c134dcb, with the figures that were measured when the targets were set; those of now are of this run.',
  '',
  targetsTable(all),
  '',
];
const text = `${[...head, ...summary, ...texts].join('\n').trimEnd()}\n`;
console.log(text);
if (values.only === undefined) writeFileSync(path.join(root, 'bench', 'results.md'), text);
