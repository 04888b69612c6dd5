/**
 * Compares functions that do the same work, side by side: every round runs each of them for a while, in an order of its own,
 * so that what slows the machine down for a moment slows all of them. Runs in Node and in pages.
 * It does not know what the functions do.
 */

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {() => unknown} run does the work once; what it returns is used, so that no compiler leaves the work out
 */

/**
 * @typedef {object} Samples
 * @property {string} name
 * @property {number[]} perSecond how often the work was done in a second, one figure a round
 */

/** Milliseconds in which compilers get to know the work: rounds of a tenth of that would measure them. */
const WARM_UP = 500;

/** Somewhere to put results. */
let sink = 0;

/**
 * @param {readonly Contender[]} contenders
 * @param {{ rounds: number, milliseconds: number }} options how many rounds, and how long each contender runs in one
 * @returns {Samples[]}
 */
export function measure(contenders, { rounds, milliseconds }) {
  const all = contenders.map(({ name, run }) => ({ name, run, perSecond: /** @type {number[]} */ ([]) }));
  for (const { run } of all) timesPerSecond(run, Math.max(WARM_UP, milliseconds));
  for (let round = 0; round < rounds; round++) {
    for (const { run, perSecond } of rotated(all, round)) perSecond.push(timesPerSecond(run, milliseconds));
  }
  return all.map(({ name, perSecond }) => ({ name, perSecond }));
}

/**
 * @template T
 * @param {readonly T[]} list @param {number} by
 */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

/** @param {() => unknown} run @param {number} milliseconds */
function timesPerSecond(run, milliseconds) {
  const start = performance.now();
  let times = 0;
  let elapsed = 0;
  do {
    for (let again = 0; again < 16; again++) if (run() !== undefined) sink++;
    times += 16;
    elapsed = performance.now() - start;
  } while (elapsed < milliseconds);
  return (times / elapsed) * 1000;
}

/** How much was done in all, for whoever wants to be sure that it was. */
export const done = () => sink;
