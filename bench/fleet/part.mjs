/**
 * The fleet part: the list of 5,000 readers behind `<magtek-fleet>`, in Node: filling it, ordering it, and a second in which 500 of
 * them change, drawn 60 times; the same with details, in the order of one and searched by another. The element itself renders the rows that are in sight, about 15, whatever the list holds.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FleetDetails } from '../../dist/elements/fleet/fleet-details.js';
import { FleetList } from '../../dist/elements/fleet/fleet-list.js';
import { markdownTable, quantile, spread } from '../report.mjs';

const READERS = 5_000;
const CHANGES = 500;
const FRAMES = 60;
const EVERYTHING = /** @type {const} */ ({ words: '', show: 'all' });

/** @param {number} value */
const ms = (value) => `${value.toPrecision(3)} ms`;

const paths = Array.from(
  { length: READERS },
  (_, index) => `MagTek/Shop${index % 400}/DynaFlexIIPED/B${String((index * 7_919) % 1_000_003).padStart(6, '0')}`,
);

/** What is known of a reader, the first time or later. @param {number} index */
const detailsOf = (index) => ({
  serial: `B${index}`,
  firmware: `10000093${index % 12}-AC1`,
  battery: index % 101,
  isLocked: index % 50 === 0,
  lastSeen: 1_800_000_000_000 + index,
  lastSale: {
    outcome: index % 5 === 0 ? /** @type {const} */ ('declined') : /** @type {const} */ ('approved'),
    at: 1_800_000_000_000,
  },
});

/** Words and formatters of a language, without a page. @type {ConstructorParameters<typeof FleetDetails>[0]} */
const language = {
  tag: 'en',
  text: (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`,
  count: (key) => key,
  translate: (_, english) => english,
  number: String,
  time: String,
  either: String,
  with: () => /** @type {any} */ (language),
};

function collectedHeap() {
  setFlagsFromString('--expose-gc');
  /** @type {() => void} */ (runInNewContext('gc'))();
  return process.memoryUsage().heapUsed;
}

/** Bytes of heap that a list takes beside the paths themselves. */
function heapOfList(hasDetails = false) {
  const before = collectedHeap();
  const list = new FleetList();
  for (const path of paths) list.take(path, 'present');
  if (hasDetails) paths.forEach((path, index) => list.describe(path, detailsOf(index)));
  const after = collectedHeap();
  if (list.counts.all !== READERS) throw new Error('the list is not full');
  return after - before;
}

/** @param {() => void} act */
function timed(act) {
  const begun = performance.now();
  act();
  return performance.now() - begun;
}

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const bytes = heapOfList();
  const bytesWithDetails = heapOfList(true);
  const { compare } = new Intl.Collator('en', { numeric: true });
  /** @type {Record<string, number[]>} */
  const times = { fill: [], order: [], presence: [], frame: [], worst: [], detailed: [], searched: [] };
  for (let round = 0; round < rounds; round++) {
    const list = new FleetList();
    times.fill?.push(timed(() => paths.forEach((path) => list.take(path, 'present'))));
    const bySerial = /** @type {const} */ ({ by: 'serial', isDescending: false });
    times.order?.push(timed(() => list.select(EVERYTHING, bySerial, compare)));
    const frames = Array.from({ length: FRAMES }, (_, frame) =>
      timed(() => {
        for (let change = 0; change < CHANGES / FRAMES; change++)
          list.take(paths[(frame * 97 + change * 31 + round) % READERS] ?? '', frame % 2 === 0 ? 'absent' : 'present');
        list.select(EVERYTHING, bySerial, compare);
      }),
    );
    times.frame?.push(quantile(frames, 0.5));
    times.worst?.push(Math.max(...frames));
    const details = new FleetDetails(
      language,
      () => ['firmware', 'battery', 'sale'],
      () => compare,
    );
    paths.forEach((path, index) => list.describe(path, detailsOf(index)));
    const byFirmware = /** @type {const} */ ({ by: 'firmware', isDescending: false });
    /** @param {string} words */
    const detailed = (words) =>
      quantile(
        Array.from({ length: FRAMES }, (_, frame) =>
          timed(() => {
            for (let change = 0; change < CHANGES / FRAMES; change++) {
              const index = (frame * 97 + change * 31 + round) % READERS;
              list.describe(paths[index] ?? '', detailsOf(index + frame));
            }
            list.select({ words, show: 'all' }, byFirmware, compare, details.order);
          }),
        ),
        0.5,
      );
    times.detailed?.push(detailed(''));
    times.searched?.push(detailed('declined'));
    const byPresence = /** @type {const} */ ({ by: 'presence', isDescending: false });
    list.select(EVERYTHING, byPresence, compare);
    times.presence?.push(timed(() => list.select(EVERYTHING, byPresence, compare)));
  }
  const row = (/** @type {string} */ what, /** @type {number[]} */ values) => [what, spread(values, ms)];
  const { fill = [], order = [], presence = [], frame = [], worst = [], detailed = [], searched = [] } = times;
  return {
    notes: [
      `${READERS.toLocaleString('en')} readers, ${CHANGES} changes a second, ${FRAMES} frames a second; medians of the rounds, and in brackets the middle half.`,
      markdownTable([
        ['', 'time'],
        row('all readers are heard of', fill),
        row('the first order, by serial number', order),
        row('a frame: its changes and the list in order', frame),
        row('the longest frame of a second', worst),
        row('in order of who is connected', presence),
        row('a frame with details: its changes and the list in order of the firmware', detailed),
        row('the same, searched for what a sale came to', searched),
      ]),
      `About ${(bytes / 2 ** 20).toFixed(1)} MB of heap for the list, ${(bytesWithDetails / 2 ** 20).toFixed(1)} MB with details.`,
    ],
    tables: [],
  };
}
