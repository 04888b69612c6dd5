/**
 * The log and what pages do without one, each filled by `add`. It does not know how many lines come, or when.
 */
import '../../dist/elements/reader/define.js';
import '../../dist/elements/log/define.js';
import { decodeMessage } from '../../dist/mms/decode.js';
import { toHex } from '../../dist/mms/hex.js';

/** An answer, a request and two notifications, as they come in a sale. */
const messages = [
  'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000',
  'AA008104820010018204010000008402 1001'.replace(' ', ''),
  'AA0081048300010182041001020084020101',
  'AA0081040155D101840FD1018501018704020701028902C100',
].map((hex) => decodeMessage(hex));

export const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));

/** @param {number} at */
export const messageAt = (at) =>
  /** @type {import('../../dist/mms/message.js').MmsMessage} */ (messages[at % messages.length]);
/** @param {number} at */
const lineAt = (at) => `${new Date(at).toISOString()} ${toHex(messageAt(at).bytes)}`;

/** @param {number} size */
export async function makeLog(size) {
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

/**
 * @typedef {object} Contender
 * @property {(from: number, to: number) => void} add adds the lines from one number up to another
 * @property {HTMLElement} element what is in the page
 * @property {ParentNode} root where its nodes are
 * @property {(count: number) => boolean} isWhole whether it has so many lines
 * @property {(count: number) => boolean} [isDrawn] whether the last of so many lines is in the page; the others add it before they go on
 */

/** @type {Record<string, (size: number) => Promise<Contender>>} */
export const contenders = {
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
      isDrawn: (count) => Boolean(log.shadowRoot?.querySelector(`#row-${String(count - 1)}`)),
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
  'appended divs': async () => scrolledAtOnce(divs('')),
  'content-visibility': async () => scrolledAtOnce(divs('lazy')),
  'content-visibility, blocks of 100 lines': async () => scrolledWithFrame(blocks()),
  'divs, once a frame': async () => onceAFrame(scrolledAtOnce(divs(''))),
  'virtual list': async () => onceAFrame(virtualList()),
};

const LINES_OF_BLOCK = 100;

/** Adds each line to a block of some, which is left out of the layout where nobody sees it. @returns {Contender} */
function blocks() {
  const list = box(document.createElement('div'));
  let block = list;
  return {
    add: (from, to) => {
      for (let at = from; at < to; at++) {
        if (at % LINES_OF_BLOCK === 0) {
          block = list.appendChild(document.createElement('div'));
          block.className = 'lazy block';
        }
        block.appendChild(document.createElement('div')).textContent = lineAt(at);
      }
    },
    element: list,
    root: list,
    isWhole: (count) => list.querySelectorAll('.block > div').length === count,
  };
}

/** Scrolls to the end whenever something is added. @param {Contender} contender @returns {Contender} */
function scrolledAtOnce(contender) {
  return {
    ...contender,
    add: (from, to) => {
      contender.add(from, to);
      toEnd(contender.element);
    },
  };
}

/** Scrolls to the end with the next frame, however much is added before. @param {Contender} contender @returns {Contender} */
function scrolledWithFrame(contender) {
  let isDue = false;
  return {
    ...contender,
    add: (from, to) => {
      contender.add(from, to);
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        toEnd(contender.element);
      });
    },
  };
}

/** Gathers lines and adds them with the next frame, as a page does whose lines come one by one. @param {Contender} contender @returns {Contender} */
function onceAFrame(contender) {
  let shown = 0;
  let added = 0;
  return {
    ...contender,
    add: (_, to) => {
      if (added === shown) {
        requestAnimationFrame(() => {
          contender.add(shown, added);
          shown = added;
        });
      }
      added = to;
    },
  };
}

const ROW = 20;

/** Lines of one height, of which only those in view are in the page. @returns {Contender} */
function virtualList() {
  const list = box(document.createElement('div'));
  const space = list.appendChild(document.createElement('div'));
  space.style.position = 'relative';
  /** @type {string[]} */
  const lines = [];
  return {
    add: (from, to) => {
      for (let at = from; at < to; at++) lines.push(lineAt(at));
      space.style.blockSize = `${String(lines.length * ROW)}px`;
      const inView = Math.ceil(list.clientHeight / ROW) + 1;
      const rows = lines.slice(-inView).map((text, at) => {
        const row = document.createElement('div');
        row.style.cssText = `position:absolute;inset-block-start:${String((Math.max(0, lines.length - inView) + at) * ROW)}px`;
        row.textContent = text;
        return row;
      });
      space.replaceChildren(...rows);
      toEnd(list);
    },
    element: list,
    root: list,
    isWhole: (count) => lines.length === count,
  };
}

/** @param {HTMLElement} list */
const toEnd = (list) => (list.scrollTop = list.scrollHeight);

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
    },
    element: list,
    root: list,
    /** @param {number} count */
    isWhole: (count) => list.childElementCount === count,
  };
}
