/**
 * The log in a page, beside what pages do without one. Every contender gets the same lines in the same batches, one a frame,
 * and scrolls to its end.
 */
import '../../dist/elements/reader/define.js';
import '../../dist/elements/log/define.js';
import { decodeMessage } from '../../dist/mms/decode.js';
import { toHex } from '../../dist/mms/hex.js';

const BATCH = 500;
/** An answer, a request and two notifications, as they come in a sale. */
const messages = [
  'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000',
  'AA008104820010018204010000008402 1001'.replace(' ', ''),
  'AA0081048300010182041001020084020101',
  'AA0081040155D101840FD1018501018704020701028902C100',
].map((hex) => decodeMessage(hex));

const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));

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

/** @param {number} at */
const messageAt = (at) =>
  /** @type {import('../../dist/mms/message.js').MmsMessage} */ (messages[at % messages.length]);
/** @param {number} at */
const lineAt = (at) => `${new Date(at).toISOString()} ${toHex(messageAt(at).bytes)}`;

/** @param {number} size */
async function makeLog(size) {
  const reader = document.createElement('magtek-reader');
  reader.journalSize = size;
  reader.transport = { open: () => Promise.resolve(), send: () => undefined, close: () => undefined };
  const log = document.createElement('magtek-log');
  reader.append(log);
  document.body.append(reader);
  await log.updateComplete;
  const { client } = reader;
  if (!client) throw new Error('no client');
  return { reader, log, journal: client.journal };
}

/** @param {HTMLElement} element */
function box(element) {
  element.className = 'box';
  document.body.append(element);
  return element;
}

/** Each adds the lines from one number up to another. @type {Record<string, (size: number) => Promise<{ add(from: number, to: number): void, element: HTMLElement, root: ParentNode, isWhole(count: number): boolean }>>} */
const contenders = {
  'magtek-log': async (size) => {
    const { reader, log, journal } = await makeLog(size);
    return {
      add: (from, to) => {
        for (let at = from; at < to; at++)
          journal.add({ at, direction: messageAt(at).direction, message: messageAt(at) });
      },
      element: reader,
      root: /** @type {ShadowRoot} */ (log.shadowRoot),
      isWhole: (count) => journal.end - journal.start === count,
    };
  },
  textarea: async () => {
    const area = /** @type {HTMLTextAreaElement} */ (box(document.createElement('textarea')));
    return {
      add: (from, to) => {
        for (let at = from; at < to; at++) area.value += `${lineAt(at)}\n`;
        area.scrollTop = area.scrollHeight;
      },
      element: area,
      root: area,
      isWhole: (count) => area.value.split('\n').length === count + 1,
    };
  },
  'appended divs': async () => divs(''),
  'content-visibility': async () => divs('lazy'),
};

/** @param {string} className */
function divs(className) {
  const list = box(document.createElement('div'));
  return {
    /** @param {number} from @param {number} to */
    add: (from, to) => {
      const lines = document.createDocumentFragment();
      for (let at = from; at < to; at++) {
        const line = document.createElement('div');
        line.className = className;
        line.textContent = lineAt(at);
        lines.append(line);
      }
      list.append(lines);
      list.scrollTop = list.scrollHeight;
    },
    element: list,
    root: list,
    /** @param {number} count */
    isWhole: (count) => list.childElementCount === count,
  };
}

/** Bytes of what is in use, without garbage. */
function heap() {
  /** @type {{ gc(): void }} */ (/** @type {unknown} */ (globalThis)).gc();
  return /** @type {{ memory?: { usedJSHeapSize: number } }} */ (performance).memory?.usedJSHeapSize ?? 0;
}

/** @param {string} name @param {number} lines */
async function fill(name, lines) {
  const make = contenders[name];
  if (!make) throw new Error(`no contender ${name}`);
  const contender = await make(lines);
  const figures = await watched(async () => {
    for (let from = 0; from < lines; from += BATCH) {
      contender.add(from, Math.min(from + BATCH, lines));
      await frame();
    }
    await frame();
  });
  const nodes = contender.root.querySelectorAll('*').length;
  if (!contender.isWhole(lines)) throw new Error(`${name} has lost lines`);
  contender.element.remove();
  return { name, ...figures, nodes };
}

/** What a person does with a full log. @param {number} lines */
async function use(lines) {
  const before = heap();
  const { reader, log, journal } = await makeLog(lines);
  for (let at = 0; at < lines; at++) journal.add({ at, direction: messageAt(at).direction, message: messageAt(at) });
  // The frame that is due shows them; the one after it comes when that has been painted.
  const start = performance.now();
  await frame();
  await frame();
  const milliseconds = performance.now() - start;
  const first = { milliseconds, worst: milliseconds, frames: 2 };
  const after = heap();
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
  return { figures, nodes, heap: after - before };
}

/** A busy reader. @param {number} perSecond @param {number} seconds */
async function busy(perSecond, seconds) {
  const { reader, log, journal } = await makeLog(100_000);
  let sunk = 0;
  reader.sink = (added) => (sunk += added.length);
  let sent = 0;
  const start = performance.now();
  const { worst, frames, milliseconds } = await watched(async () => {
    while (performance.now() - start < seconds * 1000) {
      const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
      for (; sent < due; sent++)
        journal.add({ at: sent, direction: messageAt(sent).direction, message: messageAt(sent) });
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    await frame();
    await frame();
  });
  const shown = log.shadowRoot?.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  reader.remove();
  return { sent, sunk, kept: journal.end - journal.start, shown: Number(shown) - 1, worst, frames, milliseconds };
}

/** @param {{ rounds: number, lines: number, full: number, seconds: number }} options */
export async function run({ rounds, lines, full, seconds }) {
  const sheet = document.createElement('style');
  sheet.textContent =
    '.box { display: block; inline-size: 100%; block-size: 24rem; overflow: auto; font: 13px monospace } .lazy { content-visibility: auto; contain-intrinsic-block-size: 20px }';
  document.head.append(sheet);
  const fills = [];
  const names = Object.keys(contenders);
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < names.length; at++) {
      fills.push(await fill(/** @type {string} */ (names[(at + round) % names.length]), lines));
    }
  }
  return { fills, full: await use(full), busy: await busy(1000, seconds) };
}
