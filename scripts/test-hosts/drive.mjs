/**
 * Uses a page with two counters as a shop would, in a browser, against two simulated readers behind real WebSockets. It knows
 * what every page of `demo/react` and its neighbours must do, and nothing of the framework that a page is made with.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../tools/run-tool.mjs';
import { counterOf } from './counter.mjs';
import { servePage } from './page-server.mjs';
import { watchReader } from './watched-reader.mjs';
import { waitInside } from '../../tools/shadow-content.mjs';

/** Where a page finds this package when it has no bundler: the address is answered with what the build made. */
const CDN = 'https://cdn.jsdelivr.net';
const cdnFile = /^https:\/\/cdn\.jsdelivr\.net\/npm\/magtek-elements(@[\w.-]+)?\/cdn\/([\w-]+\.js)$/;

/**
 * Lets a page have its own files and the CDN's, and nothing else.
 * @param {import('puppeteer-core').Page} page @param {string} origin @param {(problem: string) => void} report
 */
async function answerRequests(page, origin, report) {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = request.url();
    const file = cdnFile.exec(url)?.[2];
    if (file !== undefined) {
      const headers = { 'access-control-allow-origin': '*' };
      const body = readFileSync(path.join(root, 'cdn', file));
      void request.respond({ status: 200, contentType: 'text/javascript', headers, body });
    } else if (url.startsWith(`${origin}/`) || url.startsWith('data:')) {
      void request.continue();
    } else {
      report(`a request to ${url}`);
      void request.abort();
    }
  });
}

/**
 * Drives one page from the connection of both readers to the loss of the last one.
 *
 * @param {object} options
 * @param {import('puppeteer-core').Browser} options.browser
 * @param {string} options.folder what is served
 * @param {string} options.pathname of the page in it
 * @param {number} options.timeout milliseconds for each thing that is waited for
 * @throws {Error} that names the step which failed
 */
export async function drivePage({ browser, folder, pathname, timeout }) {
  const { serveSimulatedReader } = await import('../../dist/simulator/node.js');
  const first = await watchReader(serveSimulatedReader, timeout);
  const second = await watchReader(serveSimulatedReader, timeout);
  const settings = [
    { name: 'Counter 1', url: first.url },
    { name: 'Counter 2', url: second.url },
  ];
  const served = await servePage({ folder, settings, cdn: CDN });
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  /** What a page must not do: throw, complain, ask others, break its policy. @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });

  const one = counterOf(page, 'Counter 1', timeout);
  const two = counterOf(page, 'Counter 2', timeout);
  const names = () => page.$$eval('main section', (all) => all.map((each) => each.ariaLabel));
  const isConnected = (/** @type {{ clients: number }} */ face) => face.clients === 1;

  /** @type {[name: string, run: () => Promise<void>][]} */
  const steps = [
    [
      'both readers connect',
      async () => {
        await answerRequests(page, served.origin, (problem) => complaints.push(problem));
        await page.goto(served.origin + pathname, { timeout });
        await Promise.all([one.is('ready'), two.is('ready')]);
        assert.deepEqual(
          [first.clients, second.clients],
          [
            [0, 1],
            [0, 1],
          ],
        );
        assert.equal(await page.$('magtek-reader[simulated]'), null);
      },
    ],
    [
      'a boolean that is false is false, and true is true',
      async () => {
        assert.deepEqual([await one.canPay(), await two.canPay()], [true, true]);
        await page.locator('#closed').setTimeout(timeout).click();
        await page.waitForFunction(() => document.querySelectorAll('magtek-transaction[disabled]').length === 2, {
          timeout,
        });
        assert.deepEqual([await one.canPay(), await two.canPay()], [false, false]);
        await page.locator('#closed').setTimeout(timeout).click();
        await page.waitForFunction(() => !document.querySelector('magtek-transaction[disabled]'), { timeout });
      },
    ],
    [
      'a sale at one counter shows there only',
      async () => {
        await one.pay();
        await first.until(({ phase }) => phase === 'waiting-for-card', 'waiting for a card');
        first.reader.tap('visa');
        await one.shows('outcome', /^approved$/);
        assert.match(await one.shown('card'), /^4111\*+1111$/);
        assert.deepEqual([await two.shown('card'), await two.shown('outcome')], ['', '']);
        assert.equal(second.reader.face.state, 'idle');
      },
    ],
    [
      'the amount and the function that decides arrive',
      async () => {
        await page.$eval('#amount', (input) => /** @type {HTMLInputElement} */ (input).select());
        await page.focus('#amount');
        await page.keyboard.type('180.00');
        await two.pay();
        await second.until(({ phase }) => phase === 'waiting-for-card', 'waiting for a card');
        second.reader.swipe('mastercard');
        await two.shows('outcome', /^declined$/);
        assert.match(await two.shown('card'), /^5555\*+4444$/);
        assert.equal(await one.shown('outcome'), 'approved');
      },
    ],
    [
      'the log comes and goes',
      async () => {
        assert.equal(await page.$('magtek-log'), null);
        await page.locator('#log').setTimeout(timeout).click();
        await page.waitForFunction(() => document.querySelectorAll('magtek-log').length === 2, { timeout });
        await waitInside(page, 'magtek-log >>> [role=row][data-position]', { timeout });
        await page.locator('#log').setTimeout(timeout).click();
        await page.waitForFunction(() => !document.querySelector('magtek-log'), { timeout });
      },
    ],
    [
      'another order keeps both connections, and methods answer',
      async () => {
        assert.deepEqual(await names(), ['Counter 1', 'Counter 2']);
        await page.locator('#reverse').setTimeout(timeout).click();
        await page.waitForFunction(() => document.querySelector('main section')?.ariaLabel === 'Counter 2', {
          timeout,
        });
        assert.deepEqual(await names(), ['Counter 2', 'Counter 1']);
        for (const counter of [one, two]) {
          await counter.ask();
          await counter.shows('serial-number', /^\w+$/);
        }
        assert.deepEqual(
          [first.clients, second.clients],
          [
            [0, 1],
            [0, 1],
          ],
        );
      },
    ],
    [
      'a reader that is removed is let go, and the other stays',
      async () => {
        await one.remove();
        await first.until(({ clients }) => clients === 0, 'let go');
        assert.deepEqual(await names(), ['Counter 2']);
        assert.ok(isConnected(second.reader.face));
        assert.deepEqual(second.clients, [0, 1]);
        await two.is('ready');
      },
    ],
    [
      'nothing was complained about',
      async () => {
        assert.deepEqual(complaints, []);
        assert.doesNotMatch(await page.content(), /4111111111111111|5555555555554444/);
      },
    ],
    [
      'what goes wrong is shown',
      async () => {
        assert.equal(await two.shown('problem'), '');
        await second.close();
        await two.shows('problem', /\w/);
      },
    ],
  ];

  try {
    for (const [name, run] of steps) {
      try {
        await run();
      } catch (cause) {
        const why = [cause instanceof Error ? cause.message : cause, ...complaints].join('\n    ');
        throw new Error(`${name}:\n    ${why}`, { cause });
      }
    }
  } finally {
    await context.close();
    await Promise.allSettled([served.close(), first.close(), second.close()]);
  }
}
