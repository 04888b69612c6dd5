/**
 * Ratios of samples, and tables of them in Markdown.
 * It does not know how samples were taken.
 */

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {string} about what one unit of work is, and where it ran
 * @property {import('./measure.mjs').Samples[]} samples ours first
 * @property {number} unitsPerRun how many units one run of the work has
 * @property {string} unit
 * @property {string} [target] what is to be reached, in words
 */

/** @param {readonly number[]} values @param {number} part 0.5 for the median */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/**
 * The median, and the middle half in brackets.
 * @param {readonly number[]} values @param {(value: number) => string} write
 */
export const spread = (values, write) =>
  `${write(quantile(values, 0.5))} (${write(quantile(values, 0.25))} to ${write(quantile(values, 0.75))})`;

/** How many times as fast the first is as the second, in each round. @param {readonly import('./measure.mjs').Samples[]} samples */
export function timesAsFast([ours, other]) {
  return (ours?.perSecond ?? []).map((times, round) => times / (other?.perSecond[round] ?? NaN));
}

/** @param {readonly (readonly string[])[]} rows the first has the headings */
export function markdownTable(rows) {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {number} value */
const rate = (value) => Number(value.toPrecision(3)).toLocaleString('en');
/** @param {number} value */
const ratio = (value) => `${value.toPrecision(3)}×`;

/**
 * A table with the rates, and how many times faster ours is than each of the others: the median of the ratios of each round,
 * and the middle half of them.
 * @param {Table} table
 */
export function tableText({ title, about, samples, unitsPerRun, unit, target }) {
  const [ours, ...others] = samples;
  if (!ours) throw new Error(`nothing was measured for “${title}”`);
  const rows = [
    ['', `${unit}s per second, median (middle half)`, 'ours is faster by'],
    ...[ours, ...others].map((row) => [
      row.name,
      spread(
        row.perSecond.map((times) => times * unitsPerRun),
        rate,
      ),
      row === ours
        ? ''
        : spread(
            row.perSecond.map((times, round) => (ours.perSecond[round] ?? NaN) / times),
            ratio,
          ),
    ]),
  ];
  return [`### ${title}`, '', about, ...(target ? ['', `Target: ${target}`] : []), '', markdownTable(rows), ''].join(
    '\n',
  );
}
