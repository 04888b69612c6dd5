/**
 * A launcher of the browser test runner for the WebKit of Linux: its small browser in a display without a screen, steered
 * through its driver. One page at a time: the browser has one window.
 * It does not know what the tests do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithProcess } from '../../tools/leave-nothing.mjs';
import { WebDriverClient } from './webdriver-client.mjs';

/** Times, each after a twentieth of a second, that a driver is asked whether it has started. */
const ATTEMPTS = 200;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Everything that has to run, and the session in it.
 * @param {{ driver: string, display: string }} programs
 */
async function startWebkit({ driver, display }) {
  // It picks a display that is free and writes the number to the fourth of its files.
  const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '1280x1600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  screen.on(
    'exit',
    endWithProcess(() => void screen.kill()),
  );
  const numbers = /** @type {import('node:stream').Readable} */ (screen.stdio[3]);
  const [number] = await once(numbers, 'data');
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, GDK_BACKEND: 'x11' },
    stdio: 'ignore',
  });
  server.on(
    'exit',
    endWithProcess(() => void server.kill()),
  );
  const client = new WebDriverClient(`http://127.0.0.1:${port}`);
  for (let attempt = 1; ; attempt++) {
    try {
      await client.ask('GET', '/status');
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(50);
    }
  }
  const session = await client.openSession({
    acceptInsecureCerts: true,
    'webkitgtk:browserOptions': { args: ['--automation'] },
  });
  return {
    session,
    stop: async () => {
      try {
        await session.close();
      } finally {
        server.kill();
        screen.kill();
      }
    },
  };
}

/**
 * The page of a session with what the commands of tests call, under the names that Puppeteer gives it.
 * @param {() => Promise<WebDriverClient>} session
 */
function pageOf(session) {
  /** @param {Parameters<WebDriverClient['useKeyboard']>[0]} steps */
  const useKeyboard = async (steps) => (await session()).useKeyboard(steps);
  /** @param {Parameters<WebDriverClient['useMouse']>[0]} steps */
  const useMouse = async (steps) => (await session()).useMouse(steps);
  /** @param {readonly string[]} keys */
  const strike = (keys) =>
    useKeyboard(
      keys.flatMap((key) => [
        { type: /** @type {const} */ ('keyDown'), key },
        { type: /** @type {const} */ ('keyUp'), key },
      ]),
    );
  return {
    keyboard: {
      /** @param {string} text */
      type: (text) => strike([...text]),
      /** @param {string} key */
      press: (key) => strike([key]),
      /** @param {string} key */
      down: (key) => useKeyboard([{ type: 'keyDown', key }]),
      /** @param {string} key */
      up: (key) => useKeyboard([{ type: 'keyUp', key }]),
    },
    mouse: {
      /** @param {number} x @param {number} y */
      move: (x, y) => useMouse([{ move: [x, y] }]),
      /** @param {number} x @param {number} y */
      click: (x, y, { button = 'left' } = {}) => useMouse([{ move: [x, y] }, { down: button }, { up: button }]),
      down: ({ button = 'left' } = {}) => useMouse([{ down: button }]),
      up: ({ button = 'left' } = {}) => useMouse([{ up: button }]),
      reset: async () => (await session()).release(),
    },
    /** The page as near to a size as the window can be: its bar for addresses does not get narrower. */
    async setViewport(/** @type {{ width: number, height: number }} */ { width, height }) {
      const client = await session();
      const [aroundX, aroundY] = await client.run('return [outerWidth - innerWidth, outerHeight - innerHeight]');
      const got = await client.resizeWindow(width + aroundX, height + aroundY);
      // The page is told later.
      for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
        const [outerWidth, outerHeight] = await client.run('return [outerWidth, outerHeight]');
        if (outerWidth === got.width && outerHeight === got.height) break;
        await sleep(50);
      }
    },
  };
}

/**
 * @param {{ driver: string, display: string }} programs paths, as `ensureWebkit` finds them
 * @returns {import('@web/test-runner').BrowserLauncher & { getPage(id: string): object }}
 */
export function webkitLauncher(programs) {
  /** @type {ReturnType<typeof startWebkit> | undefined} */
  let started;
  /** @type {string | undefined} */
  let activeId;
  /** @type {string | undefined} */
  let activeUrl;
  const session = async () => (await (started ??= startWebkit(programs))).session;
  const page = pageOf(session);
  return {
    name: 'WebKit',
    // Commands of tests ask for the page of such a launcher, and find there what they need.
    type: 'puppeteer',
    concurrency: 1,
    async startSession(id, url) {
      activeId = id;
      activeUrl = url;
      await (await session()).goTo(url);
    },
    isActive: (id) => id === activeId,
    getBrowserUrl: () => activeUrl,
    getPage: () => page,
    async stopSession() {
      activeId = undefined;
      await (await session()).goTo('about:blank');
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKit runs without a screen: there is nothing to debug in')),
    async stop() {
      await (await started)?.stop();
    },
  };
}
