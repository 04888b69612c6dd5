/**
 * Pages that replace, keep and morph their elements, in a browser, with the libraries that do it: each sells, sells again, and is
 * moved in the middle of a sale. Readers are simulated ones behind real WebSockets.
 * It does not know the elements' insides: a sale is started by its method, as a page would.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { settleAll } from './settle.mjs';
import { watchReader } from './watched-reader.mjs';

/**
 * @typedef {object} Till
 * @property {import('puppeteer-core').Page} page
 * @property {import('./watched-reader.mjs').WatchedReader} watched
 * @property {() => Promise<void>} ready waits until the reader of the page can sell
 * @property {() => Promise<void>} start begins a sale and waits until a card is waited for
 * @property {() => Promise<void>} finish presents a card and waits for the outcome
 * @property {() => Promise<void>} sell both
 * @property {(pathname: string) => Promise<void>} open
 * @property {string} origin of the pages
 * @property {(code: string | undefined) => void} expects an error that is no complaint from now on
 */

/**
 * @param {object} options
 * @param {import('puppeteer-core').Browser} options.browser
 * @param {(url: string) => Promise<{ origin: string, close(): Promise<void> }>} options.serve the pages with a reader at an address
 * @param {(till: Till) => Promise<void>} options.drive
 * @param {string} [options.outcome] of a sale that nothing goes wrong with; `deferred` where no host decides
 * @param {number} options.timeout milliseconds for each thing that is waited for
 */
export async function driveMoving({ browser, serve, drive, outcome = 'deferred', timeout }) {
  const { serveSimulatedReader } = await import('../../dist/simulator/node.js');
  const watched = await watchReader(serveSimulatedReader, timeout);
  const served = await serve(watched.url);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  /** @type {string[]} */
  const complaints = [];
  /** @type {string | undefined} */
  let expected;
  page.on('pageerror', (error) => {
    // Turbo does not catch the end of a visit that another one took over from.
    const { name = '', stack = '' } = /** @type {Error} */ (error);
    if (!(name === 'AbortError' || String(error).includes('AbortError')) || /\/(cdn|built)\//.test(stack))
      complaints.push(`${String(error)} ${stack}`);
  });
  page.on('console', (message) => {
    // Vue says as a warning, React as an error, what differs from what the server rendered.
    if (message.type() === 'error' || /^\[Vue warn\]|hydrat/i.test(message.text()))
      complaints.push(`${message.text()} ${message.location().url ?? ''}`.trim());
  });
  await page.exposeFunction('complain', (/** @type {string} */ code) => {
    // A connection that is given up by the page in the middle of something is lost, and says so.
    if (code !== 'connection-lost' && code !== 'aborted' && code !== expected) complaints.push(code);
  });
  await page.evaluateOnNewDocument(() => {
    addEventListener('magtek-error', (event) =>
      Reflect.get(window, 'complain')(/** @type {any} */ (event).detail.error.code),
    );
  });
  const ready = async () => {
    // Where the old element is still fading out, the new one is waited for.
    await page.waitForFunction(() => {
      const readers = [...document.querySelectorAll('magtek-reader')];
      return readers.length === 1 && readers[0]?.getAttribute('state') === 'ready';
    });
    // A sale that was cut by the page may still be at its end in the reader.
    await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
    await pause(20);
    // As a person does who knows how a sale ended that the page has cut: until then there is no other.
    await page.evaluate(settleAll);
  };
  const start = async () => {
    await page.$eval('magtek-transaction', (sale) => void (/** @type {any} */ (sale).start().catch(() => undefined)));
    await page.waitForFunction(
      () => /** @type {any} */ (document.querySelector('magtek-transaction')).phase === 'waiting-for-card',
    );
  };
  const finish = async () => {
    watched.reader.tap('visa');
    try {
      await page.waitForFunction(
        (wanted) => /** @type {any} */ (document.querySelector('magtek-transaction')).outcome === wanted,
        {},
        outcome,
      );
    } catch (cause) {
      const shown = await page.$eval('magtek-reader', (element) => {
        const sale = /** @type {any} */ (element.querySelector('magtek-transaction'));
        return [element.getAttribute('state'), sale.phase, sale.outcome, sale.shadowRoot.textContent].join(' ');
      });
      throw new Error(
        `the sale was never over: ${shown.replace(/\s+/g, ' ')}; ${JSON.stringify(watched.reader.face.phase)}`,
        { cause },
      );
    }
    await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
  };
  try {
    await drive({
      page,
      origin: served.origin,
      watched,
      ready,
      start,
      finish,
      sell: async () => {
        await start();
        await finish();
      },
      expects: (code) => {
        expected = code;
      },
      open: async (pathname) => {
        await page.goto(served.origin + pathname);
        await ready();
      },
    });
    assert.deepEqual(complaints, []);
  } catch (cause) {
    const { message = String(cause), stack = '' } = /** @type {Error} */ (cause);
    // The step of the drive, which a message of the browser does not name.
    const places = stack.match(/(moving-ways|rendered-ways|random-moments|kiosk)\.mjs:\d+/g) ?? [];
    throw new Error([message, ...places, ...complaints].join('\n    '), { cause });
  } finally {
    await context.close();
    await Promise.allSettled([served.close(), watched.close()]);
  }
}
