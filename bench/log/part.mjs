/**
 * The log part: many lines beside a textarea, appended divs and content-visibility; a full log in use; a busy reader.
 */
import { runInChromium } from '../chromium.mjs';
import { markdownTable, quantile, spread } from '../report.mjs';

const LINES = 5000;
/** Lines that come one by one, each in a task of its own. */
const ONE_A_TASK = [10_000, 50_000];
const FULL = 100_000;
/** Filling takes seconds: fewer rounds than others do. */
const MOST_ROUNDS = 5;
/** Seconds of a busy reader, in a proper run and in a short one. */
const BUSY = { proper: 60, short: 5 };

/** @typedef {{ milliseconds: number, worst: number, frames: number }} Figures */

/** @typedef {Figures & { name: string, nodes: number }} Fill */

/** @param {number} value */
const ms = (value) => `${value.toPrecision(3)} ms`;

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const seconds = rounds > MOST_ROUNDS ? BUSY.proper : BUSY.short;
  const options = { rounds: Math.min(rounds, MOST_ROUNDS), lines: LINES, oneATask: ONE_A_TASK, full: FULL, seconds };
  const { result, version } = await runInChromium('bench/log/page.mjs', options);
  const { fills, single, heaps, full, floor, busy } =
    /** @type {{ fills: Fill[], single: { count: number, fills: Fill[] }[], heaps: number[], full: { figures: Record<string, Figures>, nodes: number }, floor: number, busy: any }} */ (
      result
    );
  const megabytes = heaps.map((bytes) => bytes / 2 ** 20);
  const notes = [
    `In ${version}. The log decodes, describes and redacts every message; the others show a time and the bytes.`,
    `### ${String(LINES)} lines, 500 a frame, scrolled to the end each time`,
    fillsTable(fills),
    ...single.flatMap(({ count, fills: all }) => [
      `### ${String(count)} lines, one a task, scrolled to the end each frame`,
      'Target: at most 0.9 times the time of `content-visibility` on blocks of 100 lines. Where no line has it, the browser looks at all of them in each frame: measured once, with the fewer lines. Where each line has it, that takes minutes, and is left out.',
      fillsTable(all),
    ]),
    `### The log with ${String(FULL)} entries in use`,
    markdownTable([
      ['', 'time', 'worst gap between frames'],
      ...Object.entries(full.figures).map(([name, { milliseconds, worst }]) => [name, ms(milliseconds), ms(worst)]),
    ]),
    `${String(full.nodes)} nodes. Target: 500. ${spread(megabytes, (value) => value.toFixed(1))} MB of heap for entries and log. Target: 9 MB; before 12 MB.`,
    `### 1,000 messages a second for ${String(seconds)} s`,
    `${String(busy.sent)} recorded, ${String(busy.sunk)} given to the sink, ${String(busy.kept)} kept, ${String(busy.shown)} shown; worst gap between frames ${ms(busy.worst)}, ${(busy.frames / (busy.milliseconds / 1000)).toFixed(0)} frames a second. An empty page that is given the same messages, and counts them: ${ms(floor)}.`,
  ];
  /** @param {number} count */
  const ofBlocks = (count) => {
    const all = single.find((one) => one.count === count)?.fills ?? [];
    const times = (/** @type {string} */ name) =>
      all.filter((one) => one.name === name).map(({ milliseconds }) => milliseconds);
    const blocks = times('content-visibility, blocks of 100 lines');
    return times('magtek-log').map((value, round) => value / (blocks[round] ?? NaN));
  };
  const figures = {
    'log-10000': ofBlocks(10_000),
    'log-50000': ofBlocks(50_000),
    heap: megabytes,
    gap: [busy.worst],
  };
  return { notes, tables: [], figures };
}

/** Times of all contenders, ours first. @param {readonly Fill[]} fills */
function fillsTable(fills) {
  const names = [...new Set(fills.map(({ name }) => name))].sort(
    (a, b) => Number(b === 'magtek-log') - Number(a === 'magtek-log'),
  );
  /** @param {string} name */
  const of = (name) => fills.filter((fill) => fill.name === name);
  const ours = of('magtek-log');
  return markdownTable([
    ['', 'time, median', 'times the log’s', 'worst gap between frames', 'nodes'],
    ...names.map((name) => {
      const all = of(name);
      const ratios = all.map(({ milliseconds }, round) => milliseconds / (ours[round]?.milliseconds ?? NaN));
      /** @param {(fill: Fill) => number} figure */
      const median = (figure) => quantile(all.map(figure), 0.5);
      return [
        name,
        ms(median(({ milliseconds }) => milliseconds)),
        name === 'magtek-log' ? '' : `${quantile(ratios, 0.5).toPrecision(3)}×`,
        ms(median(({ worst }) => worst)),
        String(all[0]?.nodes),
      ];
    }),
  ]);
}
