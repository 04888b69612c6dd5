/**
 * The log in a page, beside what pages do without one. Every contender gets the same lines in the same batches, one a frame,
 * and scrolls to its end.
 */
import { contenders, frame, makeLog, messageAt } from './contenders.mjs';

const BATCH = 500;
/** Watches the gaps between frames while `work` runs. @param {() => Promise<void>} work */
async function watched(work) {
  let worst = 0;
  let frames = 0;
  let last = await frame();
  let isOver = false;
  const start = performance.now();
  const watching = (async () => {
    while (!isOver) {
      const now = await frame();
      worst = Math.max(worst, now - last);
      last = now;
      frames++;
    }
  })();
  await work();
  const milliseconds = performance.now() - start;
  isOver = true;
  await watching;
  return { milliseconds, worst, frames };
}

/** Bytes of what is in use, without garbage. */
function heap() {
  /** @type {{ gc(): void }} */ (/** @type {unknown} */ (globalThis)).gc();
  return /** @type {{ memory?: { usedJSHeapSize: number } }} */ (performance).memory?.usedJSHeapSize ?? 0;
}

/** What the log is to be faster than. */
const BLOCKS = 'content-visibility, blocks of 100 lines';

/** Who is filled in batches, and who by one line a task. */
const IN_BATCHES = ['magtek-log', 'textarea', 'appended divs', 'content-visibility'];
const ONE_A_TASK = ['magtek-log', BLOCKS, 'virtual list'];
/** Each line costs more the more there are: one round, with the fewer lines. */
const ONCE = ['divs, once a frame'];

const channel = new MessageChannel();
/** The next task, as that of a message that arrives; a timer would wait some milliseconds. */
const task = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(undefined);
  });

/** @param {import('./contenders.mjs').Contender} contender @param {number} lines */
async function addInBatches(contender, lines) {
  for (let from = 0; from < lines; from += BATCH) {
    contender.add(from, Math.min(from + BATCH, lines));
    await frame();
  }
}

/** @param {import('./contenders.mjs').Contender} contender @param {number} lines */
async function addOneATask(contender, lines) {
  for (let at = 0; at < lines; at++) {
    contender.add(at, at + 1);
    await task();
  }
  // What was gathered for a frame is added by it.
  await frame();
}

/** @param {string} name @param {number} lines @param {typeof addInBatches} addAll */
async function fill(name, lines, addAll) {
  const make = contenders[name];
  if (!make) throw new Error(`no contender ${name}`);
  const contender = await make(lines);
  const figures = await watched(async () => {
    await addAll(contender, lines);
    await frame();
    while (contender.isDrawn?.(lines) === false) await frame();
  });
  const nodes = contender.root.querySelectorAll('*').length;
  if (!contender.isWhole(lines)) throw new Error(`${name} has lost lines`);
  contender.element.remove();
  return { name, ...figures, nodes };
}

/** Bytes of heap that a full journal and its log take. @param {number} lines */
async function heapOf(lines) {
  // What was there before, the log of an earlier round among it, is gone only when its last frame and task are.
  for (let time = 0; time < 3; time++) {
    await frame();
    await task();
    heap();
  }
  const before = heap();
  const { reader, log, journal } = await makeLog(lines);
  for (let at = 0; at < lines; at++) journal.add({ at, direction: messageAt(at).direction, message: messageAt(at) });
  await frame();
  await frame();
  const bytes = heap() - before;
  if (journal.end - journal.start !== lines || !log.isConnected) throw new Error('the log has lost lines');
  reader.remove();
  return bytes;
}

