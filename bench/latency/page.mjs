/**
 * Frames on their way to DOM events in a page, beside a bare WebSocket. Each contender has a connection of its own; they get
 * frames in turns. It does not know what is in the frames, nor how the figures are shown.
 */
import '../../dist/elements/log/define.js';
import '../../dist/elements/reader/define.js';
import { WebSocketTransport } from '../../dist/client.js';

/**
 * @typedef {object} Latencies
 * @property {string} name
 * @property {number[][]} fromEvent milliseconds of each frame since the `message` event of its socket, for each round
 * @property {number[][]} fromServer the same since the server sent it
 */

/** Seconds after which something that must happen is said not to have happened. */
const PATIENCE = 20;
/** Times that the server's clock is asked for; the quickest answer counts. */
const CLOCK_TRIES = 20;

/**
 * @template T
 * @param {Promise<T>} promise @param {string} what
 * @returns {Promise<T>}
 * @throws {Error} when it has not settled in time
 */
function within(promise, what) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${String(PATIENCE)} s: ${what}`)), PATIENCE * 1000);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

/** Notes when frames come and when the page is told of them. */
class Watch {
  /** @type {number[]} */
  arrivals = [];
  /** @type {number[]} */
  told = [];

  /** The first listener of a socket. */
  arrived = () => {
    this.arrivals.push(performance.now());
  };

  /** Opens sockets whose first listener is this one. */
  get Socket() {
    const { arrived } = this;
    return class extends WebSocket {
      /** @param {string} url */
      constructor(url) {
        super(url);
        this.addEventListener('message', arrived);
      }
    };
  }

  /** @param {EventTarget} target @param {readonly string[]} names */
  listen(target, names) {
    // A frame that makes several events: the last one counts.
    for (const name of names) target.addEventListener(name, () => this.tell());
  }

  tell() {
    this.told[this.arrivals.length - 1] = performance.now();
  }

  reset() {
    this.arrivals = [];
    this.told = [];
  }
}

/** @param {Watch} watch @param {string} url @param {boolean} hasLog */
async function openReader(watch, url, hasLog) {
  const reader = document.createElement('magtek-reader');
  // The types of the platform do not take bytes that may be shared.
  const WebSocket = /** @type {import('../../dist/client.js').WebSocketConstructor} */ (
    /** @type {unknown} */ (watch.Socket)
  );
  reader.transport = new WebSocketTransport(url, { WebSocket });
  if (hasLog) reader.append(document.createElement('magtek-log'));
  watch.listen(reader, ['magtek-message', 'magtek-notification']);
  document.body.append(reader);
  await within(reader.connect(), `connected to ${url}`);
}

/** @param {Watch} watch @param {string} url */
async function openBare(watch, url) {
  const place = document.createElement('div');
  document.body.append(place);
  watch.listen(place, ['frame']);
  const socket = new watch.Socket(url);
  socket.onmessage = ({ data }) => place.dispatchEvent(new CustomEvent('frame', { detail: data }));
  await within(new Promise((resolve) => (socket.onopen = resolve)), `connected to ${url}`);
}

/** Ours first. @type {{ name: string, path: string, open: (watch: Watch, url: string) => Promise<void> }[]} */
const contenders = [
  { name: '<magtek-reader>', path: '/reader', open: (watch, url) => openReader(watch, url, false) },
  { name: '<magtek-reader> with a <magtek-log>', path: '/logged', open: (watch, url) => openReader(watch, url, true) },
  { name: 'bare WebSocket, one CustomEvent a frame', path: '/bare', open: openBare },
];

/**
 * Questions to the server, each with its answer.
 * @param {string} url
 */
async function openControl(url) {
  const socket = new WebSocket(url);
  await within(new Promise((resolve) => (socket.onopen = resolve)), 'control connection');
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, answer } = JSON.parse(data);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  return (/** @type {object} */ question, /** @type {string} */ what) =>
    within(
      new Promise((resolve) => {
        waiting.set(++last, resolve);
        socket.send(JSON.stringify({ ...question, id: last }));
      }),
      what,
    );
}

/**
 * What has to be added to a time of the server to have one of the page.
 * @param {Awaited<ReturnType<typeof openControl>>} ask
 */
async function compareClocks(ask) {
  let quickest = Infinity;
  let difference = 0;
  for (let time = 0; time < CLOCK_TRIES; time++) {
    const before = performance.now();
    const there = await ask({}, 'the time of the server');
    const after = performance.now();
    if (after - before >= quickest) continue;
    quickest = after - before;
    difference = (before + after) / 2 - there;
  }
  return difference;
}

/**
 * @param {{ url: string, rounds: number, frames: number }} options
 * @returns {Promise<Latencies[]>}
 */
export async function run({ url, rounds, frames }) {
  if (!crossOriginIsolated) throw new Error('the clock of this page is too coarse');
  const ask = await openControl(`${url}/control`);
  const all = contenders.map(({ name, path }) => ({
    name,
    path,
    watch: new Watch(),
    fromEvent: /** @type {number[][]} */ ([]),
    fromServer: /** @type {number[][]} */ ([]),
  }));
  for (const [index, { open, path }] of contenders.entries()) {
    await open(/** @type {Watch} */ (all[index]?.watch), url + path);
  }
  // The first round is for compilers.
  for (let round = -1; round < rounds; round++) {
    for (let at = 0; at < all.length; at++) {
      const contender = /** @type {typeof all[number]} */ (all[(at + round + 1) % all.length]);
      const { name, path, watch, fromEvent, fromServer } = contender;
      const difference = await compareClocks(ask);
      watch.reset();
      /** @type {number[] | undefined} */
      const sentAt = await ask({ to: path }, `all frames sent to ${name}`);
      if (!sentAt) throw new Error(`the server knows no reader ${path}`);
      await within(allTold(watch, frames), `all frames told by ${name}`);
      if (round < 0) continue;
      fromEvent.push(watch.told.map((told, index) => told - (watch.arrivals[index] ?? NaN)));
      fromServer.push(watch.told.map((told, index) => told - difference - (sentAt[index] ?? NaN)));
    }
  }
  return all.map(({ name, fromEvent, fromServer }) => ({ name, fromEvent, fromServer }));
}

/**
 * The last frames may still be under way when the server has said that it has sent them.
 * @param {Watch} watch @param {number} frames
 */
async function allTold(watch, frames) {
  const deadline = performance.now() + PATIENCE * 1000;
  while (watch.arrivals.length < frames && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const told = watch.told.filter((time) => time > 0).length;
  if (told !== frames) throw new Error(`${String(told)} of ${String(frames)} frames were told`);
}
