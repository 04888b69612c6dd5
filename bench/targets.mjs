/** The table that opens `results.md`: what was measured, beside what it was before and what is to be reached. */
import { targets } from '../tools/targets.mjs';
import { markdownTable, quantile, spread } from './report.mjs';

/** @typedef {Partial<Record<keyof typeof targets, readonly number[]>>} Figures what was measured: one figure a round */

/** @param {number} value */
const short = (value) => String(Number(value.toPrecision(3)));

/** @param {import('../tools/targets.mjs').Target} target @param {readonly number[]} values */
function rowOf({ what, before, must, aim, unit = '×', isMore = false }, values) {
  /** @param {number} value */
  const write = (value) => `${short(value)}${unit}`;
  const median = quantile(values, 0.5);
  /** @param {number} limit */
  const reaches = (limit) => (isMore ? median >= limit : median <= limit);
  const now = values.length > 1 ? spread(values, write) : write(median);
  const isMeasured = values.length > 0;
  return [
    what,
    before,
    isMeasured ? now : 'not measured',
    write(must),
    write(aim),
    isMeasured ? (reaches(aim) ? 'aim' : reaches(must) ? 'must' : 'no') : '',
  ];
}

/** All rows, whatever was measured. @param {Figures} figures */
export function targetsTable(figures) {
  return markdownTable([
    ['what', 'before', 'now, median (middle half)', 'must', 'aim', 'met'],
    ...Object.entries(targets).map(([id, target]) => rowOf(target, figures[/** @type {keyof Figures} */ (id)] ?? [])),
  ]);
}