/** What a person does with a full log. @param {number} lines */
async function use(lines) {
  const { reader, log, journal } = await makeLog(lines);
  for (let at = 0; at < lines; at++) journal.add({ at, direction: messageAt(at).direction, message: messageAt(at) });
  // The frame that is due shows them; the one after it comes when that has been painted.
  const start = performance.now();
  await frame();
  await frame();
  const milliseconds = performance.now() - start;
  const first = { milliseconds, worst: milliseconds, frames: 2 };
  const rows = /** @type {HTMLElement} */ (log.shadowRoot?.querySelector('.rows'));
  const scroll = await watched(async () => {
    for (let step = 0; step <= 60; step++) {
      rows.scrollTop = (rows.scrollHeight * step) / 60;
      await frame();
    }
  });
  /** @param {Partial<import('../../dist/elements/log/log-filter.js').LogFilter>} change */
  const filter = (change) =>
    watched(async () => {
      log.filter = { search: '', direction: 'all', kind: 'all', command: undefined, errorsOnly: false, ...change };
      await frame();
      await frame();
      while (log.shadowRoot?.textContent?.includes('Searching')) await frame();
    });
  await filter({ search: 'load the tree' });
  const figures = {
    first,
    scroll,
    'search for words': await filter({ search: 'card inserted' }),
    'search for a tag': await filter({ search: '9F02' }),
    'filter by kind': await filter({ kind: 'request' }),
  };
  const nodes = log.shadowRoot?.querySelectorAll('*').length ?? 0;
  reader.remove();
  return { figures, nodes };
}

/** Gives so many messages a second to whoever takes one. @param {number} perSecond @param {number} seconds @param {(at: number) => void} take */
async function flood(perSecond, seconds, take) {
  let sent = 0;
  const start = performance.now();
  const figures = await watched(async () => {
    while (performance.now() - start < seconds * 1000) {
      const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
      for (; sent < due; sent++) take(sent);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    await frame();
    await frame();
  });
  return { sent, ...figures };
}

/** What the machine and the browser make of it without anything of ours: the messages are counted. @param {number} perSecond @param {number} seconds */
async function idle(perSecond, seconds) {
  let counted = 0;
  const { sent, worst } = await flood(perSecond, seconds, (at) => (counted += Math.sign(messageAt(at).bytes.length)));
  if (counted !== sent) throw new Error('the page has lost messages');
  return worst;
}

/** A busy reader. @param {number} perSecond @param {number} seconds */
async function busy(perSecond, seconds) {
  const { reader, log, journal } = await makeLog(100_000);
  let sunk = 0;
  reader.sink = (added) => (sunk += added.length);
  const { sent, worst, frames, milliseconds } = await flood(perSecond, seconds, (at) =>
    journal.add({ at, direction: messageAt(at).direction, message: messageAt(at) }),
  );
  const shown = log.shadowRoot?.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  reader.remove();
  return { sent, sunk, kept: journal.end - journal.start, shown: Number(shown) - 1, worst, frames, milliseconds };
}

/** @param {{ rounds: number, lines: number, oneATask: readonly number[], full: number, seconds: number }} options */
export async function run({ rounds, lines, oneATask, full, seconds }) {
  const sheet = document.createElement('style');
  sheet.textContent =
    '.box { display: block; inline-size: 100%; block-size: 24rem; overflow: auto; font: 13px monospace } .lazy { content-visibility: auto; contain-intrinsic-block-size: 20px } .block { contain-intrinsic-block-size: 2000px }';
  document.head.append(sheet);
  /** @param {readonly string[]} names @param {number} count @param {typeof addInBatches} addAll */
  const compare = async (names, count, addAll) => {
    const fills = [];
    for (let round = 0; round < rounds; round++) {
      for (let at = 0; at < names.length; at++) {
        fills.push(await fill(/** @type {string} */ (names[(at + round) % names.length]), count, addAll));
      }
    }
    return fills;
  };
  const fills = await compare(IN_BATCHES, lines, addInBatches);
  const single = [];
  for (const count of oneATask) {
    const compared = await compare(ONE_A_TASK, count, addOneATask);
    if (count === Math.min(...oneATask)) for (const name of ONCE) compared.push(await fill(name, count, addOneATask));
    single.push({ count, fills: compared });
  }
  const heaps = [];
  for (let round = 0; round < rounds; round++) heaps.push(await heapOf(full));
  const used = await use(full);
  return { fills, single, heaps, full: used, floor: await idle(1000, seconds), busy: await busy(1000, seconds) };
}
